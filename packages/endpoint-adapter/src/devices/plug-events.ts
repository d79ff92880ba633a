/** News of plugged and unplugged devices, from platforms that have them. */
import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

export interface PlugEvents {
  /** News can be relied on; otherwise somebody has to look. */
  readonly alive: boolean;
  /** Calls `onPlug` for each change, and when the news begin or end, as some may have been missed. */
  start(onPlug: () => void): void;
  stop(): void;
}

/** What is used of a child process. */
export interface Subscription {
  readonly stdout: Readable | null;
  on(event: 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
  kill(): unknown;
}

/** Messages are in English then. */
const subscribe = (): Subscription =>
  spawn('pactl', ['subscribe'], { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, LC_ALL: 'C' } });

const firstWaitMs = 1000;
const longestWaitMs = 30_000;
/** One that has lived for so long had nothing wrong with it. */
const healthyMs = 10_000;
/** pactl's lines have less. */
const longestLine = 256;

/** Volumes and streams change all the time, and are no plugs. */
export function tellsOfPlug(line: string): boolean {
  return (
    /^Event '(?:new|remove)' on (?:sink|source|card) #/.test(line) || /^Event 'change' on (?:card|server) #/.test(line)
  );
}

/** PulseAudio's and PipeWire's: `pactl subscribe`, started anew when it ends. */
export class PulseEvents implements PlugEvents {
  readonly #subscribe: () => Subscription;
  #onPlug: (() => void) | null = null;
  #subscription: Subscription | null = null;
  #timer: NodeJS.Timeout | undefined;
  #waitMs = firstWaitMs;
  #startedAt = 0;
  #line = '';

  constructor(subscribeTo: () => Subscription = subscribe) {
    this.#subscribe = subscribeTo;
  }

  get alive(): boolean {
    return this.#subscription !== null;
  }

  start(onPlug: () => void): void {
    this.#onPlug = onPlug;
    this.#run();
  }

  stop(): void {
    clearTimeout(this.#timer);
    const subscription = this.#subscription;
    this.#subscription = null;
    subscription?.kill();
  }

  #run(): void {
    const subscription = this.#subscribe();
    this.#subscription = subscription;
    this.#startedAt = performance.now();
    this.#line = '';
    subscription.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (this.#subscription === subscription) this.#read(text);
    });
    subscription.on('error', ({ code }) => this.#end(subscription, code !== 'ENOENT'));
    subscription.on('close', () => this.#end(subscription, true));
    this.#onPlug?.();
  }

  #read(text: string): void {
    const lines = (this.#line + text).split('\n');
    const rest = lines.pop() ?? '';
    this.#line = rest.length > longestLine ? '' : rest;
    if (lines.some(tellsOfPlug)) this.#onPlug?.();
  }

  /** Where there is no such command, there won't be one later. */
  #end(subscription: Subscription, mayWork: boolean): void {
    if (this.#subscription !== subscription) return;
    this.#subscription = null;
    if (!mayWork) return;
    if (performance.now() - this.#startedAt >= healthyMs) this.#waitMs = firstWaitMs;
    this.#timer = setTimeout(() => this.#run(), this.#waitMs);
    this.#timer.unref();
    this.#waitMs = Math.min(longestWaitMs, 2 * this.#waitMs);
    this.#onPlug?.();
  }
}

/** The events of what a driver stands on (`AudioDriver.backend`); null: it has none that we know. */
export const plugEventsOf = (backend: string | undefined): PlugEvents | null =>
  backend === 'PulseAudio' ? new PulseEvents() : null;
