/** Voice processing: what is left of echo in rooms made for it, what of a voice, and what each stage costs. */
import { activityRates, background, dialogue } from '@thinline/endpoint-adapter/media/processing/testing/activity.ts';
import {
  decibels,
  type EchoScene,
  type EchoSound,
  echoReduction,
  hall,
  headset,
  hearEcho,
  lagOf,
  meanSquareOf,
  office,
  type Playback,
  playIn,
  runThrough,
  speech,
  toInt16,
  voiceLeft,
} from '@thinline/endpoint-adapter/media/processing/testing/room.ts';
import { VoiceProcessing, type VoiceSettings } from '@thinline/endpoint-adapter/media/processing/voice-processing.ts';
import type { Benchmark, BenchmarkOptions, Figure } from './benchmark.ts';
import { percentile, summary } from './statistics.ts';

const nothing: VoiceSettings = {
  echo: false,
  noise: 'off',
  sendGain: false,
  receiveGain: false,
  highPass: false,
  limiter: false,
};
const engines: readonly [string, VoiceSettings][] = [
  ['nothing', nothing],
  ['AEC3', { ...nothing, echo: true }],
  ['AEC3 + NS', { ...nothing, echo: true, noise: 'moderate' }],
  ['AEC3 + RNNoise', { ...nothing, echo: true, noise: 'strong' }],
];
const stages: readonly [string, VoiceSettings][] = [
  ['nothing', nothing],
  ['high-pass', { ...nothing, highPass: true }],
  ['limiter', { ...nothing, limiter: true }],
  ['receive gain', { ...nothing, receiveGain: true }],
  ['echo', { ...nothing, echo: true }],
  ['moderate noise', { ...nothing, noise: 'moderate' }],
  ['strong noise', { ...nothing, noise: 'strong' }],
  ['send gain', { ...nothing, sendGain: true }],
  ['all, moderate', { echo: true, noise: 'moderate', sendGain: true, receiveGain: true }],
  ['all, strong', { echo: true, noise: 'strong', sendGain: true, receiveGain: true }],
];

const seconds = 20;
const sceneOf = {
  'at 40 ms': { delayMs: 40, lossDb: 6 },
  'at 120 ms': { delayMs: 120, lossDb: 6 },
  'drift 60 ppm': { delayMs: 40, lossDb: 6, driftPpm: 60 },
} as const satisfies Record<string, EchoScene>;
const jumpS = 8;
const jump: EchoScene = { delayMs: 40, lossDb: 6, jumpMs: 60, jumpS };
const nearFromS = 8;
const doubleTalk: EchoScene = { delayMs: 40, lossDb: 16, nearFromS };
/** How far the echo has to be down to count as gone, dB. */
const gone = 30;
/** So loud that this can be seen over the noise of −75 dBFS. */
const audibleDbfs = -40;

async function opened(settings: VoiceSettings): Promise<VoiceProcessing> {
  const processing = new VoiceProcessing();
  const missing = await processing.set(settings);
  if (missing !== null) throw new Error(missing);
  return processing;
}

async function through(settings: VoiceSettings, playback: Playback, scene: EchoScene) {
  const processing = await opened(settings);
  const sound = hearEcho(playback, scene);
  const out = runThrough(processing, sound);
  processing.close();
  return { sound, out };
}

/** Seconds from the jump until the echo stays gone, by the half seconds in which it stands out of the room's noise. */
function recovery(sound: EchoSound, out: Int16Array): number {
  let last = jumpS;
  for (let at = jumpS; at < seconds; at += 0.5) {
    const heard = decibels(meanSquareOf(sound.microphone, at * 48_000, (at + 0.5) * 48_000) / (32_767 ** 2 / 2));
    if (heard > audibleDbfs && echoReduction(sound, out, at, at + 0.5) < gone) last = at + 0.5;
  }
  return last - jumpS;
}

async function echoIn(
  room: string,
  playback: Playback,
  [engine, settings]: (typeof engines)[number],
): Promise<Figure[]> {
  const figure = (what: string, unit: Figure['unit'], value: number): Figure => ({
    name: `${engine}, ${room}, ${what}`,
    what: `${engine}, ${room}: ${what}`,
    unit,
    results: { thinline: summary([value]) },
  });
  const figures: Figure[] = [];
  for (const [name, scene] of Object.entries(sceneOf)) {
    const { sound, out } = await through(settings, playback, scene);
    figures.push(figure(`echo reduction ${name}, 5 to 20 s`, 'dB', echoReduction(sound, out, 5, seconds)));
  }
  const jumped = await through(settings, playback, jump);
  const back = settings.echo ? recovery(jumped.sound, jumped.out) * 1_000 : null;
  if (back !== null) figures.push(figure(`until ${gone} dB again after a jump of 60 ms`, 'ms', back));
  const both = await through(settings, playback, doubleTalk);
  const left = voiceLeft(both.sound, both.out, nearFromS + 0.3, seconds);
  figures.push(figure('voice in double talk, half of 20 ms pieces above', 'dB', left.median));
  figures.push(figure('voice in double talk, nine tenths above', 'dB', left.tenth));
  return figures;
}

function cost(processing: VoiceProcessing, frames: number): number[] {
  const near = toInt16(speech(8, -26));
  const far = toInt16(speech(8, -26, 0.9, 2));
  const frame = new Int16Array(480);
  const took: number[] = [];
  for (let i = 0; i < frames; i++) {
    const at = (i * 480) % (near.length - 480);
    const start = performance.now();
    frame.set(far.subarray(at, at + 480));
    processing.render(frame);
    frame.set(near.subarray(at, at + 480));
    processing.capture(frame);
    took.push((performance.now() - start) * 1_000);
  }
  return took;
}

/** ms by which the microphone's sound comes out later, to the millisecond. */
async function delay(settings: VoiceSettings): Promise<number> {
  const processing = await opened(settings);
  const near = speech(4, -26);
  const microphone = toInt16(near);
  const out = runThrough(processing, { far: new Int16Array(microphone.length), microphone, near });
  processing.close();
  return lagOf(near, out, 48_000, 4 * 48_000) / 48;
}

async function start(name: string, settings: VoiceSettings): Promise<Figure[]> {
  const before = process.memoryUsage().rss;
  const at = performance.now();
  const processing = await opened(settings);
  const ms = performance.now() - at;
  const frame = new Int16Array(480);
  for (let i = 0; i < 200; i++) {
    processing.render(frame);
    processing.capture(frame);
  }
  const grown = (process.memoryUsage().rss - before) / 1e6;
  processing.close();
  return [
    { name: `${name}, load`, what: `${name}: from nothing to ready`, unit: 'ms', results: { thinline: summary([ms]) } },
    { name: `${name}, memory`, what: `${name}: memory`, unit: 'MB', results: { thinline: summary([grown]) } },
  ];
}

async function run({ runs, progress }: BenchmarkOptions): Promise<Figure[]> {
  const figures: Figure[] = [];
  figures.push(...(await start('echo', { ...nothing, echo: true })));
  figures.push(...(await start('strong noise', { ...nothing, noise: 'strong' })));
  for (const [name, settings] of stages) {
    const processing = await opened(settings);
    cost(processing, 300);
    const took = cost(processing, runs * 50);
    processing.close();
    figures.push({ name, what: `${name}: 10 ms of sound`, unit: 'µs', results: { thinline: summary(took) } });
    const ms = await delay(settings);
    figures.push({ name: `${name}, delay`, what: `${name}: delay`, unit: 'ms', results: { thinline: summary([ms]) } });
    progress(`${name}: ${percentile(took, 50).toFixed(1)} µs for 10 ms, delay ${ms} ms`);
  }
  for (const room of [headset, office, hall]) {
    const playback = playIn(room, seconds);
    for (const engine of engines) {
      const found = await echoIn(room.name, playback, engine);
      figures.push(...found);
      const row = found.map((it) => `${it.what.split(': ')[1]} ${it.results.thinline?.median ?? ''} ${it.unit}`);
      progress(`${engine[0]}, ${room.name}: ${row.join('; ')}`);
    }
  }
  const clean = dialogue();
  for (const kind of ['white', 'fan'] as const) {
    for (const snrDb of [40, 20, 10, 5]) {
      activityRates(clean, background(kind, clean.length, snrDb)).forEach(({ hit, falseAlarm }, level) => {
        const what = `voice activity, level ${level}, ${kind} noise at ${snrDb} dB`;
        const figure = (kindOf: string, share: number): Figure => ({
          name: `${what}, ${kindOf}`,
          what: `${what}: ${kindOf}`,
          unit: '%',
          results: { thinline: summary([share * 100]) },
        });
        figures.push(figure('found', hit), figure('found where there is none', falseAlarm));
      });
    }
  }
  return figures;
}

export const echo: Benchmark = {
  name: 'echo',
  meaning: 'echo control in three rooms, voice activity in noise, and the cost of each stage of voice processing',
  peers: [],
  run,
};
