/** What the panel says and offers for a state of the phone: pure functions, so that every sentence has a test. */
import type { Agent, Call, CommandName, Line, LinkStatus } from '../../src/panel/api.ts';
import { failureInWords } from '../../src/words/failures.ts';
import { durationText, listText } from '../../src/words/numbers.ts';
import { labelled, parts, sentences } from '../../src/words/punctuation.ts';
import { say } from '../../src/words/say.ts';
import {
  agentText,
  diversionsText,
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
export const callerText = (call: Call): string => partyText(call.remote) || say('app.unknown');

/** The number, where the title is a name. */
export const numberText = (call: Call): string =>
  call.remote?.displayName ? call.remote.number || call.remote.uri.replace(/^sips?:/, '') : '';

export function callStateText(call: Call): string {
  switch (call.state) {
    case 'DIALING':
      return say('calls.states.dialing');
    case 'RINGING':
      return say(call.earlyMedia ? 'calls.states.ringingWithSound' : 'calls.states.ringing');
    case 'ALERTING':
      return say('calls.states.alerting');
    case 'TALKING':
      if (call.conference) return say(call.muted ? 'calls.states.conferenceMuted' : 'calls.states.conference');
      return say(call.muted ? 'calls.states.talkingMuted' : 'calls.states.talking');
    case 'HELD':
      return say(call.heldByRemote ? 'calls.states.heldOnBothSides' : 'calls.states.held');
    case 'REMOTE_HELD':
      return say('calls.states.heldThere');
    case 'RELEASED':
      return say(call.failure ? 'calls.states.failed' : 'calls.states.ended');
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

/** "Sent on to 601, then 604": where the call went instead; empty: nowhere. */
export const redirectionText = (call: Call): string =>
  parts(
    call.redirections.map((it, place) =>
      say(place === 0 ? 'calls.sentOn' : 'calls.sentOnAgain', { target: userPart(it.target) }),
    ),
    'comma',
  );

/** All that is known of a call beside who and how it is, in the order in which it happened. */
export const callHistory = (call: Call): string[] =>
  [
    diversionsText(call),
    referredText(call),
    redirectionText(call),
    transferText(call),
    call.state === 'RELEASED' && !call.failure ? endReasonText(call) : '',
  ].filter((text) => text !== '');

export type CallAction =
  | 'answer'
  | 'reject'
  | 'hold'
  | 'resume'
  | 'mute'
  | 'unmute'
  | 'keypad'
  | 'transfer'
  | 'addCall'
  | 'hangUp';

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
      return [mute, 'hold', 'keypad', ...transfer, 'addCall', 'hangUp'];
    case 'HELD':
      return ['resume', ...transfer, 'hangUp'];
    case 'RELEASED':
      return [];
  }
}

/** What the endpoint has to know for it. */
export function commandFor(action: CallAction): CommandName {
  switch (action) {
    case 'unmute':
      return 'mute';
    case 'keypad':
      return 'sendDtmf';
    case 'addCall':
      return 'dial';
    default:
      return action;
  }
}

const isAnswered = ({ state }: Call): boolean => ['TALKING', 'HELD', 'REMOTE_HELD'].includes(state);

/** What can be done about a conference now: there has to be somebody to join. */
export function conferenceAction(calls: readonly Call[]): 'begin' | 'end' | null {
  if (calls.some((call) => call.conference && call.state !== 'RELEASED')) return 'end';
  return calls.filter(isAnswered).length > 1 ? 'begin' : null;
}

/** The other calls whose far end it can be joined with: those that talk, and those that still ring there. */
export const joinable = (call: Call, calls: readonly Call[]): Call[] =>
  calls.filter(({ id, state }) => id !== call.id && ['RINGING', 'TALKING', 'HELD', 'REMOTE_HELD'].includes(state));

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
      return view('ok', say('lines.states.registered'));
    case 'REGISTERING':
      return view('busy', say('lines.states.registering'));
    case 'UNREGISTERING':
      return view('busy', say('lines.states.unregistering'));
    case 'UNREGISTERED':
      return view('idle', say('lines.states.unregistered'), say('lines.register'));
    case 'STANDALONE':
      return view('ok', say('lines.states.standalone'));
    case 'FAILED': {
      const waits = line.retryAtMs > nowMs;
      const retry = waits ? say('lines.nextTry', { time: durationText(line.retryAtMs - nowMs + 999) }) : '';
      return { ...view('bad', say('lines.states.unregistered'), say('lines.tryNow')), retry };
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

/** What the providers of `channel/` call the place is English, and so is said here by what it is. */
function placementText({ inDesktop, channel, placement }: LinkStatus): string {
  if (inDesktop) return say('app.link.inDesktop');
  if (channel === 'local') return say('app.link.upHere');
  if (['citrix', 'horizon', 'wts', 'xrdp'].includes(channel)) return say('app.link.upAtSeat');
  return say('app.link.upOn', { placement });
}

export const linkText = (link: LinkStatus): string => {
  switch (link.state) {
    case 'connecting':
      return say('app.link.connecting');
    case 'up':
      return placementText(link);
    case 'lost':
      return say('app.link.lost');
    case 'refused':
      return say('app.link.refused');
  }
};

/** "You are still on a call with 602 at desk-17": the last that was heard of calls at an endpoint that was left. */
export const elsewhereText = (host: string, calls: readonly Call[]): string =>
  say('app.link.elsewhere', { callers: listText(calls.map(callerText)), host });

/** The title of the window, which agents see in the task bar. */
export function documentTitle(calls: readonly Call[]): string {
  const find = (...states: Call['state'][]) => calls.find(({ state }) => states.includes(state));
  const alerting = find('ALERTING');
  if (alerting) return say('app.title.alerting', { caller: callerText(alerting) });
  const talking = find('TALKING');
  if (talking) return say('app.title.talking', { caller: callerText(talking) });
  const outgoing = find('DIALING', 'RINGING');
  if (outgoing) return say('app.title.calling', { caller: callerText(outgoing) });
  const held = find('HELD', 'REMOTE_HELD');
  if (held) return say('app.title.held', { caller: callerText(held) });
  return say('app.name');
}

const standingOf = (call: Call): string => labelled(callerText(call), callStateText(call));

const announced = (call: Call): string =>
  sentences([
    standingOf(call),
    ...callHistory(call),
    call.autoAnswerAtMs > 0 && call.state === 'ALERTING' ? say('calls.willAnswer') : '',
    call.transfer?.failure ? failureInWords(call.transfer.failure).message : '',
    call.failure ? failureInWords(call.failure).message : '',
  ]);

export interface Announcement {
  /** Calls that come in: worth an interruption. */
  incoming: string;
  /** All else. */
  rest: string;
}

/** What a screen reader should say about what changed; empty: nothing did. */
export function announcement(before: readonly Call[], now: readonly Call[]): Announcement {
  const old = new Map(before.map((call) => [call.id, announced(call)]));
  const changed = now.filter((call) => old.get(call.id) !== announced(call));
  const textOf = (calls: readonly Call[]) => sentences(calls.map(announced));
  return {
    incoming: textOf(changed.filter(({ state }) => state === 'ALERTING')),
    rest: textOf(changed.filter(({ state }) => state !== 'ALERTING')),
  };
}

/** How all calls stand, in one sentence for those who cannot see it. */
export const standing = (calls: readonly Call[]): string => sentences(calls.map(standingOf)) || say('calls.none');

const announcedParts = (line: Line): string[] => [
  line.agent ? agentText(line.agent) : '',
  line.agent?.failure ? failureInWords(line.agent.failure).message : '',
  featuresText(line) || say('lines.callsRingHere'),
  ...line.mailboxes.map(mailboxText),
];

/** What a screen reader should say about lines that it knew before; empty: nothing changed. */
export function lineAnnouncement(before: readonly Line[], now: readonly Line[]): string {
  const old = new Map(before.map((line) => [line.id, announcedParts(line)]));
  const changes = now.map((line) => {
    const known = old.get(line.id);
    const changed = known ? announcedParts(line).filter((text) => !known.includes(text)) : [];
    const said = sentences(changed);
    return said && labelled(userPart(line.address), said);
  });
  return sentences(changes);
}

const quietestDbfs = -60;

/** 0 to 1 for the meter: -60 dBFS and less is empty. */
export const levelShare = (dbfs: number): number => Math.min(1, Math.max(0, 1 - dbfs / quietestDbfs));

export const levelText = (dbfs: number): string =>
  dbfs <= quietestDbfs ? say('devices.silent') : say('devices.decibels', { level: Math.round(dbfs) });
