/** Tells every open page of each change, as server-sent events. */
import type { ServerResponse } from 'node:http';
import { coalesce } from '@thinline/shared/coalesce.ts';
import type { LocalPhone } from './local-phone.ts';
import { pageView } from './page-view.ts';

const mostListeners = 8;
const intervalMs = 50;
/** A comment now and then: browsers notice a dead stream by it, and so do we. */
const commentIntervalMs = 10_000;

export class EventFeed {
  #phone: LocalPhone;
  /** Of those that don't keep up nothing is written until their buffer is empty; then the newest. */
  #listeners = new Map<ServerResponse, { blocked: boolean; told: string }>();
  #changes = coalesce(intervalMs, () => this.#tell());
  #changed = (): void => this.#changes.touch();
  #comments: NodeJS.Timeout | undefined;

  constructor(phone: LocalPhone) {
    this.#phone = phone;
  }

  start(): void {
    this.#phone.on('changed', this.#changed);
    this.#comments = setInterval(() => this.#comment(), commentIntervalMs);
  }

  /** As many as we serve: one more must be turned away. */
  get isFull(): boolean {
    return this.#listeners.size >= mostListeners;
  }

  /** Sends events until the response is closed. */
  listen(response: ServerResponse): void {
    const listener = { blocked: false, told: '' };
    this.#listeners.set(response, listener);
    response.on('drain', () => {
      listener.blocked = false;
      this.#tell();
    });
    response.on('close', () => this.#listeners.delete(response));
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    this.#tell();
  }

  stop(): void {
    this.#phone.off('changed', this.#changed);
    clearInterval(this.#comments);
    this.#changes.stop();
    for (const response of this.#listeners.keys()) response.end();
  }

  #tell(): void {
    if (this.#listeners.size === 0) return;
    const text = JSON.stringify(pageView(this.#phone.state, Date.now()));
    for (const [response, listener] of this.#listeners) {
      if (listener.blocked || listener.told === text) continue;
      listener.told = text;
      listener.blocked = !response.write(`data: ${text}\n\n`);
    }
  }

  #comment(): void {
    for (const [response, { blocked }] of this.#listeners) if (!blocked) response.write(': still here\n\n');
  }
}
