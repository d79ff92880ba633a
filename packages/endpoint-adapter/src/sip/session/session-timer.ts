/** Session timers (RFC 4028): who refreshes how often, and what follows when nobody does. */
import { hasOption } from '../headers/option-tags.ts';
import { readMinSe, readSessionExpires, SHORTEST_SESSION, writeSessionExpires } from '../headers/session-expires.ts';
import { fieldOf, type HeaderField, type SipMessage } from '../message/message.ts';
import { field } from '../message/response.ts';

/** s: what we ask for. */
export const SESSION_INTERVAL = 1_800;
/** s: no far end is obeyed that wants more than a day. */
const LONGEST = 86_400;

/** s: after a refresh that has failed, the next; and a 16th of longer intervals. */
const AGAIN = 10;

export interface Interval {
  seconds: number;
  weRefresh: boolean;
}

/**
 * Of an INVITE or UPDATE of ours. weRefresh: who has done it so far; null at the first time. least: what a 422 has asked
 * for, which is to come back as Min-SE (RFC 4028 §7.4).
 */
export function requestFields(seconds: number, weRefresh: boolean | null, least = SHORTEST_SESSION): HeaderField[] {
  const refresher = weRefresh === null ? null : weRefresh ? 'uac' : 'uas';
  return [field('session-expires', writeSessionExpires({ seconds, refresher })), field('min-se', String(least))];
}

/** What the far end's 2xx settled; null: no timer. */
export function agreedByResponse(response: SipMessage): Interval | null {
  const read = readSessionExpires(fieldOf(response, 'session-expires'));
  if (!read || read.seconds < SHORTEST_SESSION || read.seconds > LONGEST) return null;
  return { seconds: read.seconds, weRefresh: read.refresher !== 'uas' };
}

/** s: what a 422 asks for; null where it can't be had (RFC 4028 §7.3). */
export function intervalAskedFor(response: SipMessage): number | null {
  const seconds = readMinSe(fieldOf(response, 'min-se'));
  return seconds <= LONGEST ? seconds : null;
}

export type TimerAnswer =
  | { kind: 'refused'; fields: HeaderField[] }
  | { kind: 'taken'; fields: HeaderField[]; interval: Interval | null };

/** What a request of the far end gets (RFC 4028 §9). */
export function answerTimer(request: SipMessage): TimerAnswer {
  const wanted = readSessionExpires(fieldOf(request, 'session-expires'));
  const knows = hasOption(request, 'supported', 'timer') || hasOption(request, 'require', 'timer');
  if (!wanted || wanted.seconds > LONGEST) return { kind: 'taken', fields: [], interval: null };
  if (wanted.seconds < SHORTEST_SESSION) {
    if (knows) return { kind: 'refused', fields: [field('min-se', String(SHORTEST_SESSION))] };
    return { kind: 'taken', fields: [], interval: { seconds: SHORTEST_SESSION, weRefresh: true } };
  }
  // RFC 4028 §9 table 2: without the extension over there only we can refresh.
  const refresher = knows ? (wanted.refresher ?? 'uac') : 'uas';
  const fields = [field('session-expires', writeSessionExpires({ seconds: wanted.seconds, refresher }))];
  if (refresher === 'uac') fields.push(field('require', 'timer'));
  return { kind: 'taken', fields, interval: { seconds: wanted.seconds, weRefresh: refresher === 'uas' } };
}

export class SessionTimer {
  readonly #refresh: () => void;
  readonly #expired: () => void;
  #interval: Interval | null = null;
  #refreshing: NodeJS.Timeout | undefined;
  #expiring: NodeJS.Timeout | undefined;

  constructor(effects: { refresh(): void; expired(): void }) {
    this.#refresh = effects.refresh;
    this.#expired = effects.expired;
  }

  get interval(): Interval | null {
    return this.#interval;
  }

  /** Anew with each refresh of either side. */
  start(interval: Interval | null): void {
    this.stop();
    this.#interval = interval;
    if (!interval) return;
    const { seconds, weRefresh } = interval;
    if (weRefresh) this.#refreshing = setTimeout(() => this.#refresh(), (seconds / 2) * 1_000);
    // RFC 4028 §10: a little before the end, so that the BYE isn't late.
    this.#expiring = setTimeout(() => this.#expired(), (seconds - Math.min(32, seconds / 3)) * 1_000);
  }

  /** A refresh of ours has failed, and the session has not run out yet. */
  again(): void {
    clearTimeout(this.#refreshing);
    const seconds = this.#interval?.seconds ?? 0;
    this.#refreshing = setTimeout(() => this.#refresh(), Math.max(AGAIN, seconds / 16) * 1_000);
  }

  stop(): void {
    clearTimeout(this.#refreshing);
    clearTimeout(this.#expiring);
  }
}
