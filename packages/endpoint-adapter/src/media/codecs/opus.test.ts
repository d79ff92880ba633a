import { Bandwidth } from 'libopus-wasm';
import { describe, expect, it } from 'vitest';
import { rmsDbfs, speechLike } from '../testing/sound.ts';
import type { Encoder } from './codec.ts';
import { carriesPrevious, openOpus, opus, opusWishes, packetDuration, widestBand } from './opus.ts';
import { type OpenOpusEncoder, openSystemEncoder, openWasmEncoder } from './opus-encoder.ts';

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

it('reads the wishes of the far end, within what we do', () => {
  expect(opusWishes('')).toEqual({ bitrate: 32_000, playbackRate: 48_000, fec: false, constantBitrate: false });
  expect(
    opusWishes('maxplaybackrate=16000;sprop-stereo=1;maxaveragebitrate=20000;stereo=1;useinbandfec=1;cbr=1'),
  ).toEqual({
    bitrate: 20_000,
    playbackRate: 16_000,
    fec: true,
    constantBitrate: true,
  });
  expect(opusWishes('maxaveragebitrate=510000').bitrate).toBe(32_000);
  expect(opusWishes('maxaveragebitrate=0').bitrate).toBe(6_000);
});

it.each([
  [8_000, Bandwidth.Narrowband],
  [12_000, Bandwidth.Mediumband],
  [16_000, Bandwidth.Wideband],
  [24_000, Bandwidth.Superwideband],
  [48_000, Bandwidth.Fullband],
])('a playback rate of %i Hz needs no wider band', (rate, band) => {
  expect(widestBand(rate, Bandwidth)).toBe(band);
});

const libraries: (readonly [string, OpenOpusEncoder])[] = [['libopus-wasm', openWasmEncoder]];
const ofSystem = await openSystemEncoder();
if (ofSystem === null) console.warn("The system's libopus is not tested: it is not there.");
else libraries.push(["the system's libopus", openSystemEncoder]);
ofSystem?.close();

describe.each(libraries)('as an encoder, %s', (_, openEncoder) => {
  /** The packets of a second of speech, by their bytes; and the configurations (RFC 6716 §3.1) and predecessors in them. */
  async function sent(
    fmtp: string,
    conditions?: Parameters<Encoder['adapt']>[0],
    sound = speechLike(48_000, 50 * frame),
  ) {
    const { encoder, decoder } = await openOpus({ fmtp, ptime: 20 }, openEncoder);
    if (conditions) encoder.adapt(conditions);
    const packet = new Uint8Array(1_400);
    const configurations = new Set<number>();
    const lengths: number[] = [];
    let previous = 0;
    for (let at = 0; at < sound.length; at += frame) {
      const bytes = encoder.encode(sound.subarray(at, at + frame), packet, 0);
      lengths.push(bytes);
      if (bytes > 0) configurations.add((packet[0] ?? 0) >> 3);
      if (carriesPrevious(packet, bytes)) previous++;
    }
    encoder.close();
    decoder.close();
    return { bytes: lengths.reduce((sum, it) => sum + it, 0), lengths, configurations, previous };
  }

  it('sends what the far end wants to have', async () => {
    const all = await sent('useinbandfec=1');
    expect(all.previous).toBeGreaterThan(10);
    expect((await sent('')).previous).toBe(0);
    expect((await sent('maxaveragebitrate=12000')).bytes).toBeLessThan(0.6 * all.bytes);
    // Narrow band in SILK alone: configurations 0 to 3.
    expect(Math.max(...(await sent('maxplaybackrate=8000')).configurations)).toBeLessThan(4);
    const constant = new Set((await sent('cbr=1')).lengths);
    expect(constant.size).toBe(1);
  });

  it('adapts while it runs', async () => {
    const before = await sent('useinbandfec=1');
    // libopus has no room for it at 32 kbit/s as long as it expects less than 6 % to be lost.
    expect((await sent('useinbandfec=1', { lossRate: 0.05, discontinuous: false })).previous).toBe(0);
    expect((await sent('useinbandfec=1', { lossRate: 0.06, discontinuous: false })).previous).toBeGreaterThan(10);
    expect((await sent('useinbandfec=1', { lossRate: 0.2, discontinuous: false })).previous).toBeGreaterThan(10);
    const less = await sent('', { lossRate: 0, bitrate: 12_000, complexity: 0, discontinuous: false });
    expect(less.bytes).toBeLessThan(0.6 * before.bytes);
    // No more than the far end takes, whatever is asked for.
    const bounded = await sent('maxaveragebitrate=12000', { lossRate: 0, bitrate: 64_000, discontinuous: false });
    expect(bounded.bytes).toBeLessThan(0.6 * before.bytes);
  });

  it('sends next to nothing in silence where it may, and every packet where it may not', async () => {
    const silence = new Int16Array(100 * frame);
    const paused = await sent('usedtx=1', { lossRate: 0, discontinuous: true }, silence);
    expect(paused.lengths.filter((bytes) => bytes > 0).length).toBeLessThan(40);
    const all = await sent('usedtx=1', { lossRate: 0, discontinuous: false }, silence);
    expect(all.lengths.every((bytes) => bytes > 0)).toBe(true);
  });
});
