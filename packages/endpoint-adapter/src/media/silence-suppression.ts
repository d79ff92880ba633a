/** What is sent in silence by codecs that have no way of their own: comfort noise, now and then (RFC 3389). */
import { meanSquare } from './level.ts';
import { VoiceActivity } from './processing/voice-activity.ts';

/** RFC 3389 §4: static, for 8 kHz clocks. */
export const comfortNoise = 13;
/** Often enough for whoever would take the call for dead, and for a background that changes. */
const noiseEveryMs = 200;
/** -dBov of silence itself. */
const quietest = 127;

export class SilenceSuppression {
  readonly #activity: VoiceActivity;
  #voice = false;
  #square = 0;
  #frames = 0;
  /** Of the silence so far; null: somebody speaks. */
  #silentMs: number | null = null;

  /** level: 0 to 3, 3 the most eager to hear silence. */
  constructor(level: number, sampleRate: 8_000 | 16_000) {
    this.#activity = new VoiceActivity(level <= 0 ? 0 : level === 1 ? 1 : level === 2 ? 2 : 3, sampleRate);
  }

  /** 10 ms of the packet to come. */
  add(frame: Int16Array): void {
    if (this.#activity.process(frame)) this.#voice = true;
    this.#square += meanSquare(frame);
    this.#frames++;
  }

  /** For what was added since this was last asked: the bytes of comfort noise put in, 0 for nothing at all, -1 for speech. */
  take(packetMs: number, packet: Uint8Array, offset: number): number {
    const square = this.#square / Math.max(1, this.#frames);
    const before = this.#silentMs;
    const speech = this.#voice;
    this.#voice = false;
    this.#square = 0;
    this.#frames = 0;
    if (speech) {
      this.#silentMs = null;
      return -1;
    }
    this.#silentMs = (before ?? 0) + packetMs;
    const due = before === null || Math.floor(before / noiseEveryMs) < Math.floor(this.#silentMs / noiseEveryMs);
    if (!due) return 0;
    packet[offset] = noiseLevel(square);
    return 1;
  }
}

/** RFC 3389 §3.1: -dBov, where 0 dBov is the loudest square wave. */
export const noiseLevel = (square: number): number =>
  square === 0 ? quietest : Math.max(0, Math.min(quietest, Math.round(-10 * Math.log10(square / 32_768 ** 2))));
