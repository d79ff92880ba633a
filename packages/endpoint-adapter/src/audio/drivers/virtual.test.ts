import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AudioStream, frameSamples } from '../driver.ts';
import { loadWav, WavWriter } from '../wav.ts';
import { parseVirtualOptions, virtual, virtualMicrophone, virtualSpeaker } from './virtual.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'virtual-test-'));
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

const never = () => {
  throw new Error('the virtual device was lost');
};

describe('options', () => {
  it('are silence and nowhere by themselves', () => {
    expect(parseVirtualOptions('')).toEqual({ input: { kind: 'silence' }, outputPath: null, driftPpm: 0 });
  });

  it('name sources and a recording', () => {
    expect(parseVirtualOptions('in=tone:440,out=file:/tmp/a.wav')).toEqual({
      input: { kind: 'tone', hz: 440, dbfs: -20 },
      outputPath: '/tmp/a.wav',
      driftPpm: 0,
    });
    expect(parseVirtualOptions('drift=-100').driftPpm).toBe(-100);
    expect(parseVirtualOptions('in=tone:1000:-6.5,out=discard').input).toEqual({ kind: 'tone', hz: 1000, dbfs: -6.5 });
    expect(parseVirtualOptions('in=file:C:\\sounds\\a.wav').input).toEqual({ kind: 'file', path: 'C:\\sounds\\a.wav' });
  });

  it.each([
    ['in=noise', '"in=noise" is not understood; it is silence, tone:HZ[:DBFS] or file:PATH.wav.'],
    ['in=file:', '"in=file:" is not understood; it is silence, tone:HZ[:DBFS] or file:PATH.wav.'],
    ['in=tone', 'The frequency of the tone is "", and not a number from 20 to 20000.'],
    ['in=tone:440:6', 'The level of the tone is "6", and not a number from -90 to 0.'],
    ['drift=fast', 'The drift is "fast", and not a number from -1000 to 1000.'],
    ['out=speaker', '"out=speaker" is not understood; it is discard or file:PATH.wav.'],
    ['loud', 'The virtual sound driver has no option "loud"; it has in=, out= and drift=.'],
  ])('%s is refused in a sentence', (text, sentence) => {
    expect(() => parseVirtualOptions(text)).toThrow(sentence);
  });
});

it('captures a frame every 10 ms, for ever without drift', () => {
  const driver = virtual.make('in=tone:1000:0');
  const onCaptured = vi.fn();
  const stream = driver.open({ captureId: virtualMicrophone, playbackId: null, onCaptured, onLost: never });
  vi.advanceTimersByTime(100);
  expect(onCaptured).toHaveBeenCalledTimes(10);
  expect(stream.captured).toBe(10 * frameSamples);
  const frame = new Int16Array(frameSamples);
  expect(stream.read(frame)).toBe(true);
  expect(Math.max(...frame)).toBe(32767);
  vi.advanceTimersByTime(60_000);
  expect(onCaptured).toHaveBeenCalledTimes(6010);
  expect(stream.stats()).toMatchObject({ captureCallbacks: 6010, playbackCallbacks: 0 });
  stream.close();
  vi.advanceTimersByTime(1000);
  expect(onCaptured).toHaveBeenCalledTimes(6010);
});

it('may be closed by its own callback', () => {
  let stream: AudioStream | undefined;
  const onCaptured = vi.fn(() => stream?.close());
  stream = virtual.make('').open({ captureId: virtualMicrophone, playbackId: null, onCaptured, onLost: never });
  vi.advanceTimersByTime(100);
  expect(onCaptured).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

it('loses the time that its thread was held up, as a sound card does', () => {
  const onCaptured = vi.fn();
  virtual.make('').open({ captureId: virtualMicrophone, playbackId: null, onCaptured, onLost: never });
  const start = performance.now();
  vi.spyOn(performance, 'now').mockImplementation(() => start + 5000);
  vi.advanceTimersByTime(10);
  expect(onCaptured).toHaveBeenCalledOnce();
  vi.restoreAllMocks();
});

it('plays a file round and round', () => {
  const path = join(folder, 'in.wav');
  const writer = new WavWriter(path);
  writer.write(Int16Array.from({ length: 700 }, (_, i) => i));
  writer.close();
  const stream = virtual
    .make(`in=file:${path}`)
    .open({ captureId: virtualMicrophone, playbackId: null, onCaptured: () => {}, onLost: never });
  vi.advanceTimersByTime(20);
  const heard = [new Int16Array(frameSamples), new Int16Array(frameSamples)];
  for (const frame of heard) expect(stream.read(frame)).toBe(true);
  expect(heard.flatMap((frame) => [...frame])).toEqual(Array.from({ length: 960 }, (_, i) => i % 700));
});

it('records what is played, and silence where nothing is', () => {
  const path = join(folder, 'out.wav');
  const driver = virtual.make(`out=file:${path}`);
  const stream = driver.open({ captureId: null, playbackId: virtualSpeaker, onCaptured: never, onLost: never });
  stream.write(new Int16Array(frameSamples).fill(5));
  vi.advanceTimersByTime(20);
  stream.close();
  // The rate stage is 8 samples behind.
  const expected = Array.from({ length: 2 * frameSamples }, (_, i) => (i < 8 || i >= frameSamples ? 0 : 5));
  expect([...loadWav(path)]).toEqual(expected);
  expect(stream.stats()).toMatchObject({ playbackCallbacks: 2, underruns: 1 });

  const second = driver.open({ captureId: null, playbackId: virtualSpeaker, onCaptured: never, onLost: never });
  vi.advanceTimersByTime(10);
  driver.close();
  expect(loadWav(path).length).toBe(3 * frameSamples);
  expect(readFileSync(path).length).toBe(44 + 3 * frameSamples * 2);
  second.close();
});

it.each([-200, 200])('plays by a clock that drifts by %d ppm, without a gap', (ppm) => {
  const driver = virtual.make(`in=tone:1000,drift=${ppm}`);
  const frame = new Int16Array(frameSamples);
  const onCaptured = () => {
    while (stream.read(frame)) if (stream.wants()) stream.write(frame);
  };
  const stream = driver.open({
    captureId: virtualMicrophone,
    playbackId: virtualSpeaker,
    onCaptured,
    onLost: never,
  });
  vi.advanceTimersByTime(1000);
  const { underruns, playbackCallbacks } = stream.stats();
  vi.advanceTimersByTime(100_000);
  const after = stream.stats();
  expect(after.playbackCallbacks - playbackCallbacks).toBe(10_000 + ppm / 100);
  expect(after.captureCallbacks).toBe(10_100);
  expect([after.underruns - underruns, after.overruns]).toEqual([0, 0]);
  expect(stream.queued).toBeLessThan(3 * frameSamples);
  stream.close();
});

it('has a microphone and a speaker', async () => {
  const devices = await virtual.make('').devices();
  expect(devices.map((device) => [device.name, device.kind])).toEqual([
    ['Virtual microphone', 'CAPTURE'],
    ['Virtual speaker', 'PLAYBACK'],
  ]);
});
