import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AgentSession, type WorkState } from './agent-session.ts';
import type { FeatureEvent } from './as-feature-event.ts';
import { proveHoteling } from './hoteling.ts';
import { readXml, textAt } from './xml.ts';

const ready: WorkState = { state: 'READY', reason: '' };
const lunch: WorkState = { state: 'NOT_READY', reason: '7' };
const password = 's3cret';

/** A session, and all that it has done, in short words. */
function start() {
  const done: string[] = [];
  let settled = 0;
  const say = (body: string, ...paths: string[][]): string => {
    const root = readXml(body);
    return paths
      .map((path) => (root ? textAt(root, ...path) : 'no XML'))
      .join(' ')
      .trimEnd();
  };
  const session = new AgentSession({
    hoteling: (body) =>
      done.push(`hoteling ${say(body, ['guestAddress'], ['authenticationData', 'response'])}`.trimEnd()),
    features: (body) =>
      done.push(
        `state ${say(body, ['requestedAgentState'], ['extensions', 'privateData', 'private', 'AgentNotReadyReasonValue'])}`,
      ),
    changed: ({ state, agentId, reason }) => done.push(`is ${state} ${agentId} ${reason}`.trimEnd()),
    settled: () => settled++,
    failed: (reason) => done.push(`failed ${reason}`),
  });
  return {
    session,
    /** What has been done since the last call. */
    done: () => done.splice(0),
    /** How often it has come to rest by now. */
    settled: () => settled,
    guest: (agentId: string) => session.receiveHoteling({ kind: 'guest', agentId }),
    nobody: () => session.receiveHoteling({ kind: 'nobody' }),
    challenge: (nonce = 'n1', algorithm = 'MD5') => session.receiveHoteling({ kind: 'challenge', nonce, algorithm }),
    state: (state: Extract<FeatureEvent, { kind: 'agent' }>['state'], reason = '') =>
      session.receiveFeature({ kind: 'agent', state, reason }),
  };
}

type Phone = ReturnType<typeof start>;

/** Subscribed, and nobody there. */
function idle(): Phone {
  const phone = start();
  phone.nobody();
  phone.session.subscribed();
  phone.done();
  return phone;
}

function atWork(): Phone {
  const phone = idle();
  phone.session.login('4711', password, ready);
  phone.guest('4711');
  phone.state('READY');
  phone.done();
  return phone;
}

const proof = `hoteling 4711 ${proveHoteling('n1', password)}`;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Whether a login that is over is taken up again, with its password, when the subscriptions are made anew. */
const goesOn = (phone: Phone): boolean => {
  phone.session.lost();
  phone.session.subscribed();
  phone.challenge();
  return phone.done().some((it) => it.startsWith('hoteling'));
};

describe('login', () => {
  it('proves the password and asks for the first state', () => {
    const phone = idle();
    phone.session.login('4711', password, lunch);
    expect(phone.done()).toEqual(['hoteling 4711']);
    phone.challenge();
    expect(phone.done()).toEqual([proof]);
    phone.guest('sip:4711@srv.example');
    expect(phone.done()).toEqual(['is LOGGED_OUT sip:4711@srv.example', 'state notReady 7']);
    phone.state('NOT_READY', '7');
    expect(phone.done()).toEqual(['is NOT_READY sip:4711@srv.example 7']);
    expect(vi.getTimerCount()).toBe(0);
    expect(goesOn(phone)).toBe(false);
  });

  it('needs no proof where the server asks for none', () => {
    const phone = idle();
    phone.session.login('4711', password, ready);
    phone.guest('4711');
    phone.state('READY');
    expect(phone.done()).toEqual(['hoteling 4711', 'is LOGGED_OUT 4711', 'state ready', 'is READY 4711']);
  });

  it.each<[string, (phone: Phone) => void, string]>([
    ['nobody at once', (phone) => phone.nobody(), 'refused'],
    ['somebody else at once', (phone) => phone.guest('4712'), 'taken'],
    ['nothing at once', () => vi.advanceTimersByTime(5_000), 'noAnswer'],
    ['an algorithm that we lack', (phone) => phone.challenge('n', 'SHA-256'), 'unknownAlgorithm'],
    ['nobody after the proof', (phone) => [phone.challenge(), phone.nobody()], 'wrongPassword'],
    ['a second challenge', (phone) => [phone.challenge(), phone.challenge('n2')], 'wrongPassword'],
    ['another algorithm second', (phone) => [phone.challenge(), phone.challenge('n2', 'X')], 'wrongPassword'],
    ['nothing after the proof', (phone) => [phone.challenge(), vi.advanceTimersByTime(5_000)], 'wrongPassword'],
    ['somebody else after the proof', (phone) => [phone.challenge(), phone.guest('4712')], 'taken'],
    ['no state', (phone) => [phone.guest('4711'), vi.advanceTimersByTime(5_000)], 'noAnswer'],
    ['nobody instead of a state', (phone) => [phone.guest('4711'), phone.nobody()], 'refused'],
  ])('fails with %s', (_, answer, reason) => {
    const phone = idle();
    phone.session.login('4711', password, ready);
    answer(phone);
    expect(phone.done().filter((it) => it.startsWith('failed'))).toEqual([`failed ${reason}`]);
    expect(vi.getTimerCount()).toBe(0);
    expect(goesOn(phone)).toBe(false);
  });

  it('has 5 s for each step', () => {
    const phone = idle();
    phone.session.login('4711', password, ready);
    for (const step of [() => phone.challenge(), () => phone.guest('4711'), () => phone.state('READY')]) {
      vi.advanceTimersByTime(4_999);
      step();
    }
    expect(phone.done().at(-1)).toBe('is READY 4711');
  });

  it('waits for the subscriptions', () => {
    const phone = start();
    phone.session.login('4711', password, ready);
    phone.nobody();
    expect(phone.done()).toEqual(['is LOGGED_OUT']);
    phone.session.subscribed();
    expect(phone.done()).toEqual(['hoteling 4711']);
  });

  it('does not wait for ever', () => {
    const phone = start();
    phone.session.login('4711', password, ready);
    vi.advanceTimersByTime(32_000);
    expect(phone.done()).toEqual(['failed noAnswer']);
    phone.session.subscribed();
    expect(phone.done()).toEqual(['is LOGGED_OUT']);
  });

  it('waits anew for a second login', () => {
    const phone = start();
    phone.session.login('4711', password, ready);
    vi.advanceTimersByTime(31_999);
    phone.session.login('4711', password, ready);
    vi.advanceTimersByTime(31_999);
    phone.session.subscribed();
    expect(phone.done()).toEqual(['is LOGGED_OUT', 'hoteling 4711']);
  });

  it.each<[string, (phone: Phone) => void]>([
    ['at once', () => {}],
    ['after the proof', (phone) => phone.challenge()],
    ['before the first state', (phone) => phone.guest('4711')],
  ])('begins again where the subscriptions end %s', (_, before) => {
    const phone = idle();
    phone.session.login('4711', password, ready);
    before(phone);
    phone.session.lost();
    phone.done();
    vi.advanceTimersByTime(20_000);
    phone.session.subscribed();
    expect(phone.done()).toContain('hoteling 4711');
    phone.challenge();
    expect(phone.done()).toEqual([proof]);
  });

  it('can be given another password, or be given up', () => {
    const phone = idle();
    phone.session.login('4711', 'wrong', ready);
    phone.session.login('4711', password, ready);
    phone.challenge();
    expect(phone.done()).toEqual(['hoteling 4711', 'hoteling 4711', proof]);
    phone.session.logout();
    phone.nobody();
    expect(phone.done()).toEqual(['hoteling']);
    expect(goesOn(phone)).toBe(false);
  });

  it('takes another first state while it lasts', () => {
    const phone = idle();
    phone.session.login('4711', password, ready);
    phone.session.change(lunch);
    expect(phone.done()).toEqual(['hoteling 4711']);
    phone.guest('4711');
    phone.session.change(ready);
    expect(phone.done()).toEqual(['is LOGGED_OUT 4711', 'state notReady 7', 'state ready']);
  });

  it.each([false, true])('asks for no state that the agent is in already; challenged: %s', (challenged) => {
    const phone = idle();
    phone.session.login('4711', password, ready);
    if (challenged) phone.challenge();
    phone.state('READY');
    phone.done();
    phone.guest('4711');
    expect(phone.done()).toEqual(['is READY 4711']);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the state', () => {
  it.each<[WorkState, string, string]>([
    [{ state: 'NOT_READY', reason: '12' }, 'state notReady 12', 'is NOT_READY 4711 12'],
    [{ state: 'NOT_READY', reason: '' }, 'state notReady', 'is NOT_READY 4711'],
    [{ state: 'AFTER_CALL_WORK', reason: '' }, 'state workingAfterCall', 'is AFTER_CALL_WORK 4711'],
  ])('%j is asked for, and is what the server says', (wanted, asked, told) => {
    const phone = atWork();
    phone.session.change(wanted);
    expect(phone.done()).toEqual([asked]);
    phone.state(wanted.state, wanted.reason);
    expect(phone.done()).toEqual([told]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stays where the server does not answer', () => {
    const phone = atWork();
    phone.session.change(lunch);
    vi.advanceTimersByTime(5_000);
    expect(phone.done()).toEqual(['state notReady 7', 'failed noAnswer']);
    expect(phone.session.agent).toEqual({ state: 'READY', agentId: '4711', reason: '' });
    phone.session.change(lunch);
    expect(phone.done()).toEqual(['state notReady 7']);
  });

  it('can be asked for by an agent only', () => {
    for (const phone of [start(), idle()]) {
      phone.session.change(ready);
      expect(phone.done()).toEqual(['failed notLoggedIn']);
    }
  });

  it('is told once', () => {
    const phone = atWork();
    phone.state('READY');
    phone.guest('4711');
    expect(phone.done()).toEqual([]);
  });

  it('is not changed by do not disturb', () => {
    const phone = atWork();
    phone.session.receiveFeature({ kind: 'doNotDisturb', on: true });
    expect(phone.done()).toEqual([]);
  });
});

describe('logout', () => {
  it('ends the work, then the stay', () => {
    const phone = atWork();
    phone.session.logout();
    expect(phone.done()).toEqual(['state loggedOff']);
    phone.state('LOGGED_OUT');
    expect(phone.done()).toEqual(['is LOGGED_OUT 4711', 'hoteling']);
    phone.nobody();
    expect(phone.done()).toEqual(['is LOGGED_OUT']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is over where the server ends both at once', () => {
    const phone = atWork();
    phone.session.logout();
    phone.nobody();
    expect(phone.done()).toEqual(['state loggedOff', 'is LOGGED_OUT']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('fails without an answer', () => {
    const phone = atWork();
    phone.session.logout();
    vi.advanceTimersByTime(5_000);
    expect(phone.done()).toEqual(['state loggedOff', 'failed noAnswer']);
    expect(phone.session.agent.state).toBe('READY');
    phone.session.logout();
    phone.state('LOGGED_OUT');
    vi.advanceTimersByTime(5_000);
    expect(phone.done()).toEqual(['state loggedOff', 'is LOGGED_OUT 4711', 'hoteling', 'failed noAnswer']);
  });

  it('frees the place of an agent who is not at work', () => {
    const phone = idle();
    phone.guest('4711');
    phone.session.logout();
    expect(phone.done()).toEqual(['is LOGGED_OUT 4711', 'hoteling']);
  });

  it('does not keep the next agent from logging in', () => {
    const phone = atWork();
    phone.session.logout();
    phone.state('LOGGED_OUT');
    phone.done();
    phone.session.login('4712', password, ready);
    phone.guest('4712');
    expect(phone.done()).toEqual(['hoteling 4712', 'is LOGGED_OUT 4712', 'state ready']);
  });

  it('is for an agent only', () => {
    const phone = start();
    phone.session.logout();
    expect(phone.done()).toEqual(['failed notLoggedIn']);
  });
});

describe('what the server does by itself', () => {
  it.each([
    ['hoteling first', ['guest', 'state']],
    ['the state first', ['state', 'guest']],
  ])('the desktop logs the agent in, %s', (_, order) => {
    const phone = idle();
    for (const step of order) {
      if (step === 'guest') phone.guest('4711');
      else phone.state('LOGGED_ON');
    }
    expect(phone.session.agent).toEqual({ state: 'NOT_READY', agentId: '4711', reason: '' });
    phone.session.login('4711', password, ready);
    phone.session.change(ready);
    expect(phone.done().slice(-2)).toEqual(['failed loggedIn', 'state ready']);
  });

  it('tells at the first subscription who is there', () => {
    const phone = start();
    phone.guest('4711');
    phone.state('AFTER_CALL_WORK');
    phone.session.subscribed();
    phone.session.logout();
    expect(phone.done()).toEqual(['is UNKNOWN 4711', 'is AFTER_CALL_WORK 4711', 'state loggedOff']);
  });

  it('changes the state, and logs the agent out', () => {
    const phone = atWork();
    phone.state('AFTER_CALL_WORK');
    phone.state('LOGGED_ON');
    phone.state('LOGGED_OUT');
    phone.nobody();
    phone.session.change(ready);
    expect(phone.done()).toEqual([
      'is AFTER_CALL_WORK 4711',
      'is LOGGED_OUT 4711',
      'is LOGGED_OUT',
      'failed notLoggedIn',
    ]);
  });

  it('puts another agent there', () => {
    const phone = atWork();
    phone.guest('4712');
    expect(phone.done()).toEqual(['is READY 4712']);
  });

  it('challenges somebody who did not ask', () => {
    const phone = atWork();
    phone.challenge();
    expect(phone.done()).toEqual([]);
  });
});

describe('after the subscriptions have ended', () => {
  it('nothing is known until they are back', () => {
    const phone = atWork();
    phone.session.lost();
    expect(phone.done()).toEqual(['is UNKNOWN 4711']);
    phone.guest('4711');
    phone.state('READY');
    phone.session.subscribed();
    phone.session.change(lunch);
    expect(phone.done()).toEqual(['is READY 4711', 'state notReady 7']);
  });

  it('an agent of whom the server knows nothing any more is out', () => {
    const phone = atWork();
    phone.session.lost();
    phone.nobody();
    phone.session.subscribed();
    expect(phone.done()).toEqual(['is UNKNOWN 4711', 'is LOGGED_OUT']);
  });

  it.each(['change', 'logout'] as const)('%s has failed', (command) => {
    const phone = atWork();
    if (command === 'change') phone.session.change(lunch);
    else phone.session.logout();
    phone.done();
    phone.session.lost();
    expect(phone.done()).toEqual(['is UNKNOWN 4711', 'failed interrupted']);
    expect(vi.getTimerCount()).toBe(0);
  });
});

/** How to get into a state of the table. */
const ways = {
  waiting: () => {
    const phone = start();
    phone.session.login('4711', password, ready);
    return phone;
  },
  out: idle,
  claiming: () => {
    const phone = idle();
    phone.session.login('4711', password, ready);
    return phone;
  },
  proving: () => {
    const phone = ways.claiming();
    phone.challenge();
    return phone;
  },
  entering: () => {
    const phone = ways.proving();
    phone.guest('4711');
    return phone;
  },
  in: atWork,
  changing: () => {
    const phone = atWork();
    phone.session.change(lunch);
    return phone;
  },
  leaving: () => {
    const phone = atWork();
    phone.session.logout();
    return phone;
  },
  releasing: () => {
    const phone = ways.leaving();
    phone.state('LOGGED_OUT');
    return phone;
  },
};

const events = {
  login: (phone: Phone) => phone.session.login('4712', 'other', ready),
  logout: (phone: Phone) => phone.session.logout(),
  change: (phone: Phone) => phone.session.change(ready),
  lost: (phone: Phone) => phone.session.lost(),
  ready: (phone: Phone) => phone.state('READY'),
  off: (phone: Phone) => phone.state('LOGGED_OUT'),
  nobody: (phone: Phone) => phone.nobody(),
  other: (phone: Phone) => phone.guest('4713'),
  own: (phone: Phone) => phone.guest('4711'),
  subscribed: (phone: Phone) => phone.session.subscribed(),
};

type Move = keyof typeof events;

/** From a state, what one event does, and what another does then, which tells where the first has led. */
const moves: readonly [keyof typeof ways, Move, string[], Move, string[]][] = [
  ['waiting', 'login', [], 'subscribed', ['is LOGGED_OUT', 'hoteling 4712']],
  ['waiting', 'logout', [], 'subscribed', ['is LOGGED_OUT']],
  ['waiting', 'change', [], 'subscribed', ['is LOGGED_OUT', 'hoteling 4711']],
  ['out', 'lost', ['is UNKNOWN'], 'login', []],
  ['out', 'ready', ['is READY'], 'logout', ['state loggedOff']],
  ['claiming', 'logout', ['hoteling'], 'own', ['is LOGGED_OUT 4711']],
  ['claiming', 'ready', ['is READY'], 'own', ['is READY 4711']],
  ['proving', 'login', ['hoteling 4712'], 'other', ['is LOGGED_OUT 4713', 'failed taken']],
  ['proving', 'logout', ['hoteling'], 'own', ['is LOGGED_OUT 4711']],
  ['proving', 'ready', ['is READY'], 'own', ['is READY 4711']],
  ['entering', 'login', ['hoteling 4712'], 'nobody', ['is LOGGED_OUT', 'failed refused']],
  ['entering', 'logout', ['state loggedOff'], 'off', ['hoteling']],
  ['entering', 'other', ['is LOGGED_OUT 4713', 'failed taken'], 'login', ['hoteling 4712']],
  ['in', 'lost', ['is UNKNOWN 4711'], 'login', []],
  ['in', 'nobody', ['is LOGGED_OUT'], 'login', ['hoteling 4712']],
  ['in', 'off', ['is LOGGED_OUT 4711'], 'login', ['hoteling 4712']],
  ['changing', 'login', ['failed loggedIn'], 'logout', ['state loggedOff']],
  ['changing', 'logout', ['state loggedOff'], 'off', ['is LOGGED_OUT 4711', 'hoteling']],
  ['changing', 'change', ['state ready'], 'change', ['state ready']],
  ['changing', 'nobody', ['is LOGGED_OUT'], 'login', ['hoteling 4712']],
  ['changing', 'off', ['is LOGGED_OUT 4711'], 'login', ['hoteling 4712']],
  ['leaving', 'login', ['failed loggedIn'], 'off', ['is LOGGED_OUT 4711', 'hoteling']],
  ['leaving', 'change', ['state ready'], 'off', ['is LOGGED_OUT 4711']],
  ['leaving', 'ready', [], 'off', ['is LOGGED_OUT 4711', 'hoteling']],
  ['releasing', 'change', ['failed notLoggedIn'], 'nobody', ['is LOGGED_OUT']],
  ['releasing', 'lost', ['is UNKNOWN 4711'], 'login', []],
  ['releasing', 'ready', ['is READY 4711'], 'logout', ['state loggedOff']],
];

describe('step by step', () => {
  it.each(moves)('%s, %s: %j; %s: %j', (state, first, does, then, reveals) => {
    const phone = ways[state]();
    phone.done();
    events[first](phone);
    expect(phone.done()).toEqual(does);
    events[then](phone);
    expect(phone.done()).toEqual(reveals);
  });
});

it('leaves nothing behind', () => {
  const phone = idle();
  phone.session.login('4711', password, ready);
  phone.session.close();
  expect(vi.getTimerCount()).toBe(0);
  expect(phone.done()).toEqual(['hoteling 4711']);
  expect(goesOn(phone)).toBe(false);
});

type Deed = (phone: Phone) => void;
const login: Deed = ({ session }) => session.login('4711', password, ready);
const change: Deed = ({ session }) => session.change(lunch);
const logout: Deed = ({ session }) => session.logout();
const taken: Deed = ({ guest }) => guest('4711');
const isReady: Deed = ({ state }) => state('READY');
const isNotReady: Deed = ({ state }) => state('NOT_READY');
const isOut: Deed = ({ state }) => state('LOGGED_OUT');
const isGone: Deed = ({ nobody }) => nobody();

describe('coming to rest', () => {
  it.each<[string, () => Phone, Deed[], number]>([
    ['a login', idle, [login, taken, isReady], 1],
    ['a change', atWork, [change, isNotReady], 1],
    ['a logout', atWork, [logout, isOut, isGone], 1],
    ['a login that is given up', start, [login, logout], 1],
    ['a change of the server', atWork, [isNotReady], 0],
    ['a failure', atWork, [change, () => vi.advanceTimersByTime(5_000)], 0],
    ['a loss', atWork, [change, ({ session }) => session.lost()], 0],
  ])('after %s', (_, begin, deeds, times) => {
    const phone = begin();
    const before = phone.settled();
    for (const deed of deeds) deed(phone);
    expect(phone.settled() - before).toBe(times);
  });
});

describe('a request that the server refuses', () => {
  it.each<[string, () => Phone, Deed[], string]>([
    ['login', idle, [login], 'LOGGED_OUT'],
    ['proof', idle, [login, ({ challenge }) => challenge()], 'LOGGED_OUT'],
    ['first state', idle, [login, taken], 'LOGGED_OUT'],
    ['change', atWork, [change], 'READY'],
    ['logout', atWork, [logout], 'READY'],
    ['leaving', atWork, [logout, isOut], 'LOGGED_OUT'],
  ])('%s: fails at once', (_, begin, deeds, state) => {
    const phone = begin();
    for (const deed of deeds) deed(phone);
    phone.session.refused();
    expect(phone.done().at(-1)).toBe('failed refused');
    expect([phone.session.agent.state, vi.getTimerCount()]).toEqual([state, 0]);
  });
});
