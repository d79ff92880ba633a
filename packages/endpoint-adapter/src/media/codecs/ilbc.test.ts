import { describe, expect, it } from 'vitest';
import { makeRandom, rmsDbfs, speechLike } from '../testing/sound.ts';
import { ilbc, ilbcMode } from './ilbc.ts';

const missing = await ilbc.open().then(
  () => null,
  (error: Error) => error.message,
);
if (missing !== null) console.warn(`iLBC is not tested: ${missing}.`);

it('has frames of 20 ms only where both sides say so', () => {
  expect(ilbcMode('mode=20', 'mode=20')).toBe(20);
  expect(ilbcMode('mode=30', 'mode=20')).toBe(30);
  expect(ilbcMode('mode=20', 'mode=30')).toBe(30);
  expect(ilbcMode('', 'mode=20')).toBe(30);
  expect(ilbcMode('mode=25', 'mode=20')).toBe(30);
});

it('is there, or says how it is built', () => {
  expect(missing ?? 'npm run codecs').toMatch(/npm run codecs/);
});

/** It takes a download that not every run should make; npm run codecs makes it. */
const whenBuilt: (name: string, tests: () => void) => void = missing === null ? describe : () => {};

whenBuilt('as built', () => {
  it.each([
    { fmtp: 'mode=20', frameMs: 20, bytes: 38, lengths: [20, 40, 60] },
    { fmtp: '', frameMs: 30, bytes: 50, lengths: [30, 60] },
  ])('encodes and decodes frames of $frameMs ms', async ({ fmtp, frameMs, bytes, lengths }) => {
    const { encoder, decoder } = await ilbc.open({ fmtp, ptime: frameMs });
    expect(encoder.packetMs).toEqual(lengths);
    const samples = frameMs * 8;
    const sound = speechLike(8_000, samples * 40);
    const heard = new Int16Array(sound.length);
    const packet = new Uint8Array(200);
    const out = new Int16Array(1_040);
    for (let at = 0; at < sound.length; at += samples) {
      expect(encoder.encode(sound.subarray(at, at + samples), packet, 12)).toBe(bytes);
      expect(decoder.duration(packet, 12, bytes)).toBe(samples);
      expect(decoder.decode(packet.subarray(12), bytes, out)).toBe(samples);
      heard.set(out.subarray(0, samples), at);
    }
    expect(Math.abs(rmsDbfs(heard) - rmsDbfs(sound))).toBeLessThan(2);
    const two = encoder.encode(sound.subarray(0, 2 * samples), packet, 0);
    expect(decoder.decode(packet, two, out)).toBe(2 * samples);
    decoder.conceal(80, out);
    expect(rmsDbfs(out.subarray(0, 80))).toBeGreaterThan(-40);
  });

  it('decodes either length, whatever was agreed on', async () => {
    const { decoder } = await ilbc.open({ fmtp: 'mode=20', ptime: 20 });
    const out = new Int16Array(1_040);
    expect(decoder.decode(new Uint8Array(50), 50, out)).toBe(240);
    expect(decoder.decode(new Uint8Array(38), 38, out)).toBe(160);
  });

  it('survives payloads that are none', async () => {
    const { encoder, decoder } = await ilbc.open();
    const random = makeRandom(3);
    const out = new Int16Array(1_040);
    for (let i = 0; i < 1_000; i++) {
      const payload = Uint8Array.from({ length: 1 + Math.floor(random() * 160) }, () => random() * 256);
      const samples = decoder.decode(payload, payload.length, out);
      expect(samples).toBe(decoder.duration(payload, 0, payload.length));
      if (i % 10 === 0) decoder.conceal(480, out);
    }
    const good = new Uint8Array(38);
    expect(encoder.encode(speechLike(8_000, 160), good, 0)).toBe(38);
    expect(decoder.decode(good, 38, out)).toBe(160);
  });
});
