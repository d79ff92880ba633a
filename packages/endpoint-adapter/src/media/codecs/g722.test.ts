import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rmsDbfs, speechLike, tone, toneDbfs } from '../testing/sound.ts';
import type { OpenCodec } from './codec.ts';
import { g722 } from './g722.ts';

const frame = 320;
const second = 16_000;

function throughAll({ encoder, decoder }: OpenCodec, sound: Int16Array): { codes: Uint8Array; heard: Int16Array } {
  const codes = new Uint8Array(sound.length / 2);
  const heard = new Int16Array(sound.length);
  const out = new Int16Array(frame);
  for (let at = 0; at < sound.length; at += frame) {
    expect(encoder.encode(sound.subarray(at, at + frame), codes, at / 2)).toBe(frame / 2);
    expect(decoder.decode(codes.subarray(at / 2), frame / 2, out)).toBe(frame);
    heard.set(out, at);
  }
  return { codes, heard };
}

const digest = (data: Uint8Array | Int16Array): string => createHash('sha256').update(data).digest('hex').slice(0, 16);

it('makes the bytes and the sound that a codec makes which agrees with all sequences of ITU-T', async () => {
  const { codes, heard } = throughAll(await g722.open(), speechLike(second, second));
  expect(digest(codes)).toBe('8392f189765ef077');
  expect(digest(heard)).toBe('196171338afd9fcd');
});

/** Speech of ITU-T's software tools (G.191), beside the sequences that g722-adpcm.test.ts asks for. */
const folder = process.env.THINLINE_G722_VECTORS ?? '';

const whenGiven: (name: string, test: () => Promise<void>) => void = existsSync(join(folder, 'inpsp.bin'))
  ? it
  : () => {};

whenGiven("encodes and decodes ITU-T's speech bit for bit", async () => {
  const words = (name: string): Int16Array => {
    const bytes = readFileSync(join(folder, name));
    return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  };
  const sound = words('inpsp.bin');
  const whole = sound.length - (sound.length % frame);
  const { codes, heard } = throughAll(await g722.open(), sound.subarray(0, whole));
  expect(Int16Array.from(codes)).toEqual(words('codspw.cod').subarray(0, whole / 2));
  expect(heard).toEqual(words('outsp1.bin').subarray(0, whole));
});

it('carries tones up to 7 kHz at their level', async () => {
  for (const hz of [200, 1_000, 3_500, 5_000, 6_800]) {
    const { heard } = throughAll(await g722.open(), tone(hz, -12, second, second));
    expect(Math.abs(toneDbfs(heard.subarray(second / 2), hz, second) + 12)).toBeLessThan(1);
  }
});

it('makes the same of sound in packets of any length', async () => {
  const sound = speechLike(second, 960 * 10);
  const whole = throughAll(await g722.open(), sound).codes;
  const { encoder } = await g722.open();
  const codes = new Uint8Array(sound.length / 2);
  for (let at = 0; at < sound.length; at += 960) encoder.encode(sound.subarray(at, at + 960), codes, at / 2);
  expect(codes).toEqual(whole);
});

it('stays within bounds for what no encoder sends', async () => {
  const { decoder } = await g722.open();
  const out = new Int16Array(1_920);
  expect(decoder.duration(new Uint8Array(961), 0, 961)).toBe(0);
  expect(decoder.duration(new Uint8Array(960), 0, 960)).toBe(1_920);
  const noise = Uint8Array.from({ length: 960 }, (_, i) => (i * i * 37) >> 3);
  for (let i = 0; i < 20; i++) expect(decoder.decode(noise, 960, out)).toBe(1_920);
  expect(decoder.decode(noise, 960, out.subarray(0, 100))).toBe(100);
});

it('conceals with what was heard last', async () => {
  const { encoder, decoder } = await g722.open();
  throughAll({ encoder, decoder }, tone(400, -12, second, second));
  const out = new Int16Array(160);
  decoder.conceal(160, out);
  expect(rmsDbfs(out)).toBeGreaterThan(-20);
});
