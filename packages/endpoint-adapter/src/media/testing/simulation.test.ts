import { describe, expect, it } from 'vitest';
import { simulate } from './simulation.ts';
import { makeRandom } from './sound.ts';
import { networks, scattered } from './traces.ts';

const minuteMs = 60_000;

/** Mean delay and share of made-up sound, in percent; `npm run bench -- jitter` runs the same for 8 hours. */
function over(minutes: number, trace: ReturnType<typeof scattered>, options = {}, seed = 1) {
  const untilMs = minutes * minuteMs;
  const result = simulate({ trace: trace(makeRandom(seed)), untilMs, ...options });
  return { ...result, madeUp: (100 * result.madeUpMs) / untilMs, lossRate: (100 * result.lost) / result.sent };
}

describe.each([1, 2])('half an hour of each network, seed %i', (seed) => {
  it.each([
    ['wired', 22, 0],
    ['wifi', 60, 1.6],
    ['lte', 50, 0.6],
    ['vpn', 65, 2],
    ['bufferbloat', 130, 1],
  ] as const)('%s', (name, mostDelayMs, mostMadeUp) => {
    const { meanDelayMs, madeUp, sent, lost, played, stats } = over(30, networks[name], {}, seed);
    expect(meanDelayMs).toBeLessThan(mostDelayMs);
    expect(madeUp).toBeLessThanOrEqual(mostMadeUp);
    expect(stats.restarts).toBe(0);
    // All that came was heard, but for a few in a thousand that came too late.
    expect(sent - lost - played).toBeLessThan(sent * 0.005);
  });
});

describe('in steady state', () => {
  it('sits at little more than the network’s own delay, and stays there', () => {
    const delays: number[] = [];
    over(30, networks.wired, { onSecond: (_: number, delayMs: number) => delays.push(delayMs) });
    expect(Math.max(...delays.slice(5))).toBeLessThan(25);
    expect(Math.max(...delays.slice(-60))).toBeLessThanOrEqual(Math.max(...delays.slice(5, 65)) + 1);
  });

  it.each([-100, 100])('follows clocks that are %i ppm apart without making anything up', (driftPpm) => {
    const { meanDelayMs, madeUpMs, lengthenedMs, shortenedMs } = over(60, networks.wired, { driftPpm });
    expect(meanDelayMs).toBeLessThan(30);
    expect(madeUpMs).toBeLessThanOrEqual(20);
    // 100 ppm of an hour is 360 ms.
    expect(lengthenedMs + shortenedMs).toBeLessThan(800);
  });

  it('waits for redundancy and forward error correction when a twentieth is lost', () => {
    const lossy = scattered(3, 0.05);
    const plain = over(10, lossy);
    expect(plain.madeUp).toBeGreaterThan(4);
    for (const options of [{ redundant: true }, { recovers: true }]) {
      const { madeUp, meanDelayMs } = over(10, lossy, options);
      expect(madeUp).toBeLessThan(1);
      expect(meanDelayMs).toBeLessThan(plain.meanDelayMs + 25);
    }
  });
});

it.each([500, 1_000, 2_000, 5_000])(
  'is where it was 5 s after the network held everything up for %i ms',
  (heldUpMs) => {
    const every = 30;
    const heldUpAt = 10;
    const trace = () => (sentMs: number) => {
      const into = sentMs % (every * 1_000);
      const held = into >= heldUpAt * 1_000 && into < heldUpAt * 1_000 + heldUpMs;
      return held ? heldUpAt * 1_000 + heldUpMs - into + 5 : 5;
    };
    /** Means of each second. */
    const delays: number[] = [];
    over(5, trace, { onSecond: (_: number, delayMs: number) => delays.push(delayMs) });
    let seen = 0;
    for (let begin = 0; begin + every <= delays.length; begin += every) {
      const before = delays[begin + heldUpAt - 1] ?? 0;
      const after = delays[begin + heldUpAt + Math.ceil(heldUpMs / 1_000) + 5] ?? 0;
      expect(before).toBeGreaterThan(5);
      expect(after).toBeGreaterThan(5);
      expect(after - before).toBeLessThanOrEqual(20);
      seen++;
    }
    expect(seen).toBeGreaterThan(8);
  },
);
