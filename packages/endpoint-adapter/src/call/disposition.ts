/** What becomes of an INVITE before anybody is asked: the first rule that applies. */
import type { CallPolicy, Forwarding, ForwardingKind } from '@thinline/shared/contract/types.ts';
import type { AutoAnswer } from '../sip/headers/auto-answer.ts';
import { answerPolicy, type DevicesAtHand, type HeadsetRule } from './answer-policy.ts';
import { unreachable } from './unreachable.ts';

/** More calls than any agent has; what goes beyond is refused, whatever the policy. */
export const mostCalls = 12;
/** Of those, for the line's server alone: nobody else can keep its calls away by many of his own. */
const keptForServer = 6;

/** A call that is there already, or an earlier INVITE whose ports are being opened. */
export interface EarlierCall {
  callId: string;
  callUuid: string;
  incoming: boolean;
  lineId: string;
  /** Of the line. */
  user: string;
  /** The agent is busy with it: talks, or waits for an answer; not where it rings or is held. */
  engaged: boolean;
}

export interface Facts {
  callId: string;
  callUuid: string;
  lineId: string;
  user: string;
  fromServer: boolean;
  /** It takes the place of a session that is up (RFC 3891). */
  replaces: boolean;
  /** The server has made it for our own agent, who is about to call somebody. */
  ownCall: boolean;
  autoAnswer: Pick<AutoAnswer, 'answer' | 'delayMs' | 'required'>;
  calls: readonly EarlierCall[];
  policy: CallPolicy;
  headset: HeadsetRule;
  devices: DevicesAtHand;
  /** An app layer sees what happens here. */
  watched: boolean;
  /** Where the phone itself keeps these features. */
  doNotDisturb: boolean;
  forwardings: readonly Forwarding[];
}

export type Disposition =
  | { kind: 'ring' }
  | { kind: 'answer'; afterMs: number }
  /** reason: the phrase of the status, where the usual one would not say why. */
  | { kind: 'refuse'; status: number; reason?: string }
  /** To whom, as somebody has typed it. */
  | { kind: 'redirect'; target: string };

const refuse = (status: number): Disposition => ({ kind: 'refuse', status });

export const forwardingOf = (forwardings: readonly Forwarding[], kind: ForwardingKind): Forwarding | undefined =>
  forwardings.find((it) => it.on && it.kind === kind);

const redirect = (forwardings: readonly Forwarding[], kind: ForwardingKind): Disposition | null => {
  const forwarding = forwardingOf(forwardings, kind);
  return forwarding ? { kind: 'redirect', target: forwarding.target } : null;
};

/**
 * Our own outgoing calls have the Call-ID of what comes back to us when one line calls another, so incoming ones alone
 * count.
 */
const isMerged = (it: Facts): boolean => it.calls.some((call) => call.incoming && call.callId === it.callId);

/**
 * Two servers that stand in for each other have the same user registered on a line each. What comes from the same
 * server with the same UUID is another part of the same interaction: the second leg of a consultation, or a call of the
 * agent's that the server makes.
 */
const isRepeatedElsewhere = (it: Facts): boolean =>
  it.callUuid !== '' &&
  it.calls.some(
    (call) => call.incoming && call.callUuid === it.callUuid && call.lineId !== it.lineId && call.user === it.user,
  );

const isBusy = ({ calls, policy }: Facts): boolean => calls.length >= Math.max(1, policy.sessionsForBusy);

const busyStatus = ({ busyStatus: status }: CallPolicy): number => (status >= 400 && status <= 699 ? status : 486);

function automatic(it: Facts): Disposition | null {
  const asked = it.fromServer && it.autoAnswer.answer === 'auto';
  // A stranger must not be able to open the microphone.
  const own = it.fromServer && it.policy.autoAnswer && it.autoAnswer.answer !== 'manual';
  if (!asked && !own) return null;
  // To answer would hold somebody that the agent talks to.
  if (it.calls.some((call) => call.engaged)) return null;
  if (answerPolicy(true, it.headset, it.devices).incoming !== 'automatic') return null;
  const delayMs = asked ? (it.autoAnswer.delayMs ?? 0) : it.policy.autoAnswerDelayMs;
  return { kind: 'answer', afterMs: delayMs };
}

/** Without a headset, where one is wanted, not even the agent's own calls are taken. */
function withoutHeadset(it: Facts): Disposition | null {
  const { incoming, status } = answerPolicy(false, it.headset, it.devices);
  return incoming === 'rejected' ? refuse(status) : null;
}

/** Without the desktop nobody sees that it rings. */
function withoutDesktop(it: Facts): Disposition | null {
  const refusal = unreachable(it.policy, it.watched);
  return refusal && { kind: 'refuse', ...refusal };
}

/** RFC 5373: the mode is required, and we won't answer in it. */
function unmetMode(it: Facts): Disposition | null {
  const { answer, required } = it.autoAnswer;
  return required && answer === 'auto' && !(it.fromServer && automatic(it)) ? refuse(403) : null;
}

/** An agent who is about to call somebody is neither busy nor disturbed by that. */
const unlessOwn =
  (rule: (it: Facts) => Disposition | null) =>
  (it: Facts): Disposition | null =>
    it.ownCall ? null : rule(it);

const rules: readonly ((it: Facts) => Disposition | null)[] = [
  // RFC 3891 §3: answered at once; the number of calls stays the same.
  (it) => (it.replaces ? { kind: 'answer', afterMs: 0 } : null),
  // RFC 3261 §8.2.2.2
  (it) => (isMerged(it) ? refuse(482) : null),
  (it) => (isRepeatedElsewhere(it) ? refuse(486) : null),
  // Who has all calls forwarded wants the others to be reached, even if he is not to be disturbed himself.
  unlessOwn((it) => redirect(it.forwardings, 'ALWAYS')),
  // RFC 3261 §21.4.18 names do not disturb; a 6xx would end the search at other phones of the same user too.
  unlessOwn((it) => (it.doNotDisturb ? refuse(480) : null)),
  withoutHeadset,
  unlessOwn(withoutDesktop),
  // Who forwards while busy doesn't want a second call to wait, whether or not it would be refused otherwise.
  unlessOwn((it) => (isBusy(it) ? redirect(it.forwardings, 'BUSY') : null)),
  unlessOwn((it) => (it.policy.rejectWhenBusy && isBusy(it) ? refuse(busyStatus(it.policy)) : null)),
  (it) => (it.calls.length >= (it.fromServer ? mostCalls : mostCalls - keptForServer) ? refuse(486) : null),
  unmetMode,
  automatic,
];

export function disposition(it: Facts): Disposition {
  for (const rule of rules) {
    const found = rule(it);
    if (found) return found;
  }
  return { kind: 'ring' };
}
