/** An agent whom the server knows by hoteling and as-feature-event (BroadWorks, SIP Server). */
import type { Agent, SetAgentState } from '@thinline/shared/contract/types.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import { type AgentFailure, AgentSession, isWorking, loginId, sameAgent } from '../events/agent-session.ts';
import type { FeatureEvents } from '../events/as-feature-event.ts';
import { type Hoteling, hoteling } from '../events/hoteling.ts';
import { Subscription, type SubscriptionEnd } from '../subscription/subscription.ts';
import { TimerSet } from '../timers.ts';
import { AgentRequest, agentRefused, agentUnavailable, type LineAgent } from './agent.ts';
import type { FeaturePorts } from './feature.ts';

/** ms: a server that logs somebody in before it says in which state has so long for the state. */
const STATE_TIMEOUT = 5_000;

type Package = 'hoteling' | 'features';

export class FeatureAgent implements LineAgent {
  readonly #request: AgentRequest;
  readonly #session: AgentSession;
  readonly #hoteling: Subscription<Hoteling>;
  readonly #features: Subscription<FeatureEvents>;
  /** Those that have spoken since knowledge was last lost. */
  readonly #heard = new Set<Package>();
  readonly #timers = new TimerSet<'state'>(() => this.#mismatched());

  /** features: of as-feature-event, which tells of more than agents; what it tells is given on to receive, heard and down. */
  constructor(ports: FeaturePorts, features: Subscription<FeatureEvents>) {
    this.#request = new AgentRequest(() => ports.changed());
    this.#features = features;
    this.#hoteling = new Subscription({
      ports,
      package: hoteling,
      target: ports.aor,
      told: (fact) => {
        this.#session.receiveHoteling(fact);
        this.heard('hoteling');
      },
      up: () => this.heard('hoteling'),
      down: (end) => this.down('hoteling', end),
    });
    this.#session = new AgentSession({
      hoteling: (body) => this.#send(this.#hoteling, body),
      features: (body) => this.#send(this.#features, body),
      changed: () => {
        ports.changed();
        if (this.#timers.has('state')) this.#settled();
      },
      settled: () => this.#settled(),
      failed: (why) => this.#failed(why),
    });
  }

  get agent(): Agent {
    const { state, agentId, reason } = this.#session.agent;
    return { state, agentId: loginId(agentId), reason, ...this.#request.status };
  }

  start(): void {
    this.#hoteling.start();
  }

  again(): void {
    this.#hoteling.again();
  }

  leave(): Promise<void> {
    return this.#hoteling.leave();
  }

  stop(): void {
    this.#hoteling.stop();
    this.#session.close();
    this.#timers.clearAll();
    this.#request.fail(new FailureError('agentNoAnswer'));
  }

  set({ state, agentId, password, reason }: SetAgentState): Promise<void> {
    const unwanted = [this.#hoteling, this.#features].filter(({ phase }) => phase === 'refused' || phase === 'locked');
    if (unwanted.length > 0) {
      // For the next time that somebody asks.
      for (const subscription of unwanted) subscription.again();
      return Promise.reject(agentUnavailable());
    }
    if (state === 'UNKNOWN') return Promise.reject(agentRefused('That is no state to be in'));
    this.#timers.clearAll();
    return this.#request.begin(state, () => {
      if (state === 'LOGGED_OUT') return void this.#session.logout();
      const wanted = { state, reason: state === 'NOT_READY' ? reason : '' };
      const { agent } = this.#session;
      const there = agentId === '' || (isWorking(agent) && sameAgent(agent.agentId, agentId));
      if (there) this.#session.change(wanted);
      else this.#session.login(agentId, password, wanted);
    });
  }

  receive({ features }: FeatureEvents): void {
    for (const event of features) this.#session.receiveFeature(event);
    this.heard('features');
  }

  /** A NOTIFY of that package has been told. */
  heard(which: Package): void {
    if (this.#heard.has(which)) return;
    this.#heard.add(which);
    if (this.#heard.size === 2) this.#session.subscribed();
  }

  down(which: Package, { again }: SubscriptionEnd): void {
    // What one of them has said means nothing without the other: it has to say it again once that is back.
    const other = which === 'hoteling' ? this.#features : this.#hoteling;
    if (again && this.#heard.has(which) && other.phase === 'up') other.again();
    this.#heard.clear();
    this.#session.lost();
    if (again) return;
    this.#session.close();
    this.#request.fail(agentUnavailable());
  }

  #send(subscription: Subscription<unknown>, body: string): void {
    void subscription.send(body).then(({ ok }) => {
      if (!ok && subscription.phase === 'up') this.#session.refused();
    });
  }

  #settled(): void {
    const { wanted } = this.#request;
    const { state } = this.#session.agent;
    // Who logs out before the server knew him is out.
    if (wanted === state || (wanted === 'LOGGED_OUT' && state === 'UNKNOWN')) {
      this.#timers.clearAll();
      this.#request.confirm();
    } else if (wanted !== null) this.#timers.set('state', STATE_TIMEOUT);
  }

  #mismatched(): void {
    this.#request.fail(agentRefused(`The server says ${this.#session.agent.state.toLowerCase().replaceAll('_', ' ')}`));
  }

  #failed(why: AgentFailure): void {
    const other = loginId(this.#session.agent.agentId);
    const failures: Readonly<Record<AgentFailure, () => FailureError>> = {
      refused: () => agentRefused('The server refused it'),
      wrongPassword: () => agentRefused('The server did not take the password'),
      unknownAlgorithm: () => agentRefused('The server wants the password in a form that this phone does not have'),
      taken: () => agentRefused(`Agent ${other} is logged in at this phone`),
      loggedIn: () => agentRefused(`Agent ${other} is logged in at this phone, and has to log out first`),
      noAnswer: () => new FailureError('agentNoAnswer'),
      interrupted: () => new FailureError('agentNoAnswer'),
      notLoggedIn: () => new FailureError('noAgentId'),
    };
    this.#timers.clearAll();
    this.#request.fail(failures[why]());
  }
}
