/** What the panel says and offers for a state of the phone: pure functions, so that every sentence has a test. */
import type { Agent, Call, CallQuality, CommandName, Line, LinkStatus, PhoneState } from '../../src/panel/api.ts';
import {
  agentText,
  diversionsText,
  durationText,
  endReasonText,
  featuresText,
  isTransferring,
  mailboxText,
  partyText,
  referredText,
  transferText,
  userPart,
} from '../../src/words.ts';

/** ok: as it should be. busy: on its way. bad: needs attention. idle: neither. */
export type Tone = 'ok' | 'busy' | 'bad' | 'idle';

/** What an agent knows the far end by. */
export const callerText = (call: Call): string => partyText(call.remote) || 'Unknown';

/** The number, where the title is a name. */
export const numberText = (call: Call): string =>
  call.remote?.displayName ? call.remote.number || call.remote.uri.replace(/^sips?:/, '') : '';

export function callStateText(call: Call): string {
  switch (call.state) {
    case 'DIALING':
      return 'Calling';
    case 'RINGING':
      return call.earlyMedia ? 'Ringing, with sound from there' : 'Ringing there';
    case 'ALERTING':
      return 'Incoming call';
    case 'TALKING': {
      const talking = call.conference ? 'In conference' : 'Talking';
      return call.muted ? `${talking}, muted` : talking;
    }
    case 'HELD':
      return call.heldByRemote ? 'On hold, on both sides' : 'On hold';
    case 'REMOTE_HELD':
      return 'Put on hold by the other side';
    case 'RELEASED':
      return call.failure ? 'Failed' : 'Ended';
  }
}

export function callTone(call: Call): Tone {
  switch (call.state) {
    case 'DIALING':
    case 'RINGING':
    case 'ALERTING':
      return 'busy';
    case 'TALKING':
      return 'ok';
    case 'HELD':
    case 'REMOTE_HELD':
      return 'idle';
    case 'RELEASED':
      return call.failure ? 'bad' : 'idle';
  }
}

/** How long they have talked, or talked in the end; empty before the answer. */
export function callDurationText(call: Call, nowMs: number): string {
  if (call.connectedAtMs === 0) return '';
  return durationText((call.releasedAtMs || nowMs) - call.connectedAtMs);
}

export const redirectionText = (call: Call): string =>
  call.redirections.length === 0
    ? ''
    : `Sent on to ${call.redirections.map(({ target }) => userPart(target)).join(', then ')}`;

/** All that is known of a call beside who and how it is, in the order in which it happened. */
export const callHistory = (call: Call): string[] =>
  [
    diversionsText(call),
    referredText(call),
    redirectionText(call),
    transferText(call),
    call.state === 'RELEASED' && !call.failure ? endReasonText(call) : '',
  ].filter((text) => text !== '');

export type CallAction = 'answer' | 'reject' | 'hold' | 'resume' | 'mute' | 'unmute' | 'keypad' | 'transfer' | 'hangUp';

/** What can be done to the call now, in the order of the buttons. */
export function callActions(call: Call): CallAction[] {
  const mute = call.muted ? 'unmute' : 'mute';
  const transfer: CallAction[] = isTransferring(call.transfer) ? [] : ['transfer'];
  switch (call.state) {
    case 'ALERTING':
      return ['answer', 'reject'];
    case 'DIALING':
      return ['hangUp'];
    case 'RINGING':
      return call.earlyMedia ? ['keypad', 'hangUp'] : ['hangUp'];
    case 'TALKING':
    case 'REMOTE_HELD':
      return ['hold', mute, 'keypad', ...transfer, 'hangUp'];
    case 'HELD':
      return ['resume', mute, ...transfer, 'hangUp'];
    case 'RELEASED':
      return [];
  }
}

/** What the endpoint has to know for it. */
export const commandFor = (action: CallAction): CommandName =>
  action === 'unmute' ? 'mute' : action === 'keypad' ? 'sendDtmf' : action;

const isAnswered = ({ state }: Call): boolean => ['TALKING', 'HELD', 'REMOTE_HELD'].includes(state);

/** What can be done about a conference now: there has to be somebody to join. */
export function conferenceAction(calls: readonly Call[]): 'begin' | 'end' | null {
  if (calls.some((call) => call.conference && call.state !== 'RELEASED')) return 'end';
  return calls.filter(isAnswered).length > 1 ? 'begin' : null;
}

/** The other calls whose far end it can be joined with: those that talk, and those that still ring there. */
export const joinable = (call: Call, calls: readonly Call[]): Call[] =>
  calls.filter(({ id, state }) => id !== call.id && ['RINGING', 'TALKING', 'HELD', 'REMOTE_HELD'].includes(state));

/** The share of what should have arrived and was not played, in percent. */
export function lossPercent(quality: CallQuality): number {
  if (quality.lossRate !== undefined) return 100 * (quality.lossRate + (quality.discardRate ?? 0));
  const missed = quality.packetsLost + quality.packetsDiscarded;
  const expected = quality.packetsLost + quality.packetsReceived;
  return expected === 0 ? 0 : (100 * missed) / expected;
}

export function qualityText(quality: CallQuality | undefined): string {
  if (!quality || quality.packetsReceived === 0) return '';
  const parts = [`loss ${lossPercent(quality).toFixed(1)} %`];
  if (quality.jitterMs !== undefined) parts.push(`jitter ${Math.round(quality.jitterMs)} ms`);
  if (quality.bufferMs !== undefined) parts.push(`buffer ${Math.round(quality.bufferMs)} ms`);
  if (quality.roundTripMs !== undefined) parts.push(`round trip ${Math.round(quality.roundTripMs)} ms`);
  const rating = quality.intervalRating ?? quality.rating;
  if (rating) parts.push(`MOS ${(rating.mosConversational ?? rating.mosListening).toFixed(1)}`);
  return parts.join(' · ');
}

export interface LineView {
  tone: Tone;
  state: string;
  /** "Next try in 0:12"; empty when it isn't tried by itself. */
  retry: string;
  /** What the button says that registers it; empty: no button. */
  register: string;
}

export function lineView(line: Line, nowMs: number): LineView {
  const view = (tone: Tone, state: string, register = ''): LineView => ({ tone, state, retry: '', register });
  switch (line.state) {
    case 'REGISTERED':
      return view('ok', 'Registered');
    case 'REGISTERING':
      return view('busy', 'Registering');
    case 'UNREGISTERING':
      return view('busy', 'Unregistering');
    case 'UNREGISTERED':
      return view('idle', 'Not registered', 'Register');
    case 'STANDALONE':
      return view('ok', 'Ready, without registration');
    case 'FAILED': {
      const waits = line.retryAtMs > nowMs;
      const retry = waits ? `Next try in ${durationText(line.retryAtMs - nowMs + 999)}` : '';
      return { ...view('bad', 'Not registered', 'Try now'), retry };
    }
  }
}

export function agentTone({ state, pending, failure }: Agent): Tone {
  if (pending) return 'busy';
  if (failure) return 'bad';
  return state === 'READY' ? 'ok' : 'idle';
}

export function linkTone(link: LinkStatus): Tone {
  if (link.state === 'up') return link.inDesktop ? 'busy' : 'ok';
  return link.state === 'connecting' ? 'busy' : 'bad';
}

export const linkText = (link: LinkStatus): string => {
  switch (link.state) {
    case 'connecting':
      return 'Looking for the phone';
    case 'up':
      return link.inDesktop ? 'Sound inside the desktop' : `Sound on ${link.placement}`;
    case 'lost':
      return 'Phone unreachable';
    case 'refused':
      return 'Phone refused';
  }
};

/** The way to the phone, and what it is: "xrdp: this is an xrdp session. Adapter 1.2.0 on desk-17". */
export const linkDetail = ({ link, phone }: PhoneState): string => {
  const adapter = phone?.endpoint;
  return [link.reason || link.channel, adapter ? `Adapter ${adapter.productVersion} on ${adapter.host}` : '']
    .filter((text) => text !== '')
    .join('. ');
};

/** "You are still on a call with 602 at desk-17": the last that was heard of calls at an endpoint that was left. */
export const elsewhereText = (host: string, calls: readonly Call[]): string =>
  `You are still on a call with ${calls.map(callerText).join(' and ')} at ${host}.`;

/** The title of the window, which agents see in the task bar. */
export function documentTitle(calls: readonly Call[]): string {
  const find = (...states: Call['state'][]) => calls.find(({ state }) => states.includes(state));
  const alerting = find('ALERTING');
  if (alerting) return `☎ ${callerText(alerting)} rings`;
  const talking = find('TALKING');
  if (talking) return `${callerText(talking)} – talking`;
  const outgoing = find('DIALING', 'RINGING');
  if (outgoing) return `${callerText(outgoing)} – calling`;
  const held = find('HELD', 'REMOTE_HELD');
  if (held) return `${callerText(held)} – on hold`;
  return 'Thinline';
}

const announced = (call: Call): string =>
  [
    `${callerText(call)}: ${callStateText(call)}`,
    ...callHistory(call),
    call.autoAnswerAtMs > 0 && call.state === 'ALERTING' ? 'It answers by itself' : '',
    call.transfer?.failure?.message ?? '',
    call.failure?.message ?? '',
  ]
    .filter((text) => text !== '')
    .join('. ');

/** What a screen reader should say about what changed; empty: nothing did. */
export function announcement(before: readonly Call[], now: readonly Call[]): string {
  const old = new Map(before.map((call) => [call.id, announced(call)]));
  return now
    .map((call) => ({ id: call.id, text: announced(call) }))
    .filter(({ id, text }) => old.get(id) !== text)
    .map(({ text }) => text)
    .join('. ');
}

const announcedParts = (line: Line): string[] => [
  line.agent ? agentText(line.agent) : '',
  line.agent?.failure?.message ?? '',
  featuresText(line) || 'calls ring here',
  ...line.mailboxes.map(mailboxText),
];

/** What a screen reader should say about lines that it knew before; empty: nothing changed. */
export function lineAnnouncement(before: readonly Line[], now: readonly Line[]): string {
  const old = new Map(before.map((line) => [line.id, announcedParts(line)]));
  return now
    .flatMap((line) => {
      const known = old.get(line.id);
      const changed = known ? announcedParts(line).filter((text) => text !== '' && !known.includes(text)) : [];
      return changed.length > 0 ? [`${userPart(line.address)}: ${changed.join('. ')}`] : [];
    })
    .join('. ');
}

const quietestDbfs = -60;

/** 0 to 1 for the meter: -60 dBFS and less is empty. */
export const levelShare = (dbfs: number): number => Math.min(1, Math.max(0, 1 - dbfs / quietestDbfs));

export const levelText = (dbfs: number): string => (dbfs <= quietestDbfs ? 'silent' : `${Math.round(dbfs)} dB`);
