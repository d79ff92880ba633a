import { describe, expect, it } from 'vitest';
import { makeRandom, rmsDbfs, speechLike, tone, toneDbfs } from '../testing/sound.ts';
import type { Codec, OpenCodec } from './codec.ts';
import { isacBitrate, isacSuperWideBand, isacWideBand } from './isac.ts';

const missing = await isacWideBand.open().then(
  () => null,
  (error: Error) => error.message,
);
if (missing !== null) console.warn(`iSAC is not tested: ${missing}.`);

it('keeps to the bitrate that the far end names, within what there is', () => {
  expect(isacBitrate(16_000, '')).toBe(32_000);
  expect(isacBitrate(16_000, 'ibitrate=20000;maxbitrate=50000')).toBe(20_000);
  expect(isacBitrate(32_000, 'maxbitrate=45000')).toBe(45_000);
  expect(isacBitrate(32_000, 'maxbitrate=1')).toBe(10_000);
});

it('is there, or says how it is built', () => {
  expect(missing ?? 'npm run codecs').toMatch(/npm run codecs/);
});

/** It takes a download that not every run should make; npm run codecs makes it. */
const whenBuilt: (name: string, tests: () => void) => void = missing === null ? describe : () => {};

function through(
  { encoder, decoder }: OpenCodec,
  sound: Int16Array,
  samples: number,
): { heard: Int16Array; bytes: number } {
  const heard = new Int16Array(sound.length);
  const packet = new Uint8Array(800);
  const out = new Int16Array(4_160);
  let bytes = 0;
  for (let at = 0; at + samples <= sound.length; at += samples) {
    const length = encoder.encode(sound.subarray(at, at + samples), packet, 12);
    expect(decoder.duration(packet, 12, length)).toBe(samples);
    expect(decoder.decode(packet.subarray(12), length, out)).toBe(samples);
    heard.set(out.subarray(0, samples), at);
    bytes += length;
  }
  return { heard, bytes };
}

whenBuilt('as built', () => {
  const cases: { codec: Codec; ms: number }[] = [
    { codec: isacWideBand, ms: 30 },
    { codec: isacWideBand, ms: 60 },
    { codec: isacSuperWideBand, ms: 30 },
  ];
  it.each(cases)('encodes and decodes packets of $ms ms at $codec.clockRate Hz', async ({ codec, ms }) => {
    const open = await codec.open({ fmtp: '', ptime: ms });
    expect(open.encoder.packetMs).toContain(ms);
    const samples = (codec.sampleRate * ms) / 1000;
    const sound = speechLike(codec.sampleRate, samples * 20);
    const { heard } = through(open, sound, samples);
    expect(Math.abs(rmsDbfs(heard) - rmsDbfs(sound))).toBeLessThan(2);
    open.decoder.conceal(samples / 3, heard);
    expect(rmsDbfs(heard.subarray(0, samples / 3))).toBeGreaterThan(-40);
  });

  it('carries 11 kHz in super wide band', async () => {
    const { heard } = through(await isacSuperWideBand.open(), tone(11_000, -20, 32_000, 32_000 - 320), 960);
    expect(toneDbfs(heard.subarray(9_600, 28_800), 11_000, 32_000)).toBeGreaterThan(-30);
  });

  it('takes another bitrate while it runs', async () => {
    const open = await isacWideBand.open();
    const sound = speechLike(16_000, 16_000 - 160);
    const before = through(open, sound, 480).bytes;
    open.encoder.adapt({ lossRate: 0, bitrate: 12_000, discontinuous: false });
    expect(through(open, sound, 480).bytes).toBeLessThan(0.8 * before);
  });

  it('survives payloads that are none', async () => {
    const open = await isacWideBand.open();
    const random = makeRandom(5);
    const out = new Int16Array(2_080);
    for (let i = 0; i < 1_000; i++) {
      const payload = Uint8Array.from({ length: 1 + Math.floor(random() * 200) }, () => random() * 256);
      expect(open.decoder.duration(payload, 0, payload.length)).toBeLessThanOrEqual(960);
      expect(open.decoder.decode(payload, payload.length, out)).toBeLessThanOrEqual(960);
    }
    through(open, speechLike(16_000, 480), 480);
  });
});
