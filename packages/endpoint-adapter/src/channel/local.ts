/** Where the app layer comes in on the same machine: a unix socket or a named pipe, for this user alone. */
import { once } from 'node:events';
import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { dirname } from 'node:path';

export interface LocalChannel {
  close(): void;
}

/** Rejects with an ordinary Error where another adapter listens at that path already. */
export async function listenLocally(path: string, accept: (socket: Socket) => void): Promise<LocalChannel> {
  const server = createServer(accept);
  if (process.platform !== 'win32') {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if (await answers(path)) throw new Error(`another endpoint adapter listens at ${path}`);
    // What a killed adapter left behind; never somebody's file.
    if (lstatSync(path, { throwIfNoEntry: false })?.isSocket()) rmSync(path, { force: true });
  }
  const mask = process.umask(0o177);
  server.listen(path);
  process.umask(mask);
  await once(server, 'listening');
  if (process.platform !== 'win32') chmodSync(path, 0o600);
  return { close: () => server.close() };
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
