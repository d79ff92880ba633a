/** What a line's server keeps for its agent beside calls: agent state, do not disturb, forwarding, mailboxes, appearances. */
import type { Agent, Appearance, Forwarding, Mailbox, SetAgentState } from '@thinline/shared/contract/types.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import { type FeatureEvents, featureEvents } from '../events/as-feature-event.ts';
import { readEvent } from '../headers/event-header.ts';
import { fieldOf } from '../message/message.ts';
import { field } from '../message/response.ts';
import { Subscription, type SubscriptionEnd } from '../subscription/subscription.ts';
import type { ServerRequest } from '../transaction/server-request.ts';
import { agentUnavailable, type LineAgent } from './agent.ts';
import { Appearances, type Seizure } from './appearances.ts';
import type { Feature, FeaturePorts } from './feature.ts';
import { FeatureAgent } from './feature-agent.ts';
import { Mailboxes } from './mailboxes.ts';
import { PresenceAgent } from './presence-agent.ts';
import { RegistrationWatch } from './registration-watch.ts';
import { ServerFeatures } from './server-features.ts';

/** The part of a line's snapshot that this is about. */
export interface FeatureStatus {
  agent: Agent | null;
  doNotDisturb: boolean;
  forwardings: Forwarding[];
  featuresOnServer: boolean;
  mailboxes: Mailbox[];
  appearances: Appearance[];
}

/** ms; for the server to hear that we go. */
const FAREWELL = 2_000;

export class LineFeatures {
  readonly #ports: FeaturePorts;
  readonly #mailboxes: Mailboxes;
  /** as-feature-event: of the agent, and of do not disturb and forwarding. */
  readonly #events: Subscription<FeatureEvents> | null;
  readonly #featureAgent: FeatureAgent | null;
  readonly #serverFeatures: ServerFeatures | null;
  readonly #presence: PresenceAgent | null;
  readonly #agent: LineAgent | null;
  readonly #appearances: Appearances | null;
  /** In the order in which they are subscribed to. */
  readonly #parts: readonly Feature[];

  constructor(ports: FeaturePorts) {
    this.#ports = ports;
    const { agentState, shared, regEvent } = ports.configuration;
    const events =
      agentState === 'features'
        ? new Subscription<FeatureEvents>({
            ports,
            package: featureEvents,
            target: ports.aor,
            told: (said) => this.#told(said),
            up: () => this.#featureAgent?.heard('features'),
            down: (end) => this.#ended(end),
          })
        : null;
    this.#events = events;
    this.#featureAgent = events && new FeatureAgent(ports, events);
    this.#serverFeatures = events && new ServerFeatures(events, () => ports.changed());
    this.#presence = agentState === 'presence' ? new PresenceAgent(ports) : null;
    this.#agent = this.#featureAgent ?? this.#presence;
    this.#appearances = shared ? new Appearances(ports) : null;
    this.#mailboxes = new Mailboxes(ports);
    const watch = regEvent ? new RegistrationWatch(ports) : null;
    this.#parts = [watch, events, this.#agent, this.#appearances, this.#mailboxes].filter((it) => it !== null);
  }

  get status(): FeatureStatus {
    return {
      agent: this.#agent?.agent ?? null,
      ...(this.#serverFeatures?.status ?? { doNotDisturb: false, forwardings: [], featuresOnServer: false }),
      mailboxes: this.#mailboxes.all,
      appearances: this.#appearances?.all ?? [],
    };
  }

  /** afresh: the way to the server has broken, or is another one, and what was subscribed may be lost. */
  registered(afresh: boolean): void {
    for (const part of this.#parts) {
      if (afresh) part.again();
      else part.start();
    }
  }

  /** Ends subscriptions and publications in order; what the server doesn't take in time is left to expire. */
  async leave(): Promise<void> {
    let timeout: NodeJS.Timeout | undefined;
    await Promise.race([
      Promise.all(this.#parts.map((part) => part.leave())),
      new Promise((resolve) => {
        timeout = setTimeout(resolve, FAREWELL);
      }),
    ]);
    clearTimeout(timeout);
  }

  stop(): void {
    for (const part of this.#parts) part.stop();
    this.#serverFeatures?.stop();
  }

  /** A NOTIFY outside a dialog. */
  notified(request: ServerRequest): void {
    const event = readEvent(fieldOf(request.message, 'event'))?.name;
    if (event === 'message-summary') this.#mailboxes.unsolicited(request);
    else request.respond(481);
  }

  /** A SUBSCRIBE outside a dialog. */
  subscribed(request: ServerRequest): void {
    if (!this.#ports.isServer(request.flow)) return void request.respond(403);
    const event = readEvent(fieldOf(request.message, 'event'))?.name;
    if (event === 'presence' && this.#presence) return void this.#presence.subscribed(request);
    // Subscriptions to refer come with a REFER only (RFC 3515 §2.4.4).
    const allowed = this.#presence ? 'presence, refer' : 'refer';
    request.respond(
      event === 'refer' ? 403 : 489,
      event === 'refer' ? {} : { fields: [field('allow-events', allowed)] },
    );
  }

  /** For an outgoing call; nothing where the line isn't shared. */
  seize(index: number): Seizure {
    return this.#appearances?.seize(index) ?? { fields: Promise.resolve([]), release: () => {} };
  }

  setDoNotDisturb(on: boolean): Promise<void> {
    return this.#serverFeatures?.setDoNotDisturb(on) ?? unavailable('do not disturb');
  }

  setForwarding(forwarding: Forwarding): Promise<void> {
    return this.#serverFeatures?.setForwarding(forwarding) ?? unavailable('forwarding');
  }

  setAgentState(wanted: SetAgentState): Promise<void> {
    return this.#agent?.set(wanted) ?? Promise.reject(agentUnavailable());
  }

  #told(said: FeatureEvents): void {
    this.#serverFeatures?.receive(said);
    this.#featureAgent?.receive(said);
  }

  #ended(end: SubscriptionEnd): void {
    const phase = this.#events?.phase;
    if (phase === 'refused' || phase === 'locked') this.#serverFeatures?.unavailable();
    this.#featureAgent?.down('features', end);
  }
}

const unavailable = (feature: string): Promise<never> =>
  Promise.reject(new FailureError('featureUnavailable', { feature }));
