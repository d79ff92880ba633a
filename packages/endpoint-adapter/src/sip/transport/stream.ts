/** A TCP or TLS socket as what a connection runs on: the stream is cut into messages. */
import type { Socket } from 'node:net';
import type { Channel } from './connection.ts';
import { socketFault } from './dial.ts';
import { Framer, PING, PONG } from './framer.ts';

export interface StreamOptions {
  /** What went wrong, for people. */
  describe?: (error: Error) => string;
  vouchesFor?: (name: string) => boolean;
}

/** The socket is connected; from here on its errors are taken care of. */
export function streamChannel(socket: Socket, options: StreamOptions = {}): Channel {
  const describe = options.describe ?? socketFault;
  const framer = new Framer();
  let error = new Error('the far end closed the connection');
  socket.on('error', (cause) => {
    error = new Error(describe(cause));
  });
  return {
    local: { address: socket.localAddress ?? '', port: socket.localPort ?? 0 },
    get unsent() {
      return socket.writableLength;
    },
    mustPong: false,
    vouchesFor: options.vouchesFor ?? (() => true),
    start: (sink) => {
      if (socket.closed) return sink.ended(error);
      socket.on('close', () => sink.ended(error));
      socket.on('data', (chunk: Buffer) => {
        try {
          const frames = framer.push(chunk);
          sink.received(frames, framer.partial);
        } catch (fault) {
          error = fault instanceof Error ? fault : new Error(String(fault));
          socket.destroy();
        }
      });
    },
    write: (message) => void socket.write(message),
    ping: () => void socket.write(PING),
    pong: () => void socket.write(PONG),
    close: () => void socket.destroy(),
  };
}
