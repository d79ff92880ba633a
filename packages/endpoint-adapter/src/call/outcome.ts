/** Why a call ended, as a failure for people; null where it ended as calls do. */

import type { Failure } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import type { SessionEnd } from '../sip/session/session.ts';

type Name = Parameters<typeof failure>[0];

/** Final statuses of an INVITE that say something of their own (RFC 3261 §21.4 to §21.6); the rest are rejections. */
const meanings: Record<number, Name> = {
  404: 'callNotFound',
  410: 'callNotFound',
  484: 'callNotFound',
  604: 'callNotFound',
  408: 'callNoResponse',
  503: 'callNoResponse',
  480: 'callNotAnswered',
  486: 'callBusy',
  600: 'callBusy',
  488: 'callNotAcceptable',
  606: 'callNotAcceptable',
};

/** target: the number that was called or that calls. answered: the call was once established. */
export function outcome(end: SessionEnd, target: string, answered: boolean): Failure | null {
  if (end.by === 'local') return null;
  if (end.failure) return end.failure;
  const facts = { target, status: end.status, reason: end.reason };
  if (answered) return end.by === 'failure' ? failure('callLost', { target, detail: `${end.reason}.` }) : null;
  // A caller who gives up (CANCEL, 487) is no failure of anybody's.
  if (end.by === 'remote' && (end.status === 0 || end.status === 487)) return null;
  return failure(meanings[end.status] ?? (end.by === 'failure' ? 'callNoResponse' : 'callRejected'), facts);
}
