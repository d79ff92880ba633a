/** DTMF as tones within the sound (ITU-T Q.23), for far ends without telephone events: made, and heard (Q.24). */

const lowHz = [697, 770, 852, 941] as const;
const highHz = [1_209, 1_336, 1_477, 1_633] as const;
const keys = '123A456B789C*0#D';

const frameMs = 10;
const toneMs = 80;
const pauseMs = 80;
/** Each tone begins and ends over so long, against clicks. */
const rampMs = 2;
/** Peaks, -9 and -7 dBm0, where 0 dBm0 is 3.14 dB below full scale: the line takes more of the high ones. */
const lowPeak = 32_767 * 10 ** ((-9 - 3.14) / 20);
const highPeak = 32_767 * 10 ** ((-7 - 3.14) / 20);

/** The two frequencies of a digit, Hz; none for what is no digit. */
export function frequenciesOf(digit: string): readonly number[] {
  const key = keys.indexOf(digit);
  const low = lowHz[key >> 2];
  const high = highHz[key & 3];
  return digit === '' || key < 0 || low === undefined || high === undefined ? [] : [low, high];
}

interface Job {
  digits: string;
  done: () => void;
}

/** In place of what the microphone hears while digits are sent. Makes nothing for a frame. */
export class DtmfGenerator {
  readonly #rate: number;
  #jobs: Job[] = [];
  #place = 0;
  /** Samples since the digit's beginning. */
  #at = 0;

  constructor(sampleRate: number) {
    this.#rate = sampleRate;
  }

  get active(): boolean {
    return this.#jobs.length > 0;
  }

  /** `text` as isDigits() wants it. Settles when the pause after the last digit is over, or all was cancelled. */
  send(text: string): Promise<void> {
    if (text === '') return Promise.resolve();
    return new Promise((done) => {
      this.#jobs.push({ digits: text.toUpperCase(), done });
    });
  }

  cancel(): void {
    for (const job of this.#jobs.splice(0)) job.done();
    this.#place = 0;
    this.#at = 0;
  }

  /** Replaces all 10 ms of `frame`, where there is anything to be sent: not a frame that others read too. */
  process(frame: Int16Array): void {
    const job = this.#jobs[0];
    if (job === undefined) return;
    const key = keys.indexOf(job.digits[this.#place] ?? '');
    const low = lowHz[key >> 2] ?? 0;
    const high = highHz[key & 3] ?? 0;
    const tone = (toneMs * this.#rate) / 1000;
    const ramp = (rampMs * this.#rate) / 1000;
    for (let i = 0; i < frame.length; i++, this.#at++) {
      const edge = Math.min(1, this.#at / ramp, (tone - this.#at) / ramp);
      const turn = (2 * Math.PI * this.#at) / this.#rate;
      frame[i] = edge <= 0 ? 0 : Math.round(edge * (lowPeak * Math.sin(turn * low) + highPeak * Math.sin(turn * high)));
    }
    if (this.#at >= ((toneMs + pauseMs) * this.#rate) / 1000) this.#next(job);
  }

  #next(job: Job): void {
    this.#at = 0;
    this.#place++;
    if (this.#place < job.digits.length) return;
    this.#place = 0;
    this.#jobs.shift();
    job.done();
  }
}

/** The two tones' share of all that is in the frame: speech has more beside them. A frame filled to 70 % passes. */
const leastShare = 0.7;
/** dBFS of both tones' mean square against that of full scale: about -29 dBm0 for each (Q.24 annex A asks for -25). */
const leastDb = -32;
/** High against low, dB: Q.24 annex A asks for -8 to 4, and the meter errs by one. */
const leastTwistDb = -9.5;
const mostTwistDb = 5.5;
/** Between 1.5 % + 2 Hz, which must be heard, and 3.5 %, which must not (Q.24 annex A). */
const tolerance = 0.025;
/** From frame to frame; a steady tone, and no voice. */
const mostStepDb = 4;
/** 40 ms of tone fill three frames wherever they begin, 23 ms never do; likewise of a pause. */
const framesOfTone = 3;
const framesOfPause = 3;

/** One frequency over one frame: a Goertzel filter whose phase is used too. */
class Bin {
  real = 0;
  imaginary = 0;
  readonly #turn: number;
  readonly #cosine: number;
  readonly #sine: number;
  /** By how much a tone of exactly this frequency turns within a frame. */
  readonly #frameCosine: number;
  readonly #frameSine: number;
  #realBefore = 0;
  #imaginaryBefore = 0;

  constructor(hz: number, sampleRate: number) {
    const angle = (2 * Math.PI * hz) / sampleRate;
    const frame = (2 * Math.PI * hz * frameMs) / 1000;
    this.#cosine = Math.cos(angle);
    this.#sine = Math.sin(angle);
    this.#turn = 2 * this.#cosine;
    this.#frameCosine = Math.cos(frame);
    this.#frameSine = Math.sin(frame);
  }

  process(frame: Int16Array): void {
    const turn = this.#turn;
    let before = 0;
    let now = 0;
    for (let i = 0; i < frame.length; i++) {
      const next = (frame[i] ?? 0) + turn * now - before;
      before = now;
      now = next;
    }
    this.#realBefore = this.real;
    this.#imaginaryBefore = this.imaginary;
    this.real = now - this.#cosine * before;
    this.imaginary = this.#sine * before;
  }

  get power(): number {
    return this.real * this.real + this.imaginary * this.imaginary;
  }

  /** How far the tone is off, Hz, by the phase that it gained over a frame; unambiguous to ±50 Hz. */
  get deviation(): number {
    const real = this.real * this.#realBefore + this.imaginary * this.#imaginaryBefore;
    const imaginary = this.imaginary * this.#realBefore - this.real * this.#imaginaryBefore;
    const phase = Math.atan2(
      imaginary * this.#frameCosine - real * this.#frameSine,
      real * this.#frameCosine + imaginary * this.#frameSine,
    );
    return (phase * 1000) / (2 * Math.PI * frameMs);
  }
}

/** Hears digits in frames of 10 ms, at any rate from 8 kHz on. */
export class DtmfDetector {
  readonly #low: readonly Bin[];
  readonly #high: readonly Bin[];
  /** The key of the frames in a row so far, -1 for none, and its strength in the last of them. */
  #key = -1;
  #power = 0;
  #frames = 0;
  /** The key that was told and is still held down. */
  #held = -1;
  #pause = 0;

  constructor(sampleRate: number) {
    this.#low = lowHz.map((hz) => new Bin(hz, sampleRate));
    this.#high = highHz.map((hz) => new Bin(hz, sampleRate));
  }

  /** Returns the digit that has become certain with this frame, or null. */
  process(frame: Int16Array): string | null {
    const key = this.#hear(frame);
    this.#pause = key === -1 ? this.#pause + 1 : 0;
    if (this.#pause >= framesOfPause) this.#held = -1;
    if (this.#frames < framesOfTone || key === this.#held) return null;
    this.#held = key;
    return keys[key] ?? null;
  }

  /** The key whose tones are in the frame, or -1. */
  #hear(frame: Int16Array): number {
    let energy = 0;
    for (let i = 0; i < frame.length; i++) {
      const sample = frame[i] ?? 0;
      energy += sample * sample;
    }
    const low = strongest(this.#low, frame);
    const high = strongest(this.#high, frame);
    const lowBin = this.#low[low];
    const highBin = this.#high[high];
    if (lowBin === undefined || highBin === undefined || !areTones(lowBin, highBin, energy, frame.length)) {
      this.#frames = 0;
      this.#key = -1;
      return -1;
    }
    const key = low * 4 + high;
    const power = lowBin.power + highBin.power;
    const steady = key === this.#key && Math.abs(10 * Math.log10(power / this.#power)) <= mostStepDb;
    const inTune = steady && isInTune(lowBin, lowHz[low] ?? 0) && isInTune(highBin, highHz[high] ?? 0);
    this.#frames = inTune ? this.#frames + 1 : 1;
    this.#key = key;
    this.#power = power;
    return key;
  }
}

function strongest(bins: readonly Bin[], frame: Int16Array): number {
  let best = 0;
  let most = -1;
  for (let i = 0; i < bins.length; i++) {
    const bin = bins[i];
    if (bin === undefined) continue;
    bin.process(frame);
    if (bin.power <= most) continue;
    most = bin.power;
    best = i;
  }
  return best;
}

function areTones(low: Bin, high: Bin, energy: number, samples: number): boolean {
  const both = low.power + high.power;
  // A sine of mean square s has the power s · samples² / 2.
  const meanSquare = (2 * both) / samples ** 2;
  if (meanSquare < 32_767 ** 2 * 10 ** (leastDb / 10) || meanSquare * samples < leastShare * energy) return false;
  const twist = 10 * Math.log10(high.power / low.power);
  return twist >= leastTwistDb && twist <= mostTwistDb;
}

const isInTune = (bin: Bin, hz: number): boolean => Math.abs(bin.deviation) <= tolerance * hz;
