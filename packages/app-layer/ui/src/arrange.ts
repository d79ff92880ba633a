/** How much room each call gets: one that rings or is talked on all of it, others little, and more of them a line. */
import type { Call } from '../../src/panel/api.ts';

export type Room = 'full' | 'compact' | 'line';

export interface Placed {
  call: Call;
  room: Room;
}

const ranks: Record<Call['state'], number> = {
  ALERTING: 0,
  TALKING: 1,
  RINGING: 1,
  DIALING: 1,
  REMOTE_HELD: 2,
  HELD: 3,
  RELEASED: 4,
};

const isFull = ({ state, failure }: Call): boolean =>
  state === 'HELD' ? false : state === 'RELEASED' ? failure !== null : true;

/** Those that matter most first, else by age. callLines: so many get more than a line. */
export function arrange(calls: readonly Call[], callLines: number): Placed[] {
  return [...calls]
    .sort((a, b) => ranks[a.state] - ranks[b.state] || a.createdAtMs - b.createdAtMs)
    .map((call, place): Placed => {
      // Whoever rings is never hidden in a line.
      if (place >= callLines && call.state !== 'ALERTING') return { call, room: 'line' };
      return { call, room: isFull(call) ? 'full' : 'compact' };
    });
}

const activeRanks: Record<Call['state'], number> = { ...ranks, ALERTING: 3, RELEASED: 5 };

/** The call that keys and commands without a name mean: the one talked on, else one being made, else one on hold. */
export function activeCall(calls: readonly Call[]): Call | undefined {
  return [...calls]
    .filter(({ state }) => state !== 'RELEASED')
    .sort((a, b) => activeRanks[a.state] - activeRanks[b.state] || a.createdAtMs - b.createdAtMs)[0];
}

/** The call to answer first: the one that rings longest. */
export const alertingCall = (calls: readonly Call[]): Call | undefined =>
  calls.filter(({ state }) => state === 'ALERTING').sort((a, b) => a.createdAtMs - b.createdAtMs)[0];

/** The next one on hold after `active`, round and round; undefined: there is none. */
export function nextHeld(calls: readonly Call[], active: Call | undefined): Call | undefined {
  const held = calls.filter(({ state, id }) => state === 'HELD' && id !== active?.id);
  const byAge = held.sort((a, b) => a.createdAtMs - b.createdAtMs);
  return byAge.find(({ createdAtMs }) => createdAtMs > (active?.createdAtMs ?? 0)) ?? byAge[0];
}

/** Whether answering another call would put somebody on hold. */
export const isEngaged = (calls: readonly Call[]): boolean =>
  calls.some(({ state }) => ['DIALING', 'RINGING', 'TALKING', 'REMOTE_HELD'].includes(state));
