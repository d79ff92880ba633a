/**
 * SIP over TLS (RFC 3261 §26.2.1). It listens, one port higher, only where we have a certificate; without, servers use
 * the connections that we have made to them (RFC 5923).
 */
import { openConnections } from './connections.ts';
import { streamChannel } from './stream.ts';
import type { Secured } from './tls-handshake.ts';
import type { SipTransport } from './transport.ts';

export const tls: SipTransport = {
  name: 'tls',
  open: (address, port, context) => {
    const identity = context.tls;
    const channel = (secured: Secured) =>
      streamChannel(secured.socket, {
        describe: identity.describe,
        vouchesFor: (name) => identity.vouches(secured, name),
      });
    return openConnections(
      {
        transport: 'tls',
        named: true,
        connect: async (target, signal) => {
          const socket = await context.dial(address, target, signal);
          return channel(await identity.secure(socket, target, { https: false, signal }));
        },
        listener: identity.certified
          ? {
              address,
              port: port === 0 ? 0 : port + 1,
              accept: async (socket, signal) => channel(await identity.accept(socket, signal)),
            }
          : null,
      },
      context,
    );
  },
};
