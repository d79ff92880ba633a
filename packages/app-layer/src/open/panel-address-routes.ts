/** What `thinline open` asks for, on the control path alone: who can reach that may have the panel. */
import type { FastifyInstance } from 'fastify';
import { closed } from '../panel/command-table.ts';
import { type PanelAddressAnswer, panelAddressPath } from './panel-tickets.ts';

/** address: a new one for each request. */
export function panelAddressRoutes(app: FastifyInstance, address: () => string): void {
  const schema = { body: closed({ properties: {} }) };
  app.post<{ Reply: PanelAddressAnswer }>(panelAddressPath, { schema }, async () => ({ url: address() }));
}
