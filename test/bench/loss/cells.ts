/** Which calls are made: the words of the command line, and what is done without any. */
import type { LinkQuality } from '../../tools/rtp-link.ts';
import { numbersOf, oneOfEach, readWords } from '../words.ts';
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
type Pair = keyof typeof pairs;
const pairNames: readonly Pair[] = ['us-us', 'baresip-baresip', 'us-baresip', 'baresip-us'];
const codecNames = codecs.map(({ name }) => name);

/** Mean length of a loss, in packets, where losses are bursty. */
const bursty = 3;

const every = { loss: [0, 1, 3, 5, 10, 20], burst: [1, bursty], jitter: [0, 20, 40, 80] } as const;

/** Each loss, scattered and in bursts, without jitter; each jitter without loss; and both at once. */
const usual: readonly LinkQuality[] = [
  ...every.loss.map((loss) => ({ loss, burst: 1, jitter: 0 })),
  ...every.loss.slice(1).map((loss) => ({ loss, burst: bursty, jitter: 0 })),
  ...every.jitter.slice(1).flatMap((jitter) => [0, 5].map((loss) => ({ loss, burst: 1, jitter }))),
];
/** Calls between makers carry the sound of one and the ear of the other: some networks are enough to see both. */
const usualMixed: readonly LinkQuality[] = usual.filter(
  ({ loss, burst, jitter }) => [0, 5, 20].includes(loss) && burst === 1 && jitter === 0,
);

export const choices = `codecs=${codecNames} pairs=${pairNames} loss=${every.loss} burst=${every.burst} jitter=${every.jitter}`;

/** Throws a WrongWord. Without a word the usual cells, with one all combinations of what is named and each codec and pair. */
export function cellsOf(words: readonly string[]): Cell[] {
  const given = readWords(words, ['codecs', 'pairs', 'loss', 'burst', 'jitter'], choices);
  const chosen = oneOfEach(given.get('codecs') ?? codecNames, codecNames);
  const between = given.has('pairs') ? oneOfEach(given.get('pairs') ?? [], pairNames) : null;
  const numbers = (name: 'loss' | 'burst' | 'jitter', otherwise: readonly number[], to: number): number[] =>
    numbersOf(given.get(name) ?? otherwise.map(String), name, 0, to);
  const isUsual = !['loss', 'burst', 'jitter'].some((it) => given.has(it));
  const [losses, bursts, jitters] = [
    numbers('loss', every.loss, 100),
    numbers('burst', [1], 100),
    numbers('jitter', [0], 1000),
  ];
  const qualities = isUsual
    ? usual
    : jitters.flatMap((jitter) => bursts.flatMap((burst) => losses.map((loss) => ({ loss, burst, jitter }))));
  const pairsIn = (quality: LinkQuality): readonly Pair[] =>
    between ?? (isUsual && usualMixed.includes(quality) ? pairNames : pairNames.slice(0, 2));
  // Those that are compared stand side by side, so that they are made at the same time.
  return qualities.flatMap((quality) =>
    chosen.flatMap((codec) => pairsIn(quality).map((pair) => ({ codec, quality, pair: pairs[pair] }))),
  );
}
