/** What page and terminal call the things of the phone: pure functions, so that every sentence has a test. */
import type { Call, Line, Party, Snapshot } from '@thinline/shared/contract/types.ts';
import type { DesktopStatus } from './desktop.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** "10:41" of the endpoint's own day, with the date before it on any other day. */
export function timeText(ms: number, nowMs: number): string {
  const at = new Date(ms);
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  if (at.toDateString() === new Date(nowMs).toDateString()) return time;
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${time}`;
}

export const desktopText = ({ connected, sinceMs }: DesktopStatus, refusing: boolean, nowMs: number): string =>
  [
    `${connected ? 'Desktop' : 'No desktop'} connected since ${timeText(sinceMs, nowMs)}`,
    refusing && 'calls that come are refused meanwhile',
  ]
    .filter(Boolean)
    .join('; ');

export const partyText = (party: Party | null): string =>
  party?.displayName || party?.number || (party?.uri ?? '').replace(/^sips?:/, '') || 'Unknown';

const states: Readonly<Record<Call['state'], string>> = {
  DIALING: 'Calling',
  RINGING: 'Ringing there',
  ALERTING: 'Incoming call',
  TALKING: 'Talking',
  HELD: 'On hold',
  REMOTE_HELD: 'Put on hold by the other side',
  RELEASED: 'Ended',
};

export const callText = ({ state, muted, conference, connectedAtMs }: Call, nowMs: number): string =>
  [
    state === 'TALKING' && conference ? 'In conference' : states[state],
    muted && 'muted',
    connectedAtMs > 0 && `since ${timeText(connectedAtMs, nowMs)}`,
  ]
    .filter(Boolean)
    .join(', ');

const lineStates: Readonly<Record<Line['state'], string>> = {
  UNREGISTERED: 'Not registered',
  REGISTERING: 'Registering',
  REGISTERED: 'Registered',
  UNREGISTERING: 'Signing off',
  FAILED: 'Not registered',
  STANDALONE: 'Ready, without registration',
};

export const lineText = ({ state, doNotDisturb }: Line): string =>
  [lineStates[state], doNotDisturb && 'do not disturb'].filter(Boolean).join(', ');

const nameOf = ({ audio }: Snapshot, kind: 'CAPTURE' | 'PLAYBACK', id: string): string =>
  audio?.devices.find((it) => it.kind === kind && it.id === id)?.name ?? 'none';

/** What is spoken and heard with, now or in the next call, and what is muted for all calls. */
export function soundText(phone: Snapshot): string {
  const { audio } = phone;
  if (!audio) return 'no sound yet';
  const parts = [
    `microphone: ${nameOf(phone, 'CAPTURE', audio.captureId)}`,
    audio.microphoneMuted && 'muted',
    `loudspeaker: ${nameOf(phone, 'PLAYBACK', audio.playbackId)}`,
    audio.speakerMuted && 'muted',
  ];
  return parts.filter(Boolean).join(', ');
}
