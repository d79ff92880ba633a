/**
 * How long sound takes from a mouth to an ear, and where it has gaps. Both places are recorded alike, so that what a
 * recording itself takes is in both times and drops out of the difference. Bursts have one of several tones in turn, so that
 * each one heard can be told from those before and after it: delays may be longer than the time between bursts.
 */
import { seeded } from './lossy-relay.ts';
import { median, toneLevel } from './tone.ts';

/** Of all recordings, mono. */
export const meterRate = 48_000;
const perMs = meterRate / 1000;

/** Hz; far enough apart for 10 ms of sound. */
const tones = [700, 1000, 1400, 2000] as const;
const burstMs = 20;
const burstAmplitude = 12_000;
/** From one burst to the next, ms. */
const shortest = 400;
const longest = 600;
/** The longest delay, ms: before the same tone comes again. */
export const longestDelay = tones.length * shortest;

function addBurst(samples: Int16Array, from: number, hz: number): void {
  for (let i = 0; i < burstMs * perMs; i++) {
    samples[from + i] = Math.round(burstAmplitude * Math.sin((2 * Math.PI * hz * i) / meterRate));
  }
}

/** From one burst to the next where the sound of pulse() is said over and over. */
export const pulseMs = 500;

/** Silence with one burst in it. */
export function pulse(): Int16Array {
  const samples = new Int16Array(pulseMs * perMs);
  addBurst(samples, samples.length / 2, tones[1]);
  return samples;
}

/** Silence with bursts in it. The same seed makes the same bursts. */
export function bursts(seconds: number, seed: number): Int16Array {
  const random = seeded(seed);
  const samples = new Int16Array(Math.round(seconds * meterRate));
  let from = shortest * perMs;
  for (let n = 0; from + burstMs * perMs <= samples.length; n++) {
    addBurst(samples, from, tones[n % tones.length] ?? tones[0]);
    from += Math.round((shortest + random() * (longest - shortest)) * perMs);
  }
  return samples;
}

/**
 * When the samples of a recording came, ms. They come in lumps and late, but never early: the earliest lump of the last one
 * to two seconds says how the count of samples and the clock belong together, whoever is held up after that.
 */
class Arrivals {
  #offset = Number.POSITIVE_INFINITY;
  #offsetBefore = Number.POSITIVE_INFINITY;
  #turnsAt = Number.NEGATIVE_INFINITY;

  note(position: number, now: number): void {
    if (now >= this.#turnsAt) {
      this.#offsetBefore = this.#offset;
      this.#offset = Number.POSITIVE_INFINITY;
      this.#turnsAt = now + 1000;
    }
    this.#offset = Math.min(this.#offset, now - position / perMs);
  }

  at(position: number): number {
    return Math.min(this.#offset, this.#offsetBefore) + position / perMs;
  }
}

export interface Burst {
  tone: number;
  /** Its beginning, ms of the clock that process() is given. */
  at: number;
}

/** Mean of the samples' amounts over 1 ms; a full burst has 7600. */
const loud = 1500;
/** Silence that makes what comes after it a burst of its own, ms: more than an echo of concealment lasts. */
const restMs = 100;
const toneMs = 10;

/** Finds the bursts in a recording. */
export class BurstListener {
  readonly bursts: Burst[] = [];
  readonly #arrivals = new Arrivals();
  readonly #piece = new Int16Array(perMs);
  readonly #burst = new Int16Array(toneMs * perMs);
  #position = 0;
  #quietMs = restMs;
  /** Samples of #burst that are there; -1: none has begun. */
  #filled = -1;
  #from = 0;

  /** now: ms, when these samples came. */
  process(samples: Int16Array, now: number): void {
    this.#arrivals.note(this.#position + samples.length, now);
    for (const sample of samples) {
      const place = this.#position % perMs;
      this.#piece[place] = sample;
      this.#position += 1;
      if (place === perMs - 1) this.#takePiece();
    }
  }

  #takePiece(): void {
    const isLoud = this.#piece.reduce((sum, it) => sum + Math.abs(it), 0) / perMs > loud;
    if (this.#filled < 0 && isLoud && this.#quietMs >= restMs) {
      this.#filled = 0;
      this.#from = this.#position - perMs;
    }
    this.#quietMs = isLoud ? 0 : this.#quietMs + 1;
    if (this.#filled < 0) return;
    this.#burst.set(this.#piece, this.#filled);
    this.#filled += perMs;
    if (this.#filled < this.#burst.length) return;
    this.#filled = -1;
    const levels = tones.map((hz) => toneLevel(this.#burst, hz, meterRate));
    this.bursts.push({ tone: levels.indexOf(Math.max(...levels)), at: this.#arrivals.at(this.#from) });
  }
}

/** ms from each burst that was said to where it was first heard; one that wasn't is left out. */
export function delays(said: readonly Burst[], heard: readonly Burst[]): number[] {
  return said.flatMap(({ tone, at }) => {
    const found = heard.find((it) => it.tone === tone && it.at >= at && it.at < at + longestDelay);
    return found ? [found.at - at] : [];
  });
}

/**
 * How much later than the first one each burst was heard of a pulse() that is said over and over, ms. driftPpm: how much
 * faster the clock was that it was recorded by than the one that it was said by. One that wasn't heard is counted by the time.
 */
export function lateness(recording: Int16Array, driftPpm: number): number[] {
  const listener = new BurstListener();
  const lump = 10 * perMs;
  for (let at = 0; at + lump <= recording.length; at += lump) {
    listener.process(recording.subarray(at, at + lump), (at + lump) / perMs / (1 + driftPpm / 1e6));
  }
  const [first] = listener.bursts;
  let [said, before] = [first?.at ?? 0, first?.at ?? 0];
  return listener.bursts.map(({ at }) => {
    said += pulseMs * Math.round((at - before) / pulseMs);
    before = at;
    return at - said;
  });
}

const windowMs = 5;
/** Below the level that the tone has in the first while, dB. */
const dip = 12;
/** That while, s. */
const learning = 0.5;
/** What is below counts as nothing, dBFS: a tone that is never there has no gaps else. */
const faintest = -40;

export interface Gaps {
  /** ms that were listened to, and ms of it without the tone; the longest such time. */
  heardMs: number;
  missingMs: number;
  longestMs: number;
}

/** Finds where a steady tone is missing, in steps of 5 ms. */
export class GapListener {
  readonly #hz: number;
  readonly #window = new Int16Array(windowMs * perMs);
  readonly #levels: number[] = [];
  #filled = 0;
  #listens = false;

  constructor(hz: number) {
    this.#hz = hz;
  }

  process(samples: Int16Array): void {
    if (!this.#listens) return;
    for (const sample of samples) {
      this.#window[this.#filled] = sample;
      this.#filled = (this.#filled + 1) % this.#window.length;
      if (this.#filled === 0) this.#levels.push(toneLevel(this.#window, this.#hz, meterRate));
    }
  }

  /** The tone can be heard; from now on it must be. */
  start(): void {
    this.#listens = true;
  }

  /** What was found since the start; nothing is listened to any longer. */
  stop(): Gaps {
    this.#listens = false;
    const usual = median(this.#levels.slice(0, (learning * 1000) / windowMs));
    const least = Math.max(faintest, usual - dip);
    let [missing, run, longestRun] = [0, 0, 0];
    for (const level of this.#levels) {
      const isThere = level > least;
      run = isThere ? 0 : run + 1;
      missing += isThere ? 0 : 1;
      longestRun = Math.max(longestRun, run);
    }
    return { heardMs: this.#levels.length * windowMs, missingMs: missing * windowMs, longestMs: longestRun * windowMs };
  }
}
