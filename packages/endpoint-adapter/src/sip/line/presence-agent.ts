/** An agent of whom the server is told only whether calls may come (RFC 3863): logging in and out is this phone's own affair. */
import type { Agent, SetAgentState } from '@thinline/shared/contract/types.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import { presenceType, writePresence } from '../events/presence.ts';
import type { Body } from '../message/response.ts';
import { writeUri } from '../message/uri.ts';
import type { Outcome } from '../session/session.ts';
import { Notifier } from '../subscription/notifier.ts';
import { Publication } from '../subscription/publication.ts';
import type { ServerRequest } from '../transaction/server-request.ts';
import { AgentRequest, agentRefused, agentUnavailable, type LineAgent } from './agent.ts';
import type { FeaturePorts } from './feature.ts';

type Known = Pick<Agent, 'state' | 'agentId' | 'reason'>;

const out: Known = { state: 'LOGGED_OUT', agentId: '', reason: '' };
/** Statuses of a server that takes no PUBLISH at all. */
const impossible: ReadonlySet<number> = new Set([404, 405, 489, 501]);

export class PresenceAgent implements LineAgent {
  readonly #ports: FeaturePorts;
  readonly #request: AgentRequest;
  readonly #publication: Publication;
  readonly #notifier: Notifier;
  #known: Known = { ...out, state: 'UNKNOWN' };
  /** What the server is told, before it has said yes. */
  #open = false;
  #started = false;
  /** Answers to anything older are not for us any more. */
  #turn = 0;

  constructor(ports: FeaturePorts) {
    const { client, dialogs, from, aor, random } = ports;
    this.#ports = ports;
    this.#request = new AgentRequest(() => ports.changed());
    this.#publication = new Publication({
      client,
      event: 'presence',
      target: aor,
      from,
      random,
      taken: () => this.#taken(),
    });
    const contact = (): string => ports.contact();
    this.#notifier = new Notifier({ client, dialogs, event: 'presence', state: () => this.#body(), contact });
  }

  get agent(): Agent {
    return { ...this.#known, ...this.#request.status };
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    void this.#publication.publish(this.#body());
  }

  again(): void {
    if (this.#started) this.#publication.again();
    else this.start();
  }

  async leave(): Promise<void> {
    this.#started = false;
    await Promise.all([this.#publication.leave(), this.#notifier.leave()]);
  }

  stop(): void {
    this.#turn += 1;
    this.#publication.stop();
    this.#notifier.stop();
    this.#request.fail(new FailureError('agentNoAnswer'));
  }

  set({ state, agentId, reason }: SetAgentState): Promise<void> {
    if (state === 'UNKNOWN') return Promise.reject(agentRefused('That is no state to be in'));
    const id = agentId === '' ? this.#known.agentId : agentId;
    if (state !== 'LOGGED_OUT' && id === '') return Promise.reject(new FailureError('noAgentId'));
    const next: Known =
      state === 'LOGGED_OUT' ? out : { state, agentId: id, reason: state === 'NOT_READY' ? reason : '' };
    return this.#request.begin(state, () => {
      this.#started = true;
      void this.#tell(next);
    });
  }

  /** A SUBSCRIBE of the server. */
  subscribed(request: ServerRequest): void {
    this.#notifier.receive(request);
  }

  /** Until then nobody knows. */
  #taken(): void {
    if (this.#known.state !== 'UNKNOWN') return;
    this.#known = out;
    this.#ports.changed();
  }

  async #tell(next: Known): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.#open = next.state === 'READY';
    // Whoever subscribes knows as well as whoever takes a PUBLISH.
    const [published, heard] = await Promise.all([this.#publication.publish(this.#body()), this.#notifier.changed()]);
    if (turn !== this.#turn) return;
    if (published.ok || heard) {
      this.#known = next;
      this.#ports.changed();
      this.#request.confirm();
      return;
    }
    this.#request.fail(failureOf(published));
    if (this.#open === (this.#known.state === 'READY')) return;
    // What the server has refused now it shall not take later.
    this.#open = !this.#open;
    void this.#publication.publish(this.#body());
  }

  #body(): Body {
    return { type: presenceType, content: writePresence(writeUri(this.#ports.aor), this.#open) };
  }
}

function failureOf({ status, reason }: Outcome): FailureError {
  if (impossible.has(status)) return agentUnavailable();
  return status === 408 || status === 503
    ? new FailureError('agentNoAnswer')
    : agentRefused(`The server answered ${status} ${reason}`);
}
