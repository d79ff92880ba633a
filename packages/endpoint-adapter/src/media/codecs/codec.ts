/** What the media worker sees of a codec. One file a codec, one line in the registry. */

/** All sound is mono, signed 16 bit, at the codec's sample rate. */
export interface Encoder {
  /** Encodes one packet's worth of sound into `out` from `offset` on; returns the number of bytes, 0 when it failed. */
  encode(sound: Int16Array, out: Uint8Array, offset: number): number;
  close(): void;
}

export interface Decoder {
  /** Samples in the payload of `length` bytes at `offset`; 0 when it is malformed or longer than 120 ms. */
  duration(packet: Uint8Array, offset: number, length: number): number;
  /** Decodes the first `length` bytes. Returns the number of samples written to `out`; 0 when the payload can't be decoded. */
  decode(payload: Uint8Array, length: number, out: Int16Array): number;
  /** The `samples` of sound before this payload, as far as it carries them (forward error correction); 0 when not. */
  recover(payload: Uint8Array, length: number, samples: number, out: Int16Array): number;
  /** Makes up `samples` of sound for what was lost. */
  conceal(samples: number, out: Int16Array): void;
  close(): void;
}

export interface OpenCodec {
  encoder: Encoder;
  decoder: Decoder;
}

export interface Codec {
  /** The encoding name of RFC 3551 or RFC 7587. */
  readonly name: string;
  /** RFC 3551 §6; null for a dynamic one. */
  readonly payloadType: number | null;
  /** Of RTP timestamps, and the channels of a=rtpmap. */
  readonly clockRate: number;
  readonly channels: number;
  /** Of the sound on our side, Hz. */
  readonly sampleRate: 8_000 | 16_000 | 24_000 | 48_000;
  /** What a=fmtp says about what we want to receive; empty for nothing. */
  readonly fmtp: string;
  /** Packet lengths that can be sent, ms, shortest first. */
  readonly packetMs: readonly number[];
  /** Whether a packet can carry its predecessor too. */
  readonly recovers: boolean;
  /** Rejects when the codec can't work on this machine. */
  open(): Promise<OpenCodec>;
}

/** The longest packet length that the codec has and that isn't longer than asked for. */
export function packetLength(codec: Codec, ptime: number): number {
  return codec.packetMs.findLast((ms) => ms <= ptime) ?? codec.packetMs[0] ?? 20;
}
