/** What buttons and keys do: to calls, to the agent's state, and on the page. */
import type { Call, PanelCommand } from '../../src/panel/api.ts';
import { say } from '../../src/words/say.ts';
import { isLoggedIn } from '../../src/words.ts';
import { activeCall, alertingCall, nextHeld } from './arrange.ts';
import type { Consultation } from './consultation.ts';
import { dialText } from './dial-text.ts';
import { type Offer, sections } from './offer.ts';
import { openSection } from './section.ts';
import type { Shortcut } from './shortcuts.ts';
import { command, makeCall, type Opened, opened, pair, panel, remark, setPair } from './store.ts';
import { type CallAction, callActions, conferenceAction, standing } from './view.ts';

/** The number field of the page has this id. */
export const dialFieldId = 'destination';

export function goToDialField(): void {
  openSection('calls');
  document.getElementById(dialFieldId)?.focus();
}

const toggle = (callId: string, part: Opened['part']): void => {
  const now = opened.get();
  opened.set(now?.callId === callId && now.part === part ? null : { callId, part });
};

export function act(action: CallAction, { id: callId }: Call): void {
  const commands: Partial<Record<CallAction, PanelCommand>> = {
    answer: { answer: { callId } },
    reject: { reject: { callId } },
    hold: { hold: { callId } },
    resume: { resume: { callId } },
    mute: { mute: { callId, on: true } },
    unmute: { mute: { callId, on: false } },
    hangUp: { hangUp: { callId } },
  };
  const it = commands[action];
  if (it) void command(it);
  else if (action === 'addCall') goToDialField();
  else if (action === 'keypad' || action === 'transfer') toggle(callId, action);
}

/** Dials what is written. Answers whether it is done. */
export const dial = async (text: string): Promise<boolean> => command({ dial: { target: dialText(text) } });

/** Calls somebody about a call, which waits on hold meanwhile. */
export async function consult(first: Call, text: string): Promise<boolean> {
  const second = await makeCall({ dial: { target: dialText(text), lineId: first.lineId } });
  if (second !== null) setPair({ first: first.id, second });
  return second !== null;
}

export async function complete({ first, second }: Consultation): Promise<void> {
  await command({ transfer: { callId: first.id, otherCallId: second.id } });
}

/** Ends the second call, and goes on with the first. */
export async function goBack({ first, second }: Consultation): Promise<void> {
  if (!(await command({ hangUp: { callId: second.id } }))) return;
  if (pair.get()?.second === second.id) setPair(null);
  await command({ resume: { callId: first.id } });
}

const liveCalls = (): Call[] => panel.get().phone?.phone?.calls ?? [];

/** The first of the actions that the call allows now is done. */
function actOn(call: Call | undefined, ...wanted: CallAction[]): void {
  if (!call) return;
  const action = wanted.find((it) => callActions(call).includes(it));
  if (action) act(action, call);
}

function setAgent(state: 'READY' | 'NOT_READY'): void {
  const line = panel.get().phone?.phone?.lines.find(({ agent }) => agent && isLoggedIn(agent));
  if (line) void command({ setAgentState: { lineId: line.id, state } });
}

const isSection = (it: Shortcut) => sections.find((section) => section === it);

/** Obeys a key, as far as the panel offers that. help is the page's own. */
export function obey(shortcut: Exclude<Shortcut, 'help'>, offer: Offer): void {
  const section = isSection(shortcut);
  if (section) {
    if (offer.sections.includes(section)) openSection(section);
    return;
  }
  const calls = liveCalls();
  const active = activeCall(calls);
  if (shortcut === 'tell') remark.set({ text: standing(calls) });
  else if (shortcut === 'ready' || shortcut === 'notReady') {
    if (offer.agent) setAgent(shortcut === 'ready' ? 'READY' : 'NOT_READY');
  } else if (offer.calls) actOnCalls(shortcut, calls, active);
}

function actOnCalls(shortcut: Shortcut, calls: readonly Call[], active: Call | undefined): void {
  switch (shortcut) {
    case 'answer':
    case 'reject':
      actOn(alertingCall(calls), shortcut);
      break;
    case 'hold':
      actOn(active, 'hold', 'resume');
      break;
    case 'mute':
      actOn(active, 'mute', 'unmute');
      break;
    case 'hangUp':
    case 'keypad':
    case 'transfer':
      actOn(active, shortcut);
      break;
    case 'next':
      actOn(nextHeld(calls, active), 'resume');
      break;
    case 'dial':
      goToDialField();
      break;
    case 'conference': {
      const action = conferenceAction(calls);
      if (action) void command({ conference: { on: action === 'begin' } });
    }
  }
}

/** Says what came of something that cannot be seen to happen. */
export const tellNumber = (target: string): void => remark.set({ text: say('dial.fromLink', { target }) });
