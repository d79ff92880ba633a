/** The panel's address, for the side strip of a desktop's page. */
import type {} from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import type { PanelUrl } from '../http/connector-door.ts';
import { refusals } from './refusals.ts';

export function panelRoutes(app: FastifyInstance, panelUrl: PanelUrl): void {
  app.get(
    '/phone/panel',
    {
      schema: {
        tags: ['Phone'],
        operationId: 'getPanel',
        summary: "The address of the agent's panel",
        description:
          'For a frame of the page, or a window. It has the token that lets in: only pages that policy.connector.origins ' +
          'names get it, and who has the secret. A frame shows the panel only in a page that is named, and over https.',
        response: {
          200: {
            description: 'It opens the panel until another one is made.',
            type: 'object',
            required: ['url'],
            properties: { url: { type: 'string' } },
          },
          ...refusals(),
        },
      },
    },
    async ({ headers: { host } }) => ({ url: panelUrl(host) }),
  );
}
