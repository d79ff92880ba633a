/** The verbs of `thinline ctl` as a table: what they are called, what they ask of the phone. */
import { FailureError } from '@thinline/shared/failures.ts';
import type { Forwarding, PanelCommand } from '../panel/api.ts';
import { forwardingSeconds } from '../words.ts';
import type { DeviceNames } from './devices.ts';

/** Options beside --json, --help and --call, which every verb takes. */
export type OptionName =
  | 'line'
  | 'attended'
  | 'anonymous'
  | 'appearance'
  | 'seconds'
  | 'microphone'
  | 'speaker'
  | 'ringer';

/** What the command line says after the verb. */
export interface Given {
  words: readonly string[];
  /** Empty where it is not given, as the contract has it. */
  callId: string;
  lineId: string;
  attended: string | undefined;
  anonymous: boolean;
  appearance: string | undefined;
  seconds: string | undefined;
  /** A device's name, or a volume. */
  microphone: string | undefined;
  speaker: string | undefined;
  ringer: string | undefined;
}

export type Part = 'state' | 'devices' | 'volume' | 'quality' | 'agent';

/** What a verb comes to: a command, devices to choose, the login of an agent, or a part of the state to be shown. */
export type Instruction =
  | { command: PanelCommand }
  | { select: DeviceNames }
  | { login: { lineId: string; agentId: string } }
  /** lineId: empty for all lines. */
  | { show: Part; lineId: string };

export interface Verb {
  name: string;
  /** What may follow, for --help; '' for nothing. */
  usage: string;
  meaning: string;
  options?: readonly OptionName[];
  /** null: the words are not what the usage says. Throws FailureError usage where it knows better why. */
  read(given: Given): Instruction | null;
}

/** A verb of one word, with nothing after it. */
const plain = (name: string, meaning: string, read: (given: Given) => Instruction): Verb => ({
  name,
  usage: '',
  meaning,
  read: (given) => (given.words.length === 0 ? read(given) : null),
});

/** A verb with exactly one word after it. */
const withWord = (it: Omit<Verb, 'read'> & { read: (word: string, given: Given) => Instruction | null }): Verb => ({
  ...it,
  read: (given) => {
    const [word, ...more] = given.words;
    return word === undefined || more.length > 0 ? null : it.read(word, given);
  },
});

const number = (name: string, text: string | undefined, least: number, most: number, otherwise: number): number => {
  if (text === undefined) return otherwise;
  if (/^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
  throw new FailureError('usage', { detail: `--${name} takes a number from ${least} to ${most}, not "${text}".` });
};

const kinds = new Map<string, Forwarding['kind']>([
  ['always', 'ALWAYS'],
  ['busy', 'BUSY'],
  ['no-answer', 'NO_ANSWER'],
]);

function forward({ words, lineId, seconds }: Given): Instruction | null {
  const [word = '', target = '', ...more] = words;
  const kind = kinds.get(word);
  if (!kind || target === '' || more.length > 0) return null;
  if (seconds !== undefined && kind !== 'NO_ANSWER') {
    throw new FailureError('usage', { detail: '--seconds belongs to "forward no-answer".' });
  }
  const time = kind === 'NO_ANSWER' ? number('seconds', seconds, 1, 3600, forwardingSeconds) : 0;
  const on = target !== 'off';
  return { command: { setForwarding: { lineId, forwarding: { kind, on, target: on ? target : '', seconds: time } } } };
}

function agent({ words, lineId }: Given): Instruction | null {
  const [word, detail = '', ...more] = words;
  if (more.length > 0 || (detail !== '' && word !== 'login' && word !== 'not-ready')) return null;
  switch (word) {
    case undefined:
      return { show: 'agent', lineId };
    case 'login':
      return detail === '' ? null : { login: { lineId, agentId: detail } };
    case 'logout':
      return { command: { setAgentState: { lineId, state: 'LOGGED_OUT' } } };
    case 'ready':
      return { command: { setAgentState: { lineId, state: 'READY' } } };
    case 'not-ready':
      return { command: { setAgentState: { lineId, state: 'NOT_READY', reason: detail } } };
    case 'after-call-work':
      return { command: { setAgentState: { lineId, state: 'AFTER_CALL_WORK' } } };
    default:
      return null;
  }
}

function devices({ words, microphone, speaker, ringer }: Given): Instruction | null {
  if (words.length > 0) return null;
  const select = { microphone, speaker, ringer };
  return Object.values(select).every((it) => it === undefined) ? { show: 'devices', lineId: '' } : { select };
}

const fullVolume = 100;

/** A number, "mute" or "unmute". */
function level(name: 'microphone' | 'speaker', said: string | undefined) {
  if (said === undefined) return {};
  if (said === 'mute' || said === 'unmute') return { [`${name}Muted` as const]: said === 'mute' };
  return { [name]: number(name, said, 0, fullVolume, fullVolume) };
}

function volume({ words, microphone, speaker }: Given): Instruction | null {
  if (words.length > 0) return null;
  const asked = { ...level('microphone', microphone), ...level('speaker', speaker) };
  return Object.keys(asked).length === 0 ? { show: 'volume', lineId: '' } : { command: { setVolume: asked } };
}

const tests = new Map([
  ['tone', 'TONE'],
  ['ringer', 'RINGER'],
  ['microphone', 'MICROPHONE'],
  ['off', 'NONE'],
] as const);

export const verbs: readonly Verb[] = [
  plain('state', 'lines, calls and link, as they are now', () => ({ show: 'state', lineId: '' })),
  {
    name: 'devices',
    usage: '[--microphone NAME] [--speaker NAME] [--ringer NAME]',
    meaning:
      'sound devices and the driver in use, or the devices to use from now on, by name,\npart of a name or id; "": the configuration chooses',
    options: ['microphone', 'speaker', 'ringer'],
    read: devices,
  },
  {
    name: 'volume',
    usage: '[--microphone 0-100|mute|unmute] [--speaker 0-100|mute|unmute]',
    meaning: 'volumes for all calls: show or set them',
    options: ['microphone', 'speaker'],
    read: volume,
  },
  withWord({
    name: 'test',
    usage: 'tone | ringer | microphone | off',
    meaning: 'try out a device: play a tone, ring, or show the level of the microphone on the panel',
    read: (word) => {
      const kind = [...tests].find(([name]) => name === word)?.[1];
      return kind ? { command: { testSound: { kind } } } : null;
    },
  }),
  plain('quality', 'loss, jitter and delay of each call', () => ({ show: 'quality', lineId: '' })),
  withWord({
    name: 'dial',
    usage: 'TARGET',
    meaning: 'call a number, user@host or sip: address',
    options: ['line', 'anonymous', 'appearance'],
    read: (target, { lineId, anonymous, appearance }) => ({
      command: { dial: { target, lineId, anonymous, appearance: number('appearance', appearance, 1, 999, 0) } },
    }),
  }),
  plain('answer', 'take an incoming call', ({ callId }) => ({ command: { answer: { callId } } })),
  plain('reject', 'refuse an incoming call (486)', ({ callId }) => ({ command: { reject: { callId } } })),
  plain('hangup', 'end a call', ({ callId }) => ({ command: { hangUp: { callId } } })),
  plain('hold', 'hold a call', ({ callId }) => ({ command: { hold: { callId } } })),
  plain('resume', 'take a call off hold', ({ callId }) => ({ command: { resume: { callId } } })),
  plain('mute', 'keep the microphone from a call', ({ callId }) => ({ command: { mute: { callId, on: true } } })),
  plain('unmute', 'give the microphone back', ({ callId }) => ({ command: { mute: { callId, on: false } } })),
  withWord({
    name: 'dtmf',
    usage: 'DIGITS',
    meaning: 'send 0-9 * # A-D',
    read: (digits, { callId }) => ({ command: { sendDtmf: { callId, digits } } }),
  }),
  {
    name: 'transfer',
    usage: 'TARGET | --attended CALL',
    meaning: 'send the far end to a target, or join it with that of another call',
    options: ['attended'],
    read: ({ words, callId, attended }) => {
      const [target = '', ...more] = words;
      if (more.length > 0 || (target === '') === (attended === undefined)) return null;
      return { command: { transfer: { callId, target, otherCallId: attended ?? '' } } };
    },
  },
  {
    name: 'conference',
    usage: '[off]',
    meaning: 'join all answered calls, and those that come; off: hold all but one',
    read: ({ words }) => {
      const [word = 'on', ...more] = words;
      if (more.length > 0 || (word !== 'on' && word !== 'off')) return null;
      return { command: { conference: { on: word === 'on' } } };
    },
  },
  {
    name: 'agent',
    usage: '[login ID | logout | ready | not-ready [REASON] | after-call-work]',
    meaning:
      'change the state of the agent, or show it; a login is not ready at first,\nits password comes from THINLINE_AGENT_PASSWORD, else from standard input',
    options: ['line'],
    read: agent,
  },
  withWord({
    name: 'dnd',
    usage: 'on | off',
    meaning: 'do not disturb: calls are refused',
    options: ['line'],
    read: (word, { lineId }) =>
      word === 'on' || word === 'off' ? { command: { setDoNotDisturb: { lineId, on: word === 'on' } } } : null,
  }),
  {
    name: 'forward',
    usage: 'always|busy|no-answer TARGET|off',
    meaning: 'forward calls to a target, or no longer',
    options: ['line', 'seconds'],
    read: forward,
  },
  {
    ...plain(
      'register',
      'register a line, or all; takes the phone back from another place, and calls at an endpoint that you left count as ended',
      ({ lineId }) => ({ command: { register: { lineId } } }),
    ),
    options: ['line'],
  },
  {
    ...plain('unregister', 'remove the registration of a line, or all', ({ lineId }) => ({
      command: { register: { lineId, remove: true } },
    })),
    options: ['line'],
  },
];

const marks: Readonly<Record<OptionName, string>> = {
  line: ' [--line ID]',
  // It stands for the target, so the verb's own usage has it.
  attended: '',
  anonymous: ' [--anonymous]',
  appearance: ' [--appearance N]',
  seconds: ' [--seconds N]',
  // Two verbs have them, each in its own way.
  microphone: '',
  speaker: '',
  ringer: '',
};

export const usageOf = ({ name, usage, options = [] }: Verb): string =>
  `${name} ${usage}`.trim() + options.map((it) => marks[it]).join('');

const indent = ' '.repeat(22);

/** A short usage stands beside its meaning, a long one above it. */
function manual(verb: Verb): string {
  const usage = `  ${usageOf(verb)}`;
  const meaning = verb.meaning.replaceAll('\n', `\n${indent}`);
  return usage.length < indent.length ? usage.padEnd(indent.length) + meaning : `${usage}\n${indent}${meaning}`;
}

export const help = `thinline ctl VERB [--call ID] [--json]: control a running phone.

${verbs.map(manual).join('\n')}

  --call ID         which call, where there are several
  --line ID         which line ("line1" is the second), where it is not the first or all
  --anonymous       neither name nor number is shown to the far end
  --appearance N    the appearance of a shared line to call on
  --seconds N       how long a call rings before it is forwarded (default: ${forwardingSeconds})
  --json            the answer as JSON
Ends with 0 when the phone did it, else with 1 and one line that says why.
`;
