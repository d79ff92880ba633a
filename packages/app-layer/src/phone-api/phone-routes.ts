/** The API for other programs: states and events for all who may, call control where the configuration allows it. */
import type { ConnectorSettings } from '@thinline/shared/config/connector.ts';
import type { Failure } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import type { FastifyInstance } from 'fastify';
import type { Replica } from '../endpoint/replica.ts';
import type { PanelUrl } from '../http/connector-door.ts';
import { controlRoutes } from './control-routes.ts';
import { descriptionRoutes } from './description-routes.ts';
import { panelRoutes } from './panel-routes.ts';
import { makePhoneFeed } from './phone-feed.ts';
import { readingRoutes } from './reading-routes.ts';
import { toJson } from './report.ts';

export interface PhoneApi {
  replica: Replica;
  settings: Pick<ConnectorSettings, 'callControl' | 'origins' | 'secret'>;
  /** The page whose session has lines of the phone; '' for a program, null for nobody. */
  boundOrigin?: () => string | null;
  /** See the door's; absent: there is no panel to show. */
  panelUrl?: PanelUrl;
}

/**
 * The connector lets in any page while none has a session, as desktops expect it. Who calls is not for any page to know:
 * here it has to be named, to have the secret, or to be the desktop whose lines the phone has. The latter does not control
 * calls.
 */
const isNamed = (origin: string | undefined, { origins, secret }: PhoneApi['settings']): boolean =>
  origin === undefined || secret !== '' || origins.includes(origin.toLowerCase());

const originRefused = (origin = ''): { failure: Failure } => ({ failure: failure('originRefused', { origin }) });

/** Behind the connector's door. In a scope of its own. */
export function phoneRoutes(app: FastifyInstance, { replica, settings, boundOrigin, panelUrl }: PhoneApi): void {
  app.register(async (scope) => {
    // The schemas of answers describe and are tested; JSON is written as it is.
    scope.setSerializerCompiler(() => toJson);
    descriptionRoutes(scope);

    scope.register(async (reading) => {
      const mayRead = (origin: string | undefined) => isNamed(origin, settings) || origin === boundOrigin?.();
      const feed = makePhoneFeed(replica, mayRead);
      reading.addHook('onClose', async () => feed.close());
      reading.addHook('onRequest', async ({ headers: { origin } }, reply) => {
        if (!mayRead(origin)) return reply.code(403).send(originRefused(origin));
      });
      readingRoutes(reading, replica, feed);
    });

    scope.register(async (panel) => {
      panel.addHook('onRequest', async ({ headers: { origin } }, reply) => {
        // A page of our own says no origin: it needs none, and a program that may has the secret.
        const may = isNamed(origin, settings) && (origin !== undefined || settings.secret !== '');
        if (!may) return reply.code(403).send(originRefused(origin));
      });
      if (panelUrl) panelRoutes(panel, panelUrl);
    });

    scope.register(async (control) => {
      control.addHook('onRequest', async ({ headers: { origin } }, reply) => {
        if (!isNamed(origin, settings)) return reply.code(403).send(originRefused(origin));
        if (!settings.callControl) return reply.code(403).send({ failure: failure('callControlOff') });
      });
      controlRoutes(control, replica);
    });
  });
}
