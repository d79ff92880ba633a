/** Finds the frames in a stream of bytes that may have anything between them. */
import { type Frame, firstByte, headerBytes, isIntact, longestPayload, readHeader } from './frame.ts';

export class Deframer {
  #onFrame: (frame: Frame) => void;
  /** The beginning of what may become a frame: never more than the longest one. */
  #held = Buffer.alloc(headerBytes + longestPayload);
  #holds = 0;
  /** Bytes that belonged to no frame, or to one whose payload was damaged. */
  skipped = 0;

  constructor(onFrame: (frame: Frame) => void) {
    this.#onFrame = onFrame;
  }

  /** Hands on each frame that these bytes complete. Their payloads share memory with the bytes. */
  take(bytes: Buffer): void {
    let from = 0;
    while (this.#holds > 0 && from < bytes.length) {
      const added = bytes.copy(this.#held, this.#holds, from, from + this.#wanted() - this.#holds);
      this.#holds += added;
      from += added;
      if (this.#holds === this.#wanted()) this.#readHeld();
    }
    if (from < bytes.length) this.#holds = bytes.copy(this.#held, 0, this.#read(bytes, from));
  }

  /** How many bytes have to be held to know more than now. */
  #wanted(): number {
    if (this.#holds < headerBytes) return headerBytes;
    return headerBytes + (readHeader(this.#held, 0)?.length ?? 0);
  }

  #readHeld(): void {
    // A payload may be kept, and what is held is written over.
    const from = this.#read(Buffer.from(this.#held.subarray(0, this.#holds)), 0);
    this.#held.copyWithin(0, from, this.#holds);
    this.#holds -= from;
  }

  /** Returns where the bytes begin that are to be held. */
  #read(bytes: Buffer, from: number): number {
    for (let at = from; ; ) {
      const start = bytes.indexOf(firstByte, at);
      if (start < 0) {
        this.skipped += bytes.length - at;
        return bytes.length;
      }
      this.skipped += start - at;
      at = start;
      if (bytes.length - at < headerBytes) return at;
      const header = readHeader(bytes, at);
      if (!header) {
        this.skipped += 1;
        at += 1;
        continue;
      }
      const end = at + headerBytes + header.length;
      if (end > bytes.length) return at;
      const payload = bytes.subarray(at + headerBytes, end);
      if (isIntact(header, payload)) this.#onFrame({ ...header, payload });
      else this.skipped += end - at;
      at = end;
    }
  }
}
