/** From packets to frames for the mixer: jitter buffer → decoder → time scale → queue → resampler. */
import { sampleRate } from '../audio/driver.ts';
import type { Codec, Decoder } from './codecs/codec.ts';
import { JitterBuffer, type JitterBufferStats, type MediaPacket, type Slot } from './jitter-buffer.ts';
import { meanSquare } from './level.ts';
import { makeResampler, type Resampler } from './resampler.ts';
import { isQuiet, lengthen, shorten } from './time-scale.ts';

const frameMs = 10;
/** The longest packet (120 ms), once more for what is left of the one before and for stretching. */
const queueMs = 260;
const packetMs = 130;
/** At least so much unchanged sound between two changes of its length, unless nobody hears them. */
const restMs = 60;
/** A tick later than this means that the thread was held up, and nothing was played meanwhile. */
const heldUpMs = 50;

/** Kept by the stream, because a change of codec makes a new path. */
export interface ReceiveTotals {
  concealedMs: number;
  longestGapMs: number;
}

export class ReceivePath {
  readonly #decoder: Decoder;
  readonly #rate: number;
  readonly #toRtp: number;
  readonly #buffer: JitterBuffer;
  readonly #resampler: Resampler;
  readonly #queue: Int16Array;
  readonly #packet: Int16Array;
  readonly #frame: Int16Array;
  #queued = 0;
  #sinceChange = 0;
  /** The far end said that it is silent. */
  #silent = false;
  /** Whether all that went into the queue for this frame had really been received. */
  #genuine = false;
  #begun = false;
  #lastMs = 0;
  #gapMs = 0;
  readonly #totals: ReceiveTotals;

  constructor(codec: Codec, decoder: Decoder, totals: ReceiveTotals) {
    this.#decoder = decoder;
    this.#totals = totals;
    this.#rate = codec.sampleRate;
    this.#toRtp = codec.clockRate / codec.sampleRate;
    this.#buffer = new JitterBuffer(codec.clockRate, codec.recovers);
    const perFrame = (codec.sampleRate * frameMs) / 1000;
    this.#resampler = makeResampler(codec.sampleRate, sampleRate, perFrame);
    this.#queue = new Int16Array((codec.sampleRate * queueMs) / 1000);
    this.#packet = new Int16Array((codec.sampleRate * packetMs) / 1000);
    this.#frame = new Int16Array(perFrame);
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
    this.#begun = false;
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
    switch (buffer.pull(nowMs, (this.#queued * 1000) / this.#rate)) {
      case 'packet':
        if (buffer.slot.silence) this.#silent = true;
        else this.#play(buffer.slot);
        break;
      case 'recover':
        this.#recover(buffer.slot, buffer.missing / this.#toRtp);
        break;
      case 'waiting':
        this.#genuine = false;
        this.#addSilence();
        break;
      default:
        if (this.#silent) this.#addSilence();
        else this.#conceal((this.#rate * frameMs) / 1000);
    }
  }

  #play(slot: Slot): void {
    this.#silent = false;
    let samples = this.#decoder.decode(slot.payload, slot.length, this.#packet);
    if (samples === 0) {
      this.#conceal((this.#rate * frameMs) / 1000);
      return;
    }
    this.#begun = true;
    this.#sinceChange += (samples * 1000) / this.#rate;
    if (this.#buffer.adjustment !== 'none') samples = this.#changeLength(samples);
    this.#add(samples);
  }

  /** Nearer to the jitter buffer's target by a period of sound, or by 10 ms of silence. */
  #changeLength(samples: number): number {
    const sound = this.#packet;
    const quiet = isQuiet(meanSquare(sound, samples));
    if (!quiet && !this.#buffer.hurry && this.#sinceChange < restMs) return samples;
    const change = this.#buffer.adjustment === 'shorten' ? shorten : lengthen;
    const changed = change(sound, samples, this.#rate);
    this.#buffer.adjusted(((changed - samples) * 1000) / this.#rate);
    this.#sinceChange = 0;
    return changed;
  }

  #recover(next: Slot, samples: number): void {
    const recovered = this.#decoder.recover(next.payload, next.length, samples, this.#packet);
    if (recovered === 0) this.#conceal(samples);
    else this.#add(recovered);
  }

  #conceal(samples: number): void {
    this.#genuine = false;
    this.#totals.concealedMs += (samples * 1000) / this.#rate;
    this.#decoder.conceal(samples, this.#packet);
    this.#add(samples);
  }

  #addSilence(): void {
    const samples = (this.#rate * frameMs) / 1000;
    this.#packet.fill(0, 0, samples);
    this.#add(samples);
  }

  #add(samples: number): void {
    const count = Math.min(samples, this.#queue.length - this.#queued);
    for (let i = 0; i < count; i++) this.#queue[this.#queued + i] = this.#packet[i] ?? 0;
    this.#queued += count;
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
