/**
 * WebRTC's audio processing module (AEC3, noise suppression, AGC2) by @livekit/rtc-ffi-bindings 0.12.75. That interface
 * isn't documented: it takes and gives protobuf messages, of which only the few bytes used here are made and read.
 * Neither its server nor its logging is started. A request is made once and names our buffer by its address, so
 * that 10 ms of sound cost a small response and nothing else.
 */
import { isSea } from 'node:sea';
import { frameSamples } from '../../audio/driver.ts';
import type { Stage } from './stage.ts';

type Native = typeof import('@livekit/rtc-ffi-bindings/native.js');
type Handle = InstanceType<Native['FfiHandle']>;

export interface ApmStages {
  echo?: boolean;
  noise?: boolean;
  gain?: boolean;
}

export interface ApmEngine {
  /** Costs 2 to 10 ms. Throws when the engine refuses. */
  make(stages: ApmStages): Stage;
}

/** Field numbers of FfiRequest and FfiResponse. */
const newApmRequest = 50;
const processStreamRequest = 51;
const processReverseStreamRequest = 52;
const newApmResponse = 49;
/** Wire types (protobuf encoding). */
const varintType = 0;
const bytesType = 2;

function varint(value: bigint): number[] {
  const out: number[] = [];
  let rest = value;
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128);
  return [...out, Number(rest)];
}

const number = (field: number, value: bigint): number[] => [
  ...varint(BigInt(field * 8 + varintType)),
  ...varint(value),
];
const message = (field: number, body: readonly number[]): number[] => [
  ...varint(BigInt(field * 8 + bytesType)),
  ...varint(BigInt(body.length)),
  ...body,
];

/** The bytes of a message's first field, or its number when it is a varint; throws when it isn't the field wanted. */
function firstField(bytes: Uint8Array, wanted: number): { body: Uint8Array; value: bigint } {
  let at = 0;
  const read = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 64n; shift += 7n) {
      const byte = bytes[at++] ?? 0;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) break;
    }
    return value;
  };
  const tag = Number(read());
  const value = read();
  if (tag >> 3 !== wanted) throw new Error(`field ${tag >> 3} where ${wanted} was expected`);
  return { body: bytes.subarray(at, at + Number(value)), value };
}

/** Its handle stands in FfiResponse.new_apm.apm.handle.id. */
function handleOf(response: Uint8Array): bigint {
  const apm = firstField(firstField(response, newApmResponse).body, 1).body;
  return firstField(firstField(apm, 1).body, 1).value;
}

/** A response without an error is a tag of two bytes and a length of 0. */
const fine = 3;

class ApmStage implements Stage {
  readonly #native: Native;
  readonly #handle: Handle;
  readonly #captured = new Int16Array(frameSamples);
  readonly #rendered = new Int16Array(frameSamples);
  readonly #capture: Uint8Array;
  readonly #reverse: Uint8Array;
  readonly #hearsRender: boolean;
  #open = true;

  constructor(native: Native, id: bigint, hearsRender: boolean) {
    this.#native = native;
    this.#handle = new native.FfiHandle(id);
    this.#hearsRender = hearsRender;
    const request = (field: number, sound: Int16Array): Uint8Array => {
      const address = native.livekitRetrievePtr(new Uint8Array(sound.buffer));
      const size = BigInt(sound.byteLength);
      const body = [number(1, id), number(2, address), number(3, size), number(4, 48_000n), number(5, 1n)].flat();
      return Uint8Array.from(message(field, body));
    };
    this.#capture = request(processStreamRequest, this.#captured);
    this.#reverse = request(processReverseStreamRequest, this.#rendered);
  }

  get failed(): boolean {
    return !this.#open;
  }

  process(frame: Int16Array): void {
    if (!this.#open) return;
    this.#captured.set(frame);
    if (this.#request(this.#capture)) frame.set(this.#captured);
  }

  render(frame: Int16Array): void {
    if (!this.#open || !this.#hearsRender) return;
    this.#rendered.set(frame);
    this.#request(this.#reverse);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#handle.dispose();
  }

  /** A refusal ends the stage, not the call: the sound goes by untouched from there on. */
  #request(bytes: Uint8Array): boolean {
    try {
      if (this.#native.livekitFfiRequest(bytes).length === fine) return true;
    } catch {
      // As with a response that has an error.
    }
    this.close();
    return false;
  }
}

/** Where a package was made without it. */
const notPackaged =
  process.platform === 'linux' && process.arch === 'x64'
    ? 'it was left out of this package'
    : 'it is in the package for linux-x64 alone';

/** Takes some 10 ms. Rejects where the package, or its build for this system, is missing. */
export async function loadApm(): Promise<ApmEngine> {
  // The file behind the package's index, without the messages of all the rest (50 ms, 7 MB).
  const { default: native } = await import('@livekit/rtc-ffi-bindings/native.js').catch((error: unknown) => {
    // What it says then is for developers.
    throw isSea() && String(error).includes('native binding') ? new Error(notPackaged) : error;
  });
  return {
    make: ({ echo = false, noise = false, gain = false }) => {
      // The order of the fields: echo canceller, gain control, high-pass, noise suppression.
      const body = [echo, gain, false, noise].flatMap((on, i) => number(i + 1, on ? 1n : 0n));
      const response = native.livekitFfiRequest(Uint8Array.from(message(newApmRequest, body)));
      return new ApmStage(native, handleOf(response), echo);
    },
  };
}
