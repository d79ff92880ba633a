import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import type { ProcessingSettings } from '../stream-settings.ts';
import { largestStep, tone, toneDbfs } from '../testing/sound.ts';
import { loadApm } from './apm.ts';
import { loadRnnoise } from './rnnoise.ts';
import { background } from './testing/activity.ts';
import { echoReduction, hearEcho, office, playIn, runThrough, speech, toInt16, voiceLeft } from './testing/room.ts';
import { type Engines, VoiceProcessing, type VoiceSettings } from './voice-processing.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const off: ProcessingSettings = { echo: false, noise: 'off', sendGain: false, receiveGain: false };
const all: ProcessingSettings = { echo: true, noise: 'moderate', sendGain: true, receiveGain: true };

/** Neither package is needed to run the phone, but where this is decided they have to be. */
const missing = await Promise.all([loadApm(), loadRnnoise()]).then(
  () => null,
  (error: unknown) => String(error),
);
if (missing !== null) {
  if (process.env.CI === 'true') throw new Error(missing);
  console.warn(`NOT TESTED: echo control and noise suppression, as they aren't installed: ${missing}`);
}

let processing = new VoiceProcessing();
afterEach(() => processing.close());

async function make(settings: VoiceSettings, engines?: Engines): Promise<VoiceProcessing> {
  processing = new VoiceProcessing(engines);
  expect(await processing.set(settings)).toBeNull();
  return processing;
}

const broken: Engines = {
  apm: () => Promise.reject(new Error('no build for this system\nand more')),
  rnnoise: () => Promise.reject(new Error('not installed')),
};

describe('without the engines', () => {
  it('does nothing, loads nothing and costs nothing with everything off', async () => {
    let loads = 0;
    const counting: Engines = {
      apm: () => Promise.reject(new Error(`load ${++loads}`)),
      rnnoise: () => Promise.reject(new Error(`load ${++loads}`)),
    };
    const it = await make({ ...off, limiter: false }, counting);
    const frame = tone(50, 0, 48_000, 480);
    it.render(frame);
    it.capture(frame);
    expect(frame).toEqual(tone(50, 0, 48_000, 480));
    expect(loads).toBe(0);
  });

  it('says what is off and why, and goes on', async () => {
    processing = new VoiceProcessing(broken);
    expect(await processing.set(all)).toBe('echo control and noise suppression off (no build for this system)');
    expect(await processing.set({ ...off, noise: 'strong' })).toBe(
      "strong noise suppression isn't there (not installed); noise suppression off (no build for this system)",
    );
    expect(await processing.set(off)).toBeNull();
    expect(await processing.set({ ...off, sendGain: true })).toBeNull();
    expect(processing.stats()).toMatchObject({ echo: false, noise: 'off', sendGain: true, highPass: true });
  });

  it('limits what is played, unless it is told not to', async () => {
    const it = await make(off, broken);
    const frame = tone(1_000, 0, 48_000, 480);
    for (let i = 0; i < 20; i++) {
      frame.set(tone(1_000, 0, 48_000, 480));
      it.render(frame);
    }
    expect(toneDbfs(frame, 1_000, 48_000)).toBeLessThan(-11);
    expect(it.stats().limitedMs).toBeGreaterThan(0);
  });

  it('of settings that overlap takes the last', async () => {
    processing = new VoiceProcessing(broken);
    const first = processing.set(all);
    const second = processing.set({ ...off, receiveGain: true });
    expect(await Promise.all([first, second])).toEqual([null, null]);
    expect(processing.stats()).toMatchObject({ receiveGain: true, sendGain: false });
  });
});

describe.skipIf(missing !== null)('echo in an office', () => {
  const playback = playIn(office, 9);

  it.each([40, 120])('is gone at %i ms', async (delayMs) => {
    const sound = hearEcho(playback, { delayMs, lossDb: 6 });
    const out = runThrough(await make({ ...off, echo: true }), sound);
    expect(echoReduction(sound, out, 5, 9)).toBeGreaterThan(35);
  });

  it('is gone again after a jump of 60 ms', async () => {
    const sound = hearEcho(playback, { delayMs: 40, lossDb: 6, jumpMs: 60, jumpS: 3 });
    const out = runThrough(await make({ ...off, echo: true }), sound);
    expect(echoReduction(sound, out, 2, 3)).toBeGreaterThan(25);
    expect(echoReduction(sound, out, 7, 9)).toBeGreaterThan(35);
  });

  it('is gone while the clocks drift by 60 ppm', async () => {
    const sound = hearEcho(playback, { delayMs: 40, lossDb: 6, driftPpm: 60 });
    const out = runThrough(await make({ ...off, echo: true }), sound);
    expect(echoReduction(sound, out, 5, 9)).toBeGreaterThan(35);
  });

  it('leaves the voice of who speaks at the same time', async () => {
    const sound = hearEcho(playback, { delayMs: 40, lossDb: 16, nearFromS: 4 });
    const out = runThrough(await make({ ...off, echo: true, noise: 'moderate' }), sound);
    expect(voiceLeft(sound, out, 4.5, 9).median).toBeGreaterThan(-6);
  });

  it('is still gone when another stage is switched', async () => {
    const sound = hearEcho(playback, { delayMs: 40, lossDb: 6 });
    const it = await make({ ...off, echo: true });
    const first = { ...sound, far: sound.far.subarray(0, 240_000), microphone: sound.microphone.subarray(0, 240_000) };
    const second = { ...sound, far: sound.far.subarray(240_000), microphone: sound.microphone.subarray(240_000) };
    runThrough(it, first);
    await it.set(all);
    const out = runThrough(it, second);
    expect(echoReduction(second, out, 0, 2)).toBeGreaterThan(30);
  });
});

describe.skipIf(missing !== null)('the microphone', () => {
  it('has less noise, and far less when that is wanted', async () => {
    const around = toInt16(background('fan', 48_000 * 5, 15));
    const silent = { far: new Int16Array(around.length), microphone: around, near: new Float32Array(0) };
    const moderate = runThrough(await make({ ...off, noise: 'moderate' }), silent);
    processing.close();
    const strong = runThrough(await make({ ...off, noise: 'strong' }), silent);
    expect(echoReduction(silent, moderate, 3, 5)).toBeGreaterThan(9);
    expect(echoReduction(silent, strong, 3, 5)).toBeGreaterThan(25);
  });

  it('is cleaned in a worker thread as well, which then ends by itself', async () => {
    const apm = new URL('./apm.ts', import.meta.url).href;
    const code = `import(${JSON.stringify(apm)}).then(async ({ loadApm }) => {
      const stage = (await loadApm()).make({ echo: true, noise: true, gain: true });
      const frame = new Int16Array(480).fill(1000);
      stage.render(frame);
      stage.process(frame);
      require('node:worker_threads').parentPort.postMessage(frame[479]);
    });`;
    const worker = new Worker(code, { eval: true });
    const [[last], [exit]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')]);
    expect(last).not.toBe(1_000);
    expect(exit).toBe(0);
  });

  it('costs a small response of the engine for each frame, and nothing of ours', async () => {
    const it = await make(all);
    const near = toInt16(speech(1, -30));
    const frame = new Int16Array(480);
    const run = (frames: number) => {
      for (let i = 0; i < frames; i++) {
        for (let k = 0; k < 480; k++) frame[k] = near[((i % 100) * 480 + k) % near.length] ?? 0;
        it.render(frame);
        it.capture(frame);
      }
    };
    run(1_000);
    collect();
    const before = process.memoryUsage();
    run(2_000);
    const made = process.memoryUsage().heapUsed - before.heapUsed;
    collect();
    const after = process.memoryUsage();
    // Four calls of the engine, which returns some 350 bytes each.
    expect(made).toBeLessThan(2_000 * 2_200);
    expect(after.heapUsed - before.heapUsed).toBeLessThan(128 * 1024);
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(64 * 1024);
  });
});

const switched: [string, VoiceSettings, boolean][] = [
  ['high-pass', { ...off, highPass: true }, false],
  ['limiter', { ...off, limiter: true }, false],
  ['receive gain', { ...off, receiveGain: true }, false],
  ['send gain', { ...off, sendGain: true }, true],
  ['echo', { ...off, echo: true }, true],
  ['moderate noise', { ...off, noise: 'moderate' }, true],
  ['strong noise', { ...off, noise: 'strong' }, true],
];
describe.each(switched)('%s', (name, settings, needsEngine) => {
  it.skipIf(needsEngine && missing !== null)('is switched during speech without a click', async () => {
    const nothing: VoiceSettings = { ...off, limiter: false };
    const it = await make(nothing);
    // Loud enough for the limiter to have something to do.
    const said = toInt16(speech(4, name === 'limiter' ? -14 : -26));
    const microphone = said.slice();
    const loudspeaker = said.slice();
    let fades = 0;
    let rest = 0;
    let before = 0;
    for (let frame = 0; frame < 400; frame++) {
      if (frame % 50 === 20) await it.set(frame % 100 === 20 ? { limiter: false, ...settings } : nothing);
      const sent = microphone.subarray(frame * 480, (frame + 1) * 480);
      const played = loudspeaker.subarray(frame * 480, (frame + 1) * 480);
      it.render(played);
      it.capture(sent);
      const own = said.subarray(Math.max(0, frame * 480 - 1), (frame + 1) * 480);
      const steps = [microphone, loudspeaker].map((sound) =>
        largestStep(sound.subarray(Math.max(0, frame * 480 - 1), (frame + 1) * 480)),
      );
      before = Math.max(before, largestStep(own));
      // A stage that comes is heard ten frames later, one that goes at once.
      if (frame % 100 === 30 || frame % 100 === 70 || frame % 100 === 71) fades = Math.max(fades, ...steps);
      else rest = Math.max(rest, ...steps);
    }
    expect(fades).toBeLessThanOrEqual(rest);
    // Gain makes the speech's own steps larger too.
    if (!name.endsWith('gain')) expect(rest).toBeLessThanOrEqual(before * 1.05);
    expect([microphone, loudspeaker]).not.toEqual([said, said]);
  });
});
