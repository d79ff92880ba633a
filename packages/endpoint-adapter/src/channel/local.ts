/** Where the app layer comes in on the same machine: a unix socket or a named pipe, for this user alone. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { claimSocket, protectSocket } from '@thinline/shared/own-socket.ts';

export interface LocalChannel {
  close(): void;
}

/** Rejects with FailureError socketTaken, where another adapter listens, or folderOpen. */
export async function listenLocally(path: string, accept: (socket: Socket) => void): Promise<LocalChannel> {
  await claimSocket(path);
  const server = createServer(accept).listen(path);
  await once(server, 'listening');
  protectSocket(path);
  return { close: () => server.close() };
}
