/** What panel and terminal call the things of the phone: pure functions of it and of the language in use. */
import type {
  Agent,
  Appearance,
  Call,
  Diversion,
  Forwarding,
  Line,
  Mailbox,
  Party,
  Transferring,
} from '@thinline/shared/contract/types.ts';
import type { calls } from './words/en/calls.ts';
import { parts } from './words/punctuation.ts';
import { say } from './words/say.ts';

export { durationText } from './words/numbers.ts';

/** "701" for "sip:701@example.org": the part that agents know as the number. */
export const userPart = (uri: string): string => uri.replace(/^sips?:/, '').split('@')[0] ?? '';

/** What an agent knows somebody by; empty: nothing is known. */
export const partyText = (party: Party | null): string =>
  party?.displayName || party?.number || (party?.uri ?? '').replace(/^sips?:/, '');

export const agentStateText = (state: Agent['state']): string => say(`agent.states.${state}`);

/** Whether somebody is logged in, as far as the server has told. */
export const isLoggedIn = ({ state, agentId }: Agent): boolean =>
  state === 'UNKNOWN' ? agentId !== '' : state !== 'LOGGED_OUT';

/** "Not ready, reason 2, not confirmed yet" */
export const agentText = ({ state, reason, pending }: Agent): string =>
  parts(
    [agentStateText(state), reason && say('agent.reason', { reason }), pending ? say('agent.pending') : ''],
    'comma',
  );

/** How long a call rings before it is forwarded, where nobody says it, s. */
export const forwardingSeconds = 20;

/** "without an answer to 602, after 20 s" */
export const forwardingText = ({ kind, target, seconds }: Forwarding): string =>
  kind === 'NO_ANSWER' && seconds > 0
    ? say('lines.forwardedAfter', { target: userPart(target), seconds })
    : say(`lines.forwardedTo.${kind}`, { target: userPart(target) });

/** What becomes of calls to the line, beside that it rings; empty: nothing. */
export const featuresText = ({ doNotDisturb, forwardings }: Line): string =>
  parts(
    [
      doNotDisturb ? say('lines.doNotDisturbOn') : '',
      ...forwardings.map((it) => (it.on ? say('lines.forwardedOn', { how: forwardingText(it) }) : '')),
    ],
    'semicolon',
  );

/** "2 new messages, 1 of them urgent"; empty: none waits. */
export function mailboxText({ waiting, newMessages, newUrgent }: Mailbox): string {
  if (newMessages === 0) return waiting ? say('lines.newMessages') : '';
  return newUrgent > 0
    ? say('lines.messagesUrgent', { count: newMessages, urgent: newUrgent })
    : say('lines.messages', { count: newMessages });
}

export const appearanceText = ({ index, state }: Appearance): string => say(`lines.appearances.${state}`, { index });

/** The reasons of RFC 5806 section 5, and the shorter ones that servers use. */
const diversionReasons: Readonly<Record<string, keyof (typeof calls)['reasons']>> = {
  busy: 'busy',
  'user-busy': 'busy',
  'no-answer': 'noAnswer',
  unconditional: 'unconditional',
  'do-not-disturb': 'doNotDisturb',
  unavailable: 'unavailable',
  'out-of-service': 'outOfService',
  deflection: 'deflected',
  away: 'away',
  'time-of-day': 'timeOfDay',
};

function diversionText({ party, reason }: Diversion): string {
  const who = partyText(party) || say('calls.somebodyElse');
  if (reason === '' || reason === 'unknown') return who;
  const known = diversionReasons[reason];
  return say('calls.diversion', {
    party: who,
    reason: known ? say(`calls.reasons.${known}`) : reason.replaceAll('-', ' '),
  });
}

/** "For Sales, busy; for Ada, no answer": who was called before; empty: nobody. */
export const diversionsText = ({ diversions }: Call): string =>
  parts(
    diversions.map((it, place) =>
      say(place === 0 ? 'calls.divertedFrom' : 'calls.divertedAlsoFrom', { whom: diversionText(it) }),
    ),
    'semicolon',
  );

export const referredText = ({ referredBy }: Call): string => {
  const caller = partyText(referredBy);
  return caller && say('calls.sentBy', { caller });
};

/** Whether its target still has to say what becomes of it. */
export const isTransferring = (transfer: Transferring | null): transfer is Transferring =>
  transfer !== null && !transfer.done && transfer.failure === null;

/** How far a transfer has come; empty: there is none, or it failed. */
export function transferText({ transfer }: Call): string {
  if (!transfer || transfer.failure) return '';
  const target = userPart(transfer.target);
  if (transfer.done) return say('transfer.done', { target });
  const rings = transfer.status >= 180 && transfer.status < 200;
  return say(rings ? 'transfer.ringing' : 'transfer.running', { target });
}

/** How long until the call answers by itself, ms; 0: it won't. The endpoint's clock is not ours, so it bounds the time. */
export function autoAnswerInMs({ state, autoAnswerAtMs, createdAtMs }: Call, nowMs: number): number {
  if (state !== 'ALERTING' || autoAnswerAtMs === 0) return 0;
  return Math.max(1, Math.min(autoAnswerAtMs - nowMs, autoAnswerAtMs - createdAtMs));
}

export function autoAnswerText(call: Call, nowMs: number): string {
  const left = autoAnswerInMs(call, nowMs);
  return left > 0 ? say('calls.autoAnswer', { seconds: Math.ceil(left / 1000) }) : '';
}

const longestReason = 300;

/** The words of a Reason header field (RFC 3326), where they say more than that the call is over. */
export function endReasonText(call: Call): string {
  const reason = call.endReason.slice(0, longestReason);
  // Cause 16 of Q.850 is normal call clearing.
  if (/^\s*Q\.850\s*;\s*cause\s*=\s*16\b/i.test(reason)) return '';
  const [, text = ''] = /;\s*text\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(reason) ?? [];
  return text.replace(/\\(.)/g, '$1');
}
