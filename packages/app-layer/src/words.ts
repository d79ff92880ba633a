/** What panel and terminal call the things of the phone: pure functions, so that every sentence has a test. */
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

export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** "701" for "sip:701@example.org": the part that agents know as the number. */
export const userPart = (uri: string): string => uri.replace(/^sips?:/, '').split('@')[0] ?? '';

/** What an agent knows somebody by; empty: nothing is known. */
export const partyText = (party: Party | null): string =>
  party?.displayName || party?.number || (party?.uri ?? '').replace(/^sips?:/, '');

export const agentStates: Readonly<Record<Agent['state'], string>> = {
  UNKNOWN: 'State unknown',
  LOGGED_OUT: 'Logged out',
  READY: 'Ready',
  NOT_READY: 'Not ready',
  AFTER_CALL_WORK: 'After-call work',
};

/** Whether somebody is logged in, as far as the server has told. */
export const isLoggedIn = ({ state, agentId }: Agent): boolean =>
  state === 'UNKNOWN' ? agentId !== '' : state !== 'LOGGED_OUT';

/** "Not ready, reason 2, not confirmed yet" */
export const agentText = ({ state, reason, pending }: Agent): string =>
  [agentStates[state], reason && `reason ${reason}`, pending && 'not confirmed yet'].filter(Boolean).join(', ');

/** How long a call rings before it is forwarded, where nobody says it, s. */
export const forwardingSeconds = 20;

export const forwardingKinds: Readonly<Record<Forwarding['kind'], string>> = {
  ALWAYS: 'always',
  BUSY: 'when busy',
  NO_ANSWER: 'without an answer',
};

/** "without an answer to 602, after 20 s" */
export const forwardingText = ({ kind, target, seconds }: Forwarding): string =>
  `${forwardingKinds[kind]} to ${userPart(target)}${kind === 'NO_ANSWER' && seconds > 0 ? `, after ${seconds} s` : ''}`;

/** What becomes of calls to the line, beside that it rings; empty: nothing. */
export const featuresText = ({ doNotDisturb, forwardings }: Line): string =>
  [doNotDisturb && 'do not disturb', ...forwardings.map((it) => it.on && `forwarded ${forwardingText(it)}`)]
    .filter(Boolean)
    .join('; ');

const messages = (count: number, kind: string): string => `${count} ${kind} ${count === 1 ? 'message' : 'messages'}`;

/** "2 new messages, 1 of them urgent"; empty: none waits. */
export function mailboxText({ waiting, newMessages, newUrgent }: Mailbox): string {
  if (!waiting && newMessages === 0) return '';
  if (newMessages === 0) return 'New messages';
  return `${messages(newMessages, 'new')}${newUrgent > 0 ? `, ${newUrgent} of them urgent` : ''}`;
}

export const appearanceText = ({ index, state }: Appearance): string => `appearance ${index} ${state.toLowerCase()}`;

const diversionText = ({ party, reason }: Diversion): string =>
  [`for ${partyText(party) || 'somebody else'}`, reason === 'unknown' ? '' : reason.replaceAll('-', ' ')]
    .filter(Boolean)
    .join(', ');

/** "For Sales, busy; for Ada, no answer": who was called before; empty: nobody. */
export function diversionsText({ diversions }: Call): string {
  const text = diversions.map(diversionText).join('; ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const referredText = ({ referredBy }: Call): string => {
  const by = partyText(referredBy);
  return by && `Sent by ${by}`;
};

/** Whether its target still has to say what becomes of it. */
export const isTransferring = (transfer: Transferring | null): transfer is Transferring =>
  transfer !== null && !transfer.done && transfer.failure === null;

/** How far a transfer has come; empty: there is none, or it failed. */
export function transferText({ transfer }: Call): string {
  if (!transfer || transfer.failure) return '';
  const target = userPart(transfer.target);
  if (transfer.done) return `Transferred to ${target}`;
  return transfer.status >= 180 && transfer.status < 200
    ? `Transferring to ${target}, it rings there`
    : `Transferring to ${target}`;
}

/** How long until the call answers by itself, ms; 0: it won't. The endpoint's clock is not ours, so it bounds the time. */
export function autoAnswerInMs({ state, autoAnswerAtMs, createdAtMs }: Call, nowMs: number): number {
  if (state !== 'ALERTING' || autoAnswerAtMs === 0) return 0;
  return Math.max(1, Math.min(autoAnswerAtMs - nowMs, autoAnswerAtMs - createdAtMs));
}

export function autoAnswerText(call: Call, nowMs: number): string {
  const left = autoAnswerInMs(call, nowMs);
  return left > 0 ? `Answers by itself in ${Math.ceil(left / 1000)} s` : '';
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
