/** A private socket that lets exactly one caller of this process in: how any Duplex becomes a socket. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';

export interface Gate {
  path: string;
  entered: Promise<Socket>;
  close(): void;
}

export async function openGate(): Promise<Gate> {
  const folder = process.platform === 'win32' ? null : mkdtempSync(join(tmpdir(), 'thinline-'));
  const path = folder ? join(folder, 'link') : `\\\\.\\pipe\\thinline-${randomBytes(16).toString('hex')}`;
  const server = createServer();
  server.maxConnections = 1;
  const close = () => {
    server.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  };
  const entered = new Promise<Socket>((resolve) => {
    server.once('connection', (socket) => {
      close();
      resolve(socket);
    });
  });
  try {
    await once(server.listen(path), 'listening');
  } catch (error) {
    close();
    throw error;
  }
  return { path, entered, close };
}

/** What the one reads the other writes; they end together. */
export function joinStreams(socket: Socket, duplex: Duplex): void {
  socket.on('error', () => socket.destroy()).once('close', () => duplex.destroy());
  duplex.once('close', () => socket.destroy());
  if (duplex.destroyed) socket.destroy();
  else socket.pipe(duplex).pipe(socket);
}

/**
 * A socket that leads to the Duplex. Node's HTTP/2 ends the process with an assertion when a session is destroyed while a
 * Duplex other than a socket has not taken its last write, which is what a dead virtual channel looks like.
 */
export async function socketTo(duplex: Duplex, dial: (path: string) => Socket = connect): Promise<Socket> {
  const gate = await openGate();
  const socket = dial(gate.path);
  const closed = new Promise<null>((resolve) => {
    socket
      .on('error', () => socket.destroy())
      .once('close', () => {
        gate.close();
        resolve(null);
      });
  });
  const entered = await Promise.race([gate.entered, closed]);
  if (!entered) throw new Error('the gate was closed');
  joinStreams(entered, duplex);
  // Not only its other end: what lies between the two is of a link that is over, and is not to be read any more.
  duplex.once('close', () => socket.destroy());
  if (duplex.destroyed) socket.destroy();
  return socket;
}
