import { blankAudio, blankCall, blankLine } from '@thinline/shared/contract/blank.ts';
import { failure } from '@thinline/shared/failures.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { blankLink } from '../../src/endpoint/blank-state.ts';
import type { Call, PanelCommand } from '../../src/panel/api.ts';
import {
  advance,
  type FindingName,
  isRunning,
  notTested,
  progress,
  refusal,
  type SelfTest,
  type SelfTestEvent,
  testMs,
  type World,
} from './self-test.ts';
import { qualityOf } from './testing/quality.ts';

const target = '600';
const well: World = {
  down: false,
  link: blankLink({ state: 'up' }),
  audio: blankAudio({ captureId: 'm', playbackId: 's' }),
  lines: [blankLine({ id: 'line0', state: 'REGISTERED', address: 'sip:701@example.org' })],
  calls: [],
  released: [],
  qualities: [],
  echoTarget: target,
};
const echoCall = (said: Partial<Call> = {}): Call => blankCall({ id: 'echo', state: 'TALKING', ...said });
const incoming = blankCall({ id: 'caller', state: 'ALERTING', direction: 'INCOMING' });
const sounding = qualityOf({
  callId: 'echo',
  packetsReceived: 300,
  jitterMs: 3,
  roundTripMs: 20,
  rating: { mosListening: 4.4, mosConversational: 4.3 },
});
const why = failure('malformedTarget', { target });

let it: SelfTest;
let world: World;
let nowMs: number;
let wanted: PanelCommand[];

beforeEach(() => {
  it = notTested;
  world = well;
  nowMs = 1_000_000;
  wanted = [];
});

function tell(event: SelfTestEvent): void {
  const advanced = advance(it, event, world, nowMs);
  it = advanced.test;
  wanted.push(...advanced.wanted);
}
/** Time passes, as it does on the page: in small ticks. */
function pass(ms: number): void {
  for (const end = nowMs + ms; nowMs < end; ) {
    nowMs += 250;
    tell({ kind: 'tick' });
  }
}
const speak = () => {
  for (let level = 0; level < 3; level++) tell({ kind: 'level', dbfs: -25 });
};
const hear = (yes = true) => tell({ kind: 'heard', yes });
const findings = () => it.findings.map(({ step, verdict, name }) => `${step} ${verdict} ${name}`);
const last = (): FindingName | undefined => it.findings.at(-1)?.name;
const toEcho = () => {
  tell({ kind: 'start' });
  speak();
  hear();
};
const answered = (said: Partial<World> = {}) => {
  tell({ kind: 'dialled', callId: 'echo' });
  world = { ...world, calls: [echoCall()], qualities: [sounding], ...said };
};

describe('a phone that is well', () => {
  test('passes, and is left as it was', () => {
    toEcho();
    answered();
    pass(10_000);
    expect(findings()).toEqual([
      'microphone passed microphoneHeard',
      'loudspeaker passed loudspeakerHeard',
      'echo passed echoGood',
      'network passed networkInOrder',
    ]);
    expect(it).toMatchObject({ at: 'over', how: 'done' });
    expect(wanted).toEqual([
      { testSound: { kind: 'MICROPHONE' } },
      { testSound: { kind: 'NONE' } },
      { testSound: { kind: 'TONE' } },
      { testSound: { kind: 'NONE' } },
      { dial: { target } },
      { hangUp: { callId: 'echo' } },
    ]);
  });

  test('is tested in 20 s, however little is answered, and the progress never goes back', () => {
    tell({ kind: 'start' });
    let before = 0;
    for (let seconds = 0; seconds < 20; seconds++) {
      if (it.dialling) answered();
      pass(1_000);
      expect(progress(it, nowMs)).toBeGreaterThanOrEqual(before);
      before = progress(it, nowMs);
    }
    expect(testMs).toBe(20_000);
    expect(it.at).toBe('over');
    expect(before).toBe(1);
  });

  test('can be tested again, and remembers nothing of the last time', () => {
    toEcho();
    tell({ kind: 'cancel' });
    tell({ kind: 'dialled', callId: 'echo' });
    tell({ kind: 'start' });
    expect(it).toMatchObject({ at: 'microphone', findings: [], levels: 0 });
  });
});

describe('microphone', () => {
  const listen = (...levels: number[]) => {
    tell({ kind: 'start' });
    for (const dbfs of levels) tell({ kind: 'level', dbfs });
    pass(6_000);
  };
  test.each<[FindingName, number[]]>([
    ['microphoneUnseen', []],
    ['microphoneSilent', [-127, -90, -61]],
    ['microphoneQuiet', [-127, -55]],
    ['microphoneQuiet', [-20, -20]],
  ])('%s where the levels are %o', (name, levels) => {
    listen(...levels);
    expect(it.findings[0]?.name).toBe(name);
    expect(it.at).toBe('loudspeaker');
  });

  test('speech is enough: the step ends at once', () => {
    tell({ kind: 'start' });
    speak();
    expect(it.at).toBe('loudspeaker');
  });

  test.each<[FindingName, Partial<NonNullable<World['audio']>>]>([
    ['microphoneMissing', { captureId: '' }],
    ['microphoneMuted', { microphoneMuted: true }],
  ])('%s is known without a test', (name, audio) => {
    world = { ...well, audio: { ...blankAudio({ captureId: 'm', playbackId: 's' }), ...audio } };
    tell({ kind: 'start' });
    expect(findings()).toEqual([`microphone failed ${name}`]);
    expect(wanted).toEqual([{ testSound: { kind: 'TONE' } }]);
  });

  test('a phone that refuses says why', () => {
    tell({ kind: 'start' });
    tell({ kind: 'refused', step: 'microphone', failure: why });
    expect(it.findings).toMatchObject([{ name: 'refused', failure: why }]);
  });
});

describe('loudspeaker', () => {
  const begin = () => {
    tell({ kind: 'start' });
    speak();
  };
  test('no, and no answer', () => {
    begin();
    hear(false);
    expect(last()).toBe('loudspeakerUnheard');
    it = notTested;
    begin();
    pass(6_000);
    expect(last()).toBe('loudspeakerUnanswered');
  });

  test('an answer that comes too late changes nothing', () => {
    begin();
    pass(6_000);
    const before = it;
    hear();
    expect(it.findings).toEqual(before.findings);
  });
});

describe('echo call', () => {
  test('is left out where there is no number for it', () => {
    world = { ...well, echoTarget: '' };
    toEcho();
    expect(last()).toBe('echoNotSet');
    expect(wanted.some((command) => 'dial' in command)).toBe(false);
    pass(1_000);
    expect(it.at).toBe('over');
  });

  test.each<[FindingName, Partial<World>]>([
    ['echoGood', {}],
    ['echoMedium', { qualities: [{ ...sounding, rating: { mosListening: 4.4, mosConversational: 3.9 } }] }],
    ['echoMedium', { qualities: [{ ...sounding, jitterMs: 30 }] }],
    ['echoPoor', { qualities: [{ ...sounding, rating: { mosListening: 3.0 } }] }],
    ['echoPoor', { qualities: [{ ...sounding, packetsLost: 30 }] }],
    ['echoGood', { qualities: [qualityOf({ callId: 'echo', packetsReceived: 300, jitterMs: 3 })] }],
    ['echoUnmeasured', { qualities: [] }],
    ['echoUnmeasured', { qualities: [qualityOf({ callId: 'echo' })] }],
    ['echoUnmeasured', { qualities: [{ ...sounding, callId: 'another' }] }],
    ['echoUnanswered', { calls: [echoCall({ state: 'RINGING' })] }],
  ])('%s where the phone tells %o', (name, said) => {
    toEcho();
    answered(said);
    pass(7_500);
    expect(last()).toBe(name);
    expect(wanted.at(-1)).toEqual({ hangUp: { callId: 'echo' } });
  });

  test('one that is refused, and one that fails, say why', () => {
    toEcho();
    tell({ kind: 'refused', step: 'echo', failure: why });
    expect(it.findings.at(-1)).toMatchObject({ name: 'refused', failure: why });
    it = notTested;
    toEcho();
    answered({ calls: [], released: [echoCall({ state: 'RELEASED', failure: why })] });
    pass(250);
    expect(it.findings.at(-1)).toMatchObject({ name: 'refused', failure: why });
    expect(wanted.at(-1)).not.toEqual({ hangUp: { callId: 'echo' } });
  });

  test('one that the far end ends is judged by what was heard until then', () => {
    toEcho();
    answered();
    pass(2_000);
    world = { ...world, calls: [], qualities: [], released: [echoCall({ state: 'RELEASED' })] };
    pass(250);
    expect(last()).toBe('echoGood');
  });

  test('its own call, seen before the answer to the dialling, is not taken for another', () => {
    toEcho();
    world = { ...world, calls: [echoCall({ state: 'DIALING' })] };
    pass(250);
    expect(it.at).toBe('echo');
  });

  test('one whose dialling is never answered is given up', () => {
    toEcho();
    pass(7_500);
    expect(last()).toBe('echoUnanswered');
    pass(1_000);
    expect(it.at).toBe('over');
    expect(refusal(it, well)).toBe('notInCall');
    tell({ kind: 'dialled', callId: 'echo' });
    expect(wanted.at(-1)).toEqual({ hangUp: { callId: 'echo' } });
    expect(refusal(it, well)).toBeNull();
  });
});

describe('network', () => {
  test.each<[FindingName, Partial<World>]>([
    ['networkInOrder', { lines: [blankLine({ id: 'line0', state: 'STANDALONE' })] }],
    ['networkNoLine', { lines: [] }],
    ['networkUnregistered', { lines: [...well.lines, blankLine({ id: 'line1', state: 'FAILED' })] }],
    ['networkInDesktop', { link: blankLink({ state: 'up', inDesktop: true }) }],
  ])('%s', (name, said) => {
    world = { ...well, echoTarget: '', ...said };
    toEcho();
    pass(1_000);
    expect(last()).toBe(name);
  });

  test('a phone that is lost meanwhile ends what runs, and is said', () => {
    tell({ kind: 'start' });
    world = { ...well, down: true };
    pass(1_000);
    expect(findings()).toEqual(['network failed networkLinkDown']);
    expect(it.at).toBe('over');
    expect(wanted.at(-1)).toEqual({ testSound: { kind: 'NONE' } });
  });
});

describe('a test', () => {
  test('never starts while there is a call, or no phone', () => {
    world = { ...well, calls: [incoming] };
    expect(refusal(it, world)).toBe('notInCall');
    tell({ kind: 'start' });
    world = { ...well, down: true };
    expect(refusal(it, world)).toBe('notWhileDown');
    tell({ kind: 'start' });
    expect([isRunning(it), wanted]).toEqual([false, []]);
  });

  const steps: [string, () => void, PanelCommand[]][] = [
    ['microphone', () => tell({ kind: 'start' }), [{ testSound: { kind: 'NONE' } }]],
    [
      'loudspeaker',
      () => {
        tell({ kind: 'start' });
        speak();
      },
      [{ testSound: { kind: 'NONE' } }],
    ],
    [
      'echo',
      () => {
        toEcho();
        answered();
      },
      [{ hangUp: { callId: 'echo' } }],
    ],
  ];

  test.each(steps)('is cancelled at the %s, and what it began is ended', (_step, begin, tidied) => {
    begin();
    wanted = [];
    tell({ kind: 'cancel' });
    expect(it).toMatchObject({ at: 'over', how: 'cancelled' });
    expect(wanted).toEqual(tidied);
    pass(30_000);
    tell({ kind: 'cancel' });
    expect(wanted).toEqual(tidied);
  });

  test.each(steps)('gives way at the %s to a call that comes', (_step, begin, tidied) => {
    begin();
    wanted = [];
    world = { ...world, calls: [...world.calls, incoming] };
    tell({ kind: 'tick' });
    expect(it).toMatchObject({ at: 'over', how: 'interrupted' });
    expect(wanted).toEqual(tidied);
  });

  test('that is cancelled while it dials ends the call as soon as there is one', () => {
    toEcho();
    wanted = [];
    tell({ kind: 'cancel' });
    expect(wanted).toEqual([]);
    world = { ...well, calls: [echoCall()] };
    tell({ kind: 'dialled', callId: 'echo' });
    expect(wanted).toEqual([{ hangUp: { callId: 'echo' } }]);
  });
});
