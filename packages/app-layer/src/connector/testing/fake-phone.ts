/** A phone that is what a test says, and remembers what it was told, for tests of the connector. */
import { EventEmitter } from 'node:events';
import { configured, type Settings } from '@thinline/shared/config/testing/configured.ts';
import { blankAudio, blankCall, blankLine } from '@thinline/shared/contract/blank.ts';
import type { Call, CommandResult, Configuration, Failure, Line, Snapshot } from '@thinline/shared/contract/types.ts';
import { blankLink, blankState } from '../../endpoint/blank-state.ts';
import type { CommandBody, LinkStatus, PhoneState, Replica, ReplicaEvents } from '../../endpoint/replica.ts';
import type { DesktopWishes } from '../../phone-configuration.ts';

export const registeredLine = (more: Partial<Line> = {}): Line =>
  blankLine({
    id: 'line0',
    state: 'REGISTERED',
    address: 'sip:701@sip.example.org',
    server: 'sip.example.org:5060',
    transport: 'udp',
    ...more,
  });

const blankPhone = (): Snapshot => ({
  endpoint: null,
  configurationRevision: '',
  lines: [],
  calls: [],
  audio: blankAudio(),
  qualities: [],
  notices: [],
});

export class FakePhone extends EventEmitter<ReplicaEvents> implements Replica {
  link: LinkStatus = blankLink({ state: 'up' });
  phone: Snapshot = blankPhone();
  /** Not heard of yet. */
  isUnknown = false;
  readonly executed: CommandBody[] = [];
  /** Of the next commands. */
  refusal: Failure | null = null;

  /** For the next test. */
  reset(): void {
    this.refusal = null;
    this.executed.length = 0;
    this.change(blankPhone());
    this.setLink('up');
  }

  state(): PhoneState {
    return blankState({ link: this.link, phone: this.isUnknown ? null : this.phone });
  }

  change(said: Partial<Snapshot>): void {
    this.phone = { ...this.phone, ...said };
    this.emit('changed');
  }

  setLink(state: LinkStatus['state']): void {
    this.link = blankLink({ state });
    this.emit('changed');
  }

  call(more: Partial<Call> = {}): void {
    this.change({ calls: [...this.phone.calls, blankCall({ id: 'c1', state: 'TALKING', ...more })] });
  }

  async execute(body: CommandBody): Promise<CommandResult> {
    this.executed.push(body);
    const { hangUp } = body;
    if (hangUp) this.change({ calls: this.phone.calls.filter(({ id }) => id !== hangUp.callId) });
    return { id: '', callId: '', failure: this.refusal };
  }
}

/** What desktops have wished, in order. */
export class FakeConfiguration {
  readonly configuration: Configuration;
  readonly wishes: (DesktopWishes | null)[] = [];

  constructor(settings: Settings = {}) {
    this.configuration = configured(settings);
  }

  async setDesktop(wishes: DesktopWishes | null): Promise<null> {
    this.wishes.push(wishes);
    return null;
  }

  get atFirst(): Configuration | null {
    return this.wishes.length > 0 ? this.configuration : null;
  }

  get last(): DesktopWishes | null | undefined {
    return this.wishes.at(-1);
  }
}
