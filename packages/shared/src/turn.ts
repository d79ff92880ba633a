/** One process of a user at a time, in each folder: a lock that ends with whoever has it, also by SIGKILL. Not on Windows. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { FailureError } from './failures.ts';

/** A turn takes milliseconds. Who has it for so long stands still, ms. */
const longestWait = 5000;
/** Not longer than the names of our sockets, as paths of sockets are short. */
const ours = /^\.[0-9a-f]{8}\.t$/;

interface Place {
  name: string;
  leave(): void;
}

/**
 * Waits until nobody else has the folder's turn; the returned function ends ours.
 * Rejects with FailureError socketTaken where one that has it stands still.
 *
 * Whoever wants a turn listens at a name of its own, and only then looks for others, so of two at least one sees the
 * other; that of the smaller name waits, the other steps back. Names are used once: what is dead can be removed, and
 * nothing living is hit.
 */
export async function takeTurn(folder: string): Promise<() => void> {
  const deadline = performance.now() + longestWait;
  for (;;) {
    const place = await enter(folder);
    try {
      if (await reachFront(folder, place, deadline)) return place.leave;
    } catch (error) {
      place.leave();
      throw error;
    }
  }
}

async function enter(folder: string): Promise<Place> {
  const name = `.${randomBytes(4).toString('hex')}.t`;
  const waiting = new Set<Socket>();
  const server = createServer((socket) => {
    waiting.add(socket.on('error', () => {}));
  });
  await once(server.listen(join(folder, name)), 'listening');
  const leave = () => {
    server.close();
    for (const socket of waiting) socket.destroy();
  };
  return { name, leave };
}

/** False: we have left, and have to enter again. */
async function reachFront(folder: string, place: Place, deadline: number): Promise<boolean> {
  for (;;) {
    const other = await findOther(folder, place.name);
    if (!other) {
      // Somebody may have found us between bind and listen, and removed us for dead.
      const isThere = existsSync(join(folder, place.name));
      if (!isThere) place.leave();
      return isThere;
    }
    const stepsBack = other.name < place.name;
    if (stepsBack) place.leave();
    await isGone(other.socket, deadline, folder);
    if (stepsBack) return false;
  }
}

async function findOther(folder: string, own: string): Promise<{ name: string; socket: Socket } | null> {
  for (const name of readdirSync(folder)) {
    if (name === own || !ours.test(name)) continue;
    const socket = await reach(join(folder, name));
    if (socket) return { name, socket };
  }
  return null;
}

/** Connected, or about to be; null where nobody lives there any more. */
async function reach(path: string): Promise<Socket | null> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ECONNREFUSED') rmSync(path, { force: true });
    if (code === 'ECONNREFUSED' || code === 'ENOENT') return null;
  }
  return socket.on('error', () => {});
}

async function isGone(socket: Socket, deadline: number, folder: string): Promise<void> {
  const timer = setTimeout(() => socket.destroy(), deadline - performance.now());
  // Its end is only heard by who reads.
  socket.resume();
  // Not `once`, which rejects where a killed one resets the connection.
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
  clearTimeout(timer);
  if (performance.now() < deadline) return;
  throw new FailureError('socketTaken', { path: folder, detail: 'Another one is about to start, and stands still.' });
}
