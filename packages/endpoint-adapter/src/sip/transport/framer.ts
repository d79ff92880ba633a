/** Cuts a byte stream into SIP messages by Content-Length (RFC 3261 §18.3) and finds RFC 5626 §3.5.1 keep-alives. */
import { MAX_HEAD } from '../message/message.ts';
import { MAX_MESSAGE } from './transport.ts';

/** By then a start line of RFC 3261 §7 must have shown "SIP/2.0". */
const MAX_START_LINE = 4_096;

const CRLF = Buffer.from('\r\n');
/** RFC 5626 §3.5.1. */
export const PING = Buffer.from('\r\n\r\n');
export const PONG = CRLF;

export type Frame = { kind: 'message'; bytes: Buffer } | { kind: 'ping' } | { kind: 'pong' };

/** The stream isn't SIP, or asks for more than we hold; the connection has to be closed. */
export class FramingError extends Error {}

const contentLength = (head: string): number => {
  const values = [...head.matchAll(/^(?:content-length|l)[ \t]*:[ \t]*(?![ \t])(\S*)[ \t]*$/gim)].map(
    (match) => match[1],
  );
  const [first, ...others] = values;
  if (first === undefined || !/^\d{1,6}$/.test(first) || others.some((other) => other !== first))
    throw new FramingError('Content-Length is missing or malformed');
  return Number(first);
};

export class Framer {
  #buffer: Buffer = Buffer.alloc(0);
  /** Length of the message whose head has been read; 0: not yet. */
  #wanted = 0;

  /** Throws FramingError. */
  push(chunk: Buffer): Frame[] {
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
    const frames: Frame[] = [];
    for (let frame = this.#next(); frame; frame = this.#next()) frames.push(frame);
    return frames;
  }

  /** Whether a message has begun and not ended. */
  get partial(): boolean {
    return this.#buffer.length > 0;
  }

  #take(length: number): Buffer {
    const bytes = this.#buffer.subarray(0, length);
    this.#buffer = this.#buffer.subarray(length);
    return bytes;
  }

  #next(): Frame | null {
    if (this.#wanted === 0) {
      if (this.#buffer.subarray(0, 4).equals(PING)) {
        this.#take(4);
        return { kind: 'ping' };
      }
      if (this.#buffer.equals(CRLF)) {
        this.#take(2);
        return { kind: 'pong' };
      }
      while (this.#buffer.subarray(0, 2).equals(CRLF)) this.#take(2);
      this.#checkStart();
      const end = this.#buffer.indexOf(PING);
      if (end > MAX_HEAD || (end < 0 && this.#buffer.length > MAX_HEAD))
        throw new FramingError('the header is too long');
      if (end < 0) return null;
      this.#wanted = end + 4 + contentLength(this.#buffer.toString('latin1', 0, end));
      if (this.#wanted > MAX_MESSAGE) throw new FramingError('the message is too long');
    }
    if (this.#buffer.length < this.#wanted) return null;
    const bytes = this.#take(this.#wanted);
    this.#wanted = 0;
    return { kind: 'message', bytes };
  }

  #checkStart(): void {
    const end = this.#buffer.indexOf(CRLF);
    if (end < 0 && this.#buffer.length <= MAX_START_LINE) return;
    const line = this.#buffer.toString('latin1', 0, Math.min(end < 0 ? MAX_START_LINE : end, MAX_START_LINE));
    if (!/^SIP\/2\.0 |\sSIP\/2\.0$/.test(line)) throw new FramingError('this is not SIP');
  }
}
