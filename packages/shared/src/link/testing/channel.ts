/** A virtual channel for tests: the endpoint's end stays, the desktop's ends come and go, and bytes can go wrong between. */
import { type Duplex, duplexPair } from 'node:stream';
import fc from 'fast-check';
import { Deframer } from '../deframer.ts';
import type { Frame, FrameType } from '../frame.ts';

export type Change = (bytes: Buffer) => Buffer;

const asIs: Change = (bytes) => bytes;

export class Channel {
  /** The endpoint's end. */
  readonly far: Duplex;
  #farInside: Duplex;
  #nearInside: Duplex | null = null;
  /** While nothing gets through, what waits to. */
  #frozen: (() => void)[] | null = null;
  /** What becomes of bytes on their way to the endpoint, and back. */
  up: Change = asIs;
  down: Change = asIs;

  constructor(ends: [Duplex, Duplex] = duplexPair()) {
    [this.far, this.#farInside] = ends;
    this.#farInside.on('data', (bytes: Buffer) => this.#pass(() => this.putDown(this.down(bytes))));
  }

  /** The desktop's end; what comes from the endpoint goes no longer to the one before it. */
  open(): Duplex {
    const [near, inside] = duplexPair();
    inside.on('data', (bytes: Buffer) => this.#pass(() => this.putUp(this.up(bytes))));
    this.#nearInside = inside;
    return near;
  }

  #pass(carry: () => void): void {
    if (this.#frozen) this.#frozen.push(carry);
    else carry();
  }

  /** Nothing gets through, and nothing is lost. */
  freeze(): void {
    this.#frozen = [];
  }

  thaw(): void {
    const waiting = this.#frozen ?? [];
    this.#frozen = null;
    for (const carry of waiting) carry();
  }

  /** To the endpoint. */
  putUp(bytes: Buffer): void {
    this.#farInside.write(bytes);
  }

  /** To the desktop. */
  putDown(bytes: Buffer): void {
    if (this.#nearInside?.writable) this.#nearInside.write(bytes);
  }
}

/** Whatever streams and promises have begun has come to rest; timers have not moved. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 8; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** All that comes out of a stream until now. */
export function collect(stream: Duplex): () => Buffer {
  const parts: Buffer[] = [];
  stream.on('data', (part: Buffer) => parts.push(part));
  return () => Buffer.concat(parts);
}

/** Speaks frames by hand: what the other end of a pipe said is in `said`, without the zeros between. */
export function speak(pipe: Duplex): { said: Frame[]; types: () => FrameType[] } {
  const said: Frame[] = [];
  const deframer = new Deframer((frame) => said.push(frame));
  pipe.on('data', (bytes: Buffer) => deframer.take(bytes));
  return { said, types: () => said.map(({ type }) => type) };
}

/** Bytes of any length, all of them likely. */
export const anyBytes = (minLength: number, maxLength: number): fc.Arbitrary<Buffer> =>
  fc.tuple(fc.integer({ min: minLength, max: maxLength }), fc.nat()).map(([length, seed]) => {
    const bytes = Buffer.alloc(length);
    for (let i = 0, state = seed | 1; i < length; i++) {
      state = Math.imul(state, 0x915f77f5) + 1;
      bytes[i] = state >>> 24;
    }
    return bytes;
  });
