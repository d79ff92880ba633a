/**
 * Preloaded into every thread of a phone (see probe.ts). With each SIGUSR2 the media worker goes one step on: it counts
 * pauses for garbage collection; it also takes a sampling heap profile; it writes down what it found.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { type HeapProfiler, Session } from 'node:inspector/promises';
import { PerformanceObserver } from 'node:perf_hooks';
import { BroadcastChannel, isMainThread, threadName } from 'node:worker_threads';
import { type Allocation, mediaThread, type ProbeReport, reportVariable, sampleBytes, stepSignal } from './report.ts';

const channelName = 'thinline-probe';

/** Each function's own share, whoever called it. What V8 makes by itself has no script: that is its caller's. */
function allocationsOf(
  { callFrame, selfSize, children }: HeapProfiler.SamplingHeapProfileNode,
  caller: Allocation,
  found: Map<string, Allocation>,
): void {
  let own = caller;
  if (callFrame.url !== '') {
    const { functionName: name, url } = callFrame;
    own = found.get(`${name} ${url}`) ?? { name, url, bytes: 0 };
    found.set(`${name} ${url}`, own);
  }
  own.bytes += selfSize;
  for (const child of children) allocationsOf(child, own, found);
}

function watchWorker(file: string): void {
  const session = new Session();
  const pauses: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) pauses.push(duration);
  });
  let [watchedFrom, profiledFrom] = [0, 0];
  const steps = [
    async () => {
      watchedFrom = performance.now();
      observer.observe({ entryTypes: ['gc'] });
    },
    async () => {
      observer.disconnect();
      profiledFrom = performance.now();
      session.connect();
      const collected = { includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true };
      await session.post('HeapProfiler.startSampling', { samplingInterval: sampleBytes, ...collected });
    },
    async () => {
      const profiledMs = performance.now() - profiledFrom;
      const { profile } = await session.post('HeapProfiler.stopSampling');
      session.disconnect();
      const nobody: Allocation = { name: 'V8 itself', url: '', bytes: 0 };
      const allocations = new Map<string, Allocation>([['', nobody]]);
      allocationsOf(profile.head, nobody, allocations);
      const watchedMs = profiledFrom - watchedFrom;
      const report: ProbeReport = { watchedMs, pauses, profiledMs, allocations: [...allocations.values()] };
      // Whoever sees the file finds all of it.
      writeFileSync(`${file}.part`, JSON.stringify(report));
      renameSync(`${file}.part`, file);
    },
  ];
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = () => void steps.shift()?.();
  channel.unref();
}

const file = process.env[reportVariable];
if (file !== undefined) {
  if (isMainThread) {
    const channel = new BroadcastChannel(channelName);
    channel.unref();
    process.on(stepSignal, () => channel.postMessage(null));
  } else if (threadName === mediaThread) {
    watchWorker(file);
  }
}
