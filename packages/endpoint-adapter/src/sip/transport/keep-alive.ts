/** Keeps the way back through NATs open where there is no connection: CRLFCRLF over UDP (RFC 5626 §3.5.1). */
import type { Target } from '../address.ts';
import { pingInterval } from './connection.ts';
import { PING } from './framer.ts';
import type { Flow } from './transport.ts';

export class KeepAlive {
  readonly #flowTo: (target: Target) => Flow;
  /** Lines of one server share their pings. */
  readonly #kept = new Map<string, { lines: number; timer: NodeJS.Timeout }>();
  #stopped = false;

  constructor(flowTo: (target: Target) => Flow) {
    this.#flowTo = flowTo;
  }

  /** Each on needs its off. Connections keep themselves alive. */
  set(target: Target, on: boolean): void {
    if (target.transport !== 'udp' || this.#stopped) return;
    const key = `${target.address} ${target.port}`;
    const kept = this.#kept.get(key);
    if (kept) {
      kept.lines += on ? 1 : -1;
      if (kept.lines > 0) return;
      clearTimeout(kept.timer);
      this.#kept.delete(key);
    } else if (on) this.#kept.set(key, { lines: 1, timer: this.#later(target, key) });
  }

  stop(): void {
    this.#stopped = true;
    for (const { timer } of this.#kept.values()) clearTimeout(timer);
    this.#kept.clear();
  }

  #later(target: Target, key: string): NodeJS.Timeout {
    return setTimeout(() => {
      const kept = this.#kept.get(key);
      if (!kept) return;
      kept.timer = this.#later(target, key);
      this.#flowTo(target).send(PING, () => {});
    }, pingInterval());
  }
}
