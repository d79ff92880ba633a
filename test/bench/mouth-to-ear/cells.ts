/** Which calls are made: the words of the command line, and what is done without any. */

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
const longest = 8 * 3600;

export const choices = `codecs=${codecs} jitter=${usual.jitter} seconds=4..${longest}`;

/** Throws an Error with a sentence. */
export function planOf(words: readonly string[]): Plan {
  const plan = { ...usual };
  for (const word of words) {
    const [name, values = ''] = word.split('=');
    const given = values.split(',');
    const numbers = given.map(Number);
    const known = codecs.filter((it) => given.includes(it));
    if (name === 'codecs' && known.length === given.length) plan.codecs = known;
    else if (name === 'jitter' && values !== '' && numbers.every((it) => it >= 0 && it <= 1000)) plan.jitter = numbers;
    else if (name === 'seconds' && Number(values) >= 4 && Number(values) <= longest) plan.seconds = Number(values);
    else throw new Error(`"${word}" is not understood; there is ${choices}.`);
  }
  return plan;
}
