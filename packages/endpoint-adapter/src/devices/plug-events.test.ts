import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PulseEvents, plugEventsOf, type Subscription, tellsOfPlug } from './plug-events.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

class FakeSubscription extends EventEmitter implements Subscription {
  readonly stdout = new PassThrough();
  readonly kill = vi.fn();
}

function start() {
  const started: FakeSubscription[] = [];
  const events = new PulseEvents(() => {
    const subscription = new FakeSubscription();
    started.push(subscription);
    return subscription;
  });
  const onPlug = vi.fn();
  events.start(onPlug);
  const last = () => started.at(-1) ?? new FakeSubscription();
  return { events, onPlug, started, last };
}

/** Streams hand over in a later turn. */
async function say(subscription: FakeSubscription, text: string): Promise<void> {
  subscription.stdout.write(text);
  await vi.advanceTimersByTimeAsync(0);
}

it.each([
  ["Event 'new' on source #3", true],
  ["Event 'remove' on sink #12", true],
  ["Event 'new' on card #1", true],
  ["Event 'change' on card #1", true],
  ["Event 'change' on server #4294967295", true],
  ["Event 'change' on sink #1", false],
  ["Event 'new' on sink-input #5", false],
  ["Event 'remove' on source-output #5", false],
  ["Event 'new' on client #8", false],
  ['', false],
])('%s: %s', (line, expected) => {
  expect(tellsOfPlug(line)).toBe(expected);
});

it('tells of plugs, once a piece of output, however it is cut', async () => {
  const { events, onPlug, last } = start();
  expect([onPlug.mock.calls.length, events.alive]).toEqual([1, true]);
  await say(last(), "Event 'new' on source #3\nEvent 'new' on sink #4\nEvent 'new' on client #1\nEvent 'rem");
  expect(onPlug).toHaveBeenCalledTimes(2);
  await say(last(), "ove' on sink #4\n");
  expect(onPlug).toHaveBeenCalledTimes(3);
  await say(last(), "Event 'change' on sink #4\n");
  await say(last(), `Event 'new' on sink #5${'x'.repeat(10_000)}`);
  await say(last(), '\n');
  expect(onPlug).toHaveBeenCalledTimes(3);
  await say(last(), "Event 'new' on sink #6\n");
  expect(onPlug).toHaveBeenCalledTimes(4);
});

it('starts anew what ended, ever later, and at once after it was well', async () => {
  const { events, onPlug, started, last } = start();
  const waits: number[] = [];
  for (let i = 0; i < 7; i++) {
    const ended = last();
    ended.emit('close');
    ended.emit('close');
    expect(events.alive).toBe(false);
    const count = started.length;
    const begin = performance.now();
    while (started.length === count) await vi.advanceTimersByTimeAsync(500);
    waits.push(performance.now() - begin);
  }
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  // Each beginning and each end is a time to look.
  expect(onPlug).toHaveBeenCalledTimes(1 + 2 * waits.length);
  await vi.advanceTimersByTimeAsync(10_000);
  last().emit('close');
  await vi.advanceTimersByTimeAsync(1000);
  expect([started.length, events.alive]).toEqual([9, true]);
});

it('gives up where there is no such command, but not for another failure', async () => {
  const missing = start();
  missing.last().emit('error', Object.assign(new Error('spawn'), { code: 'ENOENT' }));
  missing.last().emit('close');
  await vi.advanceTimersByTimeAsync(100_000);
  expect([missing.started.length, missing.events.alive]).toEqual([1, false]);
  const failing = start();
  failing.last().emit('error', Object.assign(new Error('spawn'), { code: 'EAGAIN' }));
  await vi.advanceTimersByTimeAsync(1000);
  expect(failing.started.length).toBe(2);
});

it('is silent once stopped', async () => {
  const { events, onPlug, started, last } = start();
  events.stop();
  expect(last().kill).toHaveBeenCalledOnce();
  await say(last(), "Event 'new' on source #3\n");
  last().emit('close');
  await vi.advanceTimersByTimeAsync(100_000);
  expect([onPlug.mock.calls.length, started.length, events.alive]).toEqual([1, 1, false]);
  const waiting = start();
  waiting.last().emit('close');
  waiting.events.stop();
  await vi.advanceTimersByTimeAsync(100_000);
  expect(waiting.started.length).toBe(1);
});

it('knows whose events there are', () => {
  expect(plugEventsOf('PulseAudio')).toBeInstanceOf(PulseEvents);
  expect([plugEventsOf('ALSA'), plugEventsOf(undefined)]).toEqual([null, null]);
});

it.skipIf(process.platform === 'win32')('runs pactl, in English, and ends it', async () => {
  vi.useRealTimers();
  const folder = mkdtempSync(join(tmpdir(), 'pactl-'));
  const script = `#!/bin/sh\n[ "$1 $LC_ALL" = "subscribe C" ] && echo "Event 'new' on sink #1"\nexec sleep 60\n`;
  writeFileSync(join(folder, 'pactl'), script, { mode: 0o755 });
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
  const events = new PulseEvents();
  let plugs = 0;
  await new Promise<void>((resolve) => events.start(() => ++plugs === 2 && resolve()));
  expect(events.alive).toBe(true);
  events.stop();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});
