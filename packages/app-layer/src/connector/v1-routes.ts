/** The connector's first version, as Workspace Web Edition 8.5.2 speaks it; docs/connector.md says which part was seen. */
import type { Audio, Failure } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { DesktopLine } from '../phone-configuration.ts';
import { admits } from './admits.ts';
import type { Connector } from './connector.ts';
import type { Parameter } from './desktop-settings.ts';
import { isActive, pairsOf } from './phone-facts.ts';
import { answer, type JsonSchema, nothing, period, refusals, strings, volume } from './schemas.ts';

interface Property {
  name: string;
  summary: string;
  schema: JsonSchema;
  read(connector: Connector): unknown;
}

const parameters = {
  type: 'array',
  maxItems: 100,
  items: {
    type: 'object',
    required: ['Key'],
    properties: {
      Key: { type: 'string', maxLength: 256 },
      Value: { description: 'Text, a number, true or false.' },
    },
  },
};
const muteState = { type: 'string', enum: ['Muted', 'Unmuted'] };
const boolean = { type: 'boolean' };

const audioOf = (connector: Connector): Partial<Audio> => connector.state().phone?.audio ?? {};
const stateOf = (muted: boolean | undefined): string => (muted ? 'Muted' : 'Unmuted');

/** GET /GetX, or GET /X: { get_XResult }. */
const properties: readonly Property[] = [
  {
    name: 'DnSIP',
    summary: 'The DN that the phone is registered as, and stays so; empty: none.',
    schema: { type: 'string' },
    read: (connector) => connector.dn(),
  },
  {
    name: 'IsEndpointActive',
    summary: 'Whether a line is registered, and the phone within reach.',
    schema: boolean,
    read: (connector) => isActive(connector.state()),
  },
  {
    name: 'SIPEndpointParameters',
    summary: "The phone's state, as keys and values.",
    schema: parameters,
    read: (connector) => pairsOf(connector.facts()),
  },
  {
    name: 'MicrophoneState',
    summary: 'Whether the microphone is muted, for all calls.',
    schema: muteState,
    read: (connector) => stateOf(audioOf(connector).microphoneMuted),
  },
  {
    name: 'SpeakerState',
    summary: 'Whether the loudspeaker is muted.',
    schema: muteState,
    read: (connector) => stateOf(audioOf(connector).speakerMuted),
  },
  {
    name: 'IsMicrophoneMuted',
    summary: 'Whether the microphone is muted, for all calls.',
    schema: boolean,
    read: (connector) => audioOf(connector).microphoneMuted ?? false,
  },
  {
    name: 'IsSpeakerMuted',
    summary: 'Whether the loudspeaker is muted.',
    schema: boolean,
    read: (connector) => audioOf(connector).speakerMuted ?? false,
  },
  {
    name: 'MicrophoneVolume',
    summary: 'The volume of the microphone.',
    schema: volume,
    read: (connector) => audioOf(connector).microphoneVolume ?? 0,
  },
  {
    name: 'SpeakerVolume',
    summary: 'The volume of the loudspeaker.',
    schema: volume,
    read: (connector) => audioOf(connector).speakerVolume ?? 0,
  },
];

const tags = ['Connector V1'];

export function v1Routes(app: FastifyInstance, connector: Connector): void {
  app.addHook('onRequest', admits(connector, 'look'));
  registrations(app, connector);
  app.register(async (scope) => {
    scope.addHook('preHandler', admits(connector, 'begin'));
    getters(scope, connector);
    setters(scope, connector);
    mutings(scope, connector);
  });
}

function getters(app: FastifyInstance, connector: Connector): void {
  for (const { name, summary, schema, read } of properties) {
    const key = `get_${name}Result`;
    const response = { 200: answer(summary, { [key]: schema }), ...refusals(403) };
    const handler = async () => ({ [key]: read(connector) });
    app.get(`/Get${name}`, { schema: { tags, operationId: `get${name}`, summary, response } }, handler);
    app.get(`/${name}`, { schema: { hide: true } }, handler);
  }
  const summary = 'What has changed of the keys and values since they were told last; shows that the desktop is there.';
  const response = { 200: answer(summary, { PingResult: parameters }), ...refusals(403) };
  app.get('/Ping', { schema: { tags, operationId: 'ping', summary, response } }, async () => ({
    PingResult: pairsOf(connector.news()),
  }));
}

interface Setter<Value> {
  name: string;
  summary: string;
  schema: JsonSchema;
  /** Answers why it was not done. */
  set(value: Value): Promise<Failure | null> | null;
}

function setters(app: FastifyInstance, connector: Connector): void {
  setter<Record<string, unknown>>(app, {
    name: 'Options',
    summary: 'Settings of the phone, by their paths, for the next registration; other options are left alone.',
    schema: { type: 'object', maxProperties: 500, propertyNames: { maxLength: 256 } },
    set(value) {
      connector.setOptions(value);
      return null;
    },
  });
  setter<Parameter[]>(app, {
    name: 'SIPEndpointParameters',
    summary: 'What else there is to say of the phone: transport, headset, language, password.',
    schema: parameters,
    set(value) {
      connector.setParameters(value);
      return null;
    },
  });
  setter<number>(app, {
    name: 'PingPeriod',
    summary: 'How often the desktop is going to ping, ms.',
    schema: period,
    set(value) {
      connector.setPeriod(value);
      return null;
    },
  });
  setter<number>(app, {
    name: 'MicrophoneVolume',
    summary: 'Sets the volume of the microphone.',
    schema: volume,
    set: (microphone) => connector.execute({ setVolume: { microphone } }),
  });
  setter<number>(app, {
    name: 'SpeakerVolume',
    summary: 'Sets the volume of the loudspeaker.',
    schema: volume,
    set: (speaker) => connector.execute({ setVolume: { speaker } }),
  });
}

function setter<Value>(app: FastifyInstance, { name, summary, schema, set }: Setter<Value>): void {
  const body = { type: 'object', required: ['value'], properties: { value: schema } };
  const response = { 200: nothing, ...refusals(400, 403, 409) };
  const handler = async ({ body }: FastifyRequest<{ Body: { value: Value } }>, reply: FastifyReply) => {
    const failure = await set(body.value);
    return failure ? reply.code(409).send({ failure }) : {};
  };
  app.post(`/Set${name}`, { schema: { tags, operationId: `set${name}`, summary, body, response } }, handler);
  app.post(`/${name}`, { schema: { hide: true, body } }, handler);
}

interface Registration {
  addresses: string[];
  users: string[];
  passwords?: string[];
}

/** Parallel lists, one entry for each line. */
const linesOf = ({ addresses, users, passwords = [] }: Registration): DesktopLine[] =>
  users.map((user, index) => {
    const password = passwords[index];
    const line = { user, server: addresses[index] ?? '', protocol: '' };
    return password ? { ...line, password } : line;
  });

async function isOfLines({ body }: FastifyRequest<{ Body: Registration }>, reply: FastifyReply) {
  const { addresses, users } = body;
  if (users.length > 0 && addresses.length === users.length) return;
  const detail = 'addresses and users are not of the same length, or empty.';
  return reply.code(400).send({ failure: failure('malformedRequest', { detail }) });
}

function registrations(app: FastifyInstance, connector: Connector): void {
  const body = {
    type: 'object',
    required: ['addresses', 'users'],
    properties: { addresses: strings, users: strings, passwords: strings },
  };
  for (const name of ['RegisterDn', 'RegisterDN']) {
    const summary = 'Registers the lines, with what was set before; the answer comes before the registration.';
    const response = { 200: answer(summary, { RegisterDnResult: boolean }), ...refusals(400, 403) };
    const hide = name !== 'RegisterDn';
    app.post<{ Body: Registration }>(
      `/${name}`,
      {
        preHandler: [isOfLines, admits(connector, 'begin')],
        schema: { tags, operationId: name, summary, body, response, hide },
      },
      async (request) => {
        void connector.register(linesOf(request.body));
        return { RegisterDnResult: true };
      },
    );
  }
  for (const name of ['UnregisterDn', 'UnregisterDN']) {
    const summary = 'Takes these lines away, or all; with the last one the session ends, as soon as no call is up.';
    const response = { 200: answer(summary, { UnregisterDnResult: boolean }), ...refusals(403) };
    const hide = name !== 'UnregisterDn';
    const body = { type: ['object', 'null'], properties: { users: strings } };
    app.post<{ Body: { users?: string[] } | undefined }>(
      `/${name}`,
      {
        preHandler: admits(connector, 'begin'),
        schema: { tags, operationId: name, summary, body, response, hide },
      },
      async (request) => {
        connector.unregister(request.body?.users ?? null);
        return { UnregisterDnResult: true };
      },
    );
  }
}

const mutes = [
  { name: 'MuteMicrophone', summary: 'Mutes the microphone, for all calls.', setVolume: { microphoneMuted: true } },
  { name: 'UnmuteMicrophone', summary: 'Opens the microphone again.', setVolume: { microphoneMuted: false } },
  { name: 'MuteSpeaker', summary: 'Mutes the loudspeaker.', setVolume: { speakerMuted: true } },
  { name: 'UnmuteSpeaker', summary: 'Opens the loudspeaker again.', setVolume: { speakerMuted: false } },
];

function mutings(app: FastifyInstance, connector: Connector): void {
  for (const { name, summary, setVolume } of mutes) {
    const key = `${name}Result`;
    const response = { 200: answer(`${summary} false: it could not be done.`, { [key]: boolean }), ...refusals(403) };
    const handler = async () => ({ [key]: (await connector.execute({ setVolume })) === null });
    app.post(`/${name}`, { schema: { tags, operationId: name, summary, response } }, handler);
    app.get(`/${name}`, { schema: { hide: true } }, handler);
  }
}
