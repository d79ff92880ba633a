/** The replica's memory: the phone as it was heard of last. */
import type { Call, EndpointIdentity, Event, Snapshot } from '@thinline/shared/contract/types.ts';
import { applyEvent } from './apply.ts';
import { isSameMachine } from './elsewhere.ts';

/** Ended calls that can still be asked about. */
const rememberedCalls = 10;

/** Tells epochs of endpoints apart; empty: none. */
export const phoneKey = (endpoint: EndpointIdentity | null | undefined): string =>
  endpoint ? `${endpoint.endpointId || endpoint.host} ${endpoint.epoch}` : '';

export class PhoneCopy {
  phone: Snapshot | null = null;
  /** The calls that ended last, newest first. */
  released: readonly Call[] = [];
  /** The number of the last event in it. */
  sequence = 0;

  get key(): string {
    return phoneKey(this.phone?.endpoint);
  }

  get callsUp(): boolean {
    return (this.phone?.calls.length ?? 0) > 0;
  }

  /** No event tells of it. */
  configured(revision: string): void {
    if (this.phone) this.phone = { ...this.phone, configurationRevision: revision };
  }

  take(event: Event): void {
    if (event.snapshot && this.#isOther(event.snapshot)) this.released = [];
    const { call } = event;
    if (call?.state === 'RELEASED') this.released = [call, ...this.released].slice(0, rememberedCalls);
    this.phone = applyEvent(this.phone, event);
    if (event.sequence > 0 || event.snapshot) this.sequence = event.sequence;
  }

  #isOther({ endpoint }: Snapshot): boolean {
    const last = this.phone?.endpoint;
    return endpoint != null && last != null && !isSameMachine(endpoint, last);
  }
}
