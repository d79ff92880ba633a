/** The verbs of `thinline ctl` as a table: what they are called, what they ask of the phone. */
import type { PanelCommand } from '../panel/api.ts';

export interface Verb {
  name: string;
  /** What follows the verb, for --help; '' for nothing. */
  argument: string;
  meaning: string;
  /** A command for the phone; a verb without one shows a part of the state. */
  command?: (argument: string, callId: string) => PanelCommand;
}

export const verbs: readonly Verb[] = [
  { name: 'state', argument: '', meaning: 'lines, calls and link, as they are now' },
  { name: 'devices', argument: '', meaning: 'sound devices and the driver in use' },
  { name: 'quality', argument: '', meaning: 'loss, jitter and delay of each call' },
  {
    name: 'dial',
    argument: 'TARGET',
    meaning: 'call a number, user@host or sip: address',
    command: (target) => ({ dial: { target } }),
  },
  { name: 'answer', argument: '', meaning: 'take an incoming call', command: (_, callId) => ({ answer: { callId } }) },
  {
    name: 'reject',
    argument: '',
    meaning: 'refuse an incoming call (486)',
    command: (_, callId) => ({ reject: { callId } }),
  },
  { name: 'hangup', argument: '', meaning: 'end a call', command: (_, callId) => ({ hangUp: { callId } }) },
  { name: 'hold', argument: '', meaning: 'hold a call', command: (_, callId) => ({ hold: { callId } }) },
  { name: 'resume', argument: '', meaning: 'take a call off hold', command: (_, callId) => ({ resume: { callId } }) },
  {
    name: 'mute',
    argument: '',
    meaning: 'keep the microphone from a call',
    command: (_, callId) => ({ mute: { callId, on: true } }),
  },
  {
    name: 'unmute',
    argument: '',
    meaning: 'give the microphone back',
    command: (_, callId) => ({ mute: { callId, on: false } }),
  },
  {
    name: 'dtmf',
    argument: 'DIGITS',
    meaning: 'send 0-9 * # A-D',
    command: (digits, callId) => ({ sendDtmf: { callId, digits } }),
  },
  { name: 'register', argument: '', meaning: 'register all lines', command: () => ({ register: {} }) },
  {
    name: 'unregister',
    argument: '',
    meaning: 'remove all registrations',
    command: () => ({ register: { remove: true } }),
  },
];
