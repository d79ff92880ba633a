/** Runs one step after the other, and watches time, errors and memory. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { FuzzFault, FuzzOptions, FuzzResult, Slowest } from './fuzzer.ts';

/** No message may take longer, ms of this thread: a busy machine isn't blamed. */
const LONGEST = 50;
/** The heap may not have grown by more; what is compiled and cached on the way is less. */
const MOST_GROWTH = 16 * 1024 * 1024;
const MOST_FAULTS = 10;
/** Garbage is collected in the middle of anything, but not thrice in the middle of the same. */
const REPETITIONS = 3;

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

function heapUsed(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

const textOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

const threadMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

export interface Step {
  /** Makes its messages from this alone. */
  seed: number;
  /** Takes one message; what comes back is counted. Throws what is a fault. */
  take(bytes: Buffer, work: () => string | Promise<string>, repeatable: boolean): Promise<void>;
}

/** One step after the other, until the options say that it's enough. A step that rejects is a fault. */
export async function watch(options: FuzzOptions, run: (step: Step) => Promise<void>): Promise<FuzzResult> {
  const started = performance.now();
  const outcomes = new Map<string, number>();
  const faults: FuzzFault[] = [];
  let slowest: Slowest = { ms: 0, seed: options.seed, bytes: Buffer.alloc(0) };
  let heapAtFirst = 0;
  let messages = 0;
  let last: Buffer = Buffer.alloc(0);
  const elapsed = (): number => (performance.now() - started) / 1000;

  const stepOf = (seed: number): Step => ({
    seed,
    take: async (bytes, work, repeatable) => {
      last = bytes;
      messages++;
      const timed = async (): Promise<{ ms: number; outcome: string }> => {
        const before = threadMs();
        const outcome = await work();
        return { ms: threadMs() - before, outcome };
      };
      const { ms, outcome } = await timed();
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      let least = ms;
      for (let i = 0; i < REPETITIONS && repeatable && least > slowest.ms; i++)
        least = Math.min(least, (await timed()).ms);
      if (least > slowest.ms) slowest = { ms: least, seed, bytes };
      if (least > LONGEST) throw new Error(`took ${least.toFixed(1)} ms`);
    },
  });

  for (let seed = options.seed; messages < options.count && elapsed() < options.seconds; seed++) {
    try {
      await run(stepOf(seed));
    } catch (error) {
      faults.push({ what: textOf(error), seed, bytes: last });
      if (faults.length === MOST_FAULTS) break;
    }
    // The seconds may end a run long before its count does.
    if (heapAtFirst === 0 && (messages >= options.count / 10 || elapsed() > options.seconds / 10))
      heapAtFirst = heapUsed();
    if (seed % 10_000 === 0) options.progress(`${messages} messages, ${elapsed().toFixed(0)} s`);
  }
  const grownBytes = heapAtFirst === 0 ? 0 : heapUsed() - heapAtFirst;
  if (grownBytes > MOST_GROWTH)
    faults.push({ what: `the heap has grown by ${grownBytes} bytes`, seed: options.seed, bytes: Buffer.alloc(0) });
  return {
    seed: options.seed,
    messages,
    seconds: elapsed(),
    outcomes: Object.fromEntries([...outcomes].sort()),
    slowest,
    grownBytes,
    faults,
  };
}
