import { usualConnectorSettings } from '@thinline/shared/config/connector.ts';
import { failure } from '@thinline/shared/failures.ts';
import { type Log, makeLog } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Connector } from './connector.ts';
import { FakeConfiguration, FakePhone, registeredLine } from './testing/fake-phone.ts';

let phone: FakePhone;
let configuration: FakeConfiguration;
let connector: Connector;
let said: string[];
let log: Log;

const desk = { origin: 'https://desk.example.org', cookies: '' };
const other = { origin: 'https://other.example.org', cookies: '' };
const program = { origin: '', cookies: '' };
/** Of a page. */
const silentMs = 65_000;
const line = { user: '701', server: 'sip.example.org:5060', protocol: 'udp' };

const start = (settings: Partial<typeof usualConnectorSettings> = {}) => {
  connector = new Connector({
    replica: phone,
    configuration,
    settings: { ...usualConnectorSettings, port: 8000, ...settings },
    log,
  });
  connector.start();
};
const request = (client = desk) => connector.admit(client, 'begin').status;
/** As the desktop does it, until the line is there. */
const register = () => {
  request();
  connector.setPeriod(100);
  connector.setOptions({ 'policy.session.auto_answer': '1' });
  connector.register([line]);
  phone.change({ lines: [registeredLine()] });
};

beforeEach(() => {
  vi.useFakeTimers();
  phone = new FakePhone();
  configuration = new FakeConfiguration();
  said = [];
  log = makeLog({ write: (text) => said.push(text) });
});
afterEach(() => {
  connector.close();
  vi.useRealTimers();
});

test('one desktop has the phone until it logs out', () => {
  start();
  expect(connector.boundOrigin()).toBeNull();
  expect(request()).toBe(200);
  expect(connector.boundOrigin()).toBe(desk.origin);
  expect([request(other), request(other), request()]).toEqual([403, 403, 200]);
  expect(said.filter((it) => it.includes('a second desktop is refused'))).toHaveLength(1);
  connector.unregister(null);
  expect(connector.boundOrigin()).toBeNull();
  expect(request(other)).toBe(200);
});

test('what needs a session begins none', () => {
  start();
  expect(connector.admit(desk, 'session').status).toBe(404);
  expect(connector.admit(desk, 'look').status).toBe(200);
  expect(connector.boundOrigin()).toBeNull();
});

test('options wait for the registration, and are then in force together with the lines', () => {
  start();
  request();
  connector.setOptions({ 'policy.session.auto_answer': '1', uri: 'https://127.0.0.1:8000' });
  connector.setParameters([{ Key: 'preferred_language', Value: 'de' }]);
  expect(said.at(-1)).toMatch(/ 1 options updated$/);
  expect(configuration.wishes).toEqual([]);
  connector.register([line]);
  const options = new Map([['policy.session.auto_answer', '1']]);
  expect(configuration.wishes).toEqual([{ options, lines: [line], language: 'de', client: desk.origin }]);
});

test('the language of the panel changes at once', () => {
  start();
  register();
  connector.setParameters([{ Key: 'preferred_language', Value: 'fr' }]);
  expect(configuration.last).toMatchObject({ language: 'fr', lines: [line] });
  connector.setParameters([{ Key: 'preferred_language', Value: 'fr' }]);
  expect(configuration.wishes).toHaveLength(2);
});

test('registering again what is registered leaves it alone; what has failed is tried at once', () => {
  start();
  register();
  connector.register([line]);
  expect(phone.executed).toEqual([]);
  phone.change({ lines: [registeredLine({ state: 'FAILED' })] });
  connector.register([line]);
  expect(phone.executed).toEqual([{ register: {} }]);
});

test('a phone that another place has taken is asked for back', () => {
  start();
  register();
  phone.setLink('refused');
  connector.register([line]);
  expect(phone.executed).toEqual([{ register: {} }]);
});

test('a silent desktop loses its lines and the phone', () => {
  start();
  register();
  vi.advanceTimersByTime(silentMs - 1);
  expect(connector.boundOrigin()).toBe(desk.origin);
  vi.advanceTimersByTime(1);
  expect(connector.boundOrigin()).toBeNull();
  expect(configuration.last).toBeNull();
});

test('a desktop that goes silent in a call keeps it, gets no other one, and goes when it is over', () => {
  start();
  register();
  phone.call();
  vi.advanceTimersByTime(silentMs);
  expect(connector.boundOrigin()).toBe(desk.origin);
  expect(configuration.last?.lines).toEqual([line]);
  expect(Object.fromEntries(configuration.last?.options ?? [])).toEqual({
    'policy.session.auto_answer': '1',
    'policy.session.reject_session_when_busy': '1',
    'policy.session.number_sessions_for_busy': '1',
  });
  expect(request(other)).toBe(403);
  phone.change({ calls: [] });
  expect(connector.boundOrigin()).toBeNull();
  expect(configuration.last).toBeNull();
});

test('a desktop that comes back from silence in a call gets calls again', () => {
  start();
  register();
  phone.call();
  vi.advanceTimersByTime(silentMs);
  expect(request()).toBe(200);
  expect(Object.fromEntries(configuration.last?.options ?? [])).toEqual({ 'policy.session.auto_answer': '1' });
  phone.change({ calls: [] });
  expect(connector.boundOrigin()).toBe(desk.origin);
  vi.advanceTimersByTime(silentMs);
  expect(connector.boundOrigin()).toBeNull();
});

test('who logs out in a call is not brought back by a late ping, but by registering', () => {
  start();
  register();
  phone.call();
  connector.unregister(['701']);
  request();
  expect(configuration.last?.options.has('policy.session.reject_session_when_busy')).toBe(true);
  connector.register([line]);
  expect(configuration.last?.options.has('policy.session.reject_session_when_busy')).toBe(false);
  phone.change({ calls: [] });
  expect(connector.boundOrigin()).toBe(desk.origin);
});

test('one of two lines goes, and the session with the second', () => {
  start();
  request();
  const second = { ...line, user: '702' };
  connector.register([line, second]);
  connector.unregister(['701']);
  expect(configuration.last?.lines).toEqual([second]);
  connector.unregister(['702']);
  expect(configuration.last).toBeNull();
});

test('disconnecting ends calls and lines, and the session goes on', async () => {
  start();
  register();
  phone.call();
  await connector.disconnect();
  expect(phone.executed).toEqual([{ hangUp: { callId: 'c1' } }]);
  expect(configuration.last?.lines).toEqual([]);
  expect(connector.boundOrigin()).toBe(desk.origin);
});

test('a desktop that logs out ends its own session, and not one that has begun meanwhile', async () => {
  start();
  register();
  phone.call();
  const ending = connector.endSession();
  connector.unregister(null);
  expect([connector.boundOrigin(), request(other)]).toEqual([null, 200]);
  await ending;
  expect(connector.boundOrigin()).toBe(other.origin);
});

test('a desktop whose app layer was started anew goes on with the cookie of before, until it has the next', () => {
  start({ protocol: 'https', sessionId: true });
  const stale = { ...desk, cookies: 'SESSIONID=00112233445566778899aabbccddeeff' };
  const begun = connector.admit(stale, 'begin');
  const next = { ...desk, cookies: begun.status === 200 ? (begun.cookie.split(';')[0] ?? '') : '' };
  expect([request(stale), request(next), request(stale), request(next)]).toEqual([200, 200, 403, 200]);
});

test('the next desktop begins with nothing of the last one', () => {
  start();
  register();
  connector.unregister(null);
  request(other);
  connector.register([line]);
  expect(configuration.last?.options.size).toBe(0);
});

test('a ping tells what changed since the last, and all where nothing was told', () => {
  start();
  register();
  expect([...connector.news().keys()]).toEqual(['EndpointStatus', 'IsPingMandatory', 'Status']);
  expect(connector.news().size).toBe(0);
  phone.setLink('lost');
  expect(connector.news()).toEqual(new Map([['EndpointStatus', 'EndpointStatus_NotReady']]));
  expect(connector.news().size).toBe(0);
});

test('a desktop that comes back after its session was over is told how things are now', () => {
  start();
  register();
  connector.facts();
  vi.advanceTimersByTime(silentMs);
  phone.change({ lines: [] });
  request();
  expect(connector.news().get('EndpointStatus')).toBe('EndpointStatus_NotReady');
});

describe('who may know of calls', () => {
  test('is no page that only began a session, but one whose lines are registered', () => {
    start();
    phone.change({ lines: [registeredLine()] });
    request();
    phone.call();
    expect(connector.phoneOrigin()).toBeNull();
    connector.setOptions({});
    expect(connector.phoneOrigin()).toBeNull();
    phone.change({ lines: [], calls: [] });
    connector.register([line]);
    expect(connector.phoneOrigin()).toBeNull();
    phone.change({ lines: [registeredLine()] });
    expect(connector.phoneOrigin()).toBe(desk.origin);
  });

  test('is still who has lost the line for a while, or the link', () => {
    start();
    register();
    phone.change({ lines: [registeredLine({ state: 'FAILED' })] });
    phone.setLink('lost');
    expect(connector.phoneOrigin()).toBe(desk.origin);
  });

  test('is not the next one before it has a line, too', () => {
    start();
    register();
    connector.unregister(null);
    phone.change({ lines: [] });
    request(other);
    connector.register([line]);
    expect(connector.phoneOrigin()).toBeNull();
  });

  test.each<[string, () => unknown]>([
    ['has taken the lines away', () => connector.disconnect()],
    ['has logged out in a call', () => connector.unregister(null)],
    ['has ended the session', () => connector.endSession()],
    [
      'is gone, while another begins',
      () => {
        vi.advanceTimersByTime(silentMs);
        request(other);
      },
    ],
  ])('is not who %s', async (_, leave) => {
    start();
    register();
    if (_.includes('call')) phone.call();
    expect(connector.phoneOrigin()).toBe(desk.origin);
    await leave();
    expect(connector.phoneOrigin()).toBeNull();
    phone.change({ lines: [registeredLine()] });
    expect(connector.phoneOrigin()).toBeNull();
  });
});

test('nobody keeps the phone for longer than 5 minutes by the period that is said', () => {
  start();
  request();
  connector.setPeriod(3_600_000);
  vi.advanceTimersByTime(299_999);
  expect(connector.boundOrigin()).toBe(desk.origin);
  vi.advanceTimersByTime(1);
  expect(connector.boundOrigin()).toBeNull();
});

test('a program may be silent for 30 short periods', () => {
  start();
  request(program);
  connector.setPeriod(100);
  vi.advanceTimersByTime(3000);
  expect(connector.boundOrigin()).toBeNull();
});

describe('who looks whether to register', () => {
  beforeEach(() => {
    start();
    register();
    expect(connector.dn()).toBe('701');
  });

  test('finds no line that was logged out, while it goes', () => {
    connector.unregister(null);
    expect(phone.phone.lines[0]?.state).toBe('REGISTERED');
    request();
    expect(connector.dn()).toBe('');
  });

  test('finds none that was taken away', async () => {
    await connector.disconnect();
    expect(connector.dn()).toBe('');
  });

  test('finds none that goes with a call, logs in anew, and keeps line and call', () => {
    phone.call();
    connector.unregister(null);
    expect(configuration.last?.lines).toEqual([line]);
    request();
    expect(connector.dn()).toBe('');
    // Which would take the line from the call.
    const told = configuration.wishes.length;
    connector.setParameters([{ Key: 'preferred_language', Value: 'de' }]);
    expect(configuration.wishes).toHaveLength(told);
    connector.setOptions({ 'policy.session.dtmf_method': 'Info' });
    connector.register([line]);
    expect(connector.dn()).toBe('701');
    expect(configuration.last).toMatchObject({ lines: [line], language: 'de' });
    expect([...(configuration.last?.options.keys() ?? [])]).toEqual(['policy.session.dtmf_method']);
    phone.change({ calls: [] });
    expect([connector.boundOrigin(), configuration.last?.lines]).toEqual([desk.origin, [line]]);
  });
});

describe('after the app layer was started anew', () => {
  beforeEach(() => {
    phone.change({ lines: [registeredLine()] });
    start();
  });

  test('the lines of a desktop that does not come back go, once', () => {
    vi.advanceTimersByTime(silentMs - 1);
    expect(configuration.wishes).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(configuration.wishes).toEqual([null]);
    vi.advanceTimersByTime(10 * silentMs);
    expect(configuration.wishes).toHaveLength(1);
  });

  test('they stay for a call, which is the last', () => {
    phone.call();
    vi.advanceTimersByTime(silentMs);
    phone.call({ id: 'c2', state: 'ALERTING' });
    phone.change({});
    expect(phone.executed).toEqual([{ reject: { callId: 'c2', status: 486 } }]);
    expect(configuration.wishes).toEqual([]);
    phone.change({ calls: [] });
    expect(configuration.wishes).toEqual([null]);
  });

  test('they stay until it is known whether there is a call', () => {
    phone.isUnknown = true;
    vi.advanceTimersByTime(3 * silentMs);
    expect(configuration.wishes).toEqual([]);
    phone.isUnknown = false;
    vi.advanceTimersByTime(silentMs);
    expect(configuration.wishes).toEqual([null]);
  });

  test('they stay while a page looks, or a program pings; a program that looks is nobody', () => {
    const notYet = silentMs - 1;
    vi.advanceTimersByTime(notYet);
    connector.admit(desk, 'look');
    vi.advanceTimersByTime(notYet);
    connector.admit(program, 'look');
    connector.news();
    vi.advanceTimersByTime(notYet);
    expect(configuration.wishes).toEqual([]);
    connector.admit(program, 'look');
    vi.advanceTimersByTime(1);
    expect(configuration.wishes).toEqual([null]);
  });

  test('they are found by a desktop that loads anew, and go when it is silent', () => {
    request();
    expect(connector.dn()).toBe('701');
    phone.call();
    vi.advanceTimersByTime(silentMs);
    phone.call({ id: 'c2', state: 'ALERTING' });
    expect(phone.executed).toEqual([{ reject: { callId: 'c2', status: 486 } }]);
    expect([connector.boundOrigin(), configuration.wishes]).toEqual([desk.origin, []]);
    phone.change({ calls: [] });
    expect([connector.boundOrigin(), configuration.wishes]).toEqual([null, [null]]);
  });

  test('a desktop that is heard of again in its call gets calls', () => {
    request();
    phone.call();
    vi.advanceTimersByTime(silentMs);
    request();
    phone.call({ id: 'c2', state: 'ALERTING' });
    expect(phone.executed).toEqual([]);
  });

  test('a session that begins while a left call is up outlasts it', () => {
    phone.call();
    vi.advanceTimersByTime(silentMs);
    request();
    phone.change({ calls: [] });
    expect([connector.boundOrigin(), configuration.wishes]).toEqual([desk.origin, []]);
  });

  test.each([
    ['before', 0, silentMs, 0],
    ['after', silentMs, 0, 1],
  ])('an agent who signs in at the panel %s they would go gets calls', (_, before, after, warnings) => {
    phone.call();
    vi.advanceTimersByTime(before);
    configuration.wishes.push(null);
    vi.advanceTimersByTime(after);
    phone.call({ id: 'c2', state: 'ALERTING' });
    expect(phone.executed).toEqual([]);
    phone.change({ calls: [] });
    expect(configuration.wishes).toHaveLength(1);
    expect(said.filter((it) => it.includes('is not heard of'))).toHaveLength(warnings);
  });

  test('what was left over is ended without a session, as long as nobody said anything', async () => {
    phone.call();
    expect(connector.admit(desk, 'end').status).toBe(200);
    await connector.endSession();
    expect([phone.executed, configuration.wishes]).toEqual([[{ hangUp: { callId: 'c1' } }], [null]]);
    expect(connector.admit(desk, 'end').status).toBe(404);
  });

  test('taking the lines away leaves no desktop behind that nobody is', async () => {
    await connector.disconnect();
    expect(configuration.wishes).toEqual([null]);
  });

  test('a session that begins meanwhile is not ended', async () => {
    phone.call();
    const ending = connector.endSession();
    request(other);
    await ending;
    expect([connector.boundOrigin(), configuration.wishes]).toEqual([other.origin, []]);
  });

  test('nothing is ended where there is nothing', () => {
    phone.change({ lines: [] });
    expect(connector.admit(desk, 'end').status).toBe(404);
  });
});

test('without a connector nobody is listened for', () => {
  start({ port: null });
  vi.advanceTimersByTime(2 * silentMs);
  expect([configuration.wishes, said]).toEqual([[], []]);
});

test('logging out without a session does not end the next one', () => {
  start();
  register();
  connector.unregister(null);
  phone.call();
  connector.unregister(null);
  request(other);
  phone.change({ calls: [] });
  expect(connector.boundOrigin()).toBe(other.origin);
});

test('a call that has ended meanwhile is no failure of ending it; others are', async () => {
  start();
  phone.call();
  phone.refusal = failure('noSuchCall', { call: 'c1' });
  expect(await connector.dropCalls()).toBeNull();
  phone.call();
  phone.refusal = failure('commandUnanswered');
  expect(await connector.dropCalls()).toBe(phone.refusal);
});

test('passwords are not logged', () => {
  start();
  request();
  connector.setOptions({ 'proxies.proxy0.password': 'hunter2', 'policy.session.auto_answer': 'x' });
  connector.setParameters([{ Key: 'password', Value: 'hunter2' }]);
  connector.register([{ ...line, password: 'hunter2' }]);
  expect(said.length).toBeGreaterThan(0);
  expect(said.join()).not.toContain('hunter2');
});
