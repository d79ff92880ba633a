import { usualConnectorSettings } from '@thinline/shared/config/connector.ts';
import { blankAudio } from '@thinline/shared/contract/blank.ts';
import { failure } from '@thinline/shared/failures.ts';
import { makeLog } from '@thinline/shared/log/log.ts';
import { version } from '@thinline/shared/version.ts';
import Fastify, { type InjectOptions } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Connector } from './connector.ts';
import { connectorRoutes } from './routes.ts';
import { FakeConfiguration, FakePhone, registeredLine } from './testing/fake-phone.ts';

const origin = 'https://desk.example.org';
const said: string[] = [];
const phone = new FakePhone();
const configuration = new FakeConfiguration();
const connector = new Connector({
  replica: phone,
  configuration,
  settings: { ...usualConnectorSettings, port: 8000 },
  log: makeLog({ write: (text) => said.push(text) }),
});
const app = Fastify({
  routerOptions: { ignoreTrailingSlash: true },
  ajv: { customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: false } },
});

beforeAll(async () => {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string' },
    async (_request: unknown, body: string) => (body === '' ? undefined : JSON.parse(body)),
  );
  connectorRoutes(app, connector);
  connector.start();
  await app.ready();
});
afterEach(() => {
  phone.reset();
  connector.unregister(null);
  configuration.wishes.length = 0;
  said.length = 0;
});
afterAll(async () => {
  connector.close();
  await app.close();
});

/** As a page's XMLHttpRequest: JSON, whatever the method. */
async function ask(method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object, more: InjectOptions = {}) {
  const headers = { origin, 'content-type': 'application/json; charset=UTF-8', ...more.headers };
  const response = await app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  return { status: response.statusCode, body: response.json<unknown>(), headers: response.headers };
}
const get = async (url: string) => (await ask('GET', url)).body;
const post = async (url: string, payload?: object) => (await ask('POST', url, payload)).body;

test("Workspace's login and heartbeat, byte for byte", async () => {
  expect(await get('/GetDnSIP')).toEqual({ get_DnSIPResult: '' });
  const options = {
    uri: 'https://127.0.0.1:8000',
    'sip-server-address': '192.0.2.1:5060',
    'register-interval': 1500,
    'headset-unplugged-set-not-ready': true,
    noise_suppression: '1',
    'policy.session.agc_mode': '1',
    'policy.session.auto_answer': '0',
    'policy.session.noise_suppression': '1',
  };
  expect(await post('/SetOptions', { value: options })).toEqual({});
  expect(said.at(-1)).toMatch(/ 3 options updated$/);
  const parameters = [{ Key: 'SipEndpointTransportProtocol', Value: 'UDP' }];
  expect(await post('/SetSIPEndpointParameters', { value: parameters })).toEqual({});
  expect(await post('/RegisterDn/', { addresses: ['192.0.2.1:5060'], users: ['701'] })).toEqual({
    RegisterDnResult: true,
  });
  expect(configuration.last).toMatchObject({ lines: [{ user: '701', server: '192.0.2.1:5060', protocol: 'udp' }] });
  expect(await get('/GetIsEndpointActive')).toEqual({ get_IsEndpointActiveResult: false });
  const endpoint = (status: string) => ({
    get_SIPEndpointParametersResult: [
      { Key: 'EndpointStatus', Value: status },
      { Key: 'IsPingMandatory', Value: false },
      { Key: 'Status', Value: 'Initialized' },
    ],
  });
  expect(await get('/GetSIPEndpointParameters')).toEqual(endpoint('EndpointStatus_NotReady'));
  phone.change({ lines: [registeredLine()] });
  expect(await get('/GetIsEndpointActive')).toEqual({ get_IsEndpointActiveResult: true });
  expect(await get('/GetSIPEndpointParameters')).toEqual(endpoint('EndpointStatus_Ready'));
  expect(await post('/SetPingPeriod', { value: 2000 })).toEqual({});
  expect(await get('/Ping')).toEqual({ PingResult: [] });
  expect(await get('/GetDnSIP')).toEqual({ get_DnSIPResult: '701' });
  phone.setLink('lost');
  expect(await get('/Ping')).toEqual({
    PingResult: [{ Key: 'EndpointStatus', Value: 'EndpointStatus_NotReady' }],
  });
  expect(await post('/UnregisterDn/', { users: ['701'] })).toEqual({ UnregisterDnResult: true });
  expect(configuration.last).toBeNull();
});

describe('what was not seen of the first version', () => {
  test.each([
    ['MuteMicrophone', { microphoneMuted: true }],
    ['UnmuteMicrophone', { microphoneMuted: false }],
    ['MuteSpeaker', { speakerMuted: true }],
    ['UnmuteSpeaker', { speakerMuted: false }],
  ])('%s, by either method', async (name, setVolume) => {
    expect(await get(`/${name}`)).toEqual({ [`${name}Result`]: true });
    expect(await post(`/${name}/`)).toEqual({ [`${name}Result`]: true });
    expect(phone.executed).toEqual([{ setVolume }, { setVolume }]);
    phone.refusal = failure('noDevice', { kind: 'microphone' });
    expect(await post(`/${name}`)).toEqual({ [`${name}Result`]: false });
  });

  test('volumes and states, under both names', async () => {
    phone.change({ audio: blankAudio({ microphoneVolume: 70, speakerVolume: 30, speakerMuted: true }) });
    expect(await get('/GetMicrophoneVolume')).toEqual({ get_MicrophoneVolumeResult: 70 });
    expect(await get('/SpeakerVolume')).toEqual({ get_SpeakerVolumeResult: 30 });
    expect(await get('/GetMicrophoneState')).toEqual({ get_MicrophoneStateResult: 'Unmuted' });
    expect(await get('/GetSpeakerState')).toEqual({ get_SpeakerStateResult: 'Muted' });
    expect(await get('/IsMicrophoneMuted')).toEqual({ get_IsMicrophoneMutedResult: false });
    expect(await get('/GetIsSpeakerMuted')).toEqual({ get_IsSpeakerMutedResult: true });
    expect(await post('/SetMicrophoneVolume', { value: 55 })).toEqual({});
    expect(await post('/SpeakerVolume', { value: 0 })).toEqual({});
    expect(phone.executed).toEqual([{ setVolume: { microphone: 55 } }, { setVolume: { speaker: 0 } }]);
  });

  test('a volume that the phone does not set says why', async () => {
    phone.refusal = failure('noDevice', { kind: 'microphone' });
    const { status, body } = await ask('POST', '/SetSpeakerVolume', { value: 50 });
    expect([status, body]).toEqual([409, { failure: phone.refusal }]);
  });

  test('logging out without saying who', async () => {
    await post('/RegisterDn', { addresses: ['a', 'b'], users: ['701', '702'] });
    expect(await post('/UnregisterDn')).toEqual({ UnregisterDnResult: true });
    expect(configuration.last).toBeNull();
  });

  test('passwords of lines', async () => {
    await post('/RegisterDn', { addresses: ['a'], users: ['701'], passwords: ['hunter2'] });
    expect(configuration.last?.lines[0]?.password).toBe('hunter2');
  });
});

test.each([
  ['/SetOptions', {}],
  ['/SetOptions', { value: [] }],
  ['/SetOptions', { value: Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`o${n}`, ''])) }],
  ['/SetSIPEndpointParameters', { value: [{ Value: 'UDP' }] }],
  ['/SetPingPeriod', { value: 0 }],
  ['/SetPingPeriod', { value: '2000' }],
  ['/SetMicrophoneVolume', { value: 101 }],
  ['/RegisterDn', { addresses: ['a'], users: [] }],
  ['/RegisterDn', { addresses: ['a'], users: ['701', '702'] }],
  ['/RegisterDn', { addresses: Array(7).fill('a'), users: Array(7).fill('7') }],
  ['/RegisterDn', { addresses: [5], users: ['701'] }],
  ['/audio', { devices: { microphone: { volume: -1 } } }],
  ['/register', { connections: [] }],
  ['/register', { connections: [{ server: 'a' }] }],
  ['/register', { protocol: 'https', connections: [{ server: 'a', user: '701' }] }],
  ['/session', { ping_period_ms: 1 }],
])('%s refuses %j, and begins no session for it', async (path, body) => {
  const refused = (await ask('POST', path, body)).status;
  expect([refused, connector.boundOrigin()]).toEqual([path === '/audio' ? 404 : 400, null]);
  expect((await ask('POST', '/session', {})).status).toBe(200);
  expect((await ask('POST', path, body)).status).toBe(400);
  expect([configuration.wishes, phone.executed]).toEqual([[], []]);
});

test('what nobody knows is a bad request, and in the log once', async () => {
  const unknown = async () => ask('POST', '/AnswerCall?password=hunter2', { value: 1 });
  expect((await unknown()).status).toBe(400);
  expect((await unknown()).body).toEqual({ failure: failure('unknownDesktopPath', { path: '"/AnswerCall"' }) });
  expect(said.filter((it) => it.includes('POST "/AnswerCall"'))).toHaveLength(1);
  expect(said.join()).not.toContain('hunter2');
  for (let n = 0; n < 150; n += 1) await get(`/${n}`);
  expect(said.length).toBeLessThan(110);
});

test.each(['/GetDnSIP', '/Ping', '/GetSIPEndpointParameters', '/session'])(
  'a program that asks %s only looks, and keeps no desktop from the phone',
  async (path) => {
    const { statusCode, headers } = await app.inject({ method: 'GET', url: path });
    expect([statusCode, headers['set-cookie'], connector.boundOrigin()]).toEqual([200, undefined, null]);
    const options = { value: {} };
    expect((await app.inject({ method: 'POST', url: '/SetOptions', payload: options })).statusCode).toBe(200);
    expect(connector.boundOrigin()).toBe('');
    expect((await app.inject({ method: 'GET', url: path })).statusCode).toBe(200);
  },
);

test('a second client is refused, in both versions', async () => {
  await get('/GetDnSIP');
  const second = { headers: { origin: 'https://other.example.org' } };
  for (const path of ['/GetDnSIP', '/Ping', '/session']) {
    const { status, body } = await ask('GET', path, undefined, second);
    expect([status, body]).toEqual([403, { failure: failure('desktopElsewhere', { client: origin }) }]);
  }
  expect((await ask('POST', '/session', {}, second)).status).toBe(403);
  expect((await ask('DELETE', '/calls', undefined, second)).status).toBe(403);
});

describe('the second version', () => {
  test('from a session to its end', async () => {
    const options = { 'policy.session.auto_answer': '1', 'policy.connector.secret': 'x' };
    const client = { name: 'Desk', version: '2.1' };
    const begun = await ask('POST', '/session', { client, options, language: 'de' });
    expect(begun.status).toBe(200);
    expect(begun.body).toEqual({
      session_id: connector.sessionId,
      left_out: ['"policy.connector.secret" is the administrator\'s, in the file'],
    });
    const connections = [{ server: 'sip.example.org', user: '701', password: 'hunter2' }];
    expect(await post('/register', { protocol: 'TCP', connections })).toEqual({});
    expect(configuration.last).toEqual({
      options: new Map([['policy.session.auto_answer', '1']]),
      lines: [{ server: 'sip.example.org', user: '701', password: 'hunter2', protocol: 'TCP' }],
      language: 'de',
      client: 'Desk 2.1',
    });
    phone.change({ lines: [registeredLine()] });
    expect(await get('/session')).toMatchObject({ session_id: connector.sessionId, status: 'REGISTERED' });
    phone.call();
    expect((await ask('DELETE', '/register')).status).toBe(200);
    expect(phone.executed).toEqual([{ hangUp: { callId: 'c1' } }]);
    expect(configuration.last?.lines).toEqual([]);
    expect((await ask('DELETE', '/session')).status).toBe(200);
    expect(configuration.last).toBeNull();
    expect(await get('/session')).toMatchObject({ session_id: '' });
  });

  test('a session goes on when its client comes again', async () => {
    const first = await post('/session');
    expect(await post('/session', {})).toEqual(first);
  });

  test('registering begins a session, too', async () => {
    await post('/register', { connections: [{ server: 'a', user: '701' }] });
    expect(connector.boundOrigin()).toBe(origin);
  });

  test('mute and volume', async () => {
    await post('/session');
    const devices = { microphone: { muted: true, volume: 40 }, speaker: { muted: false, volume: 90 } };
    expect(await post('/audio', { devices })).toEqual({});
    expect(await post('/audio', { devices: { microphone: { muted: false } } })).toEqual({});
    expect(phone.executed).toEqual([
      { setVolume: { microphone: 40, microphoneMuted: true, speaker: 90, speakerMuted: false } },
      { setVolume: { microphoneMuted: false } },
    ]);
  });

  test('ghost calls are dropped, all of them', async () => {
    await post('/session');
    phone.call();
    phone.call({ id: 'c2', state: 'HELD' });
    expect((await ask('DELETE', '/calls')).status).toBe(200);
    expect(phone.executed).toEqual([{ hangUp: { callId: 'c1' } }, { hangUp: { callId: 'c2' } }]);
  });

  test.each([
    ['/session', [null]],
    ['/register', [null]],
    ['/calls', []],
  ] as const)('DELETE %s ends what an earlier app layer has left', async (path, wishes) => {
    phone.change({ lines: [registeredLine()] });
    phone.call();
    expect((await ask('DELETE', path)).status).toBe(200);
    expect(phone.executed).toEqual([{ hangUp: { callId: 'c1' } }]);
    expect(configuration.wishes).toEqual(wishes);
  });

  test.each([
    ['POST', '/audio'],
    ['DELETE', '/calls'],
    ['DELETE', '/register'],
    ['DELETE', '/session'],
  ] as const)('%s %s needs a session', async (method, path) => {
    const { status, body } = await ask(method, path, { devices: {} });
    expect([status, body]).toEqual([404, { failure: failure('noDesktopSession') }]);
  });

  test('version and health', async () => {
    expect(await get('/version')).toEqual({ name: 'Thinline', version });
    expect(await get('/health')).toEqual({ status: 'NOT_REGISTERED', failure: null });
    phone.setLink('lost');
    expect(await get('/health')).toMatchObject({ status: 'CHANNEL_LOST' });
    expect(connector.boundOrigin()).toBeNull();
  });
});
