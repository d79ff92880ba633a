/** Runs one step after the other, and watches time, errors and memory. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { FuzzFault, FuzzOptions, FuzzResult, Slowest } from './fuzzer.ts';

/** No message may take longer, ms of this thread: a busy machine isn't blamed. */
const LONGEST = 50;
/** The heap may not have grown by more; what is compiled and cached on the way is less. */
const MOST_GROWTH = 16 * 1024 * 1024;
const MOST_FAULTS = 10;
/** Garbage is collected in the middle of anything, but not four times in the middle of the same. */
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
  /** Takes one message; what comes back is counted. */
  take(bytes: Buffer, work: () => string | Promise<string>): Promise<void>;
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

  /** The slowest message of one step. */
  async function runStep(seed: number): Promise<Slowest> {
    let slowestHere: Slowest = { ms: 0, seed, bytes: Buffer.alloc(0) };
    await run({
      seed,
      take: async (bytes, work) => {
        last = bytes;
        messages++;
        const before = threadMs();
        const outcome = await work();
        const ms = threadMs() - before;
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        if (ms > slowestHere.ms) slowestHere = { ms, seed, bytes };
      },
    });
    return slowestHere;
  }

  for (let seed = options.seed; messages < options.count && elapsed() < options.seconds; seed++) {
    try {
      let slow = await runStep(seed);
      for (let i = 0; i < REPETITIONS && slow.ms > slowest.ms; i++) {
        const again = await runStep(seed);
        if (again.ms < slow.ms) slow = again;
      }
      if (slow.ms > slowest.ms) slowest = slow;
      if (slow.ms > LONGEST) faults.push({ what: `took ${slow.ms.toFixed(1)} ms`, seed, bytes: slow.bytes });
    } catch (error) {
      faults.push({ what: textOf(error), seed, bytes: last });
    }
    if (faults.length >= MOST_FAULTS) break;
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
