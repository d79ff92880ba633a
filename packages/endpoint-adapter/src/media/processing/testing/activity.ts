/** How often voice activity is found where it is, and where it isn't. */
import { type VadLevel, VoiceActivity } from '../voice-activity.ts';
import { meanSquareOf, noise, speech, toInt16 } from './room.ts';

const sampleRate = 48_000;
const frameSamples = 480;
const speechDbfs = -26;
/** ITU-T P.56: speech is what isn't 15.9 dB below its active level, and 200 ms after. */
const margin = 10 ** -1.59;
const hangoverFrames = 20;

const levels: readonly VadLevel[] = [0, 1, 2, 3];

export type Noise = 'white' | 'fan' | 'babble';

/** 2 s of nothing, a sentence of 8 s, 6 s of nothing. */
export function dialogue(): Float32Array {
  const out = new Float32Array(16 * sampleRate);
  out.set(speech(8, speechDbfs), 2 * sampleRate);
  return out;
}

/** At the level that makes the ratio to the sentences, dB. */
export function background(kind: Noise, samples: number, snrDb: number): Float32Array {
  const level = speechDbfs - snrDb;
  if (kind === 'white') return noise(samples, level, 7);
  if (kind === 'fan') {
    const white = noise(samples, 0, 8);
    let low = 0;
    return scaled(
      white.map((it) => {
        low += (it - low) * 0.02;
        return low;
      }),
      level,
    );
  }
  const voices = [0.71, 0.79, 0.87, 0.94, 1.03, 1.1, 1.17, 1.23].map((pace, i) =>
    speech(samples / sampleRate, level, pace, i),
  );
  return scaled(
    voices.reduce((sum, voice) => sum.map((it, i) => it + (voice[i] ?? 0))),
    level,
  );
}

function scaled(sound: Float32Array, dbfs: number): Float32Array {
  const gain = ((32_767 / Math.SQRT2) * 10 ** (dbfs / 20)) / Math.sqrt(meanSquareOf(sound, 0, sound.length));
  return sound.map((it) => it * gain);
}

function spoken(clean: Float32Array): boolean[] {
  const active = meanSquareOf(clean, 2 * sampleRate, 10 * sampleRate);
  let left = 0;
  return Array.from({ length: clean.length / frameSamples }, (_, i) => {
    left = meanSquareOf(clean, i * frameSamples, (i + 1) * frameSamples) > active * margin ? hangoverFrames : left - 1;
    return left > 0;
  });
}

export interface Rates {
  /** Shares, 0 to 1; counted from 2 s on. */
  hit: number;
  falseAlarm: number;
}

/** For each level. */
export function activityRates(clean: Float32Array, around: Float32Array): Rates[] {
  const sound = toInt16(clean.map((it, i) => it + (around[i] ?? 0)));
  const truth = spoken(clean);
  return levels.map((level) => rates(level, sound, truth));
}

function rates(level: VadLevel, sound: Int16Array, truth: readonly boolean[]): Rates {
  const detector = new VoiceActivity(level);
  const counts = { speech: 0, hit: 0, pause: 0, alarm: 0 };
  truth.forEach((speaks, i) => {
    const found = detector.process(sound.subarray(i * frameSamples, (i + 1) * frameSamples));
    if (i < 200) return;
    if (speaks) {
      counts.speech++;
      if (found) counts.hit++;
    } else {
      counts.pause++;
      if (found) counts.alarm++;
    }
  });
  return { hit: counts.hit / counts.speech, falseAlarm: counts.alarm / counts.pause };
}
