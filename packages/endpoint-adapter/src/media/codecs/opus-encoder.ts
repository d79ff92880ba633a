/**
 * libopus as an encoder: that of the system, where it has one, costs less than libopus-wasm's. What strangers send is decoded
 * in WebAssembly alone, which holds whatever a fault in a decoder may do.
 */

/** Requests of opus_encoder_ctl, as opus_defines.h numbers them. */
export const setting = {
  bitrate: 4_002,
  widestBand: 4_004,
  variableBitrate: 4_006,
  complexity: 4_010,
  forwardErrorCorrection: 4_012,
  lossPercent: 4_014,
  discontinuous: 4_016,
  signal: 4_024,
} as const;

/** Hz. */
export const sampleRate = 48_000;
/** OPUS_SIGNAL_VOICE, OPUS_APPLICATION_VOIP and OPUS_OK, likewise. */
export const voice = 3_001;
const conversation = 2_048;
const ok = 0;

export interface OpusEncoderLibrary {
  /** The packet's length, at most that of `packet`, at whose beginning it is; not positive when it failed. */
  encode(sound: Int16Array, packet: Uint8Array): number;
  set(request: number, value: number): void;
  close(): void;
}

/** One channel. Null where there is none. */
export type OpenOpusEncoder = () => Promise<OpusEncoderLibrary | null>;

/** Its calls return a new array each: one small allocation for a packet. The options are kept. */
export const openWasmEncoder = async (): Promise<OpusEncoderLibrary> => {
  // Loaded late, so that the phone works where WebAssembly or the package is missing.
  const { Application, createEncoder } = await import('libopus-wasm');
  const encoder = await createEncoder({ sampleRate, channels: 1, application: Application.Voip });
  const options = { frameSize: 0, maxPacketBytes: 0 };
  return {
    encode(sound, packet) {
      options.frameSize = sound.length;
      options.maxPacketBytes = packet.length;
      const encoded = encoder.encode(sound, options);
      packet.set(encoded);
      return encoded.length;
    },
    set: (request, value) => encoder.encoderCtl(request, value),
    close: () => encoder.free(),
  };
};

interface SystemLibrary {
  open: (sampleRate: number, channels: number, application: number, failure: Int32Array) => unknown;
  close: (encoder: unknown) => void;
  encode: (encoder: unknown, sound: Int16Array, samples: number, packet: Uint8Array, room: number) => number;
  set: (encoder: unknown, request: number, type: 'int', value: number) => number;
}

const names: Partial<Record<NodeJS.Platform, string>> = { linux: 'libopus.so.0', darwin: 'libopus.0.dylib' };
const name = names[process.platform];

let loaded: Promise<SystemLibrary | null> | null = null;

async function load(): Promise<SystemLibrary | null> {
  try {
    if (name === undefined) return null;
    const koffi = await import('koffi');
    const library = koffi.load(name);
    return {
      open: library.func('void *opus_encoder_create(int32_t, int, int, int *)'),
      close: library.func('void opus_encoder_destroy(void *)'),
      encode: library.func('int32_t opus_encode(void *, const int16_t *, int, uint8_t *, int32_t)'),
      set: library.func('int opus_encoder_ctl(void *, int, ...)'),
    };
  } catch {
    return null;
  }
}

export const openSystemEncoder: OpenOpusEncoder = async () => {
  loaded ??= load();
  const library = await loaded;
  const failure = Int32Array.of(ok);
  const encoder = library?.open(sampleRate, 1, conversation, failure) ?? null;
  if (library === null || encoder === null || failure[0] !== ok) return null;
  return {
    encode: (sound, packet) => library.encode(encoder, sound, sound.length, packet, packet.length),
    set(request, value) {
      if (library.set(encoder, request, 'int', value) !== ok)
        throw new RangeError(`libopus refuses ${request}: ${value}`);
    },
    close: () => library.close(encoder),
  };
};
