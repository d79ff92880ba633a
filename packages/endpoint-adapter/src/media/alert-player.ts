/** What is to be heard of calls on one device: sounds and tones by key, mixed, each with a soft beginning and end. */
import { frameSamples, sampleRate } from '../audio/driver.ts';
import type { AlertSamples, PlayedAlert } from './alert.ts';
import { playingTone, rampSamples } from './tones.ts';

/** More than calls can ring at once. */
const mostVoices = 16;

const beep: PlayedAlert = { key: 'beep', role: 'headset', sound: 'beep', loop: false, pauseMs: 0, gain: 1 };

/** False once it is over. */
interface Source {
  process(mix: Float32Array): boolean;
}

/** The samples of a file, each round with soft edges, so that it may begin and end anywhere. */
class Samples implements Source {
  readonly #samples: AlertSamples;
  readonly #round: number;
  readonly #loop: boolean;
  #position = 0;

  constructor({ loop, pauseMs }: PlayedAlert, samples: AlertSamples) {
    this.#samples = samples;
    this.#loop = loop;
    // A round takes some time, whatever it is made of.
    this.#round = Math.max(frameSamples, samples.length + (loop ? Math.round((pauseMs * sampleRate) / 1000) : 0));
  }

  process(mix: Float32Array): boolean {
    const { length } = this.#samples;
    for (let i = 0; i < mix.length; i++) {
      const at = this.#position++;
      if (at < length) {
        const edge = Math.min(at, length - 1 - at, rampSamples) / rampSamples;
        mix[i] = (mix[i] ?? 0) + (this.#samples[at] ?? 0) * edge;
      }
      if (this.#position < this.#round) continue;
      if (!this.#loop) return false;
      this.#position = 0;
    }
    return true;
  }
}

/** One alert on its way in, there, or on its way out. */
class Voice {
  readonly key: string;
  /** It is heard as long as somebody asks for it; otherwise to its end. */
  readonly kept: boolean;
  /** Taken away; it is heard to its end over 5 ms. */
  leaving = false;
  over = false;
  readonly #source: Source;
  readonly #gain: number;
  readonly #step: number;
  #level = 0;

  constructor(alert: PlayedAlert, kept: boolean) {
    const { key, sound, loop, gain } = alert;
    this.key = key;
    this.kept = kept;
    this.#gain = Math.min(Math.max(gain, 0), 1);
    this.#step = this.#gain / rampSamples;
    this.#source = typeof sound === 'string' ? playingTone(sound, loop) : new Samples(alert, sound);
  }

  /** Adds to `mix`; `scratch` is as long, and for nobody else meanwhile. */
  process(mix: Float32Array, scratch: Float32Array): void {
    scratch.fill(0);
    const goesOn = this.#source.process(scratch);
    const step = this.leaving ? -this.#step : this.#step;
    let level = this.#level;
    for (let i = 0; i < mix.length; i++) {
      level = Math.min(Math.max(level + step, 0), this.#gain);
      mix[i] = (mix[i] ?? 0) + (scratch[i] ?? 0) * level;
    }
    this.#level = level;
    this.over = !goesOn || (this.leaving && level === 0);
  }
}

export class AlertPlayer {
  /** Those that are over too, while they are asked for: they must not begin anew. */
  readonly #voices: Voice[] = [];
  readonly #scratch = new Float32Array(frameSamples);

  /** All that is to be heard from now on: what is there already goes on, and what isn't named any more leaves. */
  set(alerts: readonly PlayedAlert[]): void {
    for (const voice of this.#voices) {
      if (voice.kept && !alerts.some(({ key }) => key === voice.key)) voice.leaving = true;
    }
    this.#dropLeft();
    for (const alert of alerts) {
      if (!this.#voices.some((it) => it.kept && it.key === alert.key && !it.leaving)) this.#add(new Voice(alert, true));
    }
  }

  /** Whatever else is to be heard, 200 ms. */
  beep(): void {
    this.#add(new Voice(beep, false));
  }

  #add(voice: Voice): void {
    if (this.#voices.length < mostVoices) this.#voices.push(voice);
  }

  /** Whether there is anything to be heard, so that a device is needed. */
  get active(): boolean {
    if (this.#voices.length === 0) return false;
    for (let i = 0; i < this.#voices.length; i++) if (this.#voices[i]?.over === false) return true;
    return false;
  }

  /** Adds one frame of everything to what is in `mix`. */
  process(mix: Float32Array): void {
    if (this.#voices.length === 0) return;
    for (let i = 0; i < this.#voices.length; i++) {
      const voice = this.#voices[i];
      if (voice?.over === false) voice.process(mix, this.#scratch);
    }
    this.#dropLeft();
  }

  /** In place, as nothing is to be made in the 10 ms path. */
  #dropLeft(): void {
    let kept = 0;
    for (let i = 0; i < this.#voices.length; i++) {
      const voice = this.#voices[i];
      if (voice === undefined || (voice.over && (voice.leaving || !voice.kept))) continue;
      this.#voices[kept] = voice;
      kept += 1;
    }
    this.#voices.length = kept;
  }
}
