/** Panel and connector behind their doors, with real sockets: who is served, and how. */
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { ask, codeOf, json } from '@thinline/app-layer/http/testing/ask.ts';
import { type House, type HouseOptions, openHouse } from '@thinline/app-layer/http/testing/house.ts';
import { logTo } from '@thinline/shared/log/log.ts';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';

let state: string;
let certificate: string;
const houses: House[] = [];
const records: string[] = [];
const log = logTo({ wants: () => true, record: (level, _name, text) => records.push(`${level} ${text}`) });

const start = async (options: HouseOptions = {}): Promise<House> => {
  const house = await openHouse({ log, ...options });
  houses.push(house);
  return house;
};

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'doors-state-'));
  vi.stubEnv('THINLINE_STATE_DIR', state);
  certificate = join(state, 'connector.pem');
});
afterEach(async () => {
  for (const house of houses.splice(0)) await house.close();
  records.length = 0;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(state, { recursive: true });
});

/** The panel's address without the token, and the cookie that the token becomes. */
async function enter(house: House): Promise<{ panel: string; cookie: string }> {
  const entered = await ask(house.panelUrl);
  return {
    panel: new URL(house.panelUrl).origin,
    cookie: String(entered.headers['set-cookie']).split(';')[0] ?? '',
  };
}

const shared = async (options: HouseOptions = {}): Promise<House> => start({ panelPort: 0, ...options });

test('panel and connector share a port, and each has its own guard', async () => {
  const house = await shared();
  expect(house.connectorUrl).toBe(new URL(house.panelUrl).origin);
  const { panel, cookie } = await enter(house);
  await mkdir(join(house.folder, 'pages', 'assets'), { recursive: true });
  await writeFile(join(house.folder, 'pages', 'index.html'), 'the panel');
  await writeFile(join(house.folder, 'pages', 'assets', 'index-1.js'), 'let it;');
  const headers = { cookie };

  expect(await ask(`${panel}/`, { headers })).toMatchObject({ status: 200, body: 'the panel' });
  expect((await ask(`${panel}/assets/index-1.js`, { headers })).body).toBe('let it;');
  expect((await ask(`${panel}/assets/index-1.js`)).status).toBe(401);
  expect((await ask(`${panel}/api/state`, { headers })).status).toBe(200);
  for (const path of ['/api/state', '/api', '/api/', '/api/nowhere']) {
    expect((await ask(`${panel}${path}`)).status, path).toBe(401);
    expect((await ask(`${panel}${path}`, { headers: { origin: 'https://desktop.example' } })).status, path).toBe(403);
  }
  expect(await ask(`${panel}/Ping`)).toMatchObject({ status: 200, body: '{"PingResult":[]}' });
  expect((await ask(`${panel}/nowhere`)).body).toBe('{"unknown":true}');
});

test('at / there is a page for people, the panel for those who have its token', async () => {
  const house = await shared();
  const status = await ask(house.desktops());
  expect(status.status).toBe(200);
  expect(status.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(status.body).toContain('The phone is here');
  expect((await ask(house.desktops(), { headers: { cookie: 'thinline_1=x' } })).body).toContain('The phone is here');
  expect(codeOf(await ask(house.desktops('/?token=wrong')))).toBe('TL6004');
});

test('with a port of its own the connector knows nothing of the panel', async () => {
  const house = await start({ host: '127.0.0.1', panelPort: 0, settings: { address: '127.9.9.9' } });
  expect(house.connectorUrl).toMatch(/^http:\/\/127\.9\.9\.9:\d+$/);
  const { panel, cookie } = await enter(house);
  expect((await ask(`${panel}/Ping`, { headers: { cookie } })).status).toBe(404);
  expect((await ask(house.desktops('/api/state'), { headers: { cookie } })).status).toBe(400);
  expect((await ask(house.desktops('/Ping'))).status).toBe(200);
});

test('a preflight is answered for the page, before it says who it is', async () => {
  const house = await shared({ settings: { secret: 'sixteen-or-more-of-them' } });
  const headers = {
    origin: 'https://desktop.example',
    'access-control-request-method': 'POST',
    'access-control-request-private-network': 'true',
  };
  for (const path of ['/SetOptions', '/nowhere', '/sixteen-or-more-of-them/Ping']) {
    const answer = await ask(house.desktops(path), { method: 'OPTIONS', headers });
    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'https://desktop.example',
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS',
      'access-control-allow-headers': 'Content-Type, Authorization, X-Requested-With',
      'access-control-max-age': '600',
      'access-control-allow-private-network': 'true',
      vary: 'Origin, Access-Control-Request-Private-Network',
    });
  }
});

test('neither a preflight nor a page for everybody makes a connection one that stays', async () => {
  const house = await shared({ limits: { strangers: 1 }, settings: { secret: 'sixteen-or-more-of-them' } });
  const { host, hostname, port } = new URL(house.desktops());
  for (const words of ['OPTIONS /Ping', 'GET /', 'GET /everybody']) {
    const socket = connect(Number(port), hostname).on('error', () => {});
    socket.write(`${words} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /);
    const closed = once(socket, 'close');
    connect(Number(port), hostname)
      .on('error', () => {})
      .resume();
    await closed;
  }
});

test('a page reads why it is refused, unless its origin may not', async () => {
  const house = await shared({ settings: { secret: 'sixteen-or-more-of-them' } });
  const origin = 'https://desktop.example';
  const refused = await ask(house.desktops('/Ping'), { headers: { origin } });
  expect(refused.status).toBe(401);
  expect(refused.headers['www-authenticate']).toBe('Bearer');
  expect(refused.headers['access-control-allow-origin']).toBe(origin);
  expect(refused.headers.connection).toBe('close');
  house.bound = 'https://other.example';
  const foreign = await ask(house.desktops('/Ping'), { headers: { origin } });
  expect(foreign.status).toBe(403);
  expect(foreign.headers['access-control-allow-origin']).toBeUndefined();
  expect(foreign.headers.vary).toContain('Origin');
});

test('bodies may be empty, and nothing but JSON', async () => {
  const house = await shared();
  const empty = { headers: { 'content-type': 'application/json; charset=UTF-8' } };
  expect((await ask(house.desktops('/SetOptions/'), { ...empty, method: 'POST' })).body).toBe('{"body":"none"}');
  expect((await ask(house.desktops('/session'), { ...empty, method: 'DELETE' })).body).toBe('{"body":"none"}');
  expect((await ask(house.desktops('/Ping'), empty)).status).toBe(200);
  expect((await ask(house.desktops('/SetOptions'), json({ a: 1 }))).body).toBe('{"body":{"a":1}}');
  for (const body of ['null', ' null\n', '{']) {
    const malformed = await ask(house.desktops('/SetOptions'), { ...json({}), body });
    expect([malformed.status, codeOf(malformed)], body).toEqual([400, 'TL6006']);
  }
  const text = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' };
  expect((await ask(house.desktops('/SetOptions'), text)).status).toBe(415);
});

test('one origin that asks without end is slowed down, and no other one', async () => {
  const house = await shared({ limits: { requestsAtOnce: 3, requestsPerSecond: 0.001 } });
  const headers = { origin: 'https://busy.example' };
  const statuses: number[] = [];
  for (let count = 0; count < 4; count += 1) statuses.push((await ask(house.desktops('/Ping'), { headers })).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
  const slowed = await ask(house.desktops('/Ping'), { headers });
  expect(Number(slowed.headers['retry-after'])).toBeGreaterThan(900);
  expect((await ask(house.desktops('/Ping'), { headers: { origin: 'https://calm.example' } })).status).toBe(200);
  expect((await ask(house.desktops('/Ping'))).status).toBe(200);
});

test('the self-test says who asked, without code or style in its page', async () => {
  const house = await shared();
  await ask(house.desktops('/Ping'), { headers: { origin: 'https://desktop.example' } });
  const page = await ask(house.desktops('/self-test'));
  expect(page.headers['content-security-policy']).toContain("script-src 'self'");
  expect(page.headers['content-security-policy']).not.toContain('unsafe');
  expect(page.body).not.toMatch(/ on\w+=| style=|<style|<script(?! type="module" src=)/);
  for (const [, path = ''] of page.body.matchAll(/(?:src|href)="(\/[^"]*)"/g)) {
    expect((await ask(house.desktops(path))).status, path).toBe(200);
  }
  const answer = JSON.parse((await ask(house.desktops('/self-test/answer'))).body);
  expect(answer).toMatchObject({ listed: false, bound: false });
  expect(answer.visits).toContainEqual({
    origin: 'https://desktop.example',
    preflights: 0,
    requests: 1,
    verdict: 'pass',
  });
});

test('over TLS with a certificate that is made at the first use; cookies are Secure then', async () => {
  const house = await shared({ settings: { protocol: 'https' } });
  const ca = await readFile(certificate, 'utf8');
  expect(house.desktops()).toMatch(/^https:/);
  expect((await ask(house.desktops('/Ping'), { ca })).status).toBe(200);
  const entered = await ask(house.panelUrl, { ca });
  expect(entered.headers['set-cookie']?.[0]).toMatch(/; HttpOnly; Path=\/; SameSite=Strict; Secure$/);
  const cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
  const origin = new URL(house.panelUrl).origin;
  const command = json({ command: { hangUp: {} } });
  const headers = { ...command.headers, cookie, origin };
  expect((await ask(`${origin}/api/commands`, { ca, ...command, headers })).status).toBe(200);
});

const asFrame = {
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'iframe',
  accept: 'text/html',
};

test('over TLS the pages of named origins may show the panel in a frame: its page, and nothing else', async () => {
  const origins = ['https://desk.example', 'https://*.example; script-src *'];
  const house = await shared({ settings: { protocol: 'https', origins } });
  await mkdir(join(house.folder, 'pages'), { recursive: true });
  await writeFile(join(house.folder, 'pages', 'index.html'), 'the panel');
  const entered = await ask(house.panelUrl, { headers: asFrame });
  const attributes = /; Max-Age=34560000; HttpOnly; Path=\/; SameSite=None; Secure; Partitioned$/;
  expect([entered.status, entered.headers['set-cookie']?.[0]]).toEqual([303, expect.stringMatching(attributes)]);
  const cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
  const framed = await ask(house.desktops(), { headers: { ...asFrame, cookie } });
  expect([framed.status, framed.body]).toEqual([200, 'the panel']);
  expect(framed.headers['content-security-policy']).toMatch(/; frame-ancestors 'self' https:\/\/desk\.example$/);
  expect((await ask(house.desktops('/api/state'), { headers: { ...asFrame, cookie } })).status).toBe(403);
  const state = await ask(house.desktops('/api/state'), { headers: { cookie } });
  expect(state.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  const script = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors', origin: 'https://desk.example', cookie };
  for (const path of ['/', '/api/state', '/api/events']) {
    expect((await ask(house.desktops(path), { headers: script })).headers['access-control-allow-origin'], path).toBe(
      undefined,
    );
  }
  expect((await ask(house.desktops('/api/state'), { headers: script })).status).toBe(403);
});

test.each([
  ['without TLS', { origins: ['https://desk.example'] }],
  ['where no origin is named', { protocol: 'https' }],
] as const)('%s nobody may', async (_name, settings) => {
  const house = await shared({ settings });
  expect((await ask(house.panelUrl, { headers: asFrame })).status).toBe(403);
  const entered = await ask(house.panelUrl);
  expect(entered.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(entered.headers['set-cookie']?.[0]).toContain('; SameSite=Strict');
});

test('what is behind the connector knows how to open the panel: by the name that is used, where they share a port', async () => {
  const urlAt = async (house: House, host: string): Promise<string> =>
    JSON.parse((await ask(house.desktops('/panel'), { headers: { host } })).body).url;
  const together = await shared();
  const { port } = new URL(together.panelUrl);
  expect(await urlAt(together, `127.0.0.1:${port}`)).toBe(together.panelUrl);
  expect(await urlAt(together, `localhost:${port}`)).toBe(together.panelUrl.replace('127.0.0.1', 'localhost'));
  const apart = await start({ host: '127.0.0.1', panelPort: 0, settings: { address: '127.9.9.9' } });
  expect(await urlAt(apart, new URL(apart.desktops()).host)).toBe(apart.panelUrl);
});

test('HEAD does not do what GET does', async () => {
  const house = await shared();
  expect((await ask(house.desktops('/Ping'), { method: 'HEAD' })).status).toBe(400);
});

test('TLS 1.2 will do, what is older is refused', async () => {
  const house = await shared({ settings: { protocol: 'https' } });
  const { hostname, port } = new URL(house.desktops());
  const shake = (maxVersion: 'TLSv1.1' | 'TLSv1.2'): Promise<string> =>
    new Promise((resolve) => {
      const old = { minVersion: 'TLSv1', ciphers: 'ALL@SECLEVEL=0', rejectUnauthorized: false } as const;
      const socket = connectTls({ host: hostname, port: Number(port), ...old, maxVersion });
      socket.once('secureConnect', () => resolve(String(socket.getProtocol())));
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(String(error.code)));
      socket.once('close', () => resolve('closed')).unref();
    });
  expect(await shake('TLSv1.2')).toBe('TLSv1.2');
  expect(await shake('TLSv1.1')).toContain('ALERT_PROTOCOL_VERSION');
});

test('without a certificate there is no connector, and the panel says why', async () => {
  const house = await shared({ settings: { protocol: 'https', certificate: '/nowhere/there.pem' } });
  expect(house.connectorUrl).toBeNull();
  expect(house.connectorFailure?.cause).toContain('there is no such file');
  expect(house.panelUrl).toMatch(/^http:/);
  expect((await ask(house.panelUrl)).status).toBe(303);
  expect(records.join()).toContain('error there is no connector for agent desktops');
});

test('where the port of the connector is taken, the panel is there all the same', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const house = await start({ settings: { port } });
  expect(house.connectorUrl).toBeNull();
  expect(house.connectorFailure?.message).toContain(`127.0.0.1:${port}`);
  expect((await ask(house.panelUrl)).status).toBe(303);
  other.close();
});

test('no token, no secret and no path gets into the log', async () => {
  const secret = 'sixteen-or-more-of-them';
  const house = await shared({ settings: { secret } });
  const token = new URL(house.panelUrl).searchParams.get('token') ?? '';
  await ask(house.panelUrl);
  await ask(house.desktops(`/${secret}/Ping`));
  await ask(house.desktops(`/${secret}/nowhere`));
  await ask(house.desktops('/Ping'), { headers: { authorization: `Bearer ${secret}` } });
  expect(records.length).toBeGreaterThan(0);
  expect(records.join()).not.toContain(secret);
  expect(records.join()).not.toContain(token);
});

test('the end of the doors ends every connection', async () => {
  const house = await openHouse({ settings: { protocol: 'https' } });
  const { hostname, port } = new URL(house.desktops());
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const closed = once(socket.resume(), 'close');
  await house.close();
  await closed;
});
