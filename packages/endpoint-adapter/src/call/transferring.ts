/** A transfer on its way: hold, REFER, and what comes of it. */
import { FailureError, failureOf } from '@thinline/shared/failures.ts';
import type { Outcome } from '../sip/session/session.ts';
import type { Call } from './call.ts';
import { transferWay } from './transfer.ts';

/** How long the far end gets to hang up after a transfer that worked, ms. */
const farewellMs = 2_000;

/** The other calls of the phone, as far as a transfer concerns them. */
export interface Surroundings {
  isUp(call: Call): boolean;
  /** The call is the agent's again, unless somebody else is talked to. */
  bringBack(call: Call): void;
}

/**
 * Settles once the far end has set about it; what becomes of it then is in the call's snapshot. Rejects with
 * FailureError.
 */
export async function transferCall(
  call: Call,
  target: string,
  other: Call | null,
  around: Surroundings,
): Promise<void> {
  const way = transferWay(call.id, target, other);
  call.beginTransfer(way.kind === 'blind' ? way.target : (other?.snapshot.remote?.number ?? ''));
  // A far end that refuses to be held may be transferred all the same.
  await call.setHeld(true).catch(() => {});
  let asked = false;
  const begun = Promise.withResolvers<null>();
  const ended = refer(call, target, other, around, (status) => {
    asked = true;
    call.transferProgress(status);
    begun.resolve(null);
  }).then(
    (outcome) => conclude(call, other, outcome, asked, around),
    (error: unknown) => fail(call, error instanceof Error ? error : new Error(String(error)), around),
  );
  const failed = await Promise.race([begun.promise, ended]);
  if (failed) throw failed;
}

async function refer(
  call: Call,
  target: string,
  other: Call | null,
  around: Surroundings,
  progress: (status: number) => void,
): Promise<Outcome> {
  if (!around.isUp(call)) throw new FailureError('noSuchCall', { call: call.id });
  // The consultation may have been answered while we held the call, or have ended.
  const way = transferWay(call.id, target, other);
  if (way.kind === 'semiAttended') other?.hangUp();
  const to = way.kind === 'attended' ? way.other.session : way.target;
  return call.session.transfer(to, ({ status }) => progress(status));
}

/** Answers with the error that it ended in. */
function conclude(call: Call, other: Call | null, it: Outcome, asked: boolean, around: Surroundings): Error | null {
  if (!it.ok) {
    const facts = { target: call.snapshot.transfer?.target ?? '', status: it.status, reason: it.reason };
    return fail(call, new FailureError(asked ? 'transferFailed' : 'transferRefused', facts), around);
  }
  call.transferDone();
  // RFC 5589 §6.1: the transferor ends the call. Many far ends do it before.
  setTimeout(() => {
    for (const left of [call, other]) if (left && around.isUp(left)) left.hangUp();
  }, farewellMs).unref();
  return null;
}

function fail(call: Call, error: Error, around: Surroundings): Error {
  call.transferFailed(failureOf(error));
  if (around.isUp(call)) around.bringBack(call);
  return error;
}
