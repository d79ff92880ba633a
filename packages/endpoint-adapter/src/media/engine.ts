/** Each 10 ms: what every stream says, mixed for the loudspeaker and for those in the conference, and sent. */
import type { Levels } from '@thinline/shared/contract/types.ts';
import { frameSamples } from '../audio/driver.ts';
import { AlertPlayer } from './alert-player.ts';
import { LevelMeter } from './level.ts';
import { MixLimiter } from './mix-limiter.ts';
import type { Tone } from './stream-settings.ts';
import { DigitFeedback } from './tones.ts';
import { Fader, gainOf, type Volumes } from './volume.ts';

/** Who has turned the loudspeaker down further, or muted it, is still to hear that a call comes. */
const leastAlertVolume = 25;

/** What the engine sees of a stream. */
export interface EngineStream {
  readonly connected: boolean;
  readonly conference: boolean;
  /** `microphone` is what it says when it may; `silence` what it says when muted, which others of a conference may fill. */
  send(microphone: Int16Array, silence: Int16Array): void;
  /** False when there is nothing to be mixed. */
  receive(nowMs: number, out: Int16Array): boolean;
}

/** Echo, noise and gain: each changes a frame in place. */
export interface FrameProcessing {
  /** What the loudspeaker is about to play. */
  render(frame: Int16Array): void;
  /** What the microphone heard. */
  capture(frame: Int16Array): void;
}

/** A stream's place in the mix. Gains go from `before` to `now` within one frame, so that nobody comes or goes with a click. */
class Place {
  /** null: removed, and on its way out. */
  stream: EngineStream | null;
  readonly frame = new Int16Array(frameSamples);
  readonly toStream = new MixLimiter();
  readonly toStreamMuted = new MixLimiter();
  heardBefore = 0;
  heardNow = 0;
  sharedBefore = 0;
  sharedNow = 0;

  constructor(stream: EngineStream) {
    this.stream = stream;
  }

  /** Fetches what the stream says now; from one that has nothing more, its last sample, to be faded out. */
  receive(nowMs: number): void {
    this.heardBefore = this.heardNow;
    this.sharedBefore = this.sharedNow;
    const heard = this.stream?.receive(nowMs, this.frame) ?? false;
    if (!heard) this.frame.fill(this.heardBefore === 0 ? 0 : (this.frame[frameSamples - 1] ?? 0));
    this.heardNow = heard ? 1 : 0;
    this.sharedNow = heard && this.stream?.conference ? 1 : 0;
  }

  get audible(): boolean {
    return this.heardBefore > 0 || this.heardNow > 0;
  }

  get shares(): boolean {
    return this.sharedBefore > 0 || this.sharedNow > 0;
  }
}

/** Adds `frame` with a gain that goes from `before` to `now`. */
function addRamped(mix: Float32Array, frame: Int16Array, before: number, now: number): void {
  const step = (now - before) / frameSamples;
  for (let i = 0; i < frameSamples; i++) mix[i] = (mix[i] ?? 0) + (frame[i] ?? 0) * (before + step * (i + 1));
}

export class Engine {
  /** What is heard of calls beside the calls themselves. */
  readonly alerts = new AlertPlayer();
  readonly #places: Place[] = [];
  readonly #digits = new DigitFeedback();
  readonly #microphone = new LevelMeter();
  readonly #speaker = new LevelMeter();
  readonly #microphoneFader = new Fader();
  readonly #speakerFader = new Fader();
  readonly #alertFader = new Fader();
  readonly #toSpeaker = new MixLimiter();
  readonly #silence = new Int16Array(frameSamples);
  readonly #captured = new Int16Array(frameSamples);
  readonly #mix = new Float32Array(frameSamples);
  readonly #alertMix = new Float32Array(frameSamples);
  /** What all in the conference say, and what one of them is to hear, without and with the microphone. */
  readonly #shared = new Float32Array(frameSamples);
  readonly #others = new Float32Array(frameSamples);
  readonly #mutedOut = new Int16Array(frameSamples);
  readonly #streamOut = new Int16Array(frameSamples);
  readonly #out = new Int16Array(frameSamples);
  #processing: FrameProcessing | null = null;

  add(stream: EngineStream): void {
    this.#settle();
    this.#places.push(new Place(stream));
  }

  /** What it said last is faded out. */
  remove(stream: EngineStream): void {
    const place = this.#places.find((each) => each.stream === stream);
    if (place !== undefined) place.stream = null;
    // What was sent to nobody isn't to be heard in the next call.
    if (this.#places.every((it) => it.stream === null)) this.#digits.clear();
  }

  play(tone: Tone): void {
    if (tone === 'beep') this.alerts.beep();
    else this.#digits.add(tone.digits);
  }

  /** null: sound passes untouched, at no cost. */
  process(processing: FrameProcessing | null): void {
    this.#processing = processing;
  }

  /** What is heard beside calls follows the loudspeaker's volume, but not all the way, and isn't muted. */
  setVolumes({ microphone, speaker, microphoneMuted, speakerMuted }: Volumes): void {
    this.#microphoneFader.set(microphoneMuted ? 0 : gainOf(microphone));
    this.#speakerFader.set(speakerMuted ? 0 : gainOf(speaker));
    this.#alertFader.set(gainOf(Math.max(leastAlertVolume, speaker)));
    this.#settle();
  }

  /** Whether there is anything to do at all; who has been removed is faded out yet. */
  get busy(): boolean {
    return this.alerts.active || this.#places.length > 0;
  }

  get connected(): boolean {
    return this.#places.some(({ stream }) => stream?.connected);
  }

  /**
   * One beat: receive, mix, send. Takes what the microphone heard, and returns what the loudspeaker is to play, valid until
   * the next call. Without `plays` nothing is received: its time is over, and only the far ends are owed their sound.
   */
  tick(microphone: Int16Array, nowMs: number, plays = true): Int16Array {
    const captured = this.#capture(microphone);
    if (plays) this.#receive(nowMs);
    this.#send(captured, plays);
    return this.#out;
  }

  /** Means since the last call: what the microphone hears, whatever is sent of it, and what the loudspeaker plays. */
  levels(): Levels {
    return { microphoneDbfs: this.#microphone.read(), speakerDbfs: this.#speaker.read() };
  }

  /** What was set while nothing was heard holds from the first sample: a muted microphone isn't faded out in the next call. */
  #settle(): void {
    if (this.busy) return;
    for (const fader of [this.#microphoneFader, this.#speakerFader, this.#alertFader]) fader.settle();
  }

  #capture(microphone: Int16Array): Int16Array {
    // Before noise suppression, which may leave nothing of a quiet room: a microphone that works is never silent.
    this.#microphone.add(microphone);
    if (this.#processing === null && this.#microphoneFader.isOpen) return microphone;
    const captured = this.#captured;
    captured.set(microphone);
    this.#processing?.capture(captured);
    // After gain control, which would make up for it.
    this.#microphoneFader.process(captured);
    return captured;
  }

  #receive(nowMs: number): void {
    this.#mix.fill(0);
    this.#shared.fill(0);
    for (let i = this.#places.length - 1; i >= 0; i--) {
      const place = this.#places[i];
      if (place === undefined) continue;
      place.receive(nowMs);
      if (place.audible) addRamped(this.#mix, place.frame, place.heardBefore, place.heardNow);
      else if (place.stream === null) this.#places.splice(i, 1);
      if (place.shares) addRamped(this.#shared, place.frame, place.sharedBefore, place.sharedNow);
    }
    this.#speakerFader.process(this.#mix);
    this.#addAlerts();
    this.#toSpeaker.process(this.#mix, this.#out);
    this.#processing?.render(this.#out);
    this.#speaker.add(this.#out);
  }

  #addAlerts(): void {
    if (!this.alerts.active && !this.#digits.active) return;
    const mix = this.#alertFader.isOpen ? this.#mix : this.#alertMix;
    if (mix === this.#alertMix) mix.fill(0);
    this.alerts.process(mix);
    this.#digits.process(mix);
    if (mix === this.#mix) return;
    this.#alertFader.process(mix);
    for (let i = 0; i < frameSamples; i++) this.#mix[i] = (this.#mix[i] ?? 0) + (mix[i] ?? 0);
  }

  #send(captured: Int16Array, plays: boolean): void {
    // By number, as in all loops of this path: an iterator is an object, and its results are.
    for (let i = 0; i < this.#places.length; i++) {
      const place = this.#places[i];
      if (place === undefined) continue;
      if (plays && place.shares) this.#sendShared(place, captured);
      else place.stream?.send(captured, this.#silence);
    }
  }

  /** To one of the conference: the microphone and all others, who come and go with it as it joins and leaves. */
  #sendShared(place: Place, captured: Int16Array): void {
    const { frame, sharedBefore } = place;
    const others = this.#others;
    const step = (place.sharedNow - sharedBefore) / frameSamples;
    for (let i = 0; i < frameSamples; i++) {
      const gain = sharedBefore + step * (i + 1);
      others[i] = ((this.#shared[i] ?? 0) - (frame[i] ?? 0) * gain) * gain;
    }
    place.toStreamMuted.process(others, this.#mutedOut);
    for (let i = 0; i < frameSamples; i++) others[i] = (others[i] ?? 0) + (captured[i] ?? 0);
    place.toStream.process(others, this.#streamOut);
    place.stream?.send(this.#streamOut, this.#mutedOut);
  }
}
