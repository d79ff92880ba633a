/** Where the app layer comes in on the same machine: a unix socket or a named pipe, for this user alone. */
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { listenOwn } from '@thinline/shared/own-socket.ts';

export interface LocalChannel {
  close(): void;
}

/** Rejects with FailureError socketTaken, where another adapter listens, or folderOpen. */
export const listenAt = (path: string, server: Server): Promise<void> =>
  listenOwn(path, () => once(server.listen(path), 'listening'));

/**
 * mostPipes: how many may be open at once; one more is closed as soon as it comes.
 * Rejects with FailureError socketTaken, where another adapter listens, or folderOpen.
 */
export async function listenLocally(
  path: string,
  accept: (socket: Socket) => void,
  mostPipes = Number.POSITIVE_INFINITY,
): Promise<LocalChannel> {
  const server = createServer(accept);
  server.maxConnections = mostPipes;
  await listenAt(path, server);
  return { close: () => server.close() };
}
