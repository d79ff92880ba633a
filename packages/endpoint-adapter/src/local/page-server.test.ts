import { once } from 'node:events';
import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { FailureError } from '@thinline/shared/failures.ts';
import { logTo, silent } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desktop } from './desktop.ts';
import { FakeEndpoint } from './fakes.ts';
import { LocalPhone } from './local-phone.ts';
import { type PageServer, servePage } from './page-server.ts';
import { pageView } from './page-view.ts';

let endpoint: FakeEndpoint;
let desktop: Desktop;
let phone: LocalPhone;
let page: PageServer;
let url: URL;
let cookie: string;

const open = async ({ headers, ...options }: RequestOptions, body?: string): Promise<IncomingMessage> => {
  const call = request({
    agent: false,
    host: url.hostname,
    port: url.port,
    ...options,
    headers: { cookie, ...headers },
  });
  call.end(body);
  const [response] = await once(call, 'response');
  return response;
};
const ask = async (options: RequestOptions, body?: string) => {
  const response = await open(options, body);
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
};
const post = (value: unknown, headers: RequestOptions['headers'] = {}) =>
  ask(
    { path: '/commands', method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
    JSON.stringify(value),
  );
const enter = (address: string) => ask({ path: `/${new URL(address).search}`, headers: { cookie: '' } });

beforeEach(async () => {
  endpoint = new FakeEndpoint();
  desktop = new Desktop();
  phone = new LocalPhone(endpoint, desktop);
  phone.start();
  page = await servePage({ phone, port: 0, log: silent });
  url = new URL(page.invite());
  const entered = await enter(url.href);
  cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
});
afterEach(() => {
  page.close();
  phone.stop();
});

test('an invitation becomes a cookie, leaves the address, and lets nobody else in', async () => {
  const address = page.invite();
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
  const { status, headers } = await enter(address);
  expect(status).toBe(303);
  expect(headers.location).toBe('/');
  expect(headers['set-cookie']?.[0]).toMatch(/^thinline_\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
  expect(headers['set-cookie']?.[0]).not.toContain(new URL(address).searchParams.get('token'));
  expect((await enter(address)).status).toBe(401);
  // What the cookie has is no invitation.
  expect((await enter(`http://x/?token=${cookie.split('=')[1]}`)).status).toBe(401);
});

test('without the cookie nothing is told or done: a sentence for people, JSON for programs', async () => {
  const strangers = ['', cookie.replace(/=.*/, '=wrong'), cookie.replace(/_\d+/, '_1')];
  for (const stranger of strangers) {
    for (const path of ['/', '/events', '/state', '/nowhere', '/?token=wrong', '/?token=']) {
      const { status, body } = await ask({ path, headers: { cookie: stranger } });
      expect(status, path).toBe(401);
      expect(JSON.parse(body).failure.code).toBe('TL6004');
    }
    expect((await post({ verb: 'hangup' }, { cookie: stranger })).status).toBe(401);
  }
  const told = await ask({ path: '/', headers: { cookie: '', accept: 'text/html' } });
  expect(told.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(told.body).toMatch(/^TL6004: This page may not control the phone\./);
  expect(endpoint.executed).toEqual([]);
});

test('a foreign Host or Origin is turned away, with the cookie or with an invitation', async () => {
  const foreign = [
    { host: `evil.example:${url.port}` },
    { host: '127.0.0.1:1' },
    { origin: 'http://evil.example' },
    { origin: 'http://127.0.0.1:3000' },
    { origin: 'null' },
  ];
  const address = page.invite();
  for (const headers of foreign) {
    for (const path of ['/', '/events', `/${new URL(address).search}`]) {
      const { status, body } = await ask({ path, headers });
      expect([status, JSON.parse(body).failure.code]).toEqual([403, 'TL6007']);
    }
    expect((await post({ verb: 'hangup' }, headers)).status).toBe(403);
  }
  expect(endpoint.executed).toEqual([]);
  expect((await enter(address)).status).toBe(303);
  expect((await post({ verb: 'hangup' }, { origin: `http://${url.host}` })).status).toBe(200);
});

test('the page comes whole, with a policy that lets nothing else in', async () => {
  const { status, headers, body } = await ask({ path: '/' });
  expect(status).toBe(200);
  expect(body).toMatch(/^<!doctype html>/);
  expect(body).not.toMatch(/(?:src|href)=["'](?!data:)/);
  expect(headers['content-security-policy']).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-/,
  );
  expect(headers['content-security-policy']).not.toContain('unsafe');
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
  });
});

test('what is to be done is done, or answered with why not', async () => {
  expect(await post({ verb: 'mute', callId: 'c1' })).toMatchObject({ status: 200, body: '{}' });
  expect(endpoint.executed).toEqual([{ mute: { callId: 'c1', on: true } }]);
  endpoint.refusal = new FailureError('noSuchCall', { call: 'c1' });
  const refused = await post({ verb: 'mute', callId: 'c1' });
  expect(refused.status).toBe(409);
  expect(JSON.parse(refused.body).failure.code).toBe('TL3003');
  // A form of another page could send this.
  expect((await post({ verb: 'hangup' }, { 'content-type': 'text/plain' })).status).toBe(400);
  expect(endpoint.executed).toHaveLength(1);
});

test('each change is told, once', async () => {
  const response = await open({ path: '/events' });
  expect(response.headers['content-type']).toBe('text/event-stream');
  const views: unknown[] = [];
  response.setEncoding('utf8').on('data', (part: string) => {
    for (const [, data = ''] of part.matchAll(/^data: (.*)\n\n/gm)) views.push(JSON.parse(data));
  });
  const told = async (count: number) => {
    while (views.length < count) await once(response, 'data');
    return views.at(-1);
  };
  expect(await told(1)).toEqual(pageView(phone.state, Date.now()));
  endpoint.put('c1');
  expect(await told(2)).toMatchObject({ calls: [{ id: 'c1', who: '602', text: 'Talking' }] });
  endpoint.put('c1');
  desktop.set(true);
  expect(await told(3)).toMatchObject({ desktop: { connected: true } });
  endpoint.put('c1', { state: 'RELEASED' });
  expect(await told(4)).toMatchObject({ calls: [] });
  expect(views).toHaveLength(4);
  response.destroy();
});

test('the ninth listener is turned away, until another leaves', async () => {
  const listeners = await Promise.all(Array.from({ length: 8 }, () => open({ path: '/events' })));
  const ninth = await ask({ path: '/events' });
  expect([ninth.status, JSON.parse(ninth.body).failure.code]).toEqual([503, 'TL6008']);
  for (const listener of listeners) listener.destroy();
});

test('the thirty-third connection is turned away', async () => {
  const dial = () => connect(Number(url.port), url.hostname).resume();
  const sockets = Array.from({ length: 32 }, dial);
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  await once(dial(), 'close');
  expect(sockets.filter((socket) => socket.closed)).toEqual([]);
  for (const socket of sockets) socket.destroy();
});

test('a port that is in use is named', async () => {
  await expect(servePage({ phone, port: Number(url.port), log: silent })).rejects.toThrow('TL6014');
});

test('closing ends event streams and frees the port', async () => {
  const response = await open({ path: '/events' });
  const ended = once(response.resume(), 'close');
  page.close();
  await ended;
  const probe = createServer().listen(Number(url.port), '127.0.0.1');
  await once(probe, 'listening');
  probe.close();
});

test('no invitation is ever logged', async () => {
  const lines: string[] = [];
  const log = logTo({ wants: () => true, record: (_level, _name, said) => void lines.push(said) });
  const other = await servePage({ phone, port: 0, log });
  const address = new URL(other.invite());
  other.close();
  expect(lines.join('\n')).toContain(address.origin);
  expect(lines.join('\n')).not.toContain('token');
});
