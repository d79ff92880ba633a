/** The connector's second version: sessions, and the phone's whole state in one answer. */
import { optionAt } from '@thinline/shared/config/options.ts';
import type { Failure } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import { version } from '@thinline/shared/version.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { admits } from './admits.ts';
import type { Connector } from './connector.ts';
import { answer, nothing, period, refusals, volume } from './schemas.ts';
import { callStates, connectionStates, statuses } from './session-state.ts';

const tags = ['Connector V2'];

/** Where it doesn't say, ms: that of the first version's desktops. */
const usualPeriod = 2000;

const text = { type: 'string', maxLength: 512 };
const number = { type: ['number', 'null'] };

const device = { type: 'object', properties: { volume, name: { type: 'string' }, muted: { type: 'boolean' } } };

const state = answer('All that is known of the phone now; the last that was heard of it, where it is out of reach.', {
  session_id: { type: 'string', description: 'Empty: there is no session.' },
  status: { type: 'string', enum: statuses },
  failure: { type: ['object', 'null'], description: 'Why the phone is out of reach.' },
  devices: {
    type: 'object',
    properties: { speaker: device, microphone: device, headset_used: { type: 'boolean' } },
  },
  phone: {
    type: 'object',
    properties: {
      calls: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            state: { type: 'string', enum: callStates },
            uuid: { type: 'string', description: 'X-Genesys-CallUUID; empty: none.' },
            id: { type: 'string', description: "The phone's own." },
          },
        },
      },
      local_mos: { ...number, description: 'Of the whole call that is spoken in; null: not known.' },
      local_inter_mos: { ...number, description: 'Of its last 5 seconds.' },
      rtt_ms: number,
      vq_alarm_on: { type: 'boolean' },
    },
  },
  connectivities: {
    type: 'object',
    properties: {
      protocol: { type: 'string' },
      connections: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            server: { type: 'string' },
            state: { type: 'string', enum: connectionStates },
            user: { type: 'string' },
          },
        },
      },
    },
  },
});

interface Settable {
  volume?: number;
  muted?: boolean;
}

interface NewSession {
  client?: { name?: string; version?: string };
  options?: Record<string, unknown>;
  language?: string;
  ping_period_ms?: number;
}

interface Registration {
  protocol?: string;
  connections: { server: string; user: string; password?: string }[];
}

const done = (reply: FastifyReply, failure: Failure | null) => (failure ? reply.code(409).send({ failure }) : {});

export function v2Routes(app: FastifyInstance, connector: Connector): void {
  sessionRoutes(app, connector);
  registrationRoutes(app, connector);
  callRoutes(app, connector);
}

function sessionRoutes(app: FastifyInstance, connector: Connector): void {
  app.post<{ Body: NewSession | undefined }>(
    '/session',
    {
      onRequest: admits(connector, 'look'),
      preHandler: admits(connector, 'begin'),
      schema: {
        tags,
        operationId: 'beginSession',
        summary: 'Begins a session, or goes on with its own. Options count at the next registration.',
        body: {
          type: ['object', 'null'],
          properties: {
            client: { type: 'object', properties: { name: text, version: text } },
            options: { type: 'object', maxProperties: 500, propertyNames: { maxLength: 256 } },
            language: { type: 'string', maxLength: 64, description: "Of the agent's panel: de, pt-BR." },
            ping_period_ms: { ...period, description: 'After 30 of them without a request the session ends.' },
          },
        },
        response: {
          200: answer('The session.', {
            session_id: { type: 'string' },
            left_out: { type: 'array', items: { type: 'string' }, description: 'Options that are not taken, and why.' },
          }),
          ...refusals(400, 403),
        },
      },
    },
    async ({ body }) => {
      const { client, options = {}, language, ping_period_ms = usualPeriod } = body ?? {};
      connector.name([client?.name, client?.version].filter(Boolean).join(' '));
      connector.setPeriod(ping_period_ms);
      if (language !== undefined) connector.setParameters([{ Key: 'preferred_language', Value: language }]);
      return { left_out: connector.setOptions(options), session_id: connector.sessionId };
    },
  );

  app.get(
    '/session',
    {
      onRequest: admits(connector, 'look'),
      schema: {
        tags,
        operationId: 'getSession',
        summary: "The phone's whole state, at once; shows that the desktop is there.",
        response: { 200: state, ...refusals(403) },
      },
    },
    async () => connector.sessionState(),
  );

  app.delete(
    '/session',
    {
      onRequest: admits(connector, 'end'),
      schema: {
        tags,
        operationId: 'endSession',
        summary: 'Ends the session when the agent logs out: calls, lines, and what it set.',
        response: { 200: nothing, ...refusals(403, 404) },
      },
    },
    async () => {
      await connector.endSession();
      return {};
    },
  );
}

async function hasKnownProtocol(
  { body: { protocol = '' } }: FastifyRequest<{ Body: Registration }>,
  reply: FastifyReply,
) {
  const known = optionAt('protocol:N').choices ?? [];
  if (protocol === '' || known.includes(protocol.toLowerCase())) return;
  const detail = `protocol is none of ${known.join(', ')}.`;
  return reply.code(400).send({ failure: failure('malformedRequest', { detail }) });
}

function registrationRoutes(app: FastifyInstance, connector: Connector): void {
  app.post<{ Body: Registration }>(
    '/register',
    {
      onRequest: admits(connector, 'look'),
      preHandler: [hasKnownProtocol, admits(connector, 'begin')],
      schema: {
        tags,
        operationId: 'register',
        summary: 'Registers these lines, with what was set before; the answer comes before the registration.',
        body: {
          type: 'object',
          required: ['connections'],
          properties: {
            protocol: { type: 'string', maxLength: 16, description: 'udp, tcp, tls or wss; empty: DNS decides.' },
            connections: {
              type: 'array',
              minItems: 1,
              maxItems: 6,
              items: {
                type: 'object',
                required: ['server', 'user'],
                properties: { server: text, user: text, password: text },
              },
            },
            token: { type: 'string', maxLength: 8192, description: 'Not used.' },
          },
        },
        response: { 200: nothing, ...refusals(400, 403) },
      },
    },
    async ({ body: { protocol = '', connections } }) => {
      void connector.register(connections.map((it) => ({ ...it, protocol })));
      return {};
    },
  );

  app.delete(
    '/register',
    {
      onRequest: admits(connector, 'end'),
      schema: {
        tags,
        operationId: 'unregister',
        summary: 'Ends all calls, and takes the lines away.',
        response: { 200: nothing, ...refusals(403, 404) },
      },
    },
    async () => {
      await connector.disconnect();
      return {};
    },
  );
}

function callRoutes(app: FastifyInstance, connector: Connector): void {
  const settable = { type: 'object', properties: { volume, muted: { type: 'boolean' } } };
  app.post<{ Body: { devices: { microphone?: Settable; speaker?: Settable } } }>(
    '/audio',
    {
      onRequest: admits(connector, 'session'),
      schema: {
        tags,
        operationId: 'setAudio',
        summary: 'Mutes, unmutes, and sets volumes.',
        body: {
          type: 'object',
          required: ['devices'],
          properties: { devices: { type: 'object', properties: { microphone: settable, speaker: settable } } },
        },
        response: { 200: nothing, ...refusals(400, 403, 404, 409) },
      },
    },
    async ({ body: { devices } }, reply) => {
      const { microphone = {}, speaker = {} } = devices;
      const setVolume = {
        ...(microphone.volume !== undefined && { microphone: microphone.volume }),
        ...(microphone.muted !== undefined && { microphoneMuted: microphone.muted }),
        ...(speaker.volume !== undefined && { speaker: speaker.volume }),
        ...(speaker.muted !== undefined && { speakerMuted: speaker.muted }),
      };
      return done(reply, await connector.execute({ setVolume }));
    },
  );

  app.delete(
    '/calls',
    {
      onRequest: admits(connector, 'end'),
      schema: {
        tags,
        operationId: 'dropCalls',
        summary: 'Ends all calls: for those that were left over by a disaster.',
        response: { 200: nothing, ...refusals(403, 404, 409) },
      },
    },
    async (_request, reply) => done(reply, await connector.dropCalls()),
  );

  app.get(
    '/version',
    {
      schema: {
        tags,
        operationId: 'getVersion',
        summary: 'Which phone this is.',
        response: { 200: answer('This one.', { name: { type: 'string' }, version: { type: 'string' } }) },
      },
    },
    async () => ({ name: 'Thinline', version }),
  );

  app.get(
    '/health',
    {
      schema: {
        tags,
        operationId: 'getHealth',
        summary: 'Whether the phone is within reach, without looking for it.',
        response: {
          200: answer('How it stands.', {
            status: { type: 'string', enum: statuses },
            failure: { type: ['object', 'null'] },
          }),
        },
      },
    },
    async () => {
      const { status, failure } = connector.sessionState();
      return { status, failure };
    },
  );
}
