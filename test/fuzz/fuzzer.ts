/** What a fuzzer is, and what comes out of one. */

export interface FuzzOptions {
  /** Step number i is made from seed + i alone: with that as seed and a count of 1 it comes again. */
  seed: number;
  /** Of messages. */
  count: number;
  /** Ends earlier where this is over. */
  seconds: number;
  progress: (text: string) => void;
}

/** The slowest message, and what it was. */
export interface Slowest {
  ms: number;
  seed: number;
  bytes: Buffer;
}

export interface FuzzFault {
  what: string;
  seed: number;
  bytes: Buffer;
}

/** With what makes it again: npm run fuzz -- NAME --seed N --count 1. */
export const told = ({ seed, what, bytes }: FuzzFault): string => `--seed ${seed}: ${what}, by ${base64(bytes)}`;

/** The input, for people; the seed makes the whole of a longer one. */
export const base64 = (bytes: Buffer): string => bytes.subarray(0, 4_096).toString('base64');

export interface FuzzResult {
  seed: number;
  messages: number;
  seconds: number;
  /** How many messages came to what: whether the mutations leave enough to read. */
  outcomes: Readonly<Record<string, number>>;
  slowest: Slowest;
  /** Of the heap from the first tenth of the messages to the last, after garbage collection. */
  grownBytes: number;
  faults: readonly FuzzFault[];
}

export interface Fuzzer {
  name: string;
  meaning: string;
  run(options: FuzzOptions): Promise<FuzzResult>;
}
