/** WAV files: reads the telephone formats, writes 48 kHz mono 16 bit. */
import { closeSync, openSync, readFileSync, statSync, write, writeSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { expand as aLaw } from '../media/codecs/pcma.ts';
import { expand as muLaw } from '../media/codecs/pcmu.ts';
import { sampleRate } from './driver.ts';

/** Ten minutes of the largest format. */
const readBound = 128 * 1024 * 1024;
/** A minute and more of it. */
const shortBound = 16 * 1024 * 1024;
const rates: readonly number[] = [8_000, 16_000, 32_000, 48_000];
const formats = { pcm: 1, aLaw: 6, muLaw: 7 } as const;

export interface Wav {
  rate: number;
  /** Mono: of two channels the mean. */
  samples: Int16Array;
}

/** What else a sound file may be, by how it begins. */
function notWav(bytes: Uint8Array): string {
  const start = String.fromCharCode(...bytes.subarray(0, 4));
  // MPEG-1 §2.4.2.3: a frame begins with eleven bits that are set.
  const isMp3 = start.startsWith('ID3') || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0);
  if (isMp3) return 'it is an MP3 file, not a WAV file';
  return start === 'RIFX' ? 'it is a WAV file for big-endian machines' : 'it is not a WAV file';
}

/** Parses a RIFF WAVE file. Throws an Error whose message says what is wrong with it. */
export function parseWav(bytes: Uint8Array): Wav {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 12 || tag(0) !== 'RIFF' || tag(8) !== 'WAVE') throw new Error(notWav(bytes));
  let format: { code: number; channels: number; rate: number } | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    const start = at + 8;
    if (start + size > bytes.length) throw new Error(`its part "${tag(at)}" is longer than the file`);
    if (tag(at) === 'fmt ') format = parseFormat(new DataView(view.buffer, view.byteOffset + start, size));
    if (tag(at) === 'data') {
      if (!format) throw new Error('its sound comes before its format');
      return { rate: format.rate, samples: decode(format, bytes.subarray(start, start + size)) };
    }
    at = start + size + (size & 1);
  }
  throw new Error('it has no sound in it');
}

function parseFormat(view: DataView): { code: number; channels: number; rate: number } {
  if (view.byteLength < 16) throw new Error('its format part is too short');
  const code = view.getUint16(0, true);
  const channels = view.getUint16(2, true);
  const rate = view.getUint32(4, true);
  const block = view.getUint16(12, true);
  const bits = view.getUint16(14, true);
  const known = code === formats.pcm ? bits === 16 : (code === formats.aLaw || code === formats.muLaw) && bits === 8;
  if (!known) throw new Error(`its coding (format ${code}, ${bits} bit) is not PCM 16 bit, A-law or µ-law`);
  if (channels < 1 || channels > 2) throw new Error(`it has ${channels} channels, not one or two`);
  if (code !== formats.pcm && rate !== 8_000) throw new Error(`its rate is ${rate} Hz; A-law and µ-law have 8000`);
  if (!rates.includes(rate)) throw new Error(`its rate of ${rate} Hz is not one of ${rates.join(', ')}`);
  if (block !== (channels * bits) / 8) throw new Error('its format contradicts itself');
  return { code, channels, rate };
}

function decode(format: { code: number; channels: number }, data: Uint8Array): Int16Array {
  const width = format.code === formats.pcm ? 2 : 1;
  if (data.length % (width * format.channels) !== 0) throw new Error('its sound ends within a sample');
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const sample = (i: number): number => {
    if (format.code === formats.pcm) return view.getInt16(i * 2, true);
    return format.code === formats.aLaw ? aLaw(view.getUint8(i)) : muLaw(view.getUint8(i));
  };
  const samples = new Int16Array(data.length / width / format.channels);
  for (let i = 0; i < samples.length; i++) {
    samples[i] = format.channels === 1 ? sample(i) : (sample(2 * i) + sample(2 * i + 1)) >> 1;
  }
  return samples;
}

/** Half the length of the interpolation filter, in samples of the source. */
const reach = 16;

/** A windowed sinc, its middle `shift` of a sample after the one at `reach - 1`. */
const interpolation = (shift: number): Float64Array =>
  Float64Array.from({ length: 2 * reach }, (_, k) => {
    const x = k - reach + 1 - shift;
    return x === 0 ? 1 : (Math.sin(Math.PI * x) / (Math.PI * x)) * (0.5 + 0.5 * Math.cos((Math.PI * x) / reach));
  });

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

/** Upwards only, by a windowed sinc: no images of the telephone band above it. */
export function resampleUp(samples: Int16Array, from: number, to: number): Int16Array {
  if (from === to) return samples;
  const divisor = greatestDivisor(from, to);
  const step = from / divisor;
  const phases = to / divisor;
  const filters = Array.from({ length: phases }, (_, phase) => interpolation(phase / phases));
  const source = new Float64Array(samples.length + 2 * reach);
  source.set(samples, reach - 1);
  const result = new Int16Array(Math.floor((samples.length * to) / from));
  let base = 0;
  let phase = 0;
  for (let i = 0; i < result.length; i++) {
    const filter = filters[phase] ?? source;
    let sum = 0;
    for (let k = 0; k < 2 * reach; k++) sum += (source[base + k] ?? 0) * (filter[k] ?? 0);
    result[i] = Math.max(-32768, Math.min(32767, Math.round(sum)));
    phase += step;
    while (phase >= phases) {
      phase -= phases;
      base += 1;
    }
  }
  return result;
}

/** The sound of a file at 48 kHz. Throws an Error whose message is a sentence. */
export function loadWav(path: string): Int16Array {
  try {
    if (statSync(path).size > readBound) throw new Error('it is too long');
    const wav = parseWav(readFileSync(path));
    if (wav.samples.length === 0) throw new Error('it has no sound in it');
    return resampleUp(wav.samples, wav.rate, sampleRate);
  } catch (error) {
    throw unusable(path, error);
  }
}

export interface ShortWav {
  /** At 48 kHz, in memory that threads share. */
  samples: Int16Array<SharedArrayBuffer>;
  /** The file was longer. */
  cut: boolean;
}

/**
 * The first seconds of a file that people have named, at 48 kHz. Rejects with an Error whose message is a sentence, for
 * whatever is no file (a pipe would never end) too.
 */
export async function readShortWav(path: string, longestS: number): Promise<ShortWav> {
  try {
    const file = await stat(path);
    if (!file.isFile()) throw new Error('it is no file');
    if (file.size > shortBound) throw new Error('it is too long');
    const { rate, samples } = parseWav(await readFile(path));
    if (samples.length === 0) throw new Error('it has no sound in it');
    const most = longestS * rate;
    const sound = resampleUp(samples.subarray(0, most), rate, sampleRate);
    const shared = new Int16Array(new SharedArrayBuffer(sound.byteLength));
    shared.set(sound);
    return { samples: shared, cut: samples.length > most };
  } catch (error) {
    throw unusable(path, error);
  }
}

function unusable(path: string, error: unknown): Error {
  const why = error instanceof Error ? error.message : String(error);
  return new Error(`The sound file ${path} cannot be used: ${why}.`, { cause: error });
}

const headerBytes = 44;

function wavHeader(samples: number): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(headerBytes - 8 + samples * 2, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(formats.pcm, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples * 2, 40);
  return header;
}

/** One second a block. */
const blockSamples = sampleRate;
/** RIFF counts bytes in 32 bits; beyond six hours the recording just ends. */
const writeBound = 6 * 3600 * sampleRate;
/** Blocks that a slow disk may leave waiting; later ones stay silent. */
const waitingBound = 30;

interface Block {
  bytes: Buffer;
  at: number;
}

/** Writes a WAV file without holding up the caller: each second of sound goes to the disk by itself. */
export class WavWriter {
  readonly #file: number;
  readonly #waiting = new Set<Block>();
  #block: Block = { bytes: Buffer.alloc(blockSamples * 2), at: headerBytes };
  #filled = 0;
  #closed = false;

  /** Throws an Error whose message is a sentence. */
  constructor(path: string) {
    try {
      this.#file = openSync(path, 'w');
      writeSync(this.#file, wavHeader(0), 0, headerBytes, 0);
    } catch (error) {
      throw new Error(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}.`);
    }
  }

  get #samples(): number {
    return (this.#block.at - headerBytes) / 2 + this.#filled;
  }

  write(frame: Int16Array): void {
    if (this.#closed || this.#samples + frame.length > writeBound) return;
    for (let i = 0; i < frame.length; i++) {
      this.#block.bytes.writeInt16LE(frame[i] ?? 0, this.#filled * 2);
      this.#filled += 1;
      if (this.#filled === blockSamples) this.#nextBlock();
    }
  }

  #nextBlock(): void {
    const block = this.#block;
    this.#block = { bytes: Buffer.alloc(blockSamples * 2), at: block.at + block.bytes.length };
    this.#filled = 0;
    if (this.#waiting.size >= waitingBound) return;
    this.#waiting.add(block);
    write(this.#file, block.bytes, 0, block.bytes.length, block.at, () => {
      this.#waiting.delete(block);
      this.#closeFile();
    });
  }

  /** When it returns the file is whole so far, whatever happens to this process next. */
  sync(): void {
    if (this.#closed) return;
    // Blocks still on their way are written here too: the same bytes to the same place.
    for (const block of this.#waiting) writeSync(this.#file, block.bytes, 0, block.bytes.length, block.at);
    writeSync(this.#file, this.#block.bytes, 0, this.#filled * 2, this.#block.at);
    writeSync(this.#file, wavHeader(this.#samples), 0, headerBytes, 0);
  }

  close(): void {
    if (this.#closed) return;
    this.sync();
    this.#closed = true;
    this.#closeFile();
  }

  #closeFile(): void {
    if (this.#closed && this.#waiting.size === 0) closeSync(this.#file);
  }
}
