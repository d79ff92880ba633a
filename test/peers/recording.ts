/** Sound files (WAV, 16 bit, mono) that a phone still writes: what it hears right now. */
import { readFile } from 'node:fs/promises';
import { toneLevel } from '../tools/tone.ts';
import { until } from './until.ts';

const headerBytes = 44;
/** Of whole tones: far below what the phones say, far above what is left of another tone. */
const heardDbfs = -24;

/** What is in the file so far; its header only says at the end how much that is. Empty where there is no file. */
async function soundOf(file: string): Promise<Int16Array> {
  const bytes = await readFile(file).catch(() => Buffer.alloc(0));
  const count = Math.max(0, Math.floor((bytes.length - headerBytes) / 2));
  return Int16Array.from({ length: count }, (_, i) => bytes.readInt16LE(headerBytes + i * 2));
}

/**
 * Until 200 ms on end of the tone have been written from now on, and are the last there is. file: the one that is written
 * now, which may become another meanwhile; '' for none yet.
 */
export async function waitForToneIn(
  who: string,
  { file, rate }: { file: () => Promise<string>; rate: number },
  hz: number,
  deadline = 10_000,
): Promise<void> {
  const window = rate / 5;
  const before = await file();
  const known = before === '' ? 0 : (await soundOf(before)).length;
  const isHeard = async (): Promise<boolean> => {
    const now = await file();
    if (now === '') return false;
    const heard = (await soundOf(now)).subarray(now === before ? known : 0).slice(-window);
    return heard.length === window && toneLevel(heard, hz, rate) > heardDbfs;
  };
  await until(`${who} hears ${hz} Hz`, isHeard, deadline, 50);
}
