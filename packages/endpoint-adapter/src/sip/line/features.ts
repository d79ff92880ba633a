/** What a line's server keeps for its agent beside calls: agent state, do not disturb, forwarding, mailboxes, appearances. */
import type {
  Agent,
  Appearance,
  Forwarding,
  LineConfiguration,
  Mailbox,
  SetAgentState,
} from '@thinline/shared/contract/types.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import type { Client } from '../dialog/client.ts';
import type { Dialogs } from '../dialog/dialogs.ts';
import type { HeaderField } from '../message/message.ts';
import { field } from '../message/response.ts';
import type { Uri } from '../message/uri.ts';
import type { ServerRequest } from '../transaction/server-request.ts';
import type { Flow } from '../transport/transport.ts';

/** The part of a line's snapshot that this is about. */
export interface FeatureStatus {
  agent: Agent | null;
  doNotDisturb: boolean;
  forwardings: Forwarding[];
  featuresOnServer: boolean;
  mailboxes: Mailbox[];
  appearances: Appearance[];
}

export interface FeaturePorts {
  configuration: LineConfiguration;
  client: Client;
  dialogs: Dialogs;
  aor: Uri;
  /** The address of record, as a name-addr without tag. */
  from: string;
  contact(): string;
  isServer(flow: Flow): boolean;
  changed(): void;
  log: Log;
}

export class LineFeatures {
  readonly #ports: FeaturePorts;

  constructor(ports: FeaturePorts) {
    this.#ports = ports;
  }

  get status(): FeatureStatus {
    return {
      agent: null,
      doNotDisturb: false,
      forwardings: [],
      featuresOnServer: false,
      mailboxes: [],
      appearances: [],
    };
  }

  /** standalone: the line doesn't register, so this is the time to subscribe. */
  start(_standalone: boolean): void {}

  /** afresh: the way to the server broke, and what was subscribed may be lost (requirements: flow loss). */
  registered(_afresh: boolean): void {}

  /** Ends subscriptions and publications in order. */
  async leave(): Promise<void> {}

  stop(): void {}

  notified(request: ServerRequest): void {
    request.respond(481);
  }

  subscribed(request: ServerRequest): void {
    request.respond(489);
  }

  appearanceField(index: number): HeaderField {
    const { host } = this.#ports.aor;
    return field('call-info', `<sip:${host}>;appearance-index=${index}`);
  }

  async setDoNotDisturb(_on: boolean): Promise<void> {
    throw new FailureError('featureUnavailable', { feature: 'do not disturb' });
  }

  async setForwarding(_forwarding: Forwarding): Promise<void> {
    throw new FailureError('featureUnavailable', { feature: 'forwarding' });
  }

  async setAgentState(_wanted: SetAgentState): Promise<void> {
    throw new FailureError('featureUnavailable', { feature: 'agent state' });
  }
}
