import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Decoder } from './codecs/codec.ts';
import { compress } from './codecs/pcmu.ts';
import { findCodec } from './codecs/registry.ts';
import type { MediaPacket, PacketFate } from './jitter-buffer.ts';
import { nothingReceived, ReceivePath, type ReceiveTotals } from './receive-path.ts';
import { largestStep, makeRandom, rmsDbfs, speechLike, tone, toneDbfs } from './testing/sound.ts';

const rate = 8_000;
const perPacket = 160;

let totals: ReceiveTotals;
let path: ReceivePath;
let fates: PacketFate[];
let nowMs: number;

beforeEach(async () => {
  const codec = findCodec('PCMU');
  if (codec === undefined) throw new Error('no PCMU');
  const { decoder } = await codec.open();
  totals = nothingReceived();
  fates = [];
  nowMs = 0;
  path = new ReceivePath(codec, decoder, totals, (fate) => fates.push(fate));
});
afterEach(() => path.close());

const packet = (index: number, sound: Int16Array): MediaPacket => ({
  sequence: 70_000 + index,
  timestamp: index * perPacket,
  duration: sound.length,
  silence: false,
  redundant: false,
  payload: Uint8Array.from(sound, compress),
  offset: 0,
  length: sound.length,
});

const silence = (index: number, ...payload: number[]): MediaPacket => ({
  ...packet(index, new Int16Array(0)),
  silence: true,
  payload: Uint8Array.from(payload),
  length: payload.length,
});

interface Way {
  delay?: (index: number) => number | null;
  /** Comfort noise instead of sound, and then nothing. */
  pause?: (index: number) => boolean;
  driftPpm?: number;
}

/** Plays sound that was sent in packets of 20 ms; what is heard, at 48 kHz. */
function listen(sound: Int16Array, { delay = () => 0, pause = () => false, driftPpm = 0 }: Way = {}): Int16Array {
  const count = Math.floor(sound.length / perPacket);
  const onTheWay: { atMs: number; it: MediaPacket }[] = [];
  let sequence = 0;
  for (let i = 0; i < count; i++) {
    const begins = pause(i) && !pause(i - 1);
    if (pause(i) && !begins) continue;
    const it = begins ? silence(i, 40) : packet(i, sound.subarray(i * perPacket, (i + 1) * perPacket));
    const way = delay(i);
    if (way !== null)
      onTheWay.push({ atMs: i * 20 * (1 - driftPpm / 1e6) + way, it: { ...it, sequence: 70_000 + sequence } });
    sequence++;
  }
  onTheWay.sort((a, b) => a.atMs - b.atMs);
  const ticks = Math.floor((count * 20 * (1 - driftPpm / 1e6)) / 10) - 2;
  const heard = new Int16Array(ticks * 480);
  let next = 0;
  nowMs = 3.7;
  for (let tick = 0; tick < ticks; tick++, nowMs += 10) {
    for (let first = onTheWay[next]; first !== undefined && first.atMs <= nowMs; first = onTheWay[++next]) {
      path.put(first.it, first.atMs);
    }
    path.process(nowMs, heard.subarray(tick * 480, (tick + 1) * 480));
  }
  return heard;
}

describe('a good network', () => {
  it('gives every sample, with less delay than a packet is long', () => {
    const heard = listen(tone(440, -10, rate, 4 * rate));
    expect(Math.abs(toneDbfs(heard.subarray(-48_000), 440, 48_000) + 10)).toBeLessThan(0.5);
    expect(totals.concealedMs).toBe(0);
    expect(path.stats().delayMs).toBeLessThan(20);
    expect(totals.decodedMs).toBeGreaterThan(3_900);
  });

  it('hides it where the clocks run apart, either way', () => {
    for (const driftPpm of [-400, 400]) {
      const heard = listen(tone(440, -10, rate, 35 * rate), { driftPpm });
      const after = heard.subarray(48_000 * 4);
      expect(totals.concealedMs).toBeLessThanOrEqual(20);
      expect(largestStep(after)).toBeLessThan(1.3 * largestStep(tone(440, -10, 48_000, 4_800)));
      for (let at = 0; at + 960 <= after.length; at += 960) {
        expect(Math.abs(rmsDbfs(after.subarray(at, at + 960)) + 13)).toBeLessThan(2);
      }
      path.restart();
    }
  });
});

describe('a bad network', () => {
  it('makes up what is lost, without a click, and says how much', () => {
    const sound = tone(200, -10, rate, 4 * rate);
    const heard = listen(sound, { delay: (i) => (i > 50 && i % 20 === 7 ? null : 5) });
    expect(totals.concealedMs).toBe(140);
    expect(largestStep(heard.subarray(48_000))).toBeLessThan(1.5 * largestStep(tone(200, -10, 48_000, 4_800)));
    // Of the last 32 packets, with two lost, it isn't known yet.
    expect(fates.filter((fate) => fate === 'lost').length).toBe(5);
    expect(totals.decodedMs + totals.concealedMs + totals.silenceMs).toBe((heard.length / 480) * 10);
  });

  it('takes up the rest of what is late', () => {
    const sound = tone(200, -10, rate, 4 * rate);
    const heard = listen(sound, { delay: (i) => (i > 100 && i % 40 === 7 ? 9 : 0) });
    expect(totals.concealedMs).toBeGreaterThan(0);
    expect(totals.concealedMs).toBeLessThanOrEqual(30);
    expect(fates.every((fate) => fate === 'received')).toBe(true);
    expect(largestStep(heard.subarray(48_000))).toBeLessThan(1.5 * largestStep(tone(200, -10, 48_000, 4_800)));
  });

  it('counts what it takes out and puts in', () => {
    const random = makeRandom(8);
    listen(speechLike(rate, 20 * rate), { delay: (i) => (i > 300 && i < 600 ? random() * 80 : 0) });
    expect(totals.expandedMs + totals.concealedMs).toBeGreaterThan(40);
    expect(totals.acceleratedMs).toBeGreaterThan(40);
    expect(path.stats().delayMs).toBeLessThan(25);
  });

  it('is back within 20 ms of where it was 5 s after a hold-up of 2 s', () => {
    listen(speechLike(rate, 5 * rate));
    const before = path.stats().delayMs;
    path.restart();
    const heldUp = (i: number) => (i >= 250 && i < 350 ? (350 - i) * 20 : 0);
    listen(speechLike(rate, 12 * rate), { delay: heldUp });
    expect(path.stats().delayMs).toBeLessThan(before + 20);
  });

  it('does not fall below the background, however long the gap', () => {
    const random = makeRandom(2);
    const sound = speechLike(rate, 6 * rate);
    const background = () => Math.round((random() - 0.5) * 200);
    for (let i = 0; i < sound.length; i++) sound[i] = (i % 8_000 < 2_000 ? 0 : (sound[i] ?? 0)) + background();
    const heard = listen(sound, { delay: (i) => (i >= 150 && i < 200 ? null : 0) });
    const gap = heard.subarray(48 * 3_400, 48 * 3_900);
    expect(rmsDbfs(gap)).toBeGreaterThan(-60);
    expect(rmsDbfs(gap)).toBeLessThan(-48);
  });
});

it('the time before the first packet, and that of a pause, is no gap', () => {
  const sound = tone(500, -10, rate, perPacket);
  const out = new Int16Array(480);
  const talk = (from: number, startMs: number) => {
    nowMs = startMs;
    for (let i = 0; i < 20; i++, nowMs += 20) {
      path.put(packet(from + i, sound), nowMs);
      path.process(nowMs, out);
      path.process(nowMs + 10, out);
    }
  };
  talk(0, 29_000);
  expect(totals.longestGapMs).toBe(0);
  path.pause();
  talk(100, 60_000);
  expect(totals.longestGapMs).toBe(0);
});

it('asks a decoder for multiples of 2.5 ms only, whatever is left of the sound before', async () => {
  const codec = findCodec('PCMU');
  if (codec === undefined) throw new Error('no PCMU');
  const { decoder } = await codec.open();
  const asked = new Set<number>();
  const watched: Decoder = {
    resting: false,
    duration: (payload, offset, length) => decoder.duration(payload, offset, length),
    decode: (payload, length, out) => decoder.decode(payload, length, out),
    recover: () => 0,
    conceal: (samples, out) => {
      asked.add(samples / 8);
      decoder.conceal(samples, out);
    },
    close: () => decoder.close(),
  };
  path = new ReceivePath(codec, watched, totals);
  const random = makeRandom(9);
  listen(speechLike(rate, 20 * rate), { delay: () => (random() < 0.05 ? null : random() ** 4 * 60) });
  expect(asked.size).toBeGreaterThan(1);
  expect([...asked].filter((ms) => ms % 2.5 !== 0)).toEqual([]);
});

describe('silence', () => {
  it('is what the far end says it is, and costs nothing', () => {
    const pause = (i: number) => i >= 100 && i < 200;
    const heard = listen(tone(440, -10, rate, 6 * rate), { pause });
    expect(Math.abs(rmsDbfs(heard.subarray(48 * 2_500, 48 * 3_500)) + 40)).toBeLessThan(2);
    expect(totals.concealedMs).toBe(0);
    expect(totals.comfortNoiseMs).toBeGreaterThan(1_900);
    expect(totals.comfortNoiseMs).toBeLessThan(2_100);
    expect(path.stats().delayMs).toBeLessThan(25);
  });

  it('is the decoder’s where that one rests (Opus with DTX)', () => {
    const resting: Decoder = {
      resting: true,
      duration: (_, __, length) => length,
      decode: (_, length, out) => {
        out.fill(1_000, 0, length);
        return length;
      },
      recover: () => 0,
      conceal: (samples, out) => void out.fill(50, 0, samples),
      close: () => {},
    };
    const codec = findCodec('PCMU');
    if (codec === undefined) throw new Error('no PCMU');
    path = new ReceivePath(codec, resting, totals);
    listen(tone(440, -10, rate, 2 * rate), { delay: (i) => (i < 40 ? 0 : null) });
    expect(totals.concealedMs).toBe(0);
    expect(totals.comfortNoiseMs).toBeGreaterThan(1_000);
  });
});

it.each([1, 2, 3, 4])('stands anything that can come, seed %i', (seed) => {
  const random = makeRandom(seed);
  const out = new Int16Array(480);
  let index = 0;
  for (nowMs = 0; nowMs < 20_000; nowMs += 10) {
    for (let n = Math.floor(random() * 3); n > 0; n--) {
      const length = Math.floor(random() * 900) + 1;
      const it = packet(index, new Int16Array(length));
      it.sequence = 70_000 + index + Math.floor(random() ** 4 * 200) - 5;
      if (random() < 0.1) it.timestamp = Math.floor(random() * 2 ** 32);
      it.silence = random() < 0.05;
      it.redundant = random() < 0.2;
      path.put(it, nowMs + random() * 10);
      index += random() < 0.5 ? 1 : 0;
    }
    path.process(nowMs, out);
  }
  expect(fates.length).toBeLessThanOrEqual(index + 400);
  expect(path.stats().targetMs).toBeLessThanOrEqual(200);
  expect(Number.isFinite(path.stats().delayMs)).toBe(true);
});
