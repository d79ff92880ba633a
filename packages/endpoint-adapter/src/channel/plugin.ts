/** Where the plugins of remoting clients hand their channels over: each connection is one, as raw bytes both ways. */
import type { Socket } from 'node:net';
import { type LocalChannel, listenLocally } from './local.ts';

/**
 * A client opens one channel or two for each desktop. One that waits for its app layer costs a socket and the room for
 * one frame, so it may wait for ever.
 */
const mostPipes = 16;

/**
 * Who may connect: docs/link.md, "Who may come in".
 * Rejects with FailureError socketTaken, where another adapter listens, or folderOpen.
 */
export const listenForPlugins = (path: string, accept: (pipe: Socket) => void): Promise<LocalChannel> =>
  listenLocally(path, accept, mostPipes);
