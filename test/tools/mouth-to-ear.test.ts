/** The meter of delay and gaps, with sound whose delay and gaps are known. */
import { describe, expect, it } from 'vitest';
import { seeded } from './lossy-relay.ts';
import { BurstListener, bursts, delays, GapListener, lateness, meterRate, pulse } from './mouth-to-ear.ts';

const perMs = meterRate / 1000;
const lump = 10 * perMs;

/** The samples come in lumps of 10 ms, each up to 30 ms late; `later`: ms that all of it comes after it was said. */
function listen(samples: Int16Array, later: number, seed: number): BurstListener {
  const random = seeded(seed);
  const listener = new BurstListener();
  let last = 0;
  for (let at = 0; at < samples.length; at += lump) {
    const lateness = random() < 0.2 ? 0 : 30 * random();
    last = Math.max(last, later + (at + lump) / perMs + lateness);
    listener.process(samples.subarray(at, at + lump), last);
  }
  return listener;
}

describe('delay', () => {
  const said = bursts(10, 1);

  it.each([40, 350, 1_500])('of %i ms is found, though sound comes in lumps and late', (ms) => {
    const found = delays(listen(said, 0, 2).bursts, listen(said, ms, 3).bursts);
    expect(found.length).toBeGreaterThanOrEqual(16);
    for (const each of found) expect(Math.abs(each - ms)).toBeLessThan(2);
  });

  it('is none for a burst that is not heard, and takes the others for none but themselves', () => {
    const mouth = listen(said, 0, 2);
    const [, gone] = mouth.bursts;
    const heard = said.slice();
    const from = Math.round((gone?.at ?? 0) * perMs);
    heard.fill(0, from - lump, from + 3 * lump);
    const found = delays(mouth.bursts, listen(heard, 60, 3).bursts);
    expect(found).toHaveLength(mouth.bursts.length - 1);
    for (const each of found) expect(Math.abs(each - 60)).toBeLessThan(2);
  });
});

describe('lateness', () => {
  /** Of that many seconds by the recording's clock, each sample where it was by the other one; from `atS` on, `laterMs` more. */
  function recorded(seconds: number, driftPpm: number, atS: number, laterMs: number): Int16Array {
    const [sound, longer] = [pulse(), laterMs * perMs];
    return Int16Array.from({ length: seconds * meterRate }, (_, i) => {
      const at = Math.round(i / (1 + driftPpm / 1e6)) + 10_000 - (i >= atS * meterRate ? longer : 0);
      return sound[at % sound.length] ?? 0;
    });
  }

  it.each([0, 500, -500])('does not take a clock that is %i ppm off for delay', (driftPpm) => {
    const found = lateness(recorded(20, driftPpm, 20, 0), driftPpm);
    expect(found.length).toBeGreaterThanOrEqual(39);
    for (const each of found) expect(Math.abs(each)).toBeLessThan(1.1);
  });

  it('is what has come to the delay, though bursts are missing', () => {
    const recording = recorded(20, 100, 10.3, 30);
    recording.fill(0, 4 * meterRate, 7 * meterRate);
    const found = lateness(recording, 100);
    expect(found.length).toBeLessThan(36);
    for (const each of found.slice(0, 10)) expect(Math.abs(each)).toBeLessThan(1.1);
    for (const each of found.slice(-10)) expect(Math.abs(each - 30)).toBeLessThan(2.1);
  });
});

describe('gaps', () => {
  const hz = 1000;
  const tone = (seconds: number): Int16Array =>
    Int16Array.from({ length: seconds * meterRate }, (_, i) => 8000 * Math.sin((2 * Math.PI * hz * i) / meterRate));
  const gapsOf = (samples: Int16Array) => {
    const listener = new GapListener(hz);
    listener.start();
    listener.process(samples);
    return listener.stop();
  };

  it('are found, and are none in the tone itself', () => {
    const samples = tone(3);
    expect(gapsOf(samples)).toEqual({ heardMs: 3000, missingMs: 0, longestMs: 0 });
    samples.fill(0, 1000 * perMs, 1030 * perMs);
    samples.fill(0, 2000 * perMs, 2010 * perMs);
    expect(gapsOf(samples)).toEqual({ heardMs: 3000, missingMs: 40, longestMs: 30 });
  });

  it('are all of it where there is no tone', () => {
    expect(gapsOf(new Int16Array(meterRate))).toEqual({ heardMs: 1000, missingMs: 1000, longestMs: 1000 });
  });
});
