import { execFileSync } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { Agent, type IncomingMessage, type RequestOptions, request } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { failure } from '@thinline/shared/failures.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { blankState } from '../endpoint/blank-state.ts';
import type { CommandBody, PhoneState, Replica, ReplicaEvents } from '../endpoint/replica.ts';
import { type Panel, startPanel } from './server.ts';

class IdleReplica extends EventEmitter<ReplicaEvents> implements Replica {
  executed: { body: CommandBody; id: string | undefined }[] = [];
  state(): PhoneState {
    return blankState({ sequence: 7 });
  }
  async execute(body: CommandBody, id?: string) {
    this.executed.push({ body, id });
    const refused = body.dial?.target === '' ? failure('malformedTarget', { target: '' }) : null;
    return { id: id ?? 'made', failure: refused, callId: 'call1' };
  }
}

let folder: string;
let replica: IdleReplica;
let panel: Panel;
let controlPath: string;
let url: URL;
let cookie: string;

const start = (more: object = {}) =>
  startPanel({ replica, host: '127.0.0.1', port: 0, controlPath, log: silent, pages: join(folder, 'dist'), ...more });

const open = async (options: RequestOptions, body?: string): Promise<IncomingMessage> => {
  const sent = request({ agent: false, ...options });
  sent.end(body);
  const [response] = await once(sent, 'response');
  return response;
};
const ask = async (options: RequestOptions, body?: string) => {
  const response = await open(options, body);
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
};
/** Over TCP with the cookie. */
const page = (path: string, options: RequestOptions = {}, body?: string) =>
  ask({ host: url.hostname, port: url.port, path, ...options, headers: { cookie, ...options.headers } }, body);
const post = (value: unknown, headers: RequestOptions['headers'] = {}) =>
  page(
    '/api/commands',
    { method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
    typeof value === 'string' ? value : JSON.stringify(value),
  );

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'panel-'));
  controlPath = join(folder, 'run', 'control.sock');
  replica = new IdleReplica();
  panel = await start();
  url = new URL(panel.url);
  const entered = await ask({ host: url.hostname, port: url.port, path: `/${url.search}` });
  cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
});
afterEach(async () => {
  await panel.close();
  await rm(folder, { recursive: true });
});

test('the token in the address becomes a cookie and leaves the address', async () => {
  const { status, headers } = await ask({ host: url.hostname, port: url.port, path: `/${url.search}` });
  expect(status).toBe(303);
  expect(headers.location).toBe('/');
  expect(headers['set-cookie']?.[0]).toMatch(
    /^thinline_\d+=[\w-]{43}; Max-Age=34560000; HttpOnly; Path=\/; SameSite=Strict$/,
  );
});

test('with a token that was kept, cookie and address of before are good after the next start', async () => {
  await panel.close();
  const token = url.searchParams.get('token') ?? '';
  panel = await start({ token, port: Number(url.port) });
  expect(panel.url).toBe(url.href);
  expect((await page('/api/state')).status).toBe(200);
  await panel.close();
  panel = await start({ port: Number(url.port) });
  expect(panel.url).not.toBe(url.href);
  expect((await page('/api/state')).status).toBe(401);
});

test('no page of another site may show it in a frame', async () => {
  const frame = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' };
  for (const path of ['/', `/${url.search}`]) expect((await page(path, { headers: frame })).status, path).toBe(403);
});

test('without the cookie nothing is told or done: a page in a sentence for people, JSON for programs', async () => {
  for (const path of ['/', '/api/state', '/api/events', '/favicon.svg', '/nowhere', '/?token=wrong']) {
    const { status, body } = await page(path, { headers: { cookie: '' } });
    expect(status, path).toBe(401);
    expect(JSON.parse(body).failure.code).toBe('TL6004');
  }
  const html = await page('/', { headers: { cookie: '', accept: 'text/html' } });
  expect(html.headers['content-type']).toMatch('text/html');
  expect(html.body).toMatch('This page may not control the phone.');
  expect((await post({ command: { answer: {} } }, { cookie: '' })).status).toBe(401);
  expect(replica.executed).toEqual([]);
});

test('a foreign Host or Origin is turned away', async () => {
  const rebound = await page('/api/state', { headers: { host: `evil.example:${url.port}` } });
  expect(rebound.status).toBe(403);
  const foreign = await post({ command: { answer: {} } }, { origin: 'http://evil.example' });
  expect(foreign.status).toBe(403);
  expect(JSON.parse(foreign.body).failure.code).toBe('TL6007');
  expect(replica.executed).toEqual([]);
  expect((await post({ command: { answer: {} } }, { origin: `http://${url.host}` })).status).toBe(200);
});

test('state comes as JSON that nobody keeps, with strict headers', async () => {
  const { status, headers, body } = await page('/api/state');
  expect(status).toBe(200);
  expect(JSON.parse(body)).toEqual(replica.state());
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['content-security-policy']).toMatch("default-src 'self'");
  expect(headers['content-security-policy']).toMatch("frame-ancestors 'none'");
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['referrer-policy']).toBe('no-referrer');
});

test('a command is passed on with its id and answered', async () => {
  const { status, body } = await post({ id: 'one', command: { dial: { target: '602' } } });
  expect(status).toBe(200);
  expect(JSON.parse(body)).toEqual({ id: 'one', callId: 'call1' });
  expect(replica.executed).toEqual([{ body: { dial: { target: '602' } }, id: 'one' }]);
});

test.each([
  { dial: { target: '602', lineId: 'line1', anonymous: true, appearance: 2 } },
  { conference: { on: true } },
  { transfer: { callId: 'c1', target: '604' } },
  { transfer: { callId: 'c1', otherCallId: 'c2' } },
  { setAgentState: { state: 'NOT_READY', agentId: '7001', password: 'secret', reason: '2', lineId: 'line1' } },
  { setDoNotDisturb: { on: true, lineId: 'line1' } },
  { setForwarding: { lineId: '', forwarding: { kind: 'NO_ANSWER', on: true, target: '602', seconds: 20 } } },
])('%j is passed on as it is', async (command) => {
  expect((await post({ command })).status).toBe(200);
  expect(replica.executed).toEqual([{ body: command, id: undefined }]);
});

test('a command that fails is answered with its failure', async () => {
  const { status, body } = await post({ command: { dial: { target: '' } } });
  expect(status).toBe(409);
  expect(JSON.parse(body).failure.code).toBe('TL3001');
});

test.each([
  ['no JSON', '{'],
  ['no object', '1'],
  ['no command', {}],
  ['an empty command', { command: {} }],
  ['two commands', { command: { answer: {}, hangUp: {} } }],
  ['configure', { command: { configure: {} } }],
  ['shutdown', { command: { shutdown: {} } }],
  ['an unknown field', { command: { answer: { call: 'x' } } }],
  ['a number for a text', { command: { dial: { target: 602 } } }],
  ['a text for a boolean', { command: { mute: { on: 'true' } } }],
  ['too long a target', { command: { dial: { target: '6'.repeat(257) } } }],
  ['too long an id', { id: 'x'.repeat(65), command: { answer: {} } }],
  ['too many digits', { command: { sendDtmf: { digits: '1'.repeat(65) } } }],
  ['an agent state that is none', { command: { setAgentState: { state: 'ASLEEP' } } }],
  ['the unknown agent state', { command: { setAgentState: { state: 'UNKNOWN' } } }],
  ['too long a password', { command: { setAgentState: { state: 'READY', password: 'x'.repeat(129) } } }],
  ['a forwarding of no kind', { command: { setForwarding: { forwarding: { on: true, target: '602' } } } }],
  [
    'a forwarding after an hour',
    { command: { setForwarding: { forwarding: { kind: 'BUSY', on: true, seconds: 3601 } } } },
  ],
  ['a poisoned prototype', '{"command":{"answer":{}},"__proto__":{"x":1}}'],
])('%s is a malformed request', async (_name, body) => {
  const answer = await post(body);
  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.body).failure.code).toBe('TL6006');
  expect(replica.executed).toEqual([]);
});

test('a malformed request is not told back with what may be a password', async () => {
  const answer = await post({
    command: { setAgentState: { state: 'READY', password: 'hunter2'.repeat(20), more: 'hunter2' } },
  });
  expect(answer.body).not.toContain('hunter2');
});

test('other content types and bodies above 16 KiB are refused', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    expect((await post({ command: { answer: {} } }, { 'content-type': type })).status).toBe(415);
  }
  expect((await post(`{"id":"${' '.repeat(16 * 1024)}"}`)).status).toBe(413);
  expect(replica.executed).toEqual([]);
});

test('events come over a real socket, and the seventeenth listener is turned away', async () => {
  const listen = () => open({ host: url.hostname, port: url.port, path: '/api/events', headers: { cookie } });
  const responses = await Promise.all(Array.from({ length: 16 }, listen));
  const [first] = responses;
  if (!first) throw new Error('no listener');
  expect(first.headers['content-type']).toBe('text/event-stream');
  expect(first.headers['cache-control']).toBe('no-store');
  const [chunk] = await once(first.setEncoding('utf8'), 'data');
  expect(chunk).toContain(`event: state\ndata: ${JSON.stringify(replica.state())}\n\n`);
  const seventeenth = await page('/api/events');
  expect(seventeenth.status).toBe(503);
  expect(JSON.parse(seventeenth.body).failure.code).toBe('TL6008');
  for (const response of responses) response.destroy();
});

test('connections that say nothing are bounded: the newest pushes out the oldest, and who has the cookie stays', async () => {
  const known = new Agent({ keepAlive: true, maxSockets: 1 });
  expect((await page('/api/state', { agent: known })).status).toBe(200);
  const sockets: Socket[] = [];
  for (let count = 0; count < 256; count += 1) {
    const socket = connect(Number(url.port), url.hostname);
    sockets.push(socket);
    await once(socket, 'connect');
  }
  const [oldest, next] = sockets;
  if (!oldest) throw new Error('no socket');
  const closed = once(oldest.resume(), 'close');
  sockets.push(connect(Number(url.port), url.hostname));
  await closed;
  expect(next?.closed).toBe(false);
  expect((await page('/api/state', { agent: known })).status).toBe(200);
  for (const socket of sockets) socket.destroy();
  known.destroy();
});

test('without built pages the panel says so; with them it serves them, and nothing beside them', async () => {
  const missing = await page('/', { headers: { accept: 'text/html' } });
  expect(missing.status).toBe(503);
  expect(missing.body).toMatch('TL6009');
  await writeFile(join(folder, 'secret'), 'secret');
  await mkdir(join(folder, 'dist'));
  await writeFile(join(folder, 'dist', 'index.html'), '<title>panel</title>');
  expect(await page('/')).toMatchObject({ status: 200, body: '<title>panel</title>' });
  for (const path of ['/../secret', '/%2e%2e/secret', '/..%2fsecret', '//']) {
    expect((await page(path)).body, path).not.toBe('secret');
  }
});

test('the control path needs no token, and is for its owner alone', async () => {
  const { status, body } = await ask({ socketPath: controlPath, path: '/api/state' });
  expect(status).toBe(200);
  expect(JSON.parse(body).sequence).toBe(7);
  const command = { socketPath: controlPath, path: '/api/commands', method: 'POST' };
  const done = await ask(
    { ...command, headers: { 'content-type': 'application/json' } },
    JSON.stringify({ command: { hangUp: {} } }),
  );
  expect(done.status).toBe(200);
  expect((await stat(controlPath)).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, 'run'))).mode & 0o777).toBe(0o700);
});

test('a port that is in use is named', async () => {
  await expect(start({ port: Number(url.port) })).rejects.toThrow('TL6001');
});

test('a host that is not loopback is refused', async () => {
  await expect(start({ host: '0.0.0.0' })).rejects.toThrow('TL6003');
});

test('the control path of a live process is not stolen, and the port is free again after that', async () => {
  await expect(start()).rejects.toThrow('TL6005');
  expect((await ask({ socketPath: controlPath, path: '/api/state' })).status).toBe(200);
});

test('the socket file of a dead process is replaced', async () => {
  await panel.close();
  const script = `require('net').createServer().listen(${JSON.stringify(controlPath)}, () => process.kill(process.pid, 'SIGKILL'))`;
  expect(() => execFileSync(process.execPath, ['-e', script], { stdio: 'ignore' })).toThrow();
  expect((await stat(controlPath)).isSocket()).toBe(true);
  panel = await start();
  expect((await ask({ socketPath: controlPath, path: '/api/state' })).status).toBe(200);
});

test('a file that is no socket, or a folder that others may enter, is left alone and named', async () => {
  await panel.close();
  await writeFile(controlPath, 'mine');
  await expect(start()).rejects.toThrow('A file that is not a socket is in the way.');
  await chmod(join(folder, 'run'), 0o755);
  await expect(start()).rejects.toThrow('TL6011');
});

test('closing ends event streams and removes the socket', async () => {
  const stream = await open({ socketPath: controlPath, path: '/api/events' });
  stream.resume();
  const ended = once(stream, 'close');
  await panel.close();
  await ended;
  await expect(stat(controlPath)).rejects.toThrow('ENOENT');
  const probe = createServer().listen(Number(url.port), '127.0.0.1');
  await once(probe, 'listening');
  probe.close();
});
