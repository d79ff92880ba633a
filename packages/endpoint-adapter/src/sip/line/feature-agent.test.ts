/** The agent, do not disturb and forwarding at a server that has as-feature-event and hoteling. */
import type { Forwarding, SetAgentState } from '@thinline/shared/contract/types.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { featureType } from '../events/as-feature-event.ts';
import { hotelingType } from '../events/hoteling.ts';
import { readXml, textAt } from '../events/xml.ts';
import { featureBench, type Notification, openEventServer } from '../testing/event-server.ts';
import { LineFeatures } from './features.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const HOTELING = 'x-broadworks-hoteling';
const FEATURES = 'as-feature-event';
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

const guest = (agentId: string): Notification => ({
  type: hotelingType,
  body: `<HotelingEvent><guestAddress>${agentId}</guestAddress></HotelingEvent>`,
});
const challenge: Notification = {
  type: hotelingType,
  body: '<HotelingEvent><authenticationData><nonce>n1</nonce><algorithm>MD5</algorithm></authenticationData></HotelingEvent>',
};
const feature = (body: string): Notification => ({ type: featureType, body });
const state = (name: string): Notification => feature(`<Agent${name}Event><device/></Agent${name}Event>`);
const doNotDisturb = (on: boolean): Notification =>
  feature(`<DoNotDisturbEvent><device/><doNotDisturbOn>${on}</doNotDisturbOn></DoNotDisturbEvent>`);
const forwarding = (type: string, on: boolean, to: string): Notification =>
  feature(
    `<ForwardingEvent><device/><forwardingType>${type}</forwardingType><forwardStatus>${on}</forwardStatus><forwardTo>${to}</forwardTo><ringCount>3</ringCount></ForwardingEvent>`,
  );

function open() {
  const server = openEventServer();
  const { ports, changes } = featureBench(server, { agentState: 'features' });
  const features = new LineFeatures(ports);
  const outcome = (work: Promise<void>): Promise<string> =>
    work.then(
      () => 'done',
      (error: Error) => error.message,
    );
  /** A NOTIFY in the dialog of the package. */
  const notify = (event: string, what: Notification): void => {
    const [first] = server.subscribes(event).slice(-1);
    if (first) server.notify(first, { ...what, event });
  };
  return {
    ...server,
    features,
    changes,
    agent: () => features.status.agent,
    notify,
    set: (wanted: Partial<SetAgentState>) => {
      const whole = { lineId: '', state: 'READY', agentId: '', password: '', reason: '', ...wanted } as const;
      return outcome(features.setAgentState(whole));
    },
    setDoNotDisturb: (on: boolean) => outcome(features.setDoNotDisturb(on)),
    setForwarding: (wanted: Forwarding) => outcome(features.setForwarding(wanted)),
    /** What the last SUBSCRIBE of the package asks for. */
    asked: (event: string, ...path: string[]) => {
      const root = readXml(server.subscribe(event).body);
      return root ? textAt(root, ...path) : '';
    },
    grantLast: async (event: string) => {
      server.grant(server.subscribe(event));
      await settle();
    },
  };
}

type Bench = ReturnType<typeof open>;

/** Subscribed, and nobody there. */
function openUp(): Bench {
  const bench = open();
  bench.features.registered(false);
  bench.establish(FEATURES, state('LoggedOff'));
  bench.establish(HOTELING, guest(''));
  return bench;
}

async function openReady(): Promise<Bench> {
  const bench = openUp();
  const outcome = bench.set({ agentId: '4711', password: 'secret' });
  await bench.grantLast(HOTELING);
  bench.notify(HOTELING, guest('sip:4711@example.org'));
  await bench.grantLast(FEATURES);
  bench.notify(FEATURES, state('Ready'));
  expect(await outcome).toBe('done');
  return bench;
}

describe('the agent', () => {
  it('is unknown until both packages have spoken', () => {
    const { features, agent, establish } = open();
    expect(agent()).toEqual({ state: 'UNKNOWN', agentId: '', reason: '', pending: false, failure: null });
    features.registered(false);
    establish(FEATURES, state('LoggedOff'));
    establish(HOTELING, guest(''));
    expect(agent()?.state).toBe('LOGGED_OUT');
  });

  it('logs in, with proof where that is asked for', async () => {
    const { set, agent, asked, notify, grantLast, changes } = openUp();
    const before = changes();
    const outcome = set({ agentId: '4711', password: 'secret', state: 'NOT_READY', reason: '7' });
    expect(agent()).toMatchObject({ state: 'LOGGED_OUT', pending: true });
    expect(changes()).toBeGreaterThan(before);
    expect(asked(HOTELING, 'guestAddress')).toBe('4711');
    await grantLast(HOTELING);
    notify(HOTELING, challenge);
    expect(asked(HOTELING, 'authenticationData', 'response')).toMatch(/^[0-9a-f]{32}$/);
    await grantLast(HOTELING);
    notify(HOTELING, guest('sip:4711@example.org'));
    expect(asked(FEATURES, 'requestedAgentState')).toBe('notReady');
    await grantLast(FEATURES);
    // Logged on says nothing of the state; the login is over with the state itself.
    notify(FEATURES, state('LoggedOn'));
    notify(FEATURES, state('NotReady'));
    expect(await outcome).toBe('done');
    expect(agent()).toEqual({ state: 'NOT_READY', agentId: '4711', reason: '', pending: false, failure: null });
  });

  it('is not in before the state is the one that was asked for', async () => {
    const { set, agent, notify, grantLast } = openUp();
    const outcome = set({ agentId: '4711', state: 'READY' });
    await grantLast(HOTELING);
    notify(HOTELING, guest('4711'));
    await grantLast(FEATURES);
    notify(FEATURES, state('LoggedOn'));
    expect(agent()).toMatchObject({ state: 'NOT_READY', pending: true });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await outcome).toBe(
      'TL2008 The contact centre did not change the state of the agent. The server says not ready.',
    );
    expect(agent()).toMatchObject({ pending: false, failure: { code: 'TL2008' } });
  });

  it('changes state, and logs out', async () => {
    const { set, agent, asked, notify, grantLast } = await openReady();
    const change = set({ state: 'AFTER_CALL_WORK' });
    expect(asked(FEATURES, 'requestedAgentState')).toBe('workingAfterCall');
    await grantLast(FEATURES);
    notify(FEATURES, state('WorkingAfterCall'));
    expect(await change).toBe('done');
    const logout = set({ state: 'LOGGED_OUT' });
    await grantLast(FEATURES);
    notify(FEATURES, state('LoggedOff'));
    expect(agent()).toMatchObject({ state: 'LOGGED_OUT', pending: true });
    await grantLast(HOTELING);
    notify(HOTELING, guest(''));
    expect(await logout).toBe('done');
    expect(agent()).toMatchObject({ state: 'LOGGED_OUT', agentId: '', pending: false });
  });

  it('who is there already only changes state', async () => {
    const { set, asked } = await openReady();
    void set({ agentId: '4711', state: 'NOT_READY' });
    expect(asked(FEATURES, 'requestedAgentState')).toBe('notReady');
  });

  it('is changed by the server', async () => {
    const { agent, notify } = await openReady();
    notify(FEATURES, state('NotReady'));
    expect(agent()).toMatchObject({ state: 'NOT_READY', pending: false });
    notify(FEATURES, state('LoggedOff'));
    notify(HOTELING, guest(''));
    expect(agent()).toMatchObject({ state: 'LOGGED_OUT', agentId: '' });
  });

  it.each<[string, (bench: Bench) => unknown, string]>([
    ['nobody', (it) => it.notify(HOTELING, guest('')), 'TL2008 .* The server refused it'],
    ['another agent', (it) => it.notify(HOTELING, guest('4712')), 'TL2008 .* Agent 4712 is logged in'],
    ['nothing', () => vi.advanceTimersByTimeAsync(5_000), 'TL2009 '],
    [
      'a second challenge',
      async (it) => {
        it.notify(HOTELING, challenge);
        await it.grantLast(HOTELING);
        it.notify(HOTELING, challenge);
      },
      'TL2008 .* did not take the password',
    ],
  ])('is told why a login failed: the server says %s', async (_, act, failure) => {
    const bench = openUp();
    const outcome = bench.set({ agentId: '4711', password: 'secret' });
    await bench.grantLast(HOTELING);
    await act(bench);
    expect(await outcome).toMatch(new RegExp(`^${failure}`));
    expect(bench.agent()).toMatchObject({
      state: 'LOGGED_OUT',
      pending: false,
      failure: { code: failure.slice(0, 6) },
    });
  });

  it('is refused by the answer to the SUBSCRIBE itself', async () => {
    const { set, answer, subscribe } = openUp();
    const outcome = set({ agentId: '4711' });
    answer(subscribe(HOTELING), 403);
    expect(await outcome).toMatch(/^TL2008 .* The server refused it/);
  });

  it('has to log in first, and another out first', async () => {
    expect(await openUp().set({ state: 'READY' })).toMatch(/^TL2010 /);
    expect(await (await openReady()).set({ agentId: '4712' })).toMatch(
      /^TL2008 .* Agent 4711 is logged in .* log out first/,
    );
    expect(await openUp().set({ state: 'UNKNOWN' })).toMatch(/^TL2008 /);
  });

  it('gets no answer to what something newer has overtaken', async () => {
    const { set, grantLast, notify } = await openReady();
    const older = set({ state: 'NOT_READY' });
    const newer = set({ state: 'AFTER_CALL_WORK' });
    expect(await older).toMatch(/^TL2008 .* meanwhile/);
    await grantLast(FEATURES);
    notify(FEATURES, state('WorkingAfterCall'));
    expect(await newer).toBe('done');
  });

  it.each([HOTELING, FEATURES])('does not exist where the server has no %s', async (event) => {
    const { features, set, answer, subscribe, subscribes, agent } = open();
    features.registered(false);
    const early = set({ agentId: '4711' });
    answer(subscribe(event), 489);
    expect(await early).toMatch(/^TL2011 /);
    expect(await set({ agentId: '4711' })).toMatch(/^TL2011 /);
    expect(agent()).toMatchObject({ state: 'UNKNOWN', failure: { code: 'TL2011' } });
    expect(subscribes(event)).toHaveLength(2);
  });

  it('who logs in before the subscriptions are there waits for them', async () => {
    const { features, set, establish, asked } = open();
    void set({ agentId: '4711' });
    features.registered(false);
    establish(FEATURES, state('LoggedOff'));
    establish(HOTELING, guest(''));
    expect(asked(HOTELING, 'guestAddress')).toBe('4711');
  });

  it('is unknown while a subscription is gone, and known again with it', async () => {
    const { features, agent, answer, subscribe, subscribes, establish, grantLast, notify } = await openReady();
    features.registered(true);
    expect([HOTELING, FEATURES].map((it) => subscribes(it).length)).toEqual([3, 3]);
    await grantLast(FEATURES);
    answer(subscribe(HOTELING), 481);
    expect(agent()?.state).toBe('UNKNOWN');
    establish(HOTELING, guest('4711'));
    // The other package has to say again what it has said.
    expect(agent()?.state).toBe('UNKNOWN');
    expect(subscribes(FEATURES)).toHaveLength(4);
    await grantLast(FEATURES);
    notify(FEATURES, state('Ready'));
    expect(agent()).toMatchObject({ state: 'READY', agentId: '4711' });
  });

  it('ends with the line, and so does what was asked for', async () => {
    const { features, set, dialogs } = openUp();
    const outcome = set({ agentId: '4711' });
    features.stop();
    expect(await outcome).toMatch(/^TL2009 /);
    expect(dialogs.size).toBe(0);
  });

  it('says goodbye, but waits no longer than 2 s', async () => {
    const { features, subscribe, subscribes } = openUp();
    let left = false;
    void features.leave().then(() => {
      left = true;
    });
    expect(
      [FEATURES, HOTELING].map((it) => subscribe(it).fields.find(({ name }) => name === 'expires')?.value),
    ).toEqual(['0', '0']);
    expect([FEATURES, HOTELING].map((it) => subscribes(it).length)).toEqual([2, 2]);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(left).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(left).toBe(true);
  });
});

describe('do not disturb and forwarding', () => {
  it('are the server’s once it tells of them', () => {
    const { features, notify } = openUp();
    expect(features.status).toMatchObject({ featuresOnServer: false, doNotDisturb: false, forwardings: [] });
    notify(FEATURES, doNotDisturb(true));
    notify(FEATURES, forwarding('forwardNoAns', true, '602'));
    expect(features.status).toMatchObject({
      featuresOnServer: true,
      doNotDisturb: true,
      forwardings: [{ kind: 'NO_ANSWER', on: true, target: '602', seconds: 18 }],
    });
  });

  it('are set when the server says so', async () => {
    const { setDoNotDisturb, setForwarding, asked, notify, grantLast } = openUp();
    const quiet = setDoNotDisturb(true);
    expect(asked(FEATURES, 'doNotDisturbOn')).toBe('true');
    await grantLast(FEATURES);
    notify(FEATURES, doNotDisturb(false));
    notify(FEATURES, doNotDisturb(true));
    expect(await quiet).toBe('done');
    const sent = setForwarding({ kind: 'NO_ANSWER', on: true, target: '602', seconds: 20 });
    expect(['forwardingType', 'forwardDN', 'ringCount', 'activateForward'].map((it) => asked(FEATURES, it))).toEqual([
      'forwardNoAns',
      '602',
      '3',
      'true',
    ]);
    notify(FEATURES, forwarding('forwardBusy', true, '603'));
    notify(FEATURES, forwarding('forwardNoAns', true, '602'));
    expect(await sent).toBe('done');
  });

  it('need no word of what is so already', async () => {
    const { setDoNotDisturb, setForwarding, notify, grantLast, asked } = openUp();
    notify(FEATURES, doNotDisturb(true));
    notify(FEATURES, forwarding('forwardBusy', false, '602'));
    const quiet = setDoNotDisturb(true);
    await grantLast(FEATURES);
    expect(await quiet).toBe('done');
    const off = setForwarding({ kind: 'BUSY', on: false, target: '', seconds: 0 });
    expect(asked(FEATURES, 'forwardDN')).toBe('602');
    await grantLast(FEATURES);
    expect(await off).toBe('done');
  });

  it('are refused by the answer, and by silence', async () => {
    const { setDoNotDisturb, answer, subscribe, grantLast } = openUp();
    const refused = setDoNotDisturb(true);
    answer(subscribe(FEATURES), 403);
    expect(await refused).toMatch(/^TL2012 .*do not disturb.* 403 Forbidden/);
    const silent = setDoNotDisturb(true);
    await grantLast(FEATURES);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await silent).toMatch(/^TL2012 .* It answered nothing in time/);
  });

  it('are not there without the package, and need somewhere to forward to', async () => {
    expect(await open().setDoNotDisturb(true)).toMatch(/^TL2011 .*do not disturb/);
    expect(await open().setForwarding({ kind: 'BUSY', on: true, target: '602', seconds: 0 })).toMatch(/^TL2011 /);
    expect(await openUp().setForwarding({ kind: 'BUSY', on: true, target: '', seconds: 0 })).toMatch(/^TL2013 /);
  });

  it('are the phone’s again where the server has given the package up', () => {
    const { features, notify } = openUp();
    notify(FEATURES, doNotDisturb(true));
    notify(FEATURES, { state: 'terminated;reason=noresource' });
    expect(features.status).toMatchObject({ featuresOnServer: false, doNotDisturb: false });
  });
});
