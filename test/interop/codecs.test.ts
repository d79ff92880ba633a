/** Our codecs and those of ffmpeg decode each other's files. */
import { spawnSync } from 'node:child_process';
import type { Codec } from '@thinline/endpoint-adapter/media/codecs/codec.ts';
import { codecs, findCodec, loadCodecs } from '@thinline/endpoint-adapter/media/codecs/registry.ts';
import { speechLike } from '@thinline/endpoint-adapter/media/testing/sound.ts';
import { describe, expect, it } from 'vitest';
import { hasPeers } from '../peers/required.ts';
import { oggOf, packetsOf } from './ogg.ts';

const seconds = 2;
const here = await loadCodecs((line) => console.warn(line), codecs);
const isHere = (name: string): boolean => here.some((codec) => codec.name === name);

function codecOf(name: string): Codec {
  const codec = findCodec(name);
  if (!codec) throw new Error(`There is no codec ${name}.`);
  return codec;
}

/** What ffmpeg makes of its input, all in memory. */
function ffmpeg(options: readonly string[], input: Uint8Array): Buffer {
  const { status, stdout, stderr } = spawnSync('ffmpeg', ['-v', 'error', ...options, 'pipe:1'], {
    input,
    maxBuffer: 16 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`ffmpeg: ${stderr}`);
  return stdout;
}

const bytesOf = (sound: Int16Array): Uint8Array => new Uint8Array(sound.buffer, sound.byteOffset, sound.byteLength);
const soundOf = (bytes: Buffer): Int16Array =>
  Int16Array.from({ length: bytes.length >> 1 }, (_, i) => bytes.readInt16LE(2 * i));
const raw = (rate: number): string[] => ['-f', 's16le', '-ar', String(rate), '-ac', '1'];

const decodedByFfmpeg = (format: readonly string[], file: Uint8Array, rate: number): Int16Array =>
  soundOf(ffmpeg([...format, '-i', 'pipe:0', ...raw(rate)], file));
const encodedByFfmpeg = (format: readonly string[], sound: Int16Array, rate: number): Buffer =>
  ffmpeg([...raw(rate), '-i', 'pipe:0', ...format], bytesOf(sound));

/** Packets of `ms` of the test's speech. */
async function encodedByUs(
  codec: Codec,
  ms: number,
  fmtp: string,
): Promise<{ packets: Uint8Array[]; sound: Int16Array }> {
  const { encoder, decoder } = await codec.open({ fmtp, ptime: ms });
  const samples = (codec.sampleRate * ms) / 1000;
  const count = Math.floor((seconds * 1000) / ms);
  const sound = speechLike(codec.sampleRate, samples * count);
  const packets = Array.from({ length: count }, (_, i) => {
    const out = new Uint8Array(1_400);
    return out.slice(0, encoder.encode(sound.subarray(i * samples, (i + 1) * samples), out, 0));
  });
  encoder.close();
  decoder.close();
  return { packets, sound };
}

async function decodedByUs(codec: Codec, packets: readonly Uint8Array[], fmtp = ''): Promise<Int16Array> {
  const { encoder, decoder } = await codec.open({ fmtp, ptime: 20 });
  const out = new Int16Array(6_240);
  const parts = packets.map((packet) => out.slice(0, decoder.decode(packet, packet.length, out)));
  encoder.close();
  decoder.close();
  return Int16Array.from(parts.flatMap((part) => [...part]));
}

function inPackets(file: Uint8Array, bytes: number): Uint8Array[] {
  const count = Math.floor(file.length / bytes);
  return Array.from({ length: count }, (_, i) => file.subarray(i * bytes, (i + 1) * bytes));
}

/** How far two decoders of the same bytes agree, dB over what differs. */
function agreement(one: Int16Array, other: Int16Array): number {
  const length = Math.min(one.length, other.length);
  let signal = 0;
  let difference = 1;
  for (let i = 0; i < length; i++) {
    signal += (one[i] ?? 0) ** 2;
    difference += ((one[i] ?? 0) - (other[i] ?? 0)) ** 2;
  }
  return 10 * Math.log10(signal / difference);
}

describe.skipIf(!hasPeers('ffmpeg'))('with ffmpeg', () => {
  it.each([
    { name: 'PCMU', format: 'mulaw' },
    { name: 'PCMA', format: 'alaw' },
  ])('$name: both decode each other bit for bit', async ({ name, format }) => {
    const codec = codecOf(name);
    const { packets, sound } = await encodedByUs(codec, 20, '');
    const ours = Buffer.concat(packets);
    const input = ['-f', format, '-ar', '8000', '-ac', '1'];
    expect(decodedByFfmpeg(input, ours, 8_000)).toEqual(await decodedByUs(codec, packets));
    const theirs = encodedByFfmpeg(['-f', format], sound, 8_000);
    expect(await decodedByUs(codec, inPackets(theirs, 160))).toEqual(decodedByFfmpeg(input, theirs, 8_000));
  });

  it('G722: both decode each other bit for bit', async () => {
    const codec = codecOf('G722');
    const { packets, sound } = await encodedByUs(codec, 20, '');
    expect(decodedByFfmpeg(['-f', 'g722'], Buffer.concat(packets), 16_000)).toEqual(await decodedByUs(codec, packets));
    const theirs = encodedByFfmpeg(['-f', 'g722'], sound, 16_000);
    expect(await decodedByUs(codec, inPackets(theirs, 160))).toEqual(decodedByFfmpeg(['-f', 'g722'], theirs, 16_000));
  });

  it('opus: both decode each other', async () => {
    const codec = codecOf('opus');
    const { packets, sound } = await encodedByUs(codec, 20, 'useinbandfec=1');
    const ours = decodedByFfmpeg(['-c:a', 'libopus'], oggOf(packets, 960), 48_000);
    expect(agreement(await decodedByUs(codec, packets), ours)).toBeGreaterThan(20);
    const encoder = ['-c:a', 'libopus', '-application', 'voip', '-b:a', '32k', '-f', 'ogg'];
    const file = encodedByFfmpeg(encoder, sound, 48_000);
    const theirs = packetsOf(file);
    expect(theirs.length).toBeGreaterThan(90);
    const heard = decodedByFfmpeg(['-c:a', 'libopus'], oggOf(theirs, 960), 48_000);
    expect(agreement(await decodedByUs(codec, theirs), heard)).toBeGreaterThan(20);
  });

  it.skipIf(!isHere('G729'))('G729: ffmpeg decodes ours', async () => {
    const codec = codecOf('G729');
    const { packets } = await encodedByUs(codec, 20, 'annexb=no');
    const heard = decodedByFfmpeg(['-f', 'g729'], Buffer.concat(packets), 8_000);
    expect(agreement(await decodedByUs(codec, packets), heard)).toBeGreaterThan(20);
  });

  // Our decoder enhances what it decoded (RFC 3951 §4.6), which takes it so many samples; ffmpeg's does not. Both begin alike
  // only after some frames.
  it.each(
    isHere('iLBC')
      ? [
          { ms: 20, later: 40 },
          { ms: 30, later: 80 },
        ]
      : [],
  )('iLBC: ffmpeg decodes our frames of $ms ms', async ({ ms, later }) => {
    const codec = codecOf('iLBC');
    const { packets } = await encodedByUs(codec, ms, `mode=${ms}`);
    const ours = await decodedByUs(codec, packets, `mode=${ms}`);
    const file = Buffer.concat([Buffer.from(`#!iLBC${ms}\n`), ...packets]);
    const heard = decodedByFfmpeg(['-f', 'ilbc'], file, 8_000);
    expect(agreement(ours.subarray(later + 400), heard.subarray(400))).toBeGreaterThan(15);
  });
});
