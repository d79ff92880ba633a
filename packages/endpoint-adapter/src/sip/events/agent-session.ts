/** Logging in, out and changing the state of the agent at this phone: what is sent when, over the two subscriptions. */
import type { AgentState } from '@thinline/shared/contract/types.ts';
import { TimerSet } from '../timers.ts';
import { type FeatureEvent, type RequestedAgentState, writeAgentState } from './as-feature-event.ts';
import { type Hoteling, proveHoteling, writeHoteling } from './hoteling.ts';

export interface Agent {
  state: AgentState;
  /** Who sits at the phone; '' for nobody. */
  agentId: string;
  /** The code of the reason for NOT_READY; '' where there is none. */
  reason: string;
}

/** A state at work that an agent may ask for. */
export interface WorkState {
  state: Exclude<RequestedAgentState, 'LOGGED_OUT'>;
  /** Only NOT_READY has one. */
  reason: string;
}

export type AgentFailure =
  /** The server doesn't want this agent here. */
  | 'refused'
  /** It didn't take the answer to its challenge, or said nothing to it, as some do to a wrong password. */
  | 'wrongPassword'
  /** It asks for an algorithm that we don't have. */
  | 'unknownAlgorithm'
  /** Somebody else sits at this phone. */
  | 'taken'
  | 'noAnswer'
  /** The subscriptions have ended meanwhile. */
  | 'interrupted'
  | 'loggedIn'
  | 'notLoggedIn';

export interface AgentEffects {
  /** Sends a body in a re-SUBSCRIBE of x-broadworks-hoteling. */
  hoteling(body: string): void;
  /** Sends a body in a re-SUBSCRIBE of as-feature-event. */
  features(body: string): void;
  changed(agent: Agent): void;
  /** Nothing is under way any more: what was asked for last has been answered, as agent says. */
  settled(): void;
  /** The last thing that was asked for will not happen. */
  failed(reason: AgentFailure): void;
}

/** ms; for the server to answer each step. */
const STEP_TIMEOUT = 5_000;
/** ms; for the subscriptions, when somebody logs in before they are there. */
const SUBSCRIPTION_TIMEOUT = 32_000;

type State =
  /** No subscriptions. */
  | 'unknown'
  /** A login waits for the subscriptions. */
  | 'waiting'
  | 'out'
  /** SetHoteling is sent, without proof. */
  | 'claiming'
  /** SetHoteling is sent, with the answer to the challenge. */
  | 'proving'
  /** The server has taken the agent; his first state is asked for. */
  | 'entering'
  | 'in'
  /** Another state is asked for. */
  | 'changing'
  /** loggedOff is asked for. */
  | 'leaving'
  /** The server has logged the agent off; SetHoteling for nobody is sent. */
  | 'releasing';

type Event =
  | 'login'
  | 'logout'
  | 'change'
  /** Both subscriptions are there, and their first NOTIFYs have been told. */
  | 'subscribed'
  | 'lost'
  | 'challenge'
  | 'unknownChallenge'
  /** The agent who logs in has been taken. */
  | 'taken'
  /** The agent who logs in has been taken, and is at work already as asked for. */
  | 'settled'
  /** Another agent sits there. */
  | 'other'
  | 'nobody'
  /** The server says: ready, not ready, after call work, or just logged on. */
  | 'working'
  | 'off'
  /** The server has refused the request itself. */
  | 'refused'
  | 'late';

/** claim and prove: SetHoteling; enter, leave, change: SetAgentState; release: SetHoteling for nobody. */
type Step = 'claim' | 'prove' | 'enter' | 'change' | 'leave' | 'release';

interface Row {
  to: State;
  send?: Step;
  fail?: AgentFailure;
}

/** What isn't here changes nothing. */
const table: Readonly<Record<State, Partial<Record<Event, Row>>>> = {
  unknown: {
    login: { to: 'waiting' },
    logout: { to: 'unknown', fail: 'notLoggedIn' },
    change: { to: 'unknown', fail: 'notLoggedIn' },
    subscribed: { to: 'out' },
  },
  waiting: {
    login: { to: 'waiting' },
    logout: { to: 'unknown' },
    subscribed: { to: 'claiming', send: 'claim' },
    late: { to: 'unknown', fail: 'noAnswer' },
  },
  out: {
    login: { to: 'claiming', send: 'claim' },
    logout: { to: 'releasing', send: 'release' },
    change: { to: 'out', fail: 'notLoggedIn' },
    lost: { to: 'unknown' },
    // The desktop has logged the agent in.
    working: { to: 'in' },
  },
  claiming: {
    login: { to: 'claiming', send: 'claim' },
    logout: { to: 'releasing', send: 'release' },
    lost: { to: 'waiting' },
    challenge: { to: 'proving', send: 'prove' },
    unknownChallenge: { to: 'out', fail: 'unknownAlgorithm' },
    taken: { to: 'entering', send: 'enter' },
    settled: { to: 'in' },
    other: { to: 'out', fail: 'taken' },
    nobody: { to: 'out', fail: 'refused' },
    refused: { to: 'out', fail: 'refused' },
    late: { to: 'out', fail: 'noAnswer' },
  },
  proving: {
    login: { to: 'claiming', send: 'claim' },
    logout: { to: 'releasing', send: 'release' },
    lost: { to: 'waiting' },
    // A second challenge is never answered with the same password: that would lock the agent out.
    challenge: { to: 'out', fail: 'wrongPassword' },
    unknownChallenge: { to: 'out', fail: 'wrongPassword' },
    taken: { to: 'entering', send: 'enter' },
    settled: { to: 'in' },
    other: { to: 'out', fail: 'taken' },
    nobody: { to: 'out', fail: 'wrongPassword' },
    refused: { to: 'out', fail: 'refused' },
    late: { to: 'out', fail: 'wrongPassword' },
  },
  entering: {
    login: { to: 'claiming', send: 'claim' },
    logout: { to: 'leaving', send: 'leave' },
    change: { to: 'entering', send: 'enter' },
    lost: { to: 'waiting' },
    other: { to: 'out', fail: 'taken' },
    nobody: { to: 'out', fail: 'refused' },
    working: { to: 'in' },
    refused: { to: 'out', fail: 'refused' },
    late: { to: 'out', fail: 'noAnswer' },
  },
  in: {
    login: { to: 'in', fail: 'loggedIn' },
    logout: { to: 'leaving', send: 'leave' },
    change: { to: 'changing', send: 'change' },
    lost: { to: 'unknown' },
    nobody: { to: 'out' },
    off: { to: 'out' },
  },
  changing: {
    login: { to: 'changing', fail: 'loggedIn' },
    logout: { to: 'leaving', send: 'leave' },
    change: { to: 'changing', send: 'change' },
    lost: { to: 'unknown', fail: 'interrupted' },
    nobody: { to: 'out' },
    working: { to: 'in' },
    off: { to: 'out' },
    refused: { to: 'in', fail: 'refused' },
    late: { to: 'in', fail: 'noAnswer' },
  },
  leaving: {
    login: { to: 'leaving', fail: 'loggedIn' },
    change: { to: 'changing', send: 'change' },
    lost: { to: 'unknown', fail: 'interrupted' },
    nobody: { to: 'out' },
    off: { to: 'releasing', send: 'release' },
    refused: { to: 'in', fail: 'refused' },
    late: { to: 'in', fail: 'noAnswer' },
  },
  releasing: {
    login: { to: 'claiming', send: 'claim' },
    change: { to: 'releasing', fail: 'notLoggedIn' },
    lost: { to: 'unknown' },
    nobody: { to: 'out' },
    working: { to: 'in' },
    refused: { to: 'out', fail: 'refused' },
    late: { to: 'out', fail: 'noAnswer' },
  },
};

const loggingIn: ReadonlySet<State> = new Set(['waiting', 'claiming', 'proving', 'entering']);
const steady: ReadonlySet<State> = new Set(['unknown', 'out', 'in']);

const loggedOut: Agent = { state: 'LOGGED_OUT', agentId: '', reason: '' };

/** What an agent types: "4711" of "sip:4711@example.com". */
export const loginId = (agentId: string): string => agentId.replace(/^sips?:/i, '').replace(/@[^@]*$/, '');

export const sameAgent = (a: string, b: string): boolean => loginId(a).toLowerCase() === loginId(b).toLowerCase();

/** Forgotten as soon as the agent is in, or the login has failed. */
interface Login {
  agentId: string;
  password: string;
  nonce: string;
  first: WorkState;
}

export const isWorking = ({ state }: Agent): boolean => state !== 'UNKNOWN' && state !== 'LOGGED_OUT';

const noLogin: Login = { agentId: '', password: '', nonce: '', first: { state: 'NOT_READY', reason: '' } };

export class AgentSession {
  readonly #effects: AgentEffects;
  readonly #timers = new TimerSet<'step'>(() => this.#handle('late'));
  #state: State = 'unknown';
  #agent: Agent = { ...loggedOut, state: 'UNKNOWN' };
  #login: Login | null = null;
  #wanted: WorkState = noLogin.first;

  constructor(effects: AgentEffects) {
    this.#effects = effects;
  }

  get agent(): Agent {
    return this.#agent;
  }

  login(agentId: string, password: string, first: WorkState): void {
    if (table[this.#state].login?.fail === undefined) this.#login = { agentId, password, nonce: '', first };
    this.#handle('login');
  }

  logout(): void {
    this.#handle('logout');
  }

  change(wanted: WorkState): void {
    this.#wanted = wanted;
    if (this.#login) this.#login.first = wanted;
    this.#handle('change');
  }

  /** Both subscriptions are there, for the first time or again, and what their first NOTIFYs say has been received. */
  subscribed(): void {
    if (this.#agent.state === 'UNKNOWN') this.#set({ state: 'LOGGED_OUT' });
    this.#handle('subscribed');
    if (isWorking(this.#agent)) this.#handle('working');
  }

  /** One of the subscriptions is gone, and with it all knowledge. */
  lost(): void {
    this.#set({ state: 'UNKNOWN', reason: '' });
    this.#handle('lost');
  }

  receiveHoteling(fact: Hoteling): void {
    if (fact.kind === 'challenge') this.#challenged(fact);
    else if (fact.kind === 'guest') this.#occupied(fact.agentId);
    else if (fact.kind === 'nobody') {
      this.#set(loggedOut);
      this.#handle('nobody');
    }
  }

  receiveFeature(event: FeatureEvent): void {
    if (event.kind !== 'agent') return;
    const { state, reason } = event;
    if (state === 'LOGGED_ON') {
      // It says nothing of the state: who was working goes on so.
      if (!isWorking(this.#agent)) this.#set({ state: 'NOT_READY', reason: '' });
    } else this.#set({ state, reason });
    this.#handle(state === 'LOGGED_OUT' ? 'off' : 'working');
  }

  /** The server has refused a body that was sent. */
  refused(): void {
    this.#handle('refused');
  }

  /** What was asked for is forgotten, and what is known. */
  close(): void {
    this.#timers.clearAll();
    this.#login = null;
    this.#state = 'unknown';
  }

  #challenged(fact: { nonce: string; algorithm: string }): void {
    if (this.#login) this.#login.nonce = fact.nonce;
    this.#handle(fact.algorithm === 'MD5' ? 'challenge' : 'unknownChallenge');
  }

  #occupied(agentId: string): void {
    this.#set({ agentId });
    const login = this.#login;
    if (!login || !sameAgent(agentId, login.agentId)) this.#handle('other');
    else this.#handle(isWorking(this.#agent) && this.#agent.state === login.first.state ? 'settled' : 'taken');
  }

  #set(change: Partial<Agent>): void {
    const agent = { ...this.#agent, ...change };
    const { state, agentId, reason } = this.#agent;
    if (agent.state === state && agent.agentId === agentId && agent.reason === reason) return;
    this.#agent = agent;
    this.#effects.changed(agent);
  }

  #handle(event: Event): void {
    const row = table[this.#state][event];
    if (!row) return;
    // Made now: the row may end the login, and with it the password.
    const send = row.send ? this.#step(row.send) : () => {};
    const settled = !steady.has(this.#state) && steady.has(row.to) && event !== 'lost';
    this.#state = row.to;
    if (!loggingIn.has(row.to)) this.#login = null;
    if (steady.has(row.to)) this.#timers.clearAll();
    else this.#timers.set('step', row.to === 'waiting' ? SUBSCRIPTION_TIMEOUT : STEP_TIMEOUT);
    send();
    if (row.fail) this.#effects.failed(row.fail);
    else if (settled) this.#effects.settled();
  }

  #step(step: Step): () => void {
    const hoteling = (body: string) => () => this.#effects.hoteling(body);
    const features = (body: string) => () => this.#effects.features(body);
    if (step === 'release') return hoteling(writeHoteling('', null));
    if (step === 'leave') return features(writeAgentState('LOGGED_OUT', ''));
    if (step === 'change') return features(writeAgentState(this.#wanted.state, this.#wanted.reason));
    const { agentId, password, nonce, first } = this.#login ?? noLogin;
    if (step === 'enter') return features(writeAgentState(first.state, first.reason));
    const proof = step === 'prove' ? { nonce, response: proveHoteling(nonce, password) } : null;
    return hoteling(writeHoteling(agentId, proof));
  }
}
