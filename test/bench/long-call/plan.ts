/** Which calls are made: the words of the command line, and what is done without any. */
import { numbersOf, oneOfEach, readWords } from '../words.ts';

export type Codec = (typeof codecs)[number];

const codecs = ['PCMU', 'PCMA', 'G722', 'opus'] as const;

export interface Plan {
  codecs: readonly Codec[];
  /** Each call's length from when it can be heard on, s. */
  seconds: number;
  /** By how much the loudspeakers' clocks run faster than the microphones', millionths. */
  drift: number;
}

const usual = { codecs: ['PCMU'], seconds: '600', drift: '100' } as const;
/** What is heard is looked through at once. */
const [shortest, longest] = [8, 1200];
const mostDrift = 1000;

export const choices = `codecs=${codecs} seconds=${shortest}..${longest} drift=${-mostDrift}..${mostDrift}`;

/** Throws a WrongWord. */
export function planOf(words: readonly string[]): Plan {
  const given = readWords(words, ['codecs', 'seconds', 'drift'], choices);
  const [seconds = 0] = numbersOf(given.get('seconds') ?? [usual.seconds], 'number of seconds', shortest, longest);
  const [drift = 0] = numbersOf(given.get('drift') ?? [usual.drift], 'drift', -mostDrift, mostDrift);
  return { codecs: oneOfEach(given.get('codecs') ?? usual.codecs, codecs), seconds, drift };
}
