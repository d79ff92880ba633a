/** Which calls are made: the words of the command line, and what is done without any. */
import type { LinkQuality } from '../../tools/rtp-link.ts';
import { type Codec, codecs, type Maker } from './phones.ts';

export interface Cell {
  codec: Codec;
  quality: LinkQuality;
  /** Who calls, and who is called. */
  pair: readonly [Maker, Maker];
}

const pairs = {
  'us-us': ['us', 'us'],
  'baresip-baresip': ['baresip', 'baresip'],
  'us-baresip': ['us', 'baresip'],
  'baresip-us': ['baresip', 'us'],
} as const satisfies Record<string, readonly [Maker, Maker]>;

/** Mean length of a loss, in packets, where losses are bursty. */
const bursty = 3;

const every = { loss: [0, 1, 3, 5, 10, 20], burst: [1, bursty], jitter: [0, 20, 40, 80] } as const;

const usual: readonly LinkQuality[] = [
  ...every.loss.map((loss) => ({ loss, burst: 1, jitter: 0 })),
  ...[5, 10].map((loss) => ({ loss, burst: bursty, jitter: 0 })),
  ...[0, 5].map((loss) => ({ loss, burst: 1, jitter: 40 })),
];

export const choices = `codecs=${codecs.map(({ name }) => name).join(',')} pairs=${Object.keys(pairs).join(',')} loss=${every.loss} burst=${every.burst} jitter=${every.jitter}`;

/** Throws an Error with a sentence. */
export function cellsOf(words: readonly string[]): Cell[] {
  const given = new Map<string, string[]>();
  for (const word of words) {
    const [name = '', values = ''] = word.split('=');
    if (!['codecs', 'pairs', 'loss', 'burst', 'jitter'].includes(name) || values === '') {
      throw new Error(`"${word}" is not understood; there is ${choices}.`);
    }
    given.set(name, values.split(','));
  }
  const numbers = (name: 'loss' | 'burst' | 'jitter', otherwise: readonly number[]): readonly number[] =>
    given.get(name)?.map((text) => {
      const value = Number(text);
      if (!(value >= 0 && value <= 1000)) throw new Error(`"${text}" is no ${name}.`);
      return value;
    }) ?? otherwise;
  const named = <T>(name: string, known: readonly (readonly [string, T])[], otherwise: readonly string[]): T[] =>
    (given.get(name) ?? otherwise).map((text) => {
      const found = known.find(([it]) => it === text);
      if (!found) throw new Error(`"${text}" is none of ${known.map(([it]) => it).join(', ')}.`);
      return found[1];
    });
  const chosen = named(
    'codecs',
    codecs.map(({ name }) => [name, name] as const),
    ['PCMU', 'opus'],
  );
  const between = named('pairs', Object.entries(pairs), ['us-us', 'baresip-baresip']);
  const isUsual = !['loss', 'burst', 'jitter'].some((it) => given.has(it));
  const qualities = isUsual
    ? usual
    : numbers('jitter', [0]).flatMap((jitter) =>
        numbers('burst', [1]).flatMap((burst) => numbers('loss', every.loss).map((loss) => ({ loss, burst, jitter }))),
      );
  // Those that are compared stand side by side, so that they are made at the same time.
  return qualities.flatMap((quality) => chosen.flatMap((codec) => between.map((pair) => ({ codec, quality, pair }))));
}
