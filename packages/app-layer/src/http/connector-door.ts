/** The connector's door: agent desktops' pages by their origin, programs by their user, both by the secret if there is one. */
import type { IncomingMessage } from 'node:http';
import type { ConnectorSettings } from '@thinline/shared/config/connector.ts';
import type { Failure } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import { isOwnOrigin, type Place } from '@thinline/shared/loopback-guard.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Connections } from './connections.ts';
import { corsHeaders, judgeCaller, type Rules, takeSecret, type Verdict, vary } from './connector-guard.ts';
import type { DoorLimits } from './limits.ts';
import type { Handler } from './listener.ts';
import { isOwnPeer } from './owner.ts';
import { Rate } from './rate.ts';
import { selfTestRoutes } from './self-test-routes.ts';
import { Visits } from './visits.ts';
import { makeWebApplication, sendFailure } from './web-application.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** For everybody of this user, whatever page or program: no origin, no secret. */
    public?: boolean;
  }
}

const bodyBytes = 64 * 1024;

const headers = {
  ...vary,
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
};

/** Of pages that are no agent desktop: that a repeated request does nothing twice, and where their events went on. */
const phoneHeaders = ['Idempotency-Key', 'Last-Event-ID'];

/** The address that opens the panel, with its token; where it shares our port, by the name that `host` has for us. */
export type PanelUrl = (host: string | undefined) => string;

/** What the door has to know of the connector behind it. */
export interface ConnectorDoor {
  settings: ConnectorSettings;
  /** What there is behind the door. panelUrl: see PanelUrl. */
  routes: (app: FastifyInstance, panelUrl: PanelUrl) => void;
  /** Whose session has the phone now: the origin of a page, '' for a program, null for nobody. */
  boundOrigin(): string | null;
}

export interface ConnectorDoorOptions extends ConnectorDoor {
  /** Once it listens. */
  place(): Place;
  panelUrl: PanelUrl;
  connections: Connections;
  limits: DoorLimits;
  log: Log;
}

export interface ConnectorApplication {
  app: FastifyInstance;
  visits: Visits;
  handle: Handler;
}

export function makeConnectorApplication(options: ConnectorDoorOptions): ConnectorApplication {
  const { settings, place, connections, limits, log } = options;
  const app = makeWebApplication({ bodyBytes, log });
  const rate = new Rate(limits, () => performance.now());
  const visits = new Visits();
  /** Requests that had the secret in their path, which is cut off. */
  const withSecret = new WeakSet<IncomingMessage>();
  const { origins, secret } = settings;
  const rules = (): Rules => ({ ...place(), origins, secret, bound: options.boundOrigin() });

  acceptEmptyBodies(app);
  app.addHook('onRequest', async (request, reply) => {
    const own = rules();
    const more = request.url.startsWith('/phone/') ? phoneHeaders : [];
    // The self-test is no other page's to read: it says who has asked.
    const cors = request.url.startsWith('/self-test') ? {} : corsHeaders(request.headers, own, more);
    reply.headers({ ...headers, ...cors });
    const isPublic = request.routeOptions.config.public === true;
    const isPreflight = request.method === 'OPTIONS';
    // Browsers send preflights without what they are to ask for, the Authorization header among it.
    const hasSecret = isPreflight || withSecret.has(request.raw);
    const verdict = judgeCaller({ headers: request.headers, hasSecret, isPublic }, own);
    const { origin } = request.headers;
    if (verdict === 'pass' && !(await isOwnPeer(request.raw.socket)))
      return refuse(request, reply, 403, failure('otherUser'));
    if (origin === undefined || !isOwnOrigin(origin, request.headers.host, own)) {
      visits.note({ origin, isPreflight, verdict });
    }
    if (verdict !== 'pass') return refuse(request, reply, ...refusal(verdict, request, own));
    const waitMs = rate.take(isPublic ? 'public' : (origin ?? 'a program'));
    if (waitMs > 0) {
      reply.header('Retry-After', Math.ceil(waitMs / 1000));
      return refuse(request, reply, 429, failure('tooManyRequests', { origin: origin ?? 'A program' }));
    }
    // Which shows nothing of who asks.
    if (isPreflight) return reply.code(200).header('Content-Length', '0').send();
    if (!isPublic) connections.prove(request.raw.socket, 'connector');
  });

  selfTestRoutes(app, { settings, visits, bound: options.boundOrigin });
  options.routes(app, options.panelUrl);

  return {
    app,
    visits,
    handle(request, response) {
      const { path, hasSecret } = takeSecret(request.url ?? '/', settings.secret);
      request.url = path;
      if (hasSecret) withSecret.add(request);
      app.routing(request, response);
    },
  };
}

function refusal(
  verdict: Exclude<Verdict, 'pass'>,
  { headers: { origin, host } }: FastifyRequest,
  { origins, bound }: Rules,
): [number, Failure] {
  switch (verdict) {
    case 'foreign':
      return [403, failure('foreignPage', { host: origin ?? host ?? 'no name' })];
    case 'origin':
      if (origins.length === 0 && bound !== null)
        return [403, failure('desktopElsewhere', { client: bound || 'a program' })];
      return [403, failure('originRefused', { origin: origin ?? '' })];
    case 'secret':
      return [401, failure('secretNeeded')];
  }
}

/** Who is refused begins anew: each further try costs them a connection. */
function refuse(request: FastifyRequest, reply: FastifyReply, status: number, it: Failure): FastifyReply {
  if (status === 401) reply.header('WWW-Authenticate', 'Bearer');
  return sendFailure(request, reply.header('Connection', 'close'), status, it);
}

/** Desktops announce JSON with every request, also where there is none. null is not taken for that. */
function acceptEmptyBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else if (body.trim() === 'null') done(Object.assign(new Error('The body is null'), { statusCode: 400 }));
    else parse(request, body, done);
  });
}
