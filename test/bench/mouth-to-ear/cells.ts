/** Which calls are made: the words of the command line, and what is done without any. */
import { numbersOf, oneOfEach, readWords } from '../words.ts';

export type Maker = 'us' | 'baresip';
export type Codec = (typeof codecs)[number];

const codecs = ['PCMU', 'opus'] as const;

export interface Plan {
  codecs: readonly Codec[];
  /** Of the network, ms. */
  jitter: readonly number[];
  /** That are measured of each call; null: as many as it takes. */
  seconds: number | null;
}

const usual: Plan = { codecs, jitter: [0, 40], seconds: null };
const shortest = 4;
const longest = 8 * 3600;

export const choices = `codecs=${codecs} jitter=${usual.jitter} seconds=${shortest}..${longest}`;

/** Throws a WrongWord. */
export function planOf(words: readonly string[]): Plan {
  const given = readWords(words, ['codecs', 'jitter', 'seconds'], choices);
  const [seconds = null] = numbersOf(given.get('seconds') ?? [], 'number of seconds', shortest, longest);
  return {
    codecs: oneOfEach(given.get('codecs') ?? usual.codecs, codecs),
    jitter: numbersOf(given.get('jitter') ?? usual.jitter.map(String), 'jitter', 0, 1000),
    seconds,
  };
}
