/** DTMF as telephone events (RFC 4733), both ways. */
import { read16, write16 } from './rtp.ts';

/** Each digit's place is its event code (RFC 4733 §3.2). */
export const digits = '0123456789*#ABCD';
const tickMs = 10;
const digitMs = 160;
const gapMs = 100;
/** Between two packets of one event. */
const intervalMs = 20;
/** RFC 4733 §2.5.1.4: the last packet is sent three times, because its loss would cost the most. */
const endPackets = 3;
/** -10 dBm0, well above the line's noise; the sign is dropped (RFC 4733 §2.3.4). */
const volume = 10;
const endBit = 0x80;
export const payloadBytes = 4;
/** An event whose end was lost is over when nothing has come for so long. */
const lostEndMs = 150;
/** RFC 4733 §2.5.1.3: the longest duration that a packet can say; a longer event goes on in a further segment. */
const segmentUnits = 0xffff;
/** Between two segments, in the clock of the events; and in that of Opus, where events at 8000 Hz go along with it. */
const segmentSteps: readonly number[] = [segmentUnits, 6 * segmentUnits];
/** More than anyone dials. */
const maxDigits = 256;

export const isDigits = (text: string): boolean =>
  text.length > 0 && text.length <= maxDigits && [...text.toUpperCase()].every((digit) => digits.includes(digit));

interface Job {
  digits: string;
  done: () => void;
}

/** Times the packets: one `tick` each 10 ms says whether one is to be sent. */
export class TelephoneEventSender {
  /** Of the packet that tick() asked for. */
  marker = false;
  /**
   * Hz, of the durations, by the far end's a=rtpmap; null: that of the sound. Timestamps are those of the sound anyway, as
   * both have one source.
   */
  clockRate: number | null = null;
  /** ms since the event's start; the timestamp stays that of the start. */
  #elapsed = 0;
  #digit = 0;
  #jobs: Job[] = [];
  #place = 0;
  #starting = false;

  get active(): boolean {
    return this.#jobs.length > 0;
  }

  /** True in the tick in which an event begins: then its timestamp is to be taken. */
  get starting(): boolean {
    return this.#starting;
  }

  /** Settles when the last digit has been sent, or all was cancelled. */
  send(text: string): Promise<void> {
    if (!isDigits(text)) return Promise.resolve();
    return new Promise((done) => {
      this.#jobs.push({ digits: text.toUpperCase(), done });
    });
  }

  cancel(): void {
    for (const job of this.#jobs.splice(0)) job.done();
    this.#place = 0;
    this.#elapsed = 0;
  }

  /** Moves on by 10 ms; `soundRate` is the clock of the sound. Returns the bytes written to `payload`: 4 when a packet is due, else 0. */
  tick(payload: Uint8Array, offset: number, soundRate: number): number {
    const job = this.#jobs[0];
    if (job === undefined) return 0;
    this.#starting = this.#elapsed === 0;
    if (this.#starting) this.#digit = digits.indexOf(job.digits[this.#place] ?? '0');
    this.#elapsed += tickMs;
    const lastEnd = digitMs + (endPackets - 1) * intervalMs;
    const due = this.#elapsed % intervalMs === 0 && this.#elapsed <= lastEnd;
    if (due) this.#write(payload, offset, this.clockRate ?? soundRate);
    this.#finish(job, lastEnd);
    return due ? payloadBytes : 0;
  }

  #write(payload: Uint8Array, offset: number, clockRate: number): void {
    this.marker = this.#elapsed === intervalMs;
    payload[offset] = this.#digit;
    payload[offset + 1] = (this.#elapsed >= digitMs ? endBit : 0) | volume;
    write16(payload, offset + 2, (Math.min(this.#elapsed, digitMs) * clockRate) / 1000);
  }

  #finish(job: Job, lastEnd: number): void {
    const last = this.#place === job.digits.length - 1;
    // The last digit of all needs no gap after it, but another job's first one does.
    if (this.#elapsed < (last && this.#jobs.length === 1 ? lastEnd : digitMs + gapMs)) return;
    this.#elapsed = 0;
    this.#place++;
    if (!last) return;
    this.#place = 0;
    this.#jobs.shift();
    job.done();
  }
}

/** Tells one whole digit from the many packets that announce it. */
export class TelephoneEventReceiver {
  #timestamp = -1;
  #digit = '';
  /** The digit of this timestamp has been told. */
  #told = true;
  #lastMs = 0;

  /** Returns the digit that is over with this packet, or null. */
  put(payload: Uint8Array, offset: number, length: number, timestamp: number, nowMs: number): string | null {
    if (length < payloadBytes || read16(payload, offset + 2) === 0) return null;
    const digit = digits[payload[offset] ?? 255];
    if (digit === undefined) return null;
    let over: string | null = null;
    if (timestamp !== this.#timestamp) {
      // A packet that was overtaken must not count as a new event.
      if (this.#timestamp >= 0 && ((timestamp - this.#timestamp) | 0) < 0 && nowMs - this.#lastMs < lostEndMs)
        return null;
      const goesOn = !this.#told && digit === this.#digit && segmentSteps.includes((timestamp - this.#timestamp) | 0);
      if (!goesOn) over = this.#tell();
      this.#timestamp = timestamp;
      this.#digit = digit;
      this.#told = false;
    }
    this.#lastMs = nowMs;
    if (((payload[offset + 1] ?? 0) & endBit) === 0) return over;
    // Both: the end of the one before was lost, and this is all that is left of the next.
    const ended = this.#tell();
    return over === null ? ended : ended === null ? over : over + ended;
  }

  /** Returns the digit whose end never came, or null. */
  tick(nowMs: number): string | null {
    return this.#told || nowMs - this.#lastMs < lostEndMs ? null : this.#tell();
  }

  #tell(): string | null {
    if (this.#told) return null;
    this.#told = true;
    return this.#digit;
  }
}
