/** SIP over UDP (RFC 3261 §18). */
import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';
import type { Remote } from '../address.ts';
import {
  type Flow,
  isWildcard,
  SHORTEST_MESSAGE,
  type SipTransport,
  type TransportContext,
  type TransportSockets,
} from './transport.ts';

async function open(address: string, port: number, { sink, log, mark }: TransportContext): Promise<TransportSockets> {
  const socket = createSocket(isIP(address) === 6 ? { type: 'udp6', ipv6Only: true } : { type: 'udp4' });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind({ address, port, exclusive: true }, () => {
      socket.off('error', reject);
      resolve();
    });
  }).catch((error: unknown) => {
    socket.close();
    throw error;
  });
  mark(socket);
  let open = true;
  const local: Remote = { address: isWildcard(address) ? '' : address, port: socket.address().port };
  const flowTo = (remote: Remote): Flow => ({
    transport: 'udp',
    reliable: false,
    remote,
    local,
    timedOut: () => {},
    send: (message, failed) => {
      if (!open) return void setImmediate(() => failed(new Error('the UDP socket is closed')));
      socket.send(message, remote.port, remote.address, (error) => {
        if (error) failed(error);
      });
    },
  });
  socket.on('error', (error) => log.warning(() => `UDP socket: ${error.message}`));
  socket.on('message', (message, source) => {
    if (message.length < SHORTEST_MESSAGE) return;
    sink.message(message, flowTo({ address: source.address, port: source.port }));
  });
  return {
    port: local.port,
    flowTo: ({ address, port }) => flowTo({ address, port }),
    close: () =>
      new Promise((resolve) => {
        if (!open) return resolve();
        open = false;
        socket.close(() => resolve());
      }),
  };
}

export const udp: SipTransport = { name: 'udp', open };
