/** The phone as control and page at the endpoint see it. */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Command, Snapshot } from '@thinline/shared/contract/types.ts';
import type { Endpoint, EndpointEvents } from '../endpoint.ts';
import type { Desktop, DesktopStatus } from './desktop.ts';
import { type VerbName, verbs } from './verbs.ts';

export interface LocalState {
  desktop: DesktopStatus;
  /** Calls that come are refused, as no desktop is connected. */
  refusing: boolean;
  phone: Snapshot;
}

/** What of the endpoint is needed here. */
export type Controlled = Pick<Endpoint, 'refusing' | 'snapshot' | 'execute'> &
  Pick<EventEmitter<EndpointEvents>, 'on' | 'off'>;

export class LocalPhone extends EventEmitter<{ changed: [] }> {
  #endpoint: Controlled;
  #desktop: Desktop;
  #changed = (): void => void this.emit('changed');

  constructor(endpoint: Controlled, desktop: Desktop) {
    super();
    this.#endpoint = endpoint;
    this.#desktop = desktop;
  }

  start(): void {
    this.#endpoint.on('event', this.#changed);
    this.#desktop.on('changed', this.#changed);
  }

  stop(): void {
    this.#endpoint.off('event', this.#changed);
    this.#desktop.off('changed', this.#changed);
  }

  get state(): LocalState {
    const { status: desktop } = this.#desktop;
    return { desktop, refusing: this.#endpoint.refusing, phone: this.#endpoint.snapshot() };
  }

  /** callId: empty for the only call in question. Rejects with FailureError. */
  async execute(verb: VerbName, callId: string): Promise<void> {
    const { microphoneMuted, speakerMuted } = this.#endpoint.snapshot().audio ?? {};
    // What the desktop muted for all calls, nobody could lift here otherwise.
    if (verb === 'unmute' && (microphoneMuted || speakerMuted)) {
      await this.#do({ setVolume: { microphoneMuted: false, speakerMuted: false } });
    }
    await this.#do(verbs[verb].command(callId));
  }

  async #do(command: Partial<Command>): Promise<void> {
    await this.#endpoint.execute({ id: randomUUID(), sessionId: '', ...command });
  }
}
