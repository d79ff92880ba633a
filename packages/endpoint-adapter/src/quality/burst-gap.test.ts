import { expect, it } from 'vitest';
import type { PacketFate } from '../media/jitter-buffer.ts';
import { makeRandom } from '../media/testing/sound.ts';
import { BurstGap, gmin } from './burst-gap.ts';

/** "." received, "x" lost, "d" discarded; 20 ms each. */
function watch(pattern: string): BurstGap {
  const watched = new BurstGap();
  for (const sign of pattern) watched.put(sign === '.' ? 'received' : sign === 'x' ? 'lost' : 'discarded');
  return watched;
}

const ok = (packets: number): string => '.'.repeat(packets);

it('knows nothing before the first packet', () => {
  expect(watch('').summary(20)).toBeNull();
});

it('has one gap where nothing is missing', () => {
  expect(watch(ok(100)).summary(20)).toEqual({
    lossRate: 0,
    discardRate: 0,
    burstDensity: 0,
    gapDensity: 0,
    burstMs: 0,
    gapMs: 2_000,
  });
});

it('leaves one alone to the gap, wherever it is', () => {
  const alone = { burstMs: 0, burstDensity: 0, gapDensity: 0.02, gapMs: 2_000 };
  expect(watch(`x${ok(49)}x${ok(49)}`).summary(20)).toMatchObject(alone);
  expect(watch(`${ok(98)}x.`).summary(20)).toMatchObject({ ...alone, gapDensity: 0.01 });
});

it('joins what fewer than Gmin packets part', () => {
  expect(watch(`${ok(50)}x${ok(gmin - 1)}d${ok(50)}`).summary(20)).toMatchObject({
    burstMs: (gmin + 1) * 20,
    burstDensity: 2 / (gmin + 1),
    gapDensity: 0,
    gapMs: 2_000,
  });
  expect(watch(`${ok(50)}x${ok(gmin)}d${ok(50)}`).summary(20)).toMatchObject({ burstMs: 0, gapDensity: 2 / 118 });
});

it('means over several bursts, the last one still open', () => {
  const summary = watch(`${ok(30)}xxxx${ok(30)}x.x${ok(30)}x..dd`).summary(10);
  expect(summary).toMatchObject({ burstMs: 40, gapMs: 300 });
  expect(summary?.burstDensity).toBeCloseTo(9 / 12, 10);
  expect(summary?.lossRate).toBeCloseTo(7 / 102, 10);
  expect(summary?.discardRate).toBeCloseTo(2 / 102, 10);
});

it('counts runs', () => {
  expect(watch('xx..x.d....xxx').tally).toEqual({ packets: 14, missing: 7, runs: 4 });
});

/** Appendix A.2 as it is written: the transitions that concern bursts, counted at each loss. */
function appendix(fates: PacketFate[]) {
  let [c13, c22, c23, c33, lost, received] = [0, 0, 0, 0, 0, 0];
  for (const fate of fates) {
    if (fate === 'received') {
      received++;
      continue;
    }
    if (received >= gmin) {
      if (lost !== 1) c13++;
      lost = 1;
    } else {
      lost++;
      if (received === 0) c33++;
      else {
        c23++;
        c22 += received - 1;
      }
    }
    received = 0;
  }
  const p32 = c23 / (c13 + c23 + c33);
  const p23 = 1 - c22 / (c22 + c23);
  const packets = c22 + c23 + c13 + c23 + c33;
  return { burstDensity: p23 / (p23 + p32), burstPackets: packets / c13 };
}

it('agrees with appendix A.2', () => {
  const random = makeRandom(11);
  const fates: PacketFate[] = Array<PacketFate>(40).fill('received');
  let bad = false;
  for (let i = 0; i < 50_000; i++) {
    bad = random() < (bad ? 0.8 : 0.01);
    fates.push(bad && random() < 0.6 ? 'lost' : 'received');
  }
  // Ends with a gap and a burst, both of which A.2 has counted by the time of the loss after them.
  fates.push(...Array<PacketFate>(40).fill('received'), 'lost', 'lost');
  const watched = new BurstGap();
  for (const fate of fates) watched.put(fate);
  const summary = watched.summary(1);
  const expected = appendix(fates);
  // A.2 begins with a burst that there wasn't, and holds one loss of the last one to be alone: a few in hundreds.
  expect(summary?.burstDensity).toBeCloseTo(expected.burstDensity, 2);
  expect(summary?.burstMs).toBeGreaterThan(expected.burstPackets * 0.99);
  expect(summary?.burstMs).toBeLessThan(expected.burstPackets * 1.01);
});
