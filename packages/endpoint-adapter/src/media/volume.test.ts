import { describe, expect, it } from 'vitest';
import { largestStep } from './testing/sound.ts';
import { Fader, gainOf } from './volume.ts';

const decibels = (gain: number) => 20 * Math.log10(gain);

it('halves loudness with half the volume, ten decibels at a time', () => {
  expect([gainOf(0), gainOf(100), gainOf(250), gainOf(-1)]).toEqual([0, 1, 1, 0]);
  expect([50, 25, 12.5].map((volume) => decibels(gainOf(volume)))).toEqual([
    expect.closeTo(-10, 1),
    expect.closeTo(-20.1, 1),
    expect.closeTo(-30.1, 1),
  ]);
});

describe('a fader', () => {
  const loud = () => new Int16Array(480).fill(10_000);

  it('leaves sound alone until it is told otherwise', () => {
    const fader = new Fader();
    const frame = loud();
    fader.process(frame);
    expect([fader.isOpen, frame]).toEqual([true, loud()]);
  });

  it('goes to another gain within a frame, without a click, and stays there', () => {
    const fader = new Fader();
    fader.set(0);
    const frames = [loud(), loud(), loud(), loud()];
    frames.slice(0, 2).forEach((frame) => {
      fader.process(frame);
    });
    fader.set(1);
    frames.slice(2).forEach((frame) => {
      fader.process(frame);
    });
    const all = Int16Array.from(frames.flatMap((frame) => [...frame]));
    expect(largestStep(all)).toBeLessThanOrEqual(22);
    expect([frames[0]?.at(-1), frames[1]?.every((it) => it === 0), frames[2]?.at(-1)]).toEqual([0, true, 10_000]);
    expect(frames[3]).toEqual(loud());
    expect(fader.isOpen).toBe(true);
  });

  it('begins where it is told to while nobody hears it', () => {
    const fader = new Fader();
    fader.set(0);
    fader.settle();
    const frame = loud();
    fader.process(frame);
    expect(frame.every((it) => it === 0)).toBe(true);
  });

  it('follows a slider from frame to frame', () => {
    const fader = new Fader();
    const frames = Array.from({ length: 20 }, (_, i) => {
      fader.set(gainOf(100 - 5 * i));
      const frame = loud();
      fader.process(frame);
      return [...frame];
    });
    expect(largestStep(Int16Array.from(frames.flat()))).toBeLessThanOrEqual(5);
  });
});
