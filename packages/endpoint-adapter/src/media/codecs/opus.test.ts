import { expect, it } from 'vitest';
import { rmsDbfs, speechLike } from '../testing/sound.ts';
import { carriesPrevious, opus, packetDuration } from './opus.ts';

const frame = 960;

async function encoded(packets: number): Promise<{ payloads: Uint8Array[]; sound: Int16Array }> {
  const { encoder, decoder } = await opus.open();
  const sound = speechLike(48_000, packets * frame);
  const payloads = Array.from({ length: packets }, (_, i) => {
    const out = new Uint8Array(1_400);
    return out.slice(12, 12 + encoder.encode(sound.subarray(i * frame, (i + 1) * frame), out, 12));
  });
  encoder.close();
  decoder.close();
  return { payloads, sound };
}

it('reads durations from the first two bytes', () => {
  const of = (...bytes: number[]) => packetDuration(Uint8Array.from([9, ...bytes]), 1, bytes.length);
  expect(of(1 << 3)).toBe(960);
  expect(of((3 << 3) | 1)).toBe(2 * 2_880);
  expect(of(31 << 3)).toBe(960);
  expect(of((12 << 3) | 3, 5)).toBe(5 * 480);
  expect(of((3 << 3) | 3, 63)).toBe(0);
  expect(of((3 << 3) | 3)).toBe(0);
  expect(of()).toBe(0);
});

it('encodes and decodes speech-like sound at its level', async () => {
  const { payloads, sound } = await encoded(50);
  const { encoder, decoder } = await opus.open();
  const heard = new Int16Array(50 * frame);
  const out = new Int16Array(6_240);
  payloads.forEach((payload, i) => {
    expect(decoder.duration(payload, 0, payload.length)).toBe(frame);
    expect(decoder.decode(payload, payload.length, out)).toBe(frame);
    heard.set(out.subarray(0, frame), i * frame);
  });
  expect(Math.abs(rmsDbfs(heard) - rmsDbfs(sound))).toBeLessThan(2);
  encoder.close();
  decoder.close();
});

it('recovers a lost packet from the next one, and only where that carries it', async () => {
  const { payloads, sound } = await encoded(50);
  const { encoder, decoder } = await opus.open();
  const out = new Int16Array(6_240);
  for (const payload of payloads.slice(0, 40)) decoder.decode(payload, payload.length, out);
  const next = payloads[41] ?? new Uint8Array(0);
  expect(carriesPrevious(next, next.length)).toBe(true);
  expect(decoder.recover(next, next.length, frame, out)).toBe(frame);
  const lost = sound.subarray(40 * frame, 41 * frame);
  expect(Math.abs(rmsDbfs(out.subarray(0, frame)) - rmsDbfs(lost))).toBeLessThan(6);
  const celtOnly = Uint8Array.from([31 << 3, 0xff, 0xff]);
  expect(decoder.recover(celtOnly, 3, frame, out)).toBe(0);
  encoder.close();
  decoder.close();
});

it('survives payloads that are not Opus', async () => {
  const { encoder, decoder } = await opus.open();
  const out = new Int16Array(6_240);
  let seed = 7;
  for (let i = 0; i < 2_000; i++) {
    const payload = Uint8Array.from({ length: 1 + (i % 90) }, () => {
      seed = (seed * 1_103_515_245 + 12_345) & 0x7fff_ffff;
      return seed >> 16;
    });
    const samples = decoder.decode(payload, payload.length, out);
    expect(samples).toBeLessThanOrEqual(5_760);
  }
  decoder.conceal(480, out);
  encoder.close();
  decoder.close();
});
