/** Where the app layer comes in on the same machine: a unix socket or a named pipe, for this user alone. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { claimSocket, protectSocket } from '@thinline/shared/own-socket.ts';

export interface LocalChannel {
  close(): void;
}

/**
 * mostPipes: how many may be open at once; one more is closed as soon as it comes.
 * Rejects with FailureError socketTaken, where another adapter listens, or folderOpen.
 */
export async function listenLocally(
  path: string,
  accept: (socket: Socket) => void,
  mostPipes = Number.POSITIVE_INFINITY,
): Promise<LocalChannel> {
  await claimSocket(path);
  const server = createServer(accept);
  server.maxConnections = mostPipes;
  await once(server.listen(path), 'listening');
  protectSocket(path);
  return { close: () => server.close() };
}
