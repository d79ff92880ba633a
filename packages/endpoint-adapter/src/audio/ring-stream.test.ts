import { expect, it, vi } from 'vitest';
import { frameSamples } from './driver.ts';
import { playbackBound, playbackTarget, RingStream } from './ring-stream.ts';

const frame = new Int16Array(frameSamples).fill(1);

/** The device's side: plays one frame. */
function play(stream: RingStream, frames = 1): void {
  for (let i = 0; i < frames; i++) stream.playback.readOrSilence(new Int16Array(frameSamples));
}

function write(stream: RingStream, frames: number): void {
  for (let i = 0; i < frames; i++) stream.write(frame);
}

it('passes frames on without loss while the device keeps up', () => {
  const stream = new RingStream(() => {});
  for (let i = 0; i < 1000; i++) {
    write(stream, 1);
    play(stream);
  }
  expect(stream.queued).toBe(0);
  expect(stream.stats()).toMatchObject({ underruns: 0, overruns: 0 });
});

it('bounds the queue of a device that stalls, and drains it to the target afterwards', () => {
  const stream = new RingStream(() => {});
  write(stream, 200);
  expect(stream.queued).toBe(playbackBound + frameSamples);
  let least = stream.queued;
  for (let i = 0; i < 10; i++) {
    play(stream);
    least = Math.min(least, stream.queued);
    write(stream, 1);
  }
  expect(least).toBeLessThanOrEqual(playbackTarget);
  expect(stream.queued).toBeLessThanOrEqual(playbackTarget + frameSamples);
  expect(stream.stats().overruns).toBeGreaterThan(190);
});

it('gives back a delay below the bound within a second', () => {
  const stream = new RingStream(() => {});
  write(stream, 3);
  for (let i = 0; i < 105; i++) {
    write(stream, 1);
    play(stream);
  }
  expect(stream.queued).toBe(0);
  expect(stream.stats()).toMatchObject({ underruns: 0, overruns: 3 });
});

it('leaves one frame in reserve for ten seconds after an underrun, then takes it back', () => {
  const stream = new RingStream(() => {});
  write(stream, 1);
  play(stream, 2);
  write(stream, 1);
  const second = () => {
    for (let i = 0; i < 100; i++) {
      write(stream, 1);
      play(stream);
    }
  };
  for (let i = 0; i < 8; i++) second();
  expect(stream.queued).toBe(frameSamples);
  for (let i = 0; i < 5; i++) second();
  expect(stream.queued).toBe(0);
});

it('closes once', () => {
  const onClose = vi.fn();
  const stream = new RingStream(onClose);
  stream.close();
  stream.close();
  expect(onClose).toHaveBeenCalledOnce();
});
