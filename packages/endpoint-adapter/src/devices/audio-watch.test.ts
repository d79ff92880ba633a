import { expect, it } from 'vitest';
import { AudioWatch, type HeardSecond } from './audio-watch.ts';

const fine = { microphoneExpected: true, microphoneDbfs: -30, farEndExpected: true, farEndDbfs: -25 };

/** A call's seconds; returns when what was told. */
function watch(seconds: number, at: (second: number) => Partial<HeardSecond>) {
  const watching = new AudioWatch();
  const told: unknown[] = [];
  for (let second = 0; second <= seconds; second++) {
    const news = watching.tick(second * 1000, { ...fine, packetsReceived: 50 * second, ...at(second) });
    for (const { alarm, raised, ...more } of news) told.push([second, alarm, raised, ...Object.values(more)]);
  }
  return { told, watching };
}

it('has nothing to say about a call that is heard', () => {
  const { told, watching } = watch(3600, () => ({}));
  expect(told).toEqual([]);
  expect([watching.microphone.heardMs, watching.farEnd.lastHeardAtMs]).toEqual([3_600_000, 3_600_000]);
});

it('misses a microphone after 10 s that was never heard, after 30 s one that was', () => {
  const { told } = watch(100, (second) => ({ microphoneDbfs: second === 20 || second === 90 ? -59 : -60 }));
  expect(told).toEqual([
    [10, 'microphoneSilent', true],
    [20, 'microphoneSilent', false],
    [50, 'microphoneSilent', true],
    [90, 'microphoneSilent', false],
  ]);
});

it('says whether packets come of a far end that is not heard', () => {
  expect(watch(12, () => ({ farEndDbfs: -127 })).told).toEqual([[10, 'nothingHeard', true, true]]);
  expect(watch(12, () => ({ farEndDbfs: -127, packetsReceived: 0 })).told).toEqual([[10, 'nothingHeard', true, false]]);
  const stopped = watch(60, (second) => (second > 20 ? { farEndDbfs: -90, packetsReceived: 1000 } : {}));
  expect(stopped.told).toEqual([[50, 'nothingHeard', true, false]]);
  const afterHold = watch(60, (second) => {
    if (second < 20) return { farEndExpected: false };
    return { farEndDbfs: -127, packetsReceived: 50 * 19 };
  });
  expect(afterHold.told).toEqual([[29, 'nothingHeard', true, false]]);
});

it('expects nothing of a microphone that is muted, nor of a far end on hold', () => {
  const silence = { microphoneDbfs: -127, farEndDbfs: -127 };
  const { told } = watch(60, (second) => {
    const expected = second < 12 || second > 40;
    return { ...silence, microphoneExpected: expected, farEndExpected: expected };
  });
  expect(told).toEqual([
    [10, 'microphoneSilent', true],
    [10, 'nothingHeard', true, true],
    [12, 'microphoneSilent', false],
    [12, 'nothingHeard', false, true],
    [50, 'microphoneSilent', true],
    [50, 'nothingHeard', true, true],
  ]);
});

it('does not count the time in which nobody listened', () => {
  const watching = new AudioWatch();
  const silent = { ...fine, microphoneDbfs: -127, packetsReceived: 0 };
  expect([0, 60_000, 1000].flatMap((nowMs) => watching.tick(nowMs, silent))).toEqual([]);
});
