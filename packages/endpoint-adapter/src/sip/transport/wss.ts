/** SIP over secure WebSockets (RFC 7118): we are the client, so nothing listens. */
import { isUtf8 } from 'node:buffer';
import type { TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import { type Target, uriHost } from '../address.ts';
import { type Channel, MAX_UNSENT_PONGS } from './connection.ts';
import { openConnections } from './connections.ts';
import type { Frame } from './framer.ts';
import { MAX_MESSAGE, SHORTEST_MESSAGE, type SipTransport } from './transport.ts';

/** Pieces that a message may come in. */
const MAX_FRAGMENTS = 256;

/** A frame is a message, or a keep-alive as TCP has them (RFC 7118 §6). */
function readFrame(bytes: Buffer): Frame | null {
  if (bytes.length >= SHORTEST_MESSAGE) return { kind: 'message', bytes };
  const text = bytes.toString('latin1');
  return text === '\r\n\r\n' ? { kind: 'ping' } : text === '\r\n' ? { kind: 'pong' } : null;
}

function channelOf(ws: WebSocket, socket: TLSSocket, describe: (error: Error) => string): Channel {
  let error: Error | null = null;
  socket.on('error', (cause) => {
    error = new Error(describe(cause));
  });
  ws.on('error', (cause) => {
    error = new Error(describe(cause));
    ws.terminate();
  });
  return {
    local: { address: socket.localAddress ?? '', port: socket.localPort ?? 0 },
    get unsent() {
      return ws.bufferedAmount;
    },
    // RFC 6455 §5.5.2.
    mustPong: true,
    vouchesFor: () => false,
    start: (sink) => {
      if (ws.readyState === WebSocket.CLOSED) return sink.ended(error ?? new Error('the far end closed the WebSocket'));
      ws.on('close', (code) => sink.ended(error ?? new Error(`the far end closed the WebSocket (${code})`)));
      ws.on('ping', (data) => {
        if (ws.bufferedAmount <= MAX_UNSENT_PONGS) ws.pong(data);
        sink.received([], false);
      });
      ws.on('pong', () => sink.received([{ kind: 'pong' }], false));
      ws.on('message', (data) => {
        const frame = Buffer.isBuffer(data) ? readFrame(data) : null;
        sink.received(frame ? [frame] : [], false);
      });
      ws.resume();
    },
    write: (message) => {
      // The far end has said that it closes: nothing reaches it any more.
      if (ws.readyState !== WebSocket.OPEN) ws.terminate();
      else ws.send(message, { binary: !isUtf8(message) });
    },
    ping: () => ws.ping(),
    pong: () => ws.send('\r\n'),
    close: () => ws.terminate(),
  };
}

/** The handshake of RFC 6455 §4.1 on a socket that is secure. */
function upgrade(
  socket: TLSSocket,
  target: Target,
  options: { describe: (error: Error) => string; signal: AbortSignal },
): Promise<Channel> {
  const { describe, signal } = options;
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(`wss://${uriHost(target.name)}:${target.port}/`, ['sip'], {
      createConnection: () => socket,
      perMessageDeflate: false,
      followRedirects: false,
      autoPong: false,
      maxPayload: MAX_MESSAGE,
      maxFragments: MAX_FRAGMENTS,
    });
    const fail = (clause: string): void => {
      signal.removeEventListener('abort', overdue);
      reject(new Error(clause));
      ws.terminate();
    };
    const overdue = (): void => fail('the WebSocket handshake was not finished in time');
    signal.addEventListener('abort', overdue);
    ws.on('error', (error) => fail(`the WebSocket handshake failed: ${describe(error)}`));
    ws.on('unexpected-response', (_, response) =>
      fail(`the server answered ${response.statusCode} to the WebSocket handshake`),
    );
    ws.once('open', () => {
      signal.removeEventListener('abort', overdue);
      ws.removeAllListeners('error');
      // Until somebody listens.
      ws.pause();
      resolve(channelOf(ws, socket, describe));
    });
    if (signal.aborted) overdue();
  });
}

export const wss: SipTransport = {
  name: 'wss',
  open: (address, _, context) =>
    openConnections(
      {
        transport: 'wss',
        named: true,
        connect: async (target, signal) => {
          const { dial, tls } = context;
          const { socket } = await tls.secure(await dial(address, target, signal), target, { https: true, signal });
          return upgrade(socket, target, { describe: tls.describe, signal }).catch((error: unknown) => {
            socket.destroy();
            throw error;
          });
        },
        listener: null,
      },
      context,
    ),
};
