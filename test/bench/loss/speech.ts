/** Speech to be sent: two voices of espeak-ng, full band, the same in each run; silence before and after it. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { resampled } from '../../tools/spectral.ts';
import { readRecording, type Sound } from './score.ts';

const rate = 48_000;
/** s; the calls of a run all stand and are quiet before anyone speaks, and nobody's sound ends before the call. */
const before = 3;
const after = 12;
const length = 12;
const peak = 12_000;

/** Of the "Harvard sentences" (IEEE Recommended Practice for Speech Quality Measurements, 1969). */
const voices = [
  {
    voice: 'en-us+m3',
    text: 'The birch canoe slid on the smooth planks. Glue the sheet to the dark blue background. It is easy to tell the depth of a well. These days a chicken leg is a rare dish. Rice is often served in round bowls. The juice of lemons makes fine punch. The box was thrown beside the parked truck.',
  },
  {
    voice: 'en-us+f3',
    text: 'The boy was there when the sun rose. A rod is used to catch pink salmon. The source of the huge river is the clear spring. Kick the ball straight and follow through. Help the woman get back to her feet. A pot of tea helps to pass the evening. Smoky fires lack flame and heat.',
  },
] as const;

/** One sound for each side of a call; `folder` is for files in between. */
export function makeSpeech(folder: string): Promise<[Sound, Sound]> {
  const make = async ({ voice, text }: (typeof voices)[number]): Promise<Sound> => {
    const file = `${folder}/${voice}.wav`;
    await promisify(execFile)('espeak-ng', ['-v', voice, '-s', '150', '-w', file, text]);
    const raw = await readRecording(file);
    const spoken = resampled(raw.samples, raw.rate, rate).subarray(0, length * rate);
    const loudest = spoken.reduce((most, it) => Math.max(most, Math.abs(it)), 1);
    return { rate, samples: spoken.map((it) => (it * peak) / loudest) };
  };
  return Promise.all([make(voices[0]), make(voices[1])]);
}

/** Seconds from the start of a file until the speech in it has been said. */
export const saidAfter = before + length;

/** The speech as a microphone has it, at that rate. */
export async function writeMicrophone(file: string, speech: Sound, to: number, channels: number): Promise<void> {
  const sound = resampled(speech.samples, speech.rate, to);
  const frames = sound.length + (before + after) * to;
  const bytes = Buffer.alloc(44 + frames * channels * 2);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(channels, 22);
  bytes.writeUInt32LE(to, 24);
  bytes.writeUInt32LE(to * channels * 2, 28);
  bytes.writeUInt16LE(channels * 2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(bytes.length - 44, 40);
  for (const [i, sample] of sound.entries()) {
    const value = Math.max(-32_768, Math.min(32_767, Math.round(sample)));
    for (let channel = 0; channel < channels; channel++) {
      bytes.writeInt16LE(value, 44 + 2 * ((before * to + i) * channels + channel));
    }
  }
  await writeFile(file, bytes);
}
