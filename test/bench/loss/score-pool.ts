/** As many threads as there are cores, as a score takes seconds. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Score } from './score.ts';
import type { ScoreRequest } from './score-thread.ts';

export interface ScorePool {
  /** Rejects where a recording can't be read. */
  score(request: ScoreRequest): Promise<Score>;
  stop(): Promise<void>;
}

/** One recording after the other. */
function startThread(): ScorePool {
  let queue: Promise<unknown> = Promise.resolve();
  let worker: Worker | null = null;
  const one = (request: ScoreRequest): Promise<Score> =>
    new Promise((resolve, reject) => {
      const thread = worker ?? new Worker(new URL('./score-thread.ts', import.meta.url));
      worker = thread;
      const found = (it: Score): void => {
        thread.off('error', failed);
        resolve(it);
      };
      const failed = (error: unknown): void => {
        // It ends the thread.
        worker = null;
        thread.off('message', found);
        reject(error);
      };
      thread.once('message', found).once('error', failed);
      thread.postMessage(request);
    });
  return {
    score(request) {
      const scored = queue.then(() => one(request));
      queue = scored.catch(() => {});
      return scored;
    },
    stop: async () => void (await worker?.terminate()),
  };
}

export function startScorePool(): ScorePool {
  const threads = Array.from({ length: availableParallelism() }, startThread);
  let next = 0;
  return {
    score(request) {
      const thread = threads[next++ % threads.length];
      return thread ? thread.score(request) : Promise.reject(new Error('There are no threads.'));
    },
    stop: async () => void (await Promise.all(threads.map((it) => it.stop()))),
  };
}
