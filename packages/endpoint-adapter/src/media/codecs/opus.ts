/** Opus (RFC 6716, RFC 7587) by libopus-wasm, mono at 48 kHz. */
import type { OpusDecoderHandle, OpusEncoderHandle } from 'libopus-wasm';
import type { Codec, Decoder, Encoder, OpenCodec } from './codec.ts';

const sampleRate = 48_000;
/** RFC 6716 §3.4 (R5): no packet is longer than 120 ms. */
const longest = (sampleRate / 1000) * 120;
/** More than 60 ms at this bitrate ever needs, and within one Ethernet frame. */
const packetBytes = 1_200;
/** Samples at 48 kHz that one frame holds, by the configuration number's group (RFC 6716 §3.1 table 2). */
const silkFrames = [480, 960, 1_920, 2_880] as const;
const hybridFrames = [480, 960] as const;
const celtFrames = [120, 240, 480, 960] as const;

/** Samples in a packet, by its TOC byte and frame count (RFC 6716 §3); 0 when malformed. */
export function packetDuration(packet: Uint8Array, offset: number, length: number): number {
  const toc = packet[offset];
  if (length < 1 || toc === undefined) return 0;
  const configuration = toc >> 3;
  const frame =
    configuration < 12
      ? silkFrames[configuration & 3]
      : configuration < 16
        ? hybridFrames[configuration & 1]
        : celtFrames[configuration & 3];
  const code = toc & 3;
  const count = code === 0 ? 1 : code === 3 ? (length < 2 ? 0 : (packet[offset + 1] ?? 0) & 0x3f) : 2;
  const samples = (frame ?? 0) * count;
  return samples <= longest ? samples : 0;
}

/** Whether a packet of one frame carries its predecessor too: the LBRR flag behind the VAD flags (RFC 6716 §4.2.3). */
export function carriesPrevious(payload: Uint8Array, length: number): boolean {
  const toc = payload[0] ?? 0;
  const configuration = toc >> 3;
  if (length < 2 || configuration >= 16 || (toc & 3) !== 0) return false;
  const silkFramesInside = configuration < 12 ? Math.max(1, configuration & 3) : 1;
  return (((payload[1] ?? 0) >> (7 - silkFramesInside)) & 1) === 1;
}

/**
 * libopus-wasm's calls return a new array each: one small allocation for a packet each way, the only ones in our codecs.
 * The options are kept, so that a call makes no object besides.
 */
class OpusEncoder implements Encoder {
  #handle: OpusEncoderHandle;
  #options = { frameSize: 960, maxPacketBytes: packetBytes };

  constructor(handle: OpusEncoderHandle) {
    this.#handle = handle;
  }

  encode(sound: Int16Array, out: Uint8Array, offset: number): number {
    this.#options.frameSize = sound.length;
    const packet = this.#handle.encode(sound, this.#options);
    if (offset + packet.length > out.length) return 0;
    out.set(packet, offset);
    return packet.length;
  }

  close(): void {
    this.#handle.free();
  }
}

class OpusDecoder implements Decoder {
  #handle: OpusDecoderHandle;
  #lost = { decodeFec: false, frameSize: 480 };
  #previous = { decodeFec: true, frameSize: 960 };

  constructor(handle: OpusDecoderHandle) {
    this.#handle = handle;
  }

  duration(packet: Uint8Array, offset: number, length: number): number {
    return packetDuration(packet, offset, length);
  }

  decode(payload: Uint8Array, length: number, out: Int16Array): number {
    try {
      return put(this.#handle.decode(payload.subarray(0, length)), out);
    } catch {
      return 0;
    }
  }

  recover(payload: Uint8Array, length: number, samples: number, out: Int16Array): number {
    if (!carriesPrevious(payload, length)) return 0;
    try {
      this.#previous.frameSize = samples;
      return put(this.#handle.decode(payload.subarray(0, length), this.#previous), out);
    } catch {
      return 0;
    }
  }

  conceal(samples: number, out: Int16Array): void {
    try {
      this.#lost.frameSize = samples;
      put(this.#handle.decode(null, this.#lost), out);
    } catch {
      out.fill(0, 0, samples);
    }
  }

  close(): void {
    this.#handle.free();
  }
}

function put(sound: Int16Array, out: Int16Array): number {
  if (sound.length > out.length) return 0;
  out.set(sound);
  return sound.length;
}

async function open(): Promise<OpenCodec> {
  // Loaded late, so that the phone works where WebAssembly or the package is missing.
  const { Application, Signal, createDecoder, createEncoder } = await import('libopus-wasm');
  const encoder = await createEncoder({
    sampleRate,
    channels: 1,
    application: Application.Voip,
    signal: Signal.Voice,
    bitrate: 32_000,
    complexity: 5,
    fec: true,
    // libopus adds forward error correction only where it is told to expect loss; at this bitrate from 10 % on.
    packetLossPercent: 10,
  });
  const decoder = await createDecoder({ sampleRate, channels: 1 });
  return { encoder: new OpusEncoder(encoder), decoder: new OpusDecoder(decoder) };
}

export const opus: Codec = {
  name: 'opus',
  payloadType: null,
  clockRate: 48_000,
  // RFC 7587 §7: always two in a=rtpmap, whatever is sent.
  channels: 2,
  sampleRate,
  fmtp: 'useinbandfec=1;maxaveragebitrate=32000;stereo=0',
  packetMs: [10, 20, 40, 60],
  recovers: true,
  open,
};
