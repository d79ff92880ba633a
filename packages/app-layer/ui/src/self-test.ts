/**
 * The self-test as a machine: what it is told, and what it then wants of the phone. Pure.
 *
 *   microphone -> loudspeaker -> echo -> network -> over
 *
 * Each step ends by what is seen or answered, or by its time; a call that comes ends all of it.
 */
import type { Audio, Call, CallQuality, Failure, Line, LinkStatus, PanelCommand } from '../../src/panel/api.ts';
import { levelOf, type NetworkFacts } from './network.ts';

export const steps = ['microphone', 'loudspeaker', 'echo', 'network'] as const;
export type Step = (typeof steps)[number];
export type Verdict = 'passed' | 'failed' | 'unsure' | 'skipped';

/** How long each step may take, ms: 20 s together. */
const stepMs: Readonly<Record<Step, number>> = { microphone: 6_000, loudspeaker: 6_000, echo: 7_500, network: 500 };
export const testMs = steps.reduce((sum, step) => sum + stepMs[step], 0);

/** A level of speech, of a voice from afar, and how many of the first must be seen, dBFS. */
const speechDbfs = -45;
const faintDbfs = -60;
const speechLevels = 3;

export type FindingName =
  | 'microphoneHeard'
  | 'microphoneQuiet'
  | 'microphoneSilent'
  | 'microphoneMuted'
  | 'microphoneMissing'
  | 'microphoneUnseen'
  | 'loudspeakerHeard'
  | 'loudspeakerUnheard'
  | 'loudspeakerUnanswered'
  | 'loudspeakerMuted'
  | 'loudspeakerMissing'
  | 'echoGood'
  | 'echoMedium'
  | 'echoPoor'
  | 'echoUnmeasured'
  | 'echoUnanswered'
  | 'echoNotSet'
  | 'networkInOrder'
  | 'networkInDesktop'
  | 'networkNoLine'
  | 'networkUnregistered'
  | 'networkLinkDown'
  | 'refused';

export interface Finding {
  step: Step;
  verdict: Verdict;
  name: FindingName;
  /** Of the echo call. */
  measured: CallQuality | null;
  /** Why it was refused. */
  failure: Failure | null;
  /** The address of the line that isn't registered. */
  line: string;
}

/** What the page knows of the phone. */
export interface World {
  /** Nothing can be commanded. */
  down: boolean;
  link: LinkStatus | null;
  audio: Audio | null;
  lines: readonly Line[];
  calls: readonly Call[];
  /** That ended last. */
  released: readonly Call[];
  qualities: readonly CallQuality[];
  echoTarget: string;
}

export type SelfTestEvent =
  | { kind: 'start' | 'tick' | 'cancel' }
  | { kind: 'level'; dbfs: number }
  /** Whether the tone was heard. */
  | { kind: 'heard'; yes: boolean }
  | { kind: 'dialled'; callId: string }
  /** What the step wanted of the phone was not done. */
  | { kind: 'refused'; step: Step; failure: Failure };

export interface SelfTest {
  at: Step | 'idle' | 'over';
  /** over: done, or why not to its end. */
  how: 'done' | 'cancelled' | 'interrupted';
  startedAtMs: number;
  stepAtMs: number;
  findings: readonly Finding[];
  /** Levels of the microphone so far: how many, how many of speech, and the loudest, dBFS. */
  levels: number;
  speech: number;
  loudestDbfs: number;
  /** The echo call was asked for, and the answer is not here yet. */
  dialling: boolean;
  /** The echo call, also while it is being ended; empty: there was none. */
  callId: string;
  /** The last that was measured of it. */
  measured: CallQuality | null;
  talked: boolean;
}

export const notTested: SelfTest = {
  at: 'idle',
  how: 'done',
  startedAtMs: 0,
  stepAtMs: 0,
  findings: [],
  levels: 0,
  speech: 0,
  loudestDbfs: Number.NEGATIVE_INFINITY,
  dialling: false,
  callId: '',
  measured: null,
  talked: false,
};

/** The machine after an event, and what is wanted of the phone now, in order. */
export interface Advance {
  test: SelfTest;
  wanted: readonly PanelCommand[];
}

export const isRunning = ({ at }: SelfTest): boolean => at !== 'idle' && at !== 'over';

/** Why it can't be started; null: it can. */
export function refusal(test: SelfTest, { down, calls }: World): 'notWhileDown' | 'notInCall' | null {
  if (down) return 'notWhileDown';
  return test.dialling || calls.some(isUp) ? 'notInCall' : null;
}

/** 0 to 1. */
export function progress(test: SelfTest, nowMs: number): number {
  if (test.at === 'idle') return 0;
  if (test.at === 'over') return 1;
  const before = steps.slice(0, steps.indexOf(test.at)).reduce((sum, step) => sum + stepMs[step], 0);
  const within = Math.min(stepMs[test.at], Math.max(0, nowMs - test.stepAtMs));
  return (before + within) / testMs;
}

export function advance(test: SelfTest, event: SelfTestEvent, world: World, nowMs: number): Advance {
  const settled = settleDial(test, event);
  if (settled) return settled;
  if (event.kind === 'start') {
    if (isRunning(test) || refusal(test, world)) return { test, wanted: [] };
    return enter({ ...notTested, startedAtMs: nowMs }, 'microphone', world, nowMs);
  }
  if (!isRunning(test)) return { test, wanted: [] };
  if (event.kind === 'cancel') return over(test, 'cancelled');
  const known = event.kind === 'dialled' ? { ...test, dialling: false, callId: event.callId } : test;
  if (isInterrupted(known, world)) return over(known, 'interrupted');
  if (world.down && known.at !== 'network') return enter(known, 'network', world, nowMs, tidied(known));
  switch (known.at) {
    case 'microphone':
      return microphone(known, event, world, nowMs);
    case 'loudspeaker':
      return loudspeaker(known, event, world, nowMs);
    case 'echo':
      return echo(known, event, world, nowMs);
    default:
      return nowMs - known.stepAtMs < stepMs.network ? { test: known, wanted: [] } : network(known, world);
  }
}

const isUp = ({ state }: Call): boolean => state !== 'RELEASED';

/** An answer to the echo call that nobody waits for any more: it is ended. */
function settleDial(test: SelfTest, event: SelfTestEvent): Advance | null {
  if (!test.dialling || test.at === 'echo') return null;
  if (event.kind === 'dialled') {
    return { test: { ...test, dialling: false }, wanted: [{ hangUp: { callId: event.callId } }] };
  }
  if (event.kind === 'refused' && event.step === 'echo') return { test: { ...test, dialling: false }, wanted: [] };
  return null;
}

/** A call that the test didn't make. While the answer to its own isn't here, a call from here counts as that one. */
const isInterrupted = ({ callId, dialling }: SelfTest, { calls }: World): boolean =>
  calls.some((call) => isUp(call) && call.id !== callId && !(dialling && call.direction === 'OUTGOING'));

const silence: PanelCommand = { testSound: { kind: 'NONE' } };

/** What ends that which the step began. */
function tidied({ at, callId }: SelfTest): readonly PanelCommand[] {
  if (at === 'microphone' || at === 'loudspeaker') return [silence];
  return at === 'echo' && callId !== '' ? [{ hangUp: { callId } }] : [];
}

const over = (test: SelfTest, how: SelfTest['how']): Advance => ({
  test: { ...test, at: 'over', how },
  wanted: tidied(test),
});

type Said = Partial<Finding> & { verdict: Verdict; name: FindingName };

const found = (test: SelfTest, step: Step, said: Said): SelfTest => ({
  ...test,
  findings: [...test.findings, { step, measured: null, failure: null, line: '', ...said }],
});

/** The finding of the step, and on to the next one. */
function conclude(test: SelfTest, step: Step, said: Said, world: World, nowMs: number): Advance {
  const wanted = tidied(test);
  const told = found(test, step, said);
  const following = steps[steps.indexOf(step) + 1];
  return following ? enter(told, following, world, nowMs, wanted) : { test: { ...told, at: 'over' }, wanted };
}

/** Begins a step, unless it can be judged without. */
function enter(test: SelfTest, at: Step, world: World, nowMs: number, before: readonly PanelCommand[] = []): Advance {
  const begun: SelfTest = { ...test, at, stepAtMs: nowMs };
  const foregone = judgedBefore(at, world);
  if (foregone) {
    const { test: rest, wanted } = conclude(begun, at, foregone, world, nowMs);
    // Nothing was begun that had to be tidied.
    return { test: rest, wanted: [...before, ...wanted.filter((it) => it !== silence)] };
  }
  switch (at) {
    case 'microphone':
      return { test: begun, wanted: [...before, { testSound: { kind: 'MICROPHONE' } }] };
    case 'loudspeaker':
      return { test: begun, wanted: [...before, { testSound: { kind: 'TONE' } }] };
    case 'echo':
      return { test: { ...begun, dialling: true }, wanted: [...before, { dial: { target: world.echoTarget } }] };
    case 'network':
      return { test: begun, wanted: before };
  }
}

function judgedBefore(step: Step, { audio, echoTarget }: World): Said | null {
  if (step === 'microphone') {
    if (!audio?.captureId) return { verdict: 'failed', name: 'microphoneMissing', failure: audio?.failure ?? null };
    return audio.microphoneMuted ? { verdict: 'failed', name: 'microphoneMuted' } : null;
  }
  if (step === 'loudspeaker') {
    if (!audio?.playbackId) return { verdict: 'failed', name: 'loudspeakerMissing', failure: audio?.failure ?? null };
    return audio.speakerMuted ? { verdict: 'failed', name: 'loudspeakerMuted' } : null;
  }
  return step === 'echo' && echoTarget === '' ? { verdict: 'skipped', name: 'echoNotSet' } : null;
}

const refused = (failure: Failure): Said => ({ verdict: 'failed', name: 'refused', failure });

function microphone(test: SelfTest, event: SelfTestEvent, world: World, nowMs: number): Advance {
  const end = (said: Said) => conclude(test, 'microphone', said, world, nowMs);
  if (event.kind === 'refused' && event.step === 'microphone') return end(refused(event.failure));
  if (event.kind === 'level') {
    const heard: SelfTest = {
      ...test,
      levels: test.levels + 1,
      speech: test.speech + (event.dbfs >= speechDbfs ? 1 : 0),
      loudestDbfs: Math.max(test.loudestDbfs, event.dbfs),
    };
    if (heard.speech < speechLevels) return { test: heard, wanted: [] };
    return conclude(heard, 'microphone', { verdict: 'passed', name: 'microphoneHeard' }, world, nowMs);
  }
  if (nowMs - test.stepAtMs < stepMs.microphone) return { test, wanted: [] };
  if (test.levels === 0) return end({ verdict: 'failed', name: 'microphoneUnseen' });
  if (test.loudestDbfs >= faintDbfs) return end({ verdict: 'unsure', name: 'microphoneQuiet' });
  return end({ verdict: 'failed', name: 'microphoneSilent' });
}

function loudspeaker(test: SelfTest, event: SelfTestEvent, world: World, nowMs: number): Advance {
  const end = (said: Said) => conclude(test, 'loudspeaker', said, world, nowMs);
  if (event.kind === 'refused' && event.step === 'loudspeaker') return end(refused(event.failure));
  if (event.kind === 'heard') {
    return end(
      event.yes ? { verdict: 'passed', name: 'loudspeakerHeard' } : { verdict: 'failed', name: 'loudspeakerUnheard' },
    );
  }
  if (nowMs - test.stepAtMs < stepMs.loudspeaker) return { test, wanted: [] };
  return end({ verdict: 'unsure', name: 'loudspeakerUnanswered' });
}

function echo(before: SelfTest, event: SelfTestEvent, world: World, nowMs: number): Advance {
  if (event.kind === 'refused' && event.step === 'echo') {
    return conclude({ ...before, dialling: false }, 'echo', refused(event.failure), world, nowMs);
  }
  const { callId } = before;
  const measured = world.qualities.find((it) => it.callId === callId);
  const call = world.calls.find((it) => it.id === callId);
  const test: SelfTest = {
    ...before,
    measured: measured ?? before.measured,
    talked: before.talked || call?.state === 'TALKING',
  };
  const ended = world.released.find((it) => it.id === callId && callId !== '');
  if (ended) return conclude({ ...test, callId: '' }, 'echo', judgeEnded(test, ended), world, nowMs);
  if (nowMs - test.stepAtMs < stepMs.echo) return { test, wanted: [] };
  return conclude(test, 'echo', judgeEcho(test), world, nowMs);
}

const judgeEnded = (test: SelfTest, { failure }: Call): Said => (failure ? refused(failure) : judgeEcho(test));

/** MOS of what most people are content with, and of what many are not (ITU-T G.107, Annex B). */
const contentMos = 4.0;
const discontentMos = 3.6;

function judgeEcho({ talked, measured }: SelfTest): Said {
  if (!talked) return { verdict: 'failed', name: 'echoUnanswered' };
  if (!measured || measured.packetsReceived === 0) return { verdict: 'unsure', name: 'echoUnmeasured' };
  const { rating } = measured;
  const mos = rating ? (rating.mosConversational ?? rating.mosListening) : null;
  const level = levelOf(echoFacts(measured));
  if (mos === null && level === 'UNKNOWN') return { verdict: 'unsure', name: 'echoUnmeasured' };
  if ((mos !== null && mos < discontentMos) || level === 'BAD')
    return { verdict: 'failed', name: 'echoPoor', measured };
  if ((mos !== null && mos < contentMos) || level === 'POOR')
    return { verdict: 'unsure', name: 'echoMedium', measured };
  return { verdict: 'passed', name: 'echoGood', measured };
}

/** The call is as short as a window, so that what it lost in all is what it lost lately. */
function echoFacts({ packetsReceived, packetsLost, jitterMs, roundTripMs }: CallQuality): NetworkFacts {
  const lost = Math.max(0, packetsLost);
  return {
    lossPercent: (100 * lost) / (packetsReceived + lost),
    jitterMs: jitterMs ?? null,
    delayMs: roundTripMs === undefined ? null : roundTripMs / 2,
  };
}

function network(test: SelfTest, { down, link, lines }: World): Advance {
  const said = judgeNetwork(down, link, lines);
  return { test: { ...found(test, 'network', said), at: 'over', how: 'done' }, wanted: [] };
}

function judgeNetwork(down: boolean, link: LinkStatus | null, lines: readonly Line[]): Said {
  if (down) return { verdict: 'failed', name: 'networkLinkDown', failure: link?.failure ?? null };
  if (lines.length === 0) return { verdict: 'failed', name: 'networkNoLine' };
  const missing = lines.find(({ state }) => state !== 'REGISTERED' && state !== 'STANDALONE');
  if (missing) {
    return { verdict: 'failed', name: 'networkUnregistered', line: missing.address, failure: missing.failure };
  }
  return link?.inDesktop
    ? { verdict: 'unsure', name: 'networkInDesktop' }
    : { verdict: 'passed', name: 'networkInOrder' };
}
