/** An endpoint without SIP and sound, as control and page see it. */
import { EventEmitter } from 'node:events';
import { blankAudio, blankCall } from '@thinline/shared/contract/blank.ts';
import type { Audio, Call, Command, Snapshot } from '@thinline/shared/contract/types.ts';
import type { EndpointEvents } from '../endpoint.ts';
import type { Controlled } from './local-phone.ts';

export const makeSnapshot = (more: Partial<Snapshot> = {}): Snapshot => ({
  endpoint: null,
  configurationRevision: '',
  lines: [],
  calls: [],
  audio: blankAudio({
    driver: 'virtual',
    driverReason: 'asked for',
    devices: [{ id: 'in', name: 'Poly mic', kind: 'CAPTURE', isDefault: true }],
    captureId: 'in',
  }),
  qualities: [],
  notices: [],
  ...more,
});

export class FakeEndpoint extends EventEmitter<EndpointEvents> implements Controlled {
  refusing = false;
  /** What is to be said of the sound. */
  audio: Partial<Audio> = {};
  readonly calls = new Map<string, Call>();
  /** Every command that was carried out, without its id. */
  readonly executed: Partial<Command>[] = [];
  /** What the next commands fail with. */
  refusal: Error | null = null;

  snapshot(): Snapshot {
    const { audio } = makeSnapshot();
    return makeSnapshot({ calls: [...this.calls.values()], audio: audio && { ...audio, ...this.audio } });
  }

  async execute({ id: _id, sessionId: _session, ...body }: Command): Promise<string> {
    if (this.refusal) throw this.refusal;
    this.executed.push(body);
    return '';
  }

  /** A call begins, changes or ends. */
  put(id: string, more: Partial<Call> = {}): void {
    const remote = { uri: 'sip:602@example.org', number: '602', displayName: '' };
    const call = blankCall({ id, state: 'TALKING', remote, ...more });
    if (call.state === 'RELEASED') this.calls.delete(id);
    else this.calls.set(id, call);
    this.emit('event', { call });
  }
}
