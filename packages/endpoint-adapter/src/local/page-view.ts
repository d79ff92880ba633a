/** What the page shows and offers for a state of the phone; the page itself only draws it. */
import type { Call, Failure } from '@thinline/shared/contract/types.ts';
import type { LocalState } from './local-phone.ts';
import type { VerbName } from './verbs.ts';
import { callText, desktopText, lineText, partyText, soundText } from './words.ts';

export interface Button {
  verb: VerbName;
  /** Buttons of one place are the same one to a hand and an eye, whatever they say. */
  place: 'take' | 'mute' | 'hold' | 'end';
  label: string;
}

export interface PageView {
  desktop: { connected: boolean; text: string };
  calls: { id: string; rings: boolean; who: string; text: string; buttons: readonly Button[] }[];
  lines: { id: string; address: string; text: string; trouble: string }[];
  sound: string;
  troubles: string[];
}

const answer: Button = { verb: 'answer', place: 'take', label: 'Answer' };
const reject: Button = { verb: 'reject', place: 'end', label: 'Refuse' };
const hangup: Button = { verb: 'hangup', place: 'end', label: 'Hang up' };
const hold: Button = { verb: 'hold', place: 'hold', label: 'Hold' };
const resume: Button = { verb: 'resume', place: 'hold', label: 'Resume' };
const mute: Button = { verb: 'mute', place: 'mute', label: 'Mute' };
const unmute: Button = { verb: 'unmute', place: 'mute', label: 'Unmute' };

function buttonsOf({ state, muted }: Call, microphoneMuted: boolean): readonly Button[] {
  const sound = muted || microphoneMuted ? unmute : mute;
  switch (state) {
    case 'DIALING':
    case 'RINGING':
      return [sound, hangup];
    case 'ALERTING':
      return [answer, reject];
    case 'TALKING':
    case 'REMOTE_HELD':
      return [sound, hold, hangup];
    case 'HELD':
      return [sound, resume, hangup];
    case 'RELEASED':
      return [];
  }
}

const troubleText = (it: Failure | null | undefined): string => (it ? `${it.message} ${it.remedy}` : '');

export function pageView({ desktop, refusing, phone }: LocalState, nowMs: number): PageView {
  const { calls, lines, notices, audio } = phone;
  return {
    desktop: { connected: desktop.connected, text: `${desktopText(desktop, refusing, nowMs)}.` },
    calls: calls.map((call) => ({
      id: call.id,
      rings: call.state === 'ALERTING',
      who: partyText(call.remote),
      text: callText(call, nowMs),
      buttons: buttonsOf(call, audio?.microphoneMuted ?? false),
    })),
    lines: lines.map((line) => ({
      id: line.id,
      address: line.address.replace(/^sips?:/, ''),
      text: lineText(line),
      trouble: troubleText(line.failure),
    })),
    sound: soundText(phone),
    troubles: [...notices.map(({ failure }) => troubleText(failure)), troubleText(audio?.failure)].filter(Boolean),
  };
}
