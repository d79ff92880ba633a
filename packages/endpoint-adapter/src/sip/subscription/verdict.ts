/** What the answer to a SUBSCRIBE or PUBLISH of ours means for what it asks for (RFC 6665 §4.1.2, RFC 3903 §4). */
import type { Answer } from '../dialog/exchange.ts';
import { readRetryAfter } from '../headers/retry-after.ts';
import { readNumber } from '../headers/values.ts';
import { fieldOf } from '../message/message.ts';

export type Verdict =
  | 'accepted'
  /** For longer, and it will be accepted: 423. */
  | 'brief'
  /** What the request refers to isn't there any more: 481, 412 and the like. */
  | 'gone'
  /** Nobody answered, or the server can't do it now. */
  | 'unanswered'
  /** Not this time, though what there is stays (RFC 6665 §4.1.2.3). */
  | 'denied'
  /** Not here. */
  | 'refused'
  /** The password was refused: nothing more by ourselves, so that no account is locked. */
  | 'locked';

/** s: whoever asks for more is not obeyed. */
const MAX_EXPIRES = 86_400;
/** s: whoever grants less is asked again no sooner. */
const MIN_EXPIRES = 5;

/** RFC 5057 §5.1: these end what was there, and it can be asked for anew. */
const ending: ReadonlySet<number> = new Set([404, 410, 412, 480, 481, 482, 483, 484, 485]);
/** The server has no such method, package or content. */
const impossible: ReadonlySet<number> = new Set([405, 415, 416, 420, 489, 501, 505, 513]);

/** established: what was asked for is there already, and this was to change or keep it. asked: Expires of the request, s. */
export function verdictOf(answer: Answer, established: boolean, asked: number): Verdict {
  const { status, message } = answer;
  if (!message || status === 408 || status === 491) return 'unanswered';
  if (status < 300) return 'accepted';
  if (status === 423) return minExpires(answer) > asked ? 'brief' : 'refused';
  if (status === 401 || status === 407) return 'locked';
  if (impossible.has(status)) return 'refused';
  if (established && ending.has(status)) return 'gone';
  if (status >= 500 && status < 600) return 'unanswered';
  return established ? 'denied' : status === 481 || status === 412 ? 'gone' : 'refused';
}

/** Of a 423, s; 0: none that can be obeyed. */
export function minExpires({ message }: Answer): number {
  const seconds = (message && readNumber(fieldOf(message, 'min-expires'))) ?? 0;
  return seconds <= MAX_EXPIRES ? seconds : 0;
}

/** What was granted, s; what was asked for where the answer doesn't say. */
export const grantedExpires = ({ message }: Answer, asked: number): number =>
  boundedExpires((message && readNumber(fieldOf(message, 'expires'))) ?? asked);

export const boundedExpires = (seconds: number): number => Math.min(Math.max(seconds, MIN_EXPIRES), MAX_EXPIRES);

/** ms; 0: the answer doesn't say. */
export const retryAfterOf = ({ message }: Answer): number =>
  Math.min((message && readRetryAfter(fieldOf(message, 'retry-after'))) ?? 0, MAX_EXPIRES) * 1_000;
