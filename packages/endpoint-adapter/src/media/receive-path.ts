/** From packets to frames for the mixer: jitter buffer → decoder → time scale → queue → resampler. */
import { sampleRate } from '../audio/driver.ts';
import type { Codec, Decoder } from './codecs/codec.ts';
import { ComfortNoise } from './comfort-noise.ts';
import { JitterBuffer, type JitterBufferStats, type MediaPacket, type PacketFate, type Slot } from './jitter-buffer.ts';
import { meanSquare } from './level.ts';
import { makeResampler, type Resampler } from './resampler.ts';
import { isQuiet, join, seamMs, TimeScale } from './time-scale.ts';

const frameMs = 10;
/** The longest packet (120 ms), once more for what is left of the one before and for stretching. */
const queueMs = 280;
const packetMs = 150;
/** At least so much unchanged sound between two changes of its length, unless nobody hears them. */
const restMs = 60;
/** A tick later than this means that the thread was held up, and nothing was played meanwhile. */
const heldUpMs = 50;

/** Kept by the stream, because a change of codec makes a new path. All in ms of sound. */
export interface ReceiveTotals {
  concealedMs: number;
  longestGapMs: number;
  /** Taken out and put in by changing its speed. */
  acceleratedMs: number;
  expandedMs: number;
  /** What was played, in whole frames: received, noise that the far end asked for, and nothing; the rest is concealed. */
  decodedMs: number;
  comfortNoiseMs: number;
  silenceMs: number;
}

export const nothingReceived = (): ReceiveTotals => ({
  concealedMs: 0,
  longestGapMs: 0,
  acceleratedMs: 0,
  expandedMs: 0,
  decodedMs: 0,
  comfortNoiseMs: 0,
  silenceMs: 0,
});

/** What was put into the queue last. */
type Kind = 'decoded' | 'concealed' | 'comfortNoise' | 'silence';

export class ReceivePath {
  readonly #decoder: Decoder;
  readonly #perMs: number;
  readonly #toRtp: number;
  readonly #buffer: JitterBuffer;
  readonly #timeScale: TimeScale;
  readonly #noise: ComfortNoise;
  readonly #resampler: Resampler;
  readonly #queue: Int16Array;
  readonly #packet: Int16Array;
  readonly #frame: Int16Array;
  /** How made-up sound would go on, to be blended with what comes instead. */
  readonly #seam: Int16Array;
  #queued = 0;
  #sinceChange = 0;
  /** The far end said that it is silent. */
  #silent = false;
  #kind: Kind = 'silence';
  /** Whether all that went into the queue for this frame had really been received. */
  #genuine = false;
  #begun = false;
  /** Of the frame before; NaN: there is none that this one follows. */
  #lastMs = Number.NaN;
  #gapMs = 0;
  readonly #totals: ReceiveTotals;

  /** `onPacketFate` is told of each packet that was sent, in order, some hundred ms after its time (RFC 3611 §4.7.2). */
  constructor(codec: Codec, decoder: Decoder, totals: ReceiveTotals, onPacketFate?: (fate: PacketFate) => void) {
    this.#decoder = decoder;
    this.#totals = totals;
    this.#perMs = codec.sampleRate / 1000;
    this.#toRtp = codec.clockRate / codec.sampleRate;
    this.#buffer = new JitterBuffer(codec.clockRate, codec.recovers, onPacketFate);
    this.#noise = new ComfortNoise(codec.sampleRate);
    this.#resampler = makeResampler(codec.sampleRate, sampleRate, frameMs * this.#perMs);
    this.#queue = new Int16Array(queueMs * this.#perMs);
    this.#timeScale = new TimeScale(codec.sampleRate, this.#queue.length);
    this.#packet = new Int16Array(packetMs * this.#perMs);
    this.#frame = new Int16Array(frameMs * this.#perMs);
    this.#seam = new Int16Array(seamMs * this.#perMs);
  }

  /** Length of a payload's sound in units of the RTP clock; 0 when it is malformed. */
  duration(packet: Uint8Array, offset: number, length: number): number {
    return this.#decoder.duration(packet, offset, length) * this.#toRtp;
  }

  put(packet: MediaPacket, arrivalMs: number): void {
    this.#buffer.put(packet, arrivalMs);
  }

  /** Another source, or the same one after a restart: what waits doesn't belong to what comes. */
  restart(): void {
    this.#buffer.restart();
  }

  /** Nothing is expected (RFC 3264: sendonly, inactive): the time until it is again is no gap. */
  pause(): void {
    this.#buffer.restart();
    this.#queued = 0;
    this.#silent = false;
    this.#begun = false;
    this.#lastMs = Number.NaN;
    this.#gapMs = 0;
  }

  /** Takes the next 10 ms, at the device's rate. */
  process(nowMs: number, out: Int16Array): void {
    const frame = this.#frame;
    this.#genuine = true;
    while (this.#queued < frame.length) this.#pull(nowMs);
    for (let i = 0; i < frame.length; i++) frame[i] = this.#queue[i] ?? 0;
    this.#queue.copyWithin(0, frame.length, this.#queued);
    this.#queued -= frame.length;
    this.#resampler.process(frame, out);
    this.#count();
    this.#watchGap(nowMs);
  }

  stats(): JitterBufferStats {
    return this.#buffer.stats();
  }

  close(): void {
    this.#decoder.close();
  }

  #pull(nowMs: number): void {
    const buffer = this.#buffer;
    switch (buffer.pull(nowMs, this.#queued / this.#perMs)) {
      case 'packet':
        if (buffer.slot.silence) this.#rest(buffer.slot);
        else this.#play(buffer.slot);
        break;
      case 'recover':
        this.#recover(buffer.slot, Math.round(buffer.missing / this.#toRtp));
        break;
      case 'waiting':
        this.#genuine = false;
        this.#kind = 'silence';
        this.#packet.fill(0, 0, this.#frame.length);
        this.#add(this.#frame.length);
        break;
      default:
        this.#makeUp(Math.round(buffer.missing / this.#toRtp));
    }
  }

  #rest(slot: Slot): void {
    this.#silent = true;
    this.#noise.describe(slot.payload, slot.length);
  }

  #play(slot: Slot): void {
    this.#silent = false;
    const sound = this.#packet;
    const skip = Math.round(this.#buffer.skip / this.#toRtp);
    if (skip > 0) this.#prepareSeam();
    const decoded = this.#decoder.decode(slot.payload, slot.length, sound);
    const samples = decoded - skip;
    if (samples <= 0) {
      this.#conceal(this.#frame.length);
      return;
    }
    this.#begun = true;
    this.#kind = 'decoded';
    const power = meanSquare(sound, decoded);
    this.#noise.learn(sound, decoded, power);
    if (skip > 0) {
      sound.copyWithin(0, skip, decoded);
      join(this.#seam, sound, samples);
    }
    this.#sinceChange += samples / this.#perMs;
    this.#add(samples);
    if (this.#buffer.adjustment !== 'none') this.#changeLength(isQuiet(power));
  }

  /** Nearer to the jitter buffer's target by a period of sound, or by some of what nobody hears. */
  #changeLength(quiet: boolean): void {
    const { adjustment, hurry, surplusMs } = this.#buffer;
    if (!quiet && !hurry && this.#sinceChange < restMs) return;
    const before = this.#queued;
    const now =
      adjustment === 'shorten'
        ? this.#timeScale.shorten(this.#queue, before, surplusMs, quiet, hurry)
        : this.#timeScale.lengthen(this.#queue, before, quiet);
    if (now === before) return;
    const ms = (now - before) / this.#perMs;
    if (ms < 0) this.#totals.acceleratedMs -= ms;
    else this.#totals.expandedMs += ms;
    this.#buffer.adjusted(ms);
    this.#queued = now;
    this.#sinceChange = 0;
  }

  #recover(next: Slot, samples: number): void {
    const sound = this.#packet;
    const skip = Math.round(this.#buffer.skip / this.#toRtp);
    if (skip > 0) this.#prepareSeam();
    const recovered = this.#decoder.recover(next.payload, next.length, samples, sound);
    const missing = Math.round(this.#buffer.recovery(recovered > skip) / this.#toRtp);
    if (recovered <= skip) {
      if (missing > 0) this.#conceal(missing);
      return;
    }
    this.#kind = 'decoded';
    if (skip > 0) {
      sound.copyWithin(0, skip, recovered);
      join(this.#seam, sound, recovered - skip);
    }
    this.#add(recovered - skip);
  }

  #makeUp(samples: number): void {
    if (this.#silent || this.#decoder.resting) this.#addNoise(samples);
    else this.#conceal(samples);
  }

  #conceal(samples: number): void {
    this.#genuine = false;
    this.#kind = 'concealed';
    this.#totals.concealedMs += samples / this.#perMs;
    this.#decoder.conceal(samples, this.#packet);
    this.#noise.support(this.#packet, samples);
    this.#add(samples);
  }

  /** Decoders join what they make up to a packet's beginning, but not to its middle, nor to noise. */
  #prepareSeam(): void {
    this.#decoder.conceal(this.#seam.length, this.#packet);
    for (let i = 0; i < this.#seam.length; i++) this.#seam[i] = this.#packet[i] ?? 0;
  }

  #addNoise(samples: number): void {
    const concealed = this.#silent && this.#kind === 'concealed';
    this.#kind = 'comfortNoise';
    if (concealed) this.#prepareSeam();
    if (this.#silent) this.#noise.fill(this.#packet, samples);
    else this.#decoder.conceal(samples, this.#packet);
    if (concealed) join(this.#seam, this.#packet, samples);
    this.#add(samples);
  }

  #add(samples: number): void {
    const count = Math.min(samples, this.#queue.length - this.#queued);
    for (let i = 0; i < count; i++) this.#queue[this.#queued + i] = this.#packet[i] ?? 0;
    this.#queued += count;
  }

  #count(): void {
    switch (this.#kind) {
      case 'decoded':
        // A frame that was begun with made-up sound is no longer what was received.
        if (this.#genuine) this.#totals.decodedMs += frameMs;
        break;
      case 'comfortNoise':
        this.#totals.comfortNoiseMs += frameMs;
        break;
      case 'silence':
        this.#totals.silenceMs += frameMs;
        break;
      default:
    }
  }

  #watchGap(nowMs: number): void {
    const passed = nowMs - this.#lastMs;
    this.#lastMs = nowMs;
    if (!this.#begun) return;
    if (passed > heldUpMs) this.#gapMs += passed - frameMs;
    if (!this.#genuine) this.#gapMs += frameMs;
    this.#totals.longestGapMs = Math.max(this.#totals.longestGapMs, this.#gapMs);
    if (this.#genuine) this.#gapMs = 0;
  }
}
