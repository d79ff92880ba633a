import { expect, it, vi } from 'vitest';
import { frameSamples, sampleRate } from './driver.ts';
import { margin } from './playback-pace.ts';
import { slot } from './ring.ts';
import { RingStream } from './ring-stream.ts';

const hz = 1000;
const amplitude = 10_000;
const beatUs = 10_000;

/** A frame is ten periods: one follows the other without a step. */
const tone = Int16Array.from({ length: frameSamples }, (_, i) =>
  Math.round(amplitude * Math.sin((2 * Math.PI * hz * i) / sampleRate)),
);

interface Devices {
  /** So much faster is the loudspeaker's clock than the microphone's. */
  ppm?: number;
  /** Frames that the loudspeaker takes at a time. */
  lump?: number;
  /** How late a beat is, µs, by its number. */
  lateUs?: (beat: number) => number;
}

/** A tone from the engine to a loudspeaker, in virtual time. */
class Bench {
  /** What the loudspeaker plays. */
  readonly onPlayed: (frame: Int16Array) => void;
  readonly stream: RingStream;
  nowUs = 0;
  beats = 0;
  skipped = 0;
  highest = 0;
  readonly #played: Int16Array;
  readonly #periodUs: number;
  readonly #lateUs: (beat: number) => number;
  #playsAtUs: number;

  constructor({ ppm = 0, lump = 1, lateUs = () => 0 }: Devices, onPlayed: (frame: Int16Array) => void = () => {}) {
    this.stream = new RingStream(
      () => {},
      () => this.nowUs | 0,
    );
    this.#played = new Int16Array(lump * frameSamples);
    this.#periodUs = (lump * beatUs) / (1 + ppm / 1e6);
    this.#playsAtUs = this.#periodUs + 3000;
    this.#lateUs = lateUs;
    this.onPlayed = onPlayed;
  }

  run(seconds: number): void {
    const end = this.beats + seconds * 100;
    while (this.beats < end) {
      const beatAtUs = this.beats * beatUs + this.#lateUs(this.beats);
      while (this.#playsAtUs <= beatAtUs) this.#play();
      this.nowUs = beatAtUs;
      this.beat();
    }
  }

  beat(): void {
    this.beats++;
    if (!this.stream.wants()) {
      this.skipped++;
      return;
    }
    this.stream.write(tone);
    this.highest = Math.max(this.highest, this.stream.queued);
  }

  /** The loudspeaker stands still, from now on. */
  stall(seconds: number): void {
    this.#playsAtUs += seconds * 1e6;
    this.run(seconds);
  }

  #play(): void {
    this.nowUs = this.#playsAtUs;
    this.stream.playback.called(this.nowUs | 0);
    this.stream.playback.readOrSilence(this.#played);
    this.onPlayed(this.#played);
    this.#playsAtUs += this.#periodUs;
  }
}

/** Looks for dips: 2.5 ms at less than 95 % of the tone's power; and counts its periods. */
class ToneMeter {
  dips = 0;
  samples = 0;
  crossings = 0;
  #before = 0;
  #energy = 0;

  readonly take = (frame: Int16Array): void => {
    const piece = 120;
    for (const sample of frame) {
      this.#energy += sample * sample;
      if (this.#before < 0 && sample >= 0) this.crossings++;
      this.#before = sample;
      this.samples++;
      if (this.samples % piece !== 0) continue;
      if (this.#energy < (0.95 * piece * amplitude * amplitude) / 2) this.dips++;
      this.#energy = 0;
    }
  };

  restart(): void {
    this.dips = 0;
    this.samples = 0;
    this.crossings = 0;
  }

  get hz(): number {
    return (this.crossings * sampleRate) / this.samples;
  }
}

it.each([100, -100, 300, -300])('plays a tone for 10 minutes without a flaw at %d ppm', { timeout: 20_000 }, (ppm) => {
  const meter = new ToneMeter();
  const bench = new Bench({ ppm }, meter.take);
  bench.run(1);
  meter.restart();
  bench.run(599);
  expect(bench.skipped).toBe(0);
  expect(meter.dips).toBe(0);
  expect(bench.stream.stats()).toMatchObject({ underruns: 0, overruns: 0 });
  expect(bench.highest).toBeLessThan(2.7 * frameSamples);
  // In the loudspeaker's own time, where the tone is to be lower or higher by just the drift.
  expect(Math.abs((meter.hz * (1 + ppm / 1e6)) / hz - 1) * 1e6).toBeLessThan(20);
});

it('hands every frame over as it is where nothing drifts and nothing is late', () => {
  const last: number[] = [];
  const bench = new Bench({}, (frame) => {
    if (bench.beats >= 8900) last.push(...frame);
  });
  bench.run(90);
  expect(last.length).toBeGreaterThan(0.9 * sampleRate);
  const first = tone.findIndex((_, i) => tone[i] === last[0] && tone[i + 1] === last[1]);
  const different = last.filter((sample, i) => sample !== tone[(first + i) % frameSamples]);
  expect(different.length).toBe(0);
});

it.each([
  { lump: 2, lateUs: () => 0 },
  { lump: 1, lateUs: (beat: number) => (beat % 2) * 10_000 },
  { lump: 1, lateUs: (beat: number) => (beat * 7919) % 6000 },
])('is never short of sound, once it knows how late beats come: %o', ({ lump, lateUs }) => {
  const bench = new Bench({ ppm: 50, lump, lateUs });
  bench.run(30);
  const { underruns } = bench.stream.stats();
  bench.run(60);
  expect(bench.stream.stats()).toMatchObject({ underruns, overruns: 0 });
  expect(bench.skipped).toBe(0);
  expect(bench.highest).toBeLessThan((3 + lump) * frameSamples);
});

it('gives back in a second what a stall has left, without leaving out anything that was made', () => {
  const meter = new ToneMeter();
  const bench = new Bench({}, meter.take);
  bench.run(5);
  const before = bench.stream.queued;
  bench.stall(0.3);
  expect(bench.stream.queued).toBeLessThan(8 * frameSamples);
  expect(bench.skipped).toBeGreaterThan(20);
  meter.restart();
  bench.run(1);
  expect(bench.stream.queued - before).toBeLessThan(frameSamples);
  bench.run(20);
  expect(Math.abs(bench.stream.queued - before)).toBeLessThan(frameSamples / 5);
  expect(meter.dips).toBe(0);
  expect(bench.stream.stats()).toMatchObject({ underruns: 0, overruns: 0 });
});

it('begins with the reserve that it wants to keep, and fills it up wherever there is a gap anyway', () => {
  const bench = new Bench({});
  bench.run(0.01);
  expect(bench.stream.queued).toBe(frameSamples + margin);
  bench.run(3);
  bench.stream.playback.keep(0);
  bench.stream.playback.readOrSilence(new Int16Array(frameSamples));
  bench.run(0.02);
  const { underruns } = bench.stream.stats();
  bench.run(10);
  expect(bench.stream.stats().underruns - underruns).toBeLessThanOrEqual(1);
});

it('throws captured sound away that nobody took for 100 ms, but for the newest', () => {
  const stream = new RingStream(() => {});
  const frame = new Int16Array(frameSamples);
  for (let n = 1; n <= 15; n++) stream.capture.write(frame.fill(n));
  expect(stream.read(frame)).toBe(true);
  expect(frame[0]).toBe(14);
  expect(stream.read(frame)).toBe(true);
  expect(stream.read(frame)).toBe(false);
  expect(stream.stats().overruns).toBe(1);
  for (let n = 1; n <= 10; n++) stream.capture.write(frame.fill(n));
  expect(stream.read(frame)).toBe(true);
  expect(frame[0]).toBe(1);
});

it('goes on where the counters of the ring wrap round', () => {
  const stream = new RingStream(() => {});
  for (const place of [slot.written, slot.taken]) Atomics.store(stream.playback.header, place, 2 ** 31 - 100);
  for (let i = 0; i < 2; i++) {
    expect(stream.wants()).toBe(true);
    stream.write(new Int16Array(frameSamples));
  }
  expect(stream.queued).toBe(2 * frameSamples + margin);
});

it('closes once', () => {
  const onClose = vi.fn();
  const stream = new RingStream(onClose);
  stream.close();
  stream.close();
  expect(onClose).toHaveBeenCalledOnce();
});
