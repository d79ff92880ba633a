import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseWav } from '../audio/wav.ts';
import { DtmfDetector, DtmfGenerator } from './inband-dtmf.ts';
import { digits } from './telephone-event.ts';
import { makeRandom, speechLike, toneDbfs } from './testing/sound.ts';

const rate = 8_000;

function hear(sound: Int16Array, sampleRate = rate): string {
  const detector = new DtmfDetector(sampleRate);
  const frame = sampleRate / 100;
  let heard = '';
  for (let at = 0; at + frame <= sound.length; at += frame) {
    heard += detector.process(sound.subarray(at, at + frame)) ?? '';
  }
  return heard;
}

function make(text: string, sampleRate = rate): Int16Array {
  const generator = new DtmfGenerator(sampleRate);
  void generator.send(text);
  const sound: number[] = [];
  while (generator.active) {
    const frame = new Int16Array(sampleRate / 100).fill(1_000);
    generator.process(frame);
    sound.push(...frame);
  }
  return Int16Array.from(sound);
}

interface Line {
  lowHz: number;
  highHz: number;
  lowDbm: number;
  highDbm: number;
  /** Of each burst, and how much is silent after it. */
  toneMs: number;
  pauseMs: number;
  bursts: number;
  /** How far the bursts are off the detector's frames. */
  fromMs: number;
  /** dB below the tones. */
  noiseDb: number;
}

/** A 1, as a telephone on a line of Q.24's tests would send it; each burst cut off sharply. */
function burst(change: Partial<Line> = {}): Int16Array {
  const it: Line = {
    lowHz: 697,
    highHz: 1_209,
    lowDbm: -10,
    highDbm: -10,
    toneMs: 60,
    pauseMs: 60,
    bursts: 1,
    fromMs: 3,
    noiseDb: 60,
    ...change,
  };
  const random = makeRandom(3);
  const peak = (dbm: number) => 32_767 * 10 ** ((dbm - 3.14) / 20);
  const noise = peak(it.lowDbm) * 10 ** (-it.noiseDb / 20) * Math.sqrt(6);
  const period = it.toneMs + it.pauseMs;
  return Int16Array.from({ length: ((it.fromMs + period * it.bursts + 100) * rate) / 1000 }, (_, i) => {
    const ms = (i * 1000) / rate - it.fromMs;
    const sounds = ms >= 0 && ms < period * it.bursts && ms % period < it.toneMs;
    const sine = (hz: number, dbm: number) => peak(dbm) * Math.sin((2 * Math.PI * hz * i) / rate);
    return Math.round(
      (sounds ? sine(it.lowHz, it.lowDbm) + sine(it.highHz, it.highDbm) : 0) + (random() - 0.5) * noise,
    );
  });
}

/** Wherever the burst falls between the frames. */
const everywhere = (change: Partial<Line>): string[] =>
  Array.from({ length: 10 }, (_, fromMs) => hear(burst({ ...change, fromMs })));

describe('sending', () => {
  it('makes 80 ms of two tones and 80 ms of silence in place of the microphone', () => {
    const sound = make('5', 48_000);
    expect(sound).toHaveLength(48 * 160);
    const tone = sound.subarray(0, 48 * 80);
    expect(toneDbfs(tone, 770, 48_000)).toBeCloseTo(-12.1, 0);
    expect(toneDbfs(tone, 1_336, 48_000)).toBeCloseTo(-10.1, 0);
    expect(toneDbfs(tone, 941, 48_000)).toBeLessThan(-60);
    expect(sound.subarray(48 * 80).every((sample) => sample === 0)).toBe(true);
    expect(Math.abs(sound[1] ?? 0)).toBeLessThan(100);
  });

  it('leaves the sound alone while there is nothing to send', () => {
    const frame = new Int16Array(80).fill(7);
    new DtmfGenerator(rate).process(frame);
    expect(frame.every((sample) => sample === 7)).toBe(true);
  });

  it('settles each string in its turn, and all when cancelled', async () => {
    const generator = new DtmfGenerator(rate);
    const first = generator.send('1');
    const second = generator.send('22');
    const frame = new Int16Array(80);
    for (let i = 0; i < 16; i++) generator.process(frame);
    await first;
    expect(generator.active).toBe(true);
    generator.cancel();
    await second;
    expect(generator.active).toBe(false);
  });
});

describe('hearing', () => {
  it.each([8_000, 16_000, 48_000])('tells every digit once at %i Hz', (sampleRate) => {
    const heard = hear(make(digits, sampleRate), sampleRate);
    expect(heard).toBe(digits);
    expect(hear(make('1122', sampleRate), sampleRate)).toBe('1122');
  });

  it('takes 40 ms of tone and 40 ms of pause, wherever they fall', () => {
    expect(everywhere({ toneMs: 40, pauseMs: 40, bursts: 5 })).toEqual(Array(10).fill('11111'));
  });

  it('takes no 22 ms for a digit, nor a gap of 10 ms for a pause', () => {
    expect(everywhere({ toneMs: 22, bursts: 5 })).toEqual(Array(10).fill(''));
    expect(everywhere({ toneMs: 50, pauseMs: 10, bursts: 3 })).toEqual(Array(10).fill('1'));
  });

  it.each([
    [697, 1_209, '1'],
    [852, 1_477, '9'],
    [941, 1_633, 'D'],
  ])('takes %i and %i Hz within 1.5 %% and 2 Hz, and not beyond 3.5 %%', (lowHz, highHz, digit) => {
    for (const [low, high] of [
      [1, 1],
      [1, -1],
      [-1, 1],
      [-1, -1],
    ] as const) {
      const near = { lowHz: lowHz + low * (lowHz * 0.015 + 2), highHz: highHz + high * (highHz * 0.015 + 2) };
      expect(hear(burst(near))).toBe(digit);
      expect(hear(burst({ ...near, lowHz: lowHz * (1 + low * 0.035) }))).toBe('');
      expect(hear(burst({ ...near, highHz: highHz * (1 + high * 0.035) }))).toBe('');
    }
  });

  it.each<[string, Partial<Line>, string]>([
    ['0 dBm0', { lowDbm: -3, highDbm: -3 }, '1'],
    ['-25 dBm0', { lowDbm: -25, highDbm: -25 }, '1'],
    ['-45 dBm0', { lowDbm: -45, highDbm: -45 }, ''],
    ['8 dB less of the high one', { highDbm: -18 }, '1'],
    ['4 dB more of the high one', { highDbm: -6 }, '1'],
    ['12 dB less of the high one', { highDbm: -22 }, ''],
    ['8 dB more of the high one', { highDbm: -2 }, ''],
    ['noise 15 dB below', { noiseDb: 15 }, '1'],
    ['one tone alone', { highDbm: -90 }, ''],
  ])('with %s', (_, change, heard) => {
    expect(hear(burst(change))).toBe(heard);
  });

  it('hears no digit in speech', () => {
    const path = join(import.meta.dirname, '../../../../scripts/lab/speech.wav');
    const speech = parseWav(readFileSync(path));
    expect(hear(speech.samples, speech.rate)).toBe('');
    expect(hear(speechLike(48_000, 48_000 * 5), 48_000)).toBe('');
  });
});
