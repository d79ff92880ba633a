/** Opus (RFC 6716, RFC 7587) by libopus, mono at 48 kHz. */
import type { Bandwidth, OpusDecoderHandle } from 'libopus-wasm';
import type { Codec, CodecOptions, Decoder, Encoder, OpenCodec, SendConditions } from './codec.ts';
import { wholeParameter } from './fmtp.ts';
import {
  type OpenOpusEncoder,
  type OpusEncoderLibrary,
  openSystemEncoder,
  openWasmEncoder,
  sampleRate,
  setting,
  voice,
} from './opus-encoder.ts';

/** RFC 6716 §3.4 (R5): no packet is longer than 120 ms. */
const longest = (sampleRate / 1000) * 120;
/** More than 60 ms at this bitrate ever needs, and within one Ethernet frame. */
const packetBytes = 1_200;
const packetMs = [10, 20, 40, 60];
/** bit/s: the whole band of speech, and room for forward error correction. */
const fullBitrate = 32_000;
/** RFC 7587 §6.1. */
const lowestBitrate = 6_000;
/** What each costs and brings: docs/codecs.md. */
const usualComplexity = 5;
/** Before the first report: as much loss as makes libopus add forward error correction at this bitrate. */
const unknownLossPercent = 10;
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

/** What the far end's a=fmtp asks of our encoder (RFC 7587 §6.1). stereo is a wish that we needn't fulfil. */
export interface OpusWishes {
  /** bit/s, at most. */
  bitrate: number;
  /** Hz that it can play; 48,000 for all. */
  playbackRate: number;
  fec: boolean;
  constantBitrate: boolean;
}

export function opusWishes(fmtp: string): OpusWishes {
  const most = wholeParameter(fmtp, 'maxaveragebitrate') ?? fullBitrate;
  return {
    bitrate: Math.max(lowestBitrate, Math.min(fullBitrate, most)),
    playbackRate: wholeParameter(fmtp, 'maxplaybackrate') ?? sampleRate,
    fec: wholeParameter(fmtp, 'useinbandfec') === 1,
    constantBitrate: wholeParameter(fmtp, 'cbr') === 1,
  };
}

/** libopus' number of the widest band that is of use at a playback rate (RFC 7587 §3.1.1). */
export function widestBand(playbackRate: number, band: typeof Bandwidth): Bandwidth {
  if (playbackRate < 12_000) return band.Narrowband;
  if (playbackRate < 16_000) return band.Mediumband;
  if (playbackRate < 24_000) return band.Wideband;
  return playbackRate < 48_000 ? band.Superwideband : band.Fullband;
}

class OpusEncoder implements Encoder {
  readonly packetMs = packetMs;
  readonly #library: OpusEncoderLibrary;
  readonly #most: number;
  readonly #packet = new Uint8Array(packetBytes);
  #discontinuous = false;

  constructor(library: OpusEncoderLibrary, most: number) {
    this.#library = library;
    this.#most = most;
  }

  encode(sound: Int16Array, out: Uint8Array, offset: number): number {
    const packet = this.#packet;
    const length = this.#library.encode(sound, packet);
    if (length <= 0 || offset + length > out.length) return 0;
    // RFC 7587 §3.1.3: libopus makes a packet of at most two bytes where DTX lets none be sent.
    if (this.#discontinuous && length <= 2) return 0;
    for (let i = 0; i < length; i++) out[offset + i] = packet[i] ?? 0;
    return length;
  }

  adapt({ lossRate, bitrate, complexity, discontinuous }: SendConditions): void {
    const library = this.#library;
    const allowed = Math.max(lowestBitrate, Math.min(this.#most, Math.round(bitrate ?? this.#most)));
    library.set(setting.lossPercent, Math.round(100 * Math.min(1, Math.max(0, lossRate))));
    library.set(setting.bitrate, allowed);
    library.set(setting.complexity, Math.min(10, Math.max(0, Math.round(complexity ?? usualComplexity))));
    library.set(setting.discontinuous, discontinuous ? 1 : 0);
    this.#discontinuous = discontinuous;
  }

  close(): void {
    this.#library.close();
  }
}

/** libopus-wasm's calls return a new array each, the only one that our codecs make for a packet. The options are kept. */
class OpusDecoder implements Decoder {
  /** With DTX the last packet before the pause holds nothing but its first bytes. */
  resting = false;
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
    this.resting = length <= 2;
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

const fmtp = 'useinbandfec=1;maxaveragebitrate=32000;stereo=0';

/** `openEncoder`: whose it is to be; libopus-wasm's where that has none. */
export async function openOpus(
  options?: CodecOptions,
  openEncoder: OpenOpusEncoder = openSystemEncoder,
): Promise<OpenCodec> {
  // Loaded late, so that the phone works where WebAssembly or the package is missing.
  const { Bandwidth, createDecoder } = await import('libopus-wasm');
  const decoder = await createDecoder({ sampleRate, channels: 1 });
  const wishes = opusWishes(options?.fmtp ?? fmtp);
  const encoder = (await openEncoder()) ?? (await openWasmEncoder());
  encoder.set(setting.signal, voice);
  encoder.set(setting.bitrate, wishes.bitrate);
  encoder.set(setting.complexity, usualComplexity);
  encoder.set(setting.widestBand, widestBand(wishes.playbackRate, Bandwidth));
  encoder.set(setting.variableBitrate, wishes.constantBitrate ? 0 : 1);
  encoder.set(setting.forwardErrorCorrection, wishes.fec ? 1 : 0);
  encoder.set(setting.lossPercent, unknownLossPercent);
  return { encoder: new OpusEncoder(encoder, wishes.bitrate), decoder: new OpusDecoder(decoder) };
}

export const opus: Codec = {
  name: 'opus',
  payloadType: null,
  clockRate: 48_000,
  // RFC 7587 §7: always two in a=rtpmap, whatever is sent.
  channels: 2,
  sampleRate,
  fmtp,
  packetMs,
  recovers: true,
  ownsSilence: true,
  open: (options) => openOpus(options),
};
