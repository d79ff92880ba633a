/** An endpoint that does what a test tells it. */
import { EventEmitter } from 'node:events';
import { blankCall } from '@thinline/shared/contract/blank.ts';
import type { Call, Command, EndpointIdentity, Snapshot } from '@thinline/shared/contract/types.ts';
import type { EndpointEvents } from '../endpoint.ts';
import type { Served } from './service.ts';

export const makeCall = (id: string, more: Partial<Call> = {}): Call =>
  blankCall({
    id,
    lineId: 'line0',
    state: 'TALKING',
    remote: { uri: 'sip:602@example.org', number: '602', displayName: '' },
    createdAtMs: 1,
    connectedAtMs: 2,
    codec: 'PCMU',
    sipCallId: `${id}@example.org`,
    ...more,
  });

export class FakeEndpoint extends EventEmitter<EndpointEvents> implements Served {
  readonly identity: EndpointIdentity;
  readonly calls = new Map<string, Call>();
  /** Every command that was carried out. */
  readonly executed: Command[] = [];
  snapshots = 0;
  revision = '';
  /** What a command waits for. */
  ready: Promise<unknown> = Promise.resolve();
  /** What the next commands fail with. */
  refusal: Error | null = null;

  /** said: of its identity. */
  constructor(epoch: string, said: Partial<EndpointIdentity> = {}) {
    super();
    this.identity = {
      epoch,
      host: 'desk',
      platform: 'linux-x64',
      productVersion: '0.1.0',
      pid: 1,
      endpointId: 'endpoint-1',
      ...said,
    };
  }

  get callsUp(): boolean {
    return this.calls.size > 0;
  }

  snapshot(): Snapshot {
    this.snapshots += 1;
    return {
      endpoint: this.identity,
      configurationRevision: this.revision,
      lines: [],
      calls: [...this.calls.values()],
      audio: null,
      qualities: [],
      notices: [],
    };
  }

  async execute(command: Command): Promise<string> {
    this.executed.push(command);
    await this.ready;
    if (this.refusal) throw this.refusal;
    if (command.configure?.configuration) this.revision = command.configure.configuration.revision;
    return command.dial ? 'dialled' : '';
  }

  /** A call began, changed or ended, and the app layer hears of it. */
  put(id: string, more: Partial<Call> = {}): void {
    const call = makeCall(id, more);
    if (call.state === 'RELEASED') this.calls.delete(id);
    else this.calls.set(id, call);
    this.emit('event', { call });
  }
}
