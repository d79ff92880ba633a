/** SIP over UDP (RFC 3261 §18). */
import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';
import type { Log } from '@thinline/shared/log/log.ts';
import type { Remote } from '../address.ts';
import type { Flow, SipTransport, TransportSink, TransportSockets } from './transport.ts';

/** Shorter ones are keep-alives (CRLFCRLF, RFC 5626 §3.5.1, or a single NUL). */
const SHORTEST_MESSAGE = 5;

async function open(address: string, port: number, sink: TransportSink, log: Log): Promise<TransportSockets> {
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
  let open = true;
  const flowTo = (remote: Remote): Flow => ({
    transport: 'udp',
    reliable: false,
    remote,
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
    port: socket.address().port,
    flowTo,
    close: () =>
      new Promise((resolve) => {
        if (!open) return resolve();
        open = false;
        socket.close(() => resolve());
      }),
  };
}

export const udp: SipTransport = { name: 'udp', open };
