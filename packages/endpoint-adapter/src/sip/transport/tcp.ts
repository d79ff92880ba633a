/** SIP over TCP (RFC 3261 §18). */
import { openConnections } from './connections.ts';
import { streamChannel } from './stream.ts';
import type { SipTransport } from './transport.ts';

export const tcp: SipTransport = {
  name: 'tcp',
  open: (address, port, context) =>
    openConnections(
      {
        transport: 'tcp',
        named: false,
        connect: async (target, signal) => streamChannel(await context.dial(address, target, signal)),
        listener: { address, port, accept: async (socket) => streamChannel(socket) },
      },
      context,
    ),
};
