/** Numbered events, and the last of them kept for replicas that were away. */
import type { Event, EventInput } from '@thinline/shared/contract/types.ts';

const kept = 1000;

export type EventBody = Omit<EventInput, 'sequence' | 'atMs'>;

export class EventLog {
  /** Event numbers mean something within one epoch only: one start of the adapter. */
  readonly epoch: string;
  #events: EventInput[] = [];
  #last = 0;

  constructor(epoch: string) {
    this.epoch = epoch;
  }

  /** The number of the newest event; 0 before the first. */
  get last(): number {
    return this.#last;
  }

  append(body: EventBody): EventInput {
    this.#last += 1;
    const event = { sequence: this.#last, atMs: Date.now(), ...structuredClone(body) };
    this.#events.push(event);
    if (this.#events.length > kept) this.#events.shift();
    return event;
  }

  /** A measurement that nobody will ask for again. */
  passing(body: EventBody): EventInput {
    return { sequence: 0, atMs: Date.now(), ...body };
  }

  /** What a replica that has seen `after` has missed, or null when only a snapshot can help. */
  since(epoch: string, after: Event['sequence']): EventInput[] | null {
    if (epoch !== this.epoch || after > this.#last) return null;
    const missing = this.#last - after;
    return missing > this.#events.length ? null : this.#events.slice(this.#events.length - missing);
  }
}
