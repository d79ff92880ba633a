import { expect, it } from 'vitest';
import { Ring, slot } from './ring.ts';

/** Repeatable noise: the same numbers in every run. */
function randomNumbers(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

it.each([1, 2, 3, 4, 5, 6, 7, 8])('hands over every sample once and in order, whatever the sizes (seed %i)', (seed) => {
  const random = randomNumbers(seed);
  const ring = Ring.ofCapacity(2 ** (4 + random(6)));
  let written = 0;
  let taken = 0;
  for (let step = 0; step < 2000; step++) {
    const frame = new Int16Array(1 + random(Math.min(ring.capacity, 100)));
    if (random(2) === 0) {
      const fits = written - taken + frame.length <= ring.capacity;
      for (let i = 0; i < frame.length; i++) frame[i] = written + i;
      expect(ring.write(frame)).toBe(fits);
      if (fits) written += frame.length;
    } else {
      const enough = written - taken >= frame.length;
      expect(ring.read(frame)).toBe(enough);
      if (enough) {
        for (const sample of frame) expect(sample).toBe(((taken++ & 0xffff) << 16) >> 16);
      }
    }
    expect(ring.length).toBe(written - taken);
  }
  expect(taken).toBeGreaterThan(0);
});

it('goes on when its positions wrap round at 2³²', () => {
  const ring = Ring.ofCapacity(16);
  Atomics.store(ring.header, slot.written, -5);
  Atomics.store(ring.header, slot.taken, -5);
  const out = new Int16Array(10);
  expect(ring.write(Int16Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))).toBe(true);
  expect(ring.length).toBe(10);
  expect(ring.read(out)).toBe(true);
  expect([...out]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(ring.length).toBe(0);
});

it('is the same queue from another view of the memory', () => {
  const ring = Ring.ofCapacity(16);
  const other = new Ring(ring.memory);
  ring.write(Int16Array.from([7, 8]));
  const out = new Int16Array(2);
  expect(other.read(out)).toBe(true);
  expect([...out]).toEqual([7, 8]);
});

it('counts what it has to drop and what is missing', () => {
  const ring = Ring.ofCapacity(4);
  const out = Int16Array.from([9, 9, 9]);
  ring.readOrSilence(out);
  expect([...out]).toEqual([0, 0, 0]);
  expect(ring.counted(slot.underruns)).toBe(0);
  expect(ring.write(Int16Array.from([1, 2, 3]))).toBe(true);
  expect(ring.write(Int16Array.from([4, 5]))).toBe(false);
  expect(ring.counted(slot.overruns)).toBe(1);
  ring.read(new Int16Array(1));
  ring.readOrSilence(out);
  expect([...out]).toEqual([2, 3, 0]);
  expect(ring.counted(slot.underruns)).toBe(1);
});

it('refuses a capacity that is no power of two', () => {
  expect(() => Ring.ofCapacity(1000)).toThrow('1000 is not a power of two');
});

it('takes a part of a frame, and throws all but the newest away', () => {
  const ring = Ring.ofCapacity(16);
  expect(ring.write(Int16Array.of(1, 2, 3, 4), 3)).toBe(true);
  expect(ring.length).toBe(3);
  ring.keep(5);
  expect(ring.length).toBe(3);
  ring.keep(2);
  const frame = new Int16Array(2);
  expect(ring.read(frame)).toBe(true);
  expect([...frame]).toEqual([2, 3]);
  ring.keep(0);
  expect(ring.length).toBe(0);
});

it('knows how often its device has called, and when it did last', () => {
  const ring = Ring.ofCapacity(16);
  for (const atUs of [10, -5]) ring.called(atUs);
  expect(ring.counted(slot.callbacks)).toBe(2);
  expect(Atomics.load(ring.header, slot.calledAt)).toBe(-5);
});
