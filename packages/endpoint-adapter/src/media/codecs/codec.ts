/** What the media worker sees of a codec. One file a codec, one line in the registry. */

/** What RTCP says of the way to the far end, as settings; each encoder takes what it can. */
export interface SendConditions {
  /** Share of packets that are lost on the way, 0 to 1. */
  lossRate: number;
  /** bit/s, at most; the codec's own where it isn't given. */
  bitrate?: number;
  /** 0 to 10, the more the better the sound and the higher the cost. */
  complexity?: number;
  /** Whether nothing may be sent in silence. */
  discontinuous: boolean;
}

/** All sound is mono, signed 16 bit, at the codec's sample rate. */
export interface Encoder {
  /** Packet lengths that can be sent in this session, ms, shortest first. */
  readonly packetMs: readonly number[];
  /**
   * Encodes one packet's worth of sound into `out` from `offset` on. Returns the number of bytes; 0 when nothing is to
   * be sent, as it failed or as there is silence.
   */
  encode(sound: Int16Array, out: Uint8Array, offset: number): number;
  /** From the next packet on; not for every packet. */
  adapt(conditions: SendConditions): void;
  close(): void;
}

export interface Decoder {
  /** The far end said that it sends nothing for now: what is concealed until the next packet is its comfort noise. */
  readonly resting: boolean;
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

/** What was agreed on for one session. */
export interface CodecOptions {
  /** The far end's a=fmtp: what it wants to receive; empty for nothing. */
  fmtp: string;
  /** Ours, where it isn't the codec's own. */
  localFmtp?: string;
  /** ms of sound in a packet, as asked for. */
  ptime: number;
}

export interface Codec {
  /** The encoding name of RFC 3551 or of the codec's payload format. */
  readonly name: string;
  /** RFC 3551 §6; null for a dynamic one. */
  readonly payloadType: number | null;
  /** Of RTP timestamps, and the channels of a=rtpmap. */
  readonly clockRate: number;
  readonly channels: number;
  /** Of the sound on our side, Hz. */
  readonly sampleRate: 8_000 | 16_000 | 24_000 | 32_000 | 48_000;
  /** What a=fmtp says about what we want to receive; empty for nothing. */
  readonly fmtp: string;
  /** Packet lengths that can be sent, ms, shortest first; a session may have fewer (`Encoder.packetMs`). */
  readonly packetMs: readonly number[];
  /** Whether a packet can carry its predecessor too. */
  readonly recovers: boolean;
  /** Whether it has a way of its own to send nothing in silence; the others take comfort noise (RFC 3389). */
  readonly ownsSilence: boolean;
  /** Rejects when the codec can't work on this machine. */
  open(options?: CodecOptions): Promise<OpenCodec>;
}

/** The longest packet length that there is and that isn't longer than asked for. */
export function packetLength({ packetMs }: { packetMs: readonly number[] }, ptime: number): number {
  return packetMs.findLast((ms) => ms <= ptime) ?? packetMs[0] ?? 20;
}
