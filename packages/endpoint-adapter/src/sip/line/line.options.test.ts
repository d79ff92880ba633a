/** What each option of a line changes, from the file to what its server sees. */
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { fieldOf, type SipMessage } from '../message/message.ts';
import { field, makeResponse } from '../message/response.ts';
import {
  becomes,
  closeAll,
  isFor,
  openConfiguredLine,
  openServer,
  placeOf,
  request,
} from '../testing/configured-line.ts';
import { fakeMedia } from '../testing/fake-media.ts';

afterEach(closeAll);

type Given = Parameters<typeof openConfiguredLine>[0];

/** The first REGISTER. */
async function registerWith(settings: Given): Promise<SipMessage> {
  const server = await openServer();
  await openConfiguredLine({ 'server:N': placeOf(server), ...settings });
  return request(server, 'REGISTER');
}

it('user:N: is who registers', async () => {
  expect(fieldOf(await registerWith({ 'user:N': '4711' }), 'to')).toContain('sip:4711@');
  expect(fieldOf(await registerWith({ 'user:N': 'ada' }), 'to')).toContain('sip:ada@');
});

it('server:N: is where the line registers, and after a semicolon what stands in for it', async () => {
  const down = await openServer({ intercept: (it) => makeResponse(it, 503) });
  const up = await openServer();
  for (const server of [placeOf(up), `${placeOf(down)};${placeOf(up)}`]) {
    expect(down.requests).toEqual([]);
    const { line } = await openConfiguredLine({ 'server:N': server });
    await becomes(line, 'REGISTERED', 'FAILED');
    expect(line.snapshot.registeredAt).toBe(placeOf(up));
  }
  expect(down.requests.map(({ method }) => method)).toEqual(['REGISTER']);
});

it.each(['udp', 'tcp'])('protocol:N: %s is the transport to the server', async (protocol) => {
  expect(fieldOf(await registerWith({ 'protocol:N': protocol }), 'via')).toMatch(
    new RegExp(`^SIP/2.0/${protocol.toUpperCase()} `),
  );
});

it('proxies.proxyN.display_name: is the name that the far end is shown', async () => {
  const server = await openServer();
  for (const name of ['Ada', 'Bob']) {
    const settings = { 'server:N': placeOf(server), 'proxies.proxyN.display_name': name };
    const { line } = await openConfiguredLine(settings);
    line.invite('602', fakeMedia('ours'));
    const from = (it: SipMessage) => fieldOf(it, 'from');
    expect(from(await request(server, 'INVITE', (it) => from(it).includes(name)))).toMatch(`"${name}" <sip:701@`);
  }
});

it('proxies.proxyN.password: is what registers the line', async () => {
  const server = await openServer({ password: 'hers' });
  for (const [password, state] of [
    ['hers', 'REGISTERED'],
    ['his', 'FAILED'],
  ] as const) {
    const settings = { 'server:N': placeOf(server), 'proxies.proxyN.password': password };
    const { line } = await openConfiguredLine(settings);
    await becomes(line, 'REGISTERED', 'FAILED');
    expect(line.snapshot.state).toBe(state);
  }
});

it('proxies.proxyN.auth_user: is who the password belongs to', async () => {
  const server = await openServer({ password: 'hers' });
  const answers = async (user: string): Promise<string> => {
    const settings = { 'server:N': placeOf(server), 'proxies.proxyN.password': 'hers' };
    await openConfiguredLine({ ...settings, 'proxies.proxyN.auth_user': user });
    const isAnswer = (it: SipMessage) => fieldOf(it, 'authorization').includes(`username="${user || '701'}"`);
    return fieldOf(await request(server, 'REGISTER', isAnswer), 'to');
  };
  expect(await answers('ada')).toContain('sip:701@');
  expect(await answers('')).toContain('sip:701@');
});

it('proxies.proxyN.reg_timeout: is how long a registration is asked for, and 0 is none', async () => {
  expect(fieldOf(await registerWith({ 'proxies.proxyN.reg_timeout': '60' }), 'expires')).toBe('60');
  expect(fieldOf(await registerWith({ 'proxies.proxyN.reg_timeout': '600' }), 'expires')).toBe('600');
  const { line } = await openConfiguredLine({ 'proxies.proxyN.reg_timeout': '0' });
  expect(line.snapshot.state).toBe('STANDALONE');
});

it('proxies.proxyN.reg_interval: is when the line registers again after the server was down, and 0 is never', async () => {
  const server = await openServer({ intercept: (it) => makeResponse(it, 503) });
  const againInS = async (interval: string): Promise<number> => {
    const settings = { 'server:N': placeOf(server), 'proxies.proxyN.reg_interval': interval };
    const { line } = await openConfiguredLine(settings);
    await becomes(line, 'FAILED');
    const { retryAtMs } = line.snapshot;
    return retryAtMs === 0 ? 0 : (retryAtMs - Date.now()) / 1_000;
  };
  expect(await againInS('0')).toBe(0);
  // Ten per cent more or less, as not all phones may come at once.
  expect(Math.abs((await againInS('100')) - 100)).toBeLessThan(15);
  expect(Math.abs((await againInS('200')) - 200)).toBeLessThan(25);
});

it('proxies.proxyN.domain: is the host of the address of record', async () => {
  const register = await registerWith({ 'proxies.proxyN.domain': 'example.com' });
  expect([register.uri, fieldOf(register, 'to')]).toEqual(['sip:example.com', '<sip:701@example.com>']);
  expect(fieldOf(await registerWith({}), 'to')).toBe('<sip:701@127.0.0.1>');
});

it('proxies.proxyN.outbound_proxy: is where requests go first', async () => {
  const [server, proxy] = [await openServer(), await openServer()];
  const settings = { 'server:N': placeOf(server), 'proxies.proxyN.outbound_proxy': placeOf(proxy) };
  await openConfiguredLine(settings);
  expect((await request(proxy, 'REGISTER')).uri).toBe(`sip:${placeOf(server)}`);
  expect(server.requests).toEqual([]);
});

it('proxies.proxyN.reg_match_received_rport: 1 believes what the server sees rather than public_address', async () => {
  const seen = (it: SipMessage): SipMessage => {
    const contact = `${fieldOf(it, 'contact')};expires=300`;
    const response = makeResponse(it, 200, { fields: [field('contact', contact)] });
    for (const via of response.fields.filter(({ name }) => name === 'via'))
      via.value = `${via.value.replace(/;(?:rport|received)(?:=[^;]*)?/g, '')};received=198.51.100.7;rport=40000`;
    return response;
  };
  const server = await openServer({ intercept: (it) => (it.method === 'REGISTER' ? seen(it) : null) });
  for (const [match, host] of [
    ['0', '192.0.2.7'],
    ['1', '198.51.100.7:40000'],
  ] as const) {
    const { line } = await openConfiguredLine({
      'server:N': placeOf(server),
      'policy.endpoint.public_address': '192.0.2.7',
      'proxies.proxyN.reg_match_received_rport': match,
    });
    await becomes(line, 'REGISTERED');
    const [last] = server.requests.slice(-1);
    expect(last && fieldOf(last, 'contact')).toContain(`@${host}`);
  }
});

/** Which events the line subscribes to or publishes once it is registered, before it calls somebody. */
async function eventsWith(settings: Given): Promise<string[]> {
  const server = await openServer();
  const { line } = await openConfiguredLine({ 'server:N': placeOf(server), ...settings });
  await becomes(line, 'REGISTERED');
  line.invite('602', fakeMedia('ours'));
  const last = settings['proxies.proxyN.shared_line'] === '1' ? 'SUBSCRIBE' : 'INVITE';
  await request(server, last);
  return server.requests
    .filter(({ method }) => method === 'SUBSCRIBE' || method === 'PUBLISH')
    .map((it) => `${it.method} ${fieldOf(it, 'event')}`);
}

it.each([
  ['none', []],
  ['features', ['SUBSCRIBE as-feature-event', 'SUBSCRIBE x-broadworks-hoteling']],
  ['presence', ['PUBLISH presence']],
])("proxies.proxyN.agent_state: %s is how the server is told the agent's state", async (way, events) => {
  expect(await eventsWith({ 'proxies.proxyN.agent_state': way })).toEqual(events);
});

it('proxies.proxyN.shared_line: 1 watches the appearances of the line', async () => {
  expect(await eventsWith({ 'proxies.proxyN.shared_line': '0' })).toEqual([]);
  expect(await eventsWith({ 'proxies.proxyN.shared_line': '1' })).toContain('SUBSCRIBE call-info');
});

it('proxies.proxyN.reg_event: 1 asks the registrar to say when it removes the registration', async () => {
  expect(await eventsWith({ 'proxies.proxyN.reg_event': '0' })).toEqual([]);
  expect(await eventsWith({ 'proxies.proxyN.reg_event': '1' })).toEqual(['SUBSCRIBE reg']);
});

describe('a mailbox', () => {
  const mailbox = { 'proxies.proxyN.mailbox.user': '7000', 'proxies.proxyN.reg_timeout': '0' };

  /** The first SUBSCRIBE for it. */
  async function subscribeWith(settings: Given): Promise<SipMessage> {
    const server = await openServer();
    await openConfiguredLine({ 'server:N': placeOf(server), ...mailbox, ...settings });
    return request(server, 'SUBSCRIBE', isFor('message-summary'));
  }

  it('proxies.proxyN.mailbox.user: is the mailbox that is watched', async () => {
    expect(await eventsWith({})).toEqual([]);
    expect((await subscribeWith({})).uri).toMatch(/^sip:7000@127/);
    expect((await subscribeWith({ 'proxies.proxyN.mailbox.user': '8000' })).uri).toMatch(/^sip:8000@127/);
  });

  it('proxies.proxyN.mailbox.timeout: is how long it is watched', async () => {
    expect(fieldOf(await subscribeWith({}), 'expires')).toBe('1800');
    expect(fieldOf(await subscribeWith({ 'proxies.proxyN.mailbox.timeout': '600' }), 'expires')).toBe('600');
  });

  it('proxies.proxyN.mailbox.server: is where it is watched', async () => {
    const [server, mail] = [await openServer(), await openServer()];
    await openConfiguredLine({
      'server:N': placeOf(server),
      ...mailbox,
      'proxies.proxyN.mailbox.server': placeOf(mail),
    });
    expect((await request(mail, 'SUBSCRIBE')).uri).toBe(`sip:7000@${placeOf(mail)}`);
    expect(server.requests).toEqual([]);
  });

  it.each(['udp', 'tcp'])('proxies.proxyN.mailbox.transport: %s is the transport to its server', async (transport) => {
    const [server, mail] = [await openServer(), await openServer()];
    await openConfiguredLine({
      'server:N': placeOf(server),
      ...mailbox,
      'proxies.proxyN.mailbox.server': placeOf(mail),
      'proxies.proxyN.mailbox.transport': transport,
    });
    expect(fieldOf(await request(mail, 'SUBSCRIBE'), 'via')).toMatch(
      new RegExp(`^SIP/2.0/${transport.toUpperCase()} `),
    );
  });

  it.each(['hers', 'his'])("proxies.proxyN.mailbox.password: %s answers the mailbox's challenge", async (password) => {
    const challenge = field('www-authenticate', 'Digest realm="mail", nonce="n", algorithm=MD5');
    const intercept = (it: SipMessage) =>
      it.method === 'SUBSCRIBE' && fieldOf(it, 'authorization') === ''
        ? makeResponse(it, 401, { fields: [challenge] })
        : null;
    const [server, mail] = [await openServer(), await openServer({ intercept })];
    await openConfiguredLine({
      'server:N': placeOf(server),
      ...mailbox,
      'proxies.proxyN.mailbox.server': placeOf(mail),
      'proxies.proxyN.mailbox.password': password,
    });
    const authorized = await request(mail, 'SUBSCRIBE', (it) => fieldOf(it, 'authorization') !== '');
    const md5 = (text: string) => createHash('md5').update(text).digest('hex');
    const expected = md5(`${md5(`7000:mail:${password}`)}:n:${md5(`SUBSCRIBE:${authorized.uri}`)}`);
    expect(fieldOf(authorized, 'authorization')).toContain(`response="${expected}"`);
  });
});
