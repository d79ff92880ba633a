/** Whose the peer of a loopback connection is: on a host of many sessions, 127.0.0.1 is every user's. */
import type { Socket } from 'node:net';
import type { Owner } from './owner-kind.ts';
import { linux } from './owner-linux.ts';
import { windows } from './owner-windows.ts';
import { peerOf } from './peer-address.ts';

/** The systems that say it. macOS does not, but by a program that takes longer than a request may (lsof). */
const kinds = [linux, windows];

const kind = kinds.find(({ platform }) => platform === process.platform) ?? null;

/** Whether this system can be asked at all; false: every answer is 'unknown'. Does not reject. */
export const tellsOwners = async (): Promise<boolean> => (await kind?.isHere()) ?? false;

const answers = new WeakMap<Socket, Promise<Owner>>();

/**
 * Whether the other end is of our own user (Linux; root counts as own) or session (Windows); found out once for each
 * connection. Refuse 'other', whatever it brings along. 'unknown' proves nothing: the connection is closed or half
 * closed, or the system can't be asked. Where it can be (tellsOwners) refuse it too, as an honest client has its
 * connection open while it waits for the answer; elsewhere only a secret tells friend from foe. Does not reject.
 */
export function ownerOf(socket: Socket): Promise<Owner> {
  const known = answers.get(socket);
  if (known) return known;
  const peer = peerOf(socket);
  const answer = kind && peer ? kind.ownerOf(peer) : Promise.resolve<Owner>('unknown');
  answers.set(socket, answer);
  return answer;
}

/** Whether a connection is to be served: who can't be told from others passes only where nobody can be. Does not reject. */
export async function isOwnPeer(socket: Socket): Promise<boolean> {
  const whose = await ownerOf(socket);
  return whose === 'own' || (whose === 'unknown' && !(await tellsOwners()));
}
