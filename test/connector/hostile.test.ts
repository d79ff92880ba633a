/** A hostile page and a hostile program on the same machine: refused with the right status, and the phone goes on. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Connector } from '@thinline/app-layer/connector/connector.ts';
import { connectorRoutes } from '@thinline/app-layer/connector/routes.ts';
import { FakeConfiguration } from '@thinline/app-layer/connector/testing/fake-phone.ts';
import { type Doors, openDoors } from '@thinline/app-layer/http/doors.ts';
import { type Answer, ask, codeOf, json, type Question } from '@thinline/app-layer/http/testing/ask.ts';
import { phoneRoutes } from '@thinline/app-layer/phone-api/phone-routes.ts';
import { type ConnectorSettings, usualConnectorSettings } from '@thinline/shared/config/connector.ts';
import { logTo } from '@thinline/shared/log/log.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Lab, startLab } from '../../scripts/lab/lab.ts';
import { FakeReplica } from '../panel/fake-replica.ts';
import { freePort } from '../peers/ports.ts';
import { type Desktop, type Half, startDesktop, startEndpoint } from '../tools/halves.ts';
import { Events } from './events.ts';
import { dial, hear, request, say, statuses } from './hostile.ts';

const secret = 'a-secret-of-the-desktop';
const evil = 'https://evil.example';

/** A phone in a call, its agent's panel with events, and the connector, all behind one port. */
interface Prey {
  doors: Doors;
  replica: FakeReplica;
  connector: Connector;
  configuration: FakeConfiguration;
  /** Without a slash at its end. */
  address: string;
  cookie: string;
  records: string[];
  /** Fails where the agent's events have ended, or the phone was told anything. */
  isUnharmed(): Promise<void>;
  close(): Promise<void>;
}

/** waitMs: for what is to come on a connection. */
async function openPrey(more: Partial<ConnectorSettings> = {}, waitMs = 300): Promise<Prey> {
  const folder = await mkdtemp(join(tmpdir(), 'hostile-'));
  vi.stubEnv('THINLINE_STATE_DIR', join(folder, 'state'));
  await mkdir(join(folder, 'pages', 'assets'), { recursive: true });
  await writeFile(join(folder, 'pages', 'index.html'), 'the panel');
  await writeFile(join(folder, 'secret.txt'), 'what nobody may read');
  const records: string[] = [];
  const log = logTo({ wants: () => true, record: (level, _name, text) => records.push(`${level} ${text}`) });
  const replica = new FakeReplica();
  replica.ring({ id: 'the call', state: 'TALKING' });
  const configuration = new FakeConfiguration();
  const settings = { ...usualConnectorSettings, port: 0, callControl: true, ...more };
  const connector = new Connector({ replica, configuration, settings, log });
  connector.start();
  const boundOrigin = () => connector.boundOrigin();
  const doors = await openDoors({
    panel: { replica, port: 0, controlPath: join(folder, 'run', 'control.sock'), pages: join(folder, 'pages') },
    connector: {
      settings,
      boundOrigin,
      routes(app, panelUrl) {
        connectorRoutes(app, connector);
        phoneRoutes(app, { replica, settings, boundOrigin: () => connector.phoneOrigin(), panelUrl });
      },
    },
    log,
    limits: { handshakeMs: waitMs, headersMs: waitMs, requestMs: waitMs, requestsAtOnce: 1000 },
  });
  const address = new URL(doors.panelUrl).origin;
  const cookie = String((await ask(doors.panelUrl)).headers['set-cookie']).split(';')[0] ?? '';
  const { hostname, port, protocol } = new URL(address);
  const events =
    protocol === 'http:' ? await Events.open({ hostname, port, path: '/api/events', headers: { cookie } }) : null;

  return {
    doors,
    replica,
    connector,
    configuration,
    address,
    cookie,
    records,
    async isUnharmed() {
      expect(replica.executed).toEqual([]);
      expect(configuration.wishes).toEqual([]);
      replica.change(() => {});
      const { sequence } = replica;
      await events?.until('state', (state) => 'sequence' in state && state.sequence === sequence, 5000);
      const state = await ask(`${address}/api/state`, { headers: { cookie } });
      expect(JSON.parse(state.body).phone.calls[0].state).toBe('TALKING');
      expect(records.filter((it) => it.startsWith('error'))).toEqual([]);
    },
    async close() {
      connector.close();
      await doors.close();
      vi.unstubAllEnvs();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Whatever changes something, or tells something of the phone. */
const desktopRequests: readonly [string, Question][] = [
  ['/GetDnSIP', {}],
  ['/Ping', {}],
  ['/SetOptions', json({ value: { 'policy.session.auto_answer': '1' } })],
  ['/RegisterDn/', json({ addresses: ['evil.example:5060'], users: ['701'] })],
  ['/MuteMicrophone', {}],
  ['/session', {}],
  ['/session', json({ client: { name: 'evil' }, options: {} })],
  ['/register', json({ protocol: 'udp', connections: [{ server: 'evil.example', user: '701' }] })],
  ['/calls', { method: 'DELETE' }],
  ['/phone/state', {}],
  ['/phone/events', {}],
  ['/phone/panel', {}],
  ['/phone/calls', json({ target: '0900' })],
];
const panelRequests: readonly [string, Question][] = [
  ['/api/state', {}],
  ['/api/events', {}],
  ['/api/commands', json({ command: { dial: { target: '0900' } } })],
];

const withHeaders = (question: Question, headers: Record<string, string>): Question => ({
  ...question,
  headers: { ...question.headers, ...headers },
});

describe('with an origin and a secret that are configured', () => {
  let prey: Prey;
  beforeAll(async () => {
    prey = await openPrey({ origins: ['https://desk.example'], secret });
  });
  afterAll(() => prey?.close());
  afterEach(() => prey.isUnharmed());

  /** Each of the requests, with more headers. */
  async function each(
    requests: typeof desktopRequests,
    headers: Record<string, string>,
    judge: (answer: Answer, path: string) => void,
  ): Promise<void> {
    for (const [path, question] of requests) {
      judge(await ask(`${prey.address}${path}`, withHeaders(question, headers)), path);
    }
  }

  test.each([evil, 'http://desk.example', 'https://desk.example.evil.example', 'null', 'https://desk.example, x'])(
    'the origin %s is refused everywhere, even with the secret, and reads nothing',
    async (origin) => {
      await each(desktopRequests, { origin, authorization: `Bearer ${secret}` }, ({ status, headers }, path) => {
        expect(status, path).toBe(403);
        expect(headers['access-control-allow-origin'], path).toBeUndefined();
      });
      await each(panelRequests, { origin, cookie: prey.cookie }, ({ status }, path) => expect(status, path).toBe(403));
      const preflight = await ask(`${prey.address}/SetOptions`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
      expect(preflight.status).toBe(403);
      expect(preflight.headers['access-control-allow-methods']).toBeUndefined();
    },
  );

  test.each([
    ['no secret', {}],
    ['a wrong secret', { authorization: 'Bearer another-secret-of-it' }],
    ['a part of the secret', { authorization: `Bearer ${secret.slice(0, -1)}` }],
    ['the secret as a password', { authorization: `Basic ${Buffer.from(`x:${secret}`).toString('base64')}` }],
    ['the cookie of the panel', { cookie: 'the panel' }],
  ])('%s lets nobody in', async (_name, headers) => {
    const more = 'cookie' in headers ? { cookie: prey.cookie } : headers;
    await each(desktopRequests, more, (answer, path) => {
      expect(answer.status, path).toBe(401);
      expect(codeOf(answer), path).toBe('TL6027');
    });
    for (const path of ['/a-secret-of-nobody-at-all/Ping', `/x/${secret}/Ping`, `//${secret}/Ping`, `/?${secret}`]) {
      expect((await ask(prey.address, { path })).body, path).not.toContain('PingResult');
    }
  });

  test.each([
    ['no cookie', ''],
    ['a cookie of another start', 'thinline_1=x'],
    ['a cookie that is wrong', 'wrong'],
  ])('with %s nothing of the panel is had', async (_name, given) => {
    const cookie = given === 'wrong' ? prey.cookie.replace(/=.*/, '=wrong') : given;
    await each(panelRequests, { cookie }, ({ status }, path) => expect(status, path).toBe(401));
    await each(panelRequests, { cookie, authorization: `Bearer ${secret}` }, ({ status }) => expect(status).toBe(401));
  });

  test.each(['cross-site', 'same-site'])(
    'the cookie that a browser sends along from a %s page opens nothing',
    async (site) => {
      const from = { 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' };
      await each(panelRequests, { ...from, cookie: prey.cookie }, ({ status }, path) => expect(status, path).toBe(403));
      await each(desktopRequests, { ...from, authorization: `Bearer ${secret}` }, ({ status }, path) =>
        expect(status, path).toBe(403),
      );
      const link = { 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
      await each(desktopRequests, { ...link, authorization: `Bearer ${secret}` }, ({ status }, path) =>
        expect(status, path).toBe(403),
      );
    },
  );

  test('a name that was rebound to 127.0.0.1 leads nowhere', async () => {
    const { port } = new URL(prey.address);
    const known = { cookie: prey.cookie, authorization: `Bearer ${secret}` };
    for (const host of [
      `evil.example:${port}`,
      'evil.example',
      `127.0.0.1.evil.example:${port}`,
      `127.0.0.2:${port}`,
    ]) {
      for (const requests of [desktopRequests, panelRequests]) {
        await each(requests, { ...known, host }, (answer, path) => {
          expect(answer.status, `${host} ${path}`).toBe(403);
          expect(answer.headers['access-control-allow-origin']).toBeUndefined();
        });
      }
      for (const path of ['/', '/self-test', '/self-test/answer', '/health', '/version']) {
        expect((await ask(`${prey.address}${path}`, { headers: { host } })).status, `${host} ${path}`).toBe(403);
      }
      // The page that was rebound is of the same origin as the name that it asks by.
      const origin = `http://${host}`;
      expect((await ask(`${prey.address}/api/state`, { headers: { ...known, host, origin } })).status).toBe(403);
    }
  });

  test.each([
    '/../secret.txt',
    '/../../../../../../etc/passwd',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '//etc/passwd',
    '/self-test/../../../doors.ts',
    '/self-test/%2e%2e%2fdoors.ts',
    '/index.html%00.js',
    '/%',
    '/%ff%fe',
    '/secret.txt',
  ])('the path %s leads out of nothing', async (path) => {
    for (const headers of [{}, { cookie: prey.cookie }, { authorization: `Bearer ${secret}` }]) {
      const { status, body } = await ask(prey.address, { path, headers });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(body).not.toMatch(/what nobody may read|root:|openDoors/);
    }
  });

  test.each([
    '/GetDnSIP%0d%0aSet-Cookie:%20a=b',
    '/?token=x%0d%0aSet-Cookie:%20a=b',
    '/%0d%0a%0d%0a<script>alert(1)</script>',
    '/api/state?x=%0d%0aX-Injected:%20y',
  ])('no header gets in by %s', async (path) => {
    const { headers, body } = await ask(prey.address, { path, headers: { accept: 'text/html' } });
    expect(headers).not.toHaveProperty('x-injected');
    expect(headers['set-cookie']).toBeUndefined();
    expect(body).not.toContain('<script>alert');
  });

  test('nor by an origin, a method or a value of more than one line', async () => {
    for (const line of [
      `Origin: https://desk.example\r\n Set-Cookie: a=b`,
      'Origin: https://desk.example\nX: y',
      'A\0: b',
    ]) {
      const heard = await say(prey.address, request(prey.address, 'GET /Ping', [line]));
      expect(statuses(heard)).toEqual([400]);
      expect(heard).not.toMatch(/set-cookie|access-control/i);
    }
    const two = ['Origin: https://desk.example', `Origin: ${evil}`, `Authorization: Bearer ${secret}`];
    const heard = await say(prey.address, request(prey.address, 'GET /Ping', two));
    expect(statuses(heard)).toEqual([403]);
    expect(heard).not.toMatch(/access-control-allow-origin/i);
  });
});

describe('where anybody may come in who gets the words right', () => {
  let prey: Prey;
  beforeAll(async () => {
    prey = await openPrey();
  });
  afterAll(() => prey?.close());
  afterEach(() => prey.isUnharmed());

  /** Of the desktop that has the phone from its first request on. */
  const ours = { origin: 'https://desk.example' };
  const bodied = ['/SetOptions', '/RegisterDn', '/session', '/register', '/phone/calls'];
  /** The rest of the phone is for programs, or for pages that are named. */
  const from = (path: string, contentType: string) => ({
    'content-type': contentType,
    ...(path.startsWith('/phone/') ? {} : ours),
  });

  test.each<[string, string, number]>([
    ['nothing that is JSON', '{', 400],
    ['a word', 'true', 400],
    ['a prototype', '{"value":{},"__proto__":{"x":1}}', 400],
    ['a constructor', '{"value":{"constructor":{"prototype":{"x":1}}}}', 400],
    ['a well of brackets', '['.repeat(60_000), 400],
    ['a pit of brackets', `${'['.repeat(30_000)}${']'.repeat(30_000)}`, 400],
    ['bytes that are no UTF-8', '{"value":"\ud800"', 400],
    ['too much', `{"value":"${'x'.repeat(70_000)}"}`, 413],
  ])('a body of %s is refused', async (_name, body, status) => {
    for (const path of bodied) {
      const headers = from(path, 'application/json');
      const answer = await ask(`${prey.address}${path}`, { method: 'POST', headers, body });
      expect(answer.status, path).toBe(status);
      expect(codeOf(answer), path).toMatch(/^TL6/);
    }
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml'])(
    'what a form can send without a preflight is not taken: %s',
    async (contentType) => {
      for (const path of bodied) {
        const headers = from(path, contentType);
        const { status } = await ask(`${prey.address}${path}`, { method: 'POST', headers, body: '{"value":{}}' });
        expect(status, path).toBe(415);
      }
    },
  );

  test('a body that is longer than it says, or never so long as it says, is not waited for', async () => {
    const lines = ['Content-Type: application/json', `Origin: ${ours.origin}`];
    const post = (length: string, body: string) =>
      say(prey.address, request(prey.address, 'POST /SetOptions', [...lines, length], body));
    expect(statuses(await post('Content-Length: 99999999999', '{'))).toEqual([413]);
    expect(statuses(await post('Content-Length: -1', '{'))).toEqual([400]);
    expect(statuses(await post('Content-Length: 100', '{'))).toEqual([408]);
    const chunks = `${'1000\r\n'}${'x'.repeat(0x1000)}\r\n`.repeat(20);
    expect(statuses(await post('Transfer-Encoding: chunked', chunks))).toEqual([413]);
  });

  test.each([
    ['says nothing', ''],
    ['stops in its headers', 'GET /Ping HTTP/1.1\r\nHost: 127.0.0.1\r\nA: '],
    ['stops in its body', 'POST /SetOptions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n{'],
  ])('who %s is let go, and so are a hundred of them', async (_name, words) => {
    const sockets = await Promise.all(Array.from({ length: 100 }, () => dial(prey.address)));
    for (const socket of sockets) socket.write(words);
    const heard = await Promise.all(sockets.map(hear));
    expect(heard.every((it) => !it.includes('HTTP/1.1 2'))).toBe(true);
  });

  test('who says a header a byte at a time is let go in the midst of it', async () => {
    const socket = await dial(prey.address);
    const words = `GET /Ping HTTP/1.1\r\nHost: 127.0.0.1\r\nA: ${'a'.repeat(10_000)}`;
    let said = 0;
    const drip = setInterval(() => socket.write(words.charAt(said++)), 10);
    const heard = await hear(socket);
    clearInterval(drip);
    expect(said).toBeLessThan(words.length);
    expect(heard).not.toContain('HTTP/1.1 2');
  });

  test('a page that has the phone keeps it: no other one gets in, and the panel goes on', async () => {
    expect((await ask(`${prey.address}/Ping`, { headers: ours })).status).toBe(200);
    for (const [path, question] of desktopRequests) {
      const answer = await ask(`${prey.address}${path}`, withHeaders(question, { origin: evil }));
      expect(answer.status, path).toBe(403);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
    'a program of another user is refused, whatever it knows',
    async () => {
      const script = `process.setgroups([]); process.setgid(65534); process.setuid(65534);
        const [address, cookie] = process.argv.slice(1);
        const show = async (path) => {
          const response = await fetch(address + path, { headers: { cookie } });
          return response.status + ' ' + (await response.text()).slice(0, 400);
        };
        for (const path of ['/Ping', '/session', '/phone/state', '/', '/self-test/answer', '/api/state'])
          console.log(await show(path));`;
      const argv = ['--input-type=module', '-e', script, prey.address, prey.cookie];
      const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: '/' });
      const lines = stdout.trim().split('\n');
      expect(lines).toHaveLength(6);
      for (const line of lines) expect(line).toMatch(/^403 .*TL6026/);
    },
  );

  test('nothing that was said to us is in the log but paths of the desktop', () => {
    expect(prey.records.join()).not.toMatch(/evil\.example\/|Bearer|thinline_/);
  });
});

test('a thousand connections push out one another, and neither the agent nor the desktop', async () => {
  const prey = await openPrey({}, 60_000);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const desktop = new Agent({ keepAlive: true, maxSockets: 1 });
  const look = () => ask(`${prey.address}/api/state`, { agent, headers: { cookie: prey.cookie } });
  const check = () => ask(`${prey.address}/GetIsEndpointActive`, { agent: desktop });
  const usedPorts = () => [agent, desktop].map(({ freeSockets }) => Object.values(freeSockets)[0]?.[0]?.localPort);
  expect([(await look()).status, (await check()).status]).toEqual([200, 200]);
  const before = usedPorts();
  const crowd: Socket[] = [];
  for (let count = 0; count < 1000; count += 1) {
    crowd.push((await dial(prey.address)).resume());
    if (count % 200 === 0) expect((await look()).status).toBe(200);
  }
  const left = () => crowd.filter((socket) => !socket.closed).length;
  await vi.waitFor(() => expect(left()).toBeLessThanOrEqual(256), { timeout: 5000 });
  expect(left()).toBeGreaterThan(200);
  expect([(await look()).status, (await check()).status]).toEqual([200, 200]);
  // On the connections that they had: nobody had to come again.
  expect(usedPorts()).toEqual(before);
  expect((await ask(`${prey.address}/api/state`, { headers: { cookie: prey.cookie } })).status).toBe(200);
  await prey.isUnharmed();
  agent.destroy();
  desktop.destroy();
  await prey.close();
});

describe('over TLS', () => {
  let prey: Prey;
  beforeAll(async () => {
    prey = await openPrey({ protocol: 'https' });
  });
  afterAll(() => prey?.close());
  afterEach(() => prey.isUnharmed());

  test('words without TLS, half a handshake, and none at all are ended', async () => {
    const plain = prey.address.replace('https:', 'http:');
    for (const words of [request(plain, 'GET /Ping'), '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', '']) {
      expect(statuses(await say(plain, words)).every((status) => status >= 400)).toBe(true);
    }
  });

  test('a wrong origin, a wrong name and garbage are refused as they are without', async () => {
    const desktop = { headers: { origin: 'https://desk.example' } };
    expect((await ask(`${prey.address}/health`, desktop)).status).toBe(200);
    expect((await ask(`${prey.address}/Ping`, { headers: { host: 'evil.example' } })).status).toBe(403);
    expect((await ask(`${prey.address}/Ping`, { headers: { origin: 'null' } })).status).toBe(403);
    expect((await ask(`${prey.address}/api/state`)).status).toBe(401);
    expect(statuses(await say(prey.address, 'garbage\r\n\r\n'))).toEqual([400]);
    expect(statuses(await say(prey.address, request(prey.address, 'PUT /SetOptions')))).toEqual([405]);
  });

  test('three hundred handshakes that lead to nothing leave room for one that does', async () => {
    const crowd = await Promise.all(Array.from({ length: 300 }, () => dial(prey.address.replace('https:', 'http:'))));
    expect((await ask(`${prey.address}/api/state`, { headers: { cookie: prey.cookie } })).status).toBe(200);
    await Promise.all(crowd.map(hear));
  });
});

describe('a real phone in a call', () => {
  let folder: string;
  let lab: Lab;
  let endpoint: Half;
  let app: Desktop;
  let address: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hostile-phone-'));
    const socket = join(folder, 'adapter.sock');
    [lab, endpoint] = await Promise.all([startLab(), startEndpoint({ socket })]);
    const port = await freePort();
    address = `http://127.0.0.1:${port}`;
    app = await startDesktop({
      socket,
      line: { user: lab.user, server: `${lab.host}:${lab.port}`, password: lab.password },
      settings: { 'policy.connector.port': String(port) },
    });
  });
  afterAll(async () => {
    await app?.stop();
    await endpoint?.stop();
    await lab?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('a crowd with garbage at its connector is not heard in it', async () => {
    const register = json({ addresses: [`${lab.host}:${lab.port}`], users: [lab.user] });
    const desktop = withHeaders(register, { origin: 'https://desk.example' });
    expect((await ask(`${address}/RegisterDn`, desktop)).status).toBe(200);
    await app.waitFor('the line is registered', ({ phone }) => phone?.lines[0]?.state === 'REGISTERED');
    await app.command({ dial: { target: '600' } });
    const heard = (least: number) =>
      app.waitFor(`${least} packets`, ({ phone }) => (phone?.qualities[0]?.packetsReceived ?? 0) > least);
    await heard(10);

    const crowd: Socket[] = [];
    const garbage = ['', 'garbage\r\n\r\n', request(address, 'DELETE /calls', [`Origin: ${evil}`]), 'GET /'];
    for (let count = 0; count < 1000; count += 1) {
      const socket = await dial(address);
      socket.write(garbage[count % garbage.length] ?? '');
      crowd.push(socket.resume());
      if (count % 250 === 0) expect((await app.state()).phone?.calls[0]?.state).toBe('TALKING');
    }
    const { phone } = await app.state();
    const [quality] = phone?.qualities ?? [];
    await heard((quality?.packetsReceived ?? 0) + 50);
    const after = await app.state();
    expect(after.phone?.calls[0]?.state).toBe('TALKING');
    expect((await ask(`${address}/Ping`, { headers: { origin: 'https://desk.example' } })).status).toBe(200);
    expect((await ask(`${address}/Ping`, { headers: { origin: evil } })).status).toBe(403);
    for (const socket of crowd) socket.destroy();
    await app.command({ hangUp: { callId: after.phone?.calls[0]?.id ?? '' } });
  });
});
