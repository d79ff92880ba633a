import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type RequestOptions, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { silent } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { blankState } from '../endpoint/blank-state.ts';
import type { PhoneState, Replica, ReplicaEvents } from '../endpoint/replica.ts';
import { type Panel, startPanel } from '../panel/server.ts';
import { panelAddressPath } from './panel-tickets.ts';

class IdleReplica extends EventEmitter<ReplicaEvents> implements Replica {
  state(): PhoneState {
    return blankState({ sequence: 7 });
  }
  async execute() {
    return { id: '', failure: null, callId: '' };
  }
}

let folder: string;
let controlPath: string;
let panel: Panel;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'address-'));
  controlPath = join(folder, 'run', 'control.sock');
  panel = await startPanel({ replica: new IdleReplica(), host: '127.0.0.1', port: 0, controlPath, log: silent });
});
afterEach(async () => {
  await panel.close();
  await rm(folder, { recursive: true });
});

async function ask(options: RequestOptions, body?: string) {
  const sent = request({ agent: false, ...options });
  sent.end(body);
  const [response] = await once(sent, 'response');
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}
const posted = { method: 'POST', path: panelAddressPath, headers: { 'content-type': 'application/json' } };
const newAddress = async (): Promise<string> =>
  JSON.parse((await ask({ socketPath: controlPath, ...posted }, '{}')).body).url;
const get = (url: string, headers: RequestOptions['headers'] = {}) => {
  const { hostname, port, pathname, search } = new URL(url);
  return ask({ hostname, port, path: `${pathname}${search}`, headers });
};

test('an address from the control path lets in once, and has nothing of the token', async () => {
  const url = await newAddress();
  const [token = '', ticket] = [panel.url, url].map((it) => new URL(it).searchParams.get('token') ?? '');
  expect(ticket).toMatch(/^[\w-]{43}$/);
  expect(ticket).not.toBe(token);
  const entered = await get(url);
  expect([entered.status, entered.headers.location]).toEqual([303, '/']);
  const cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
  expect((await get(new URL('/api/state', url).href, { cookie })).status).toBe(200);
  const again = await get(url);
  expect([again.status, JSON.parse(again.body).failure.code]).toEqual([401, 'TL6004']);
  expect(again.headers['set-cookie']).toBeUndefined();
});

test('of many that come with one address at once, one gets in', async () => {
  const url = await newAddress();
  const answers = await Promise.all(Array.from({ length: 8 }, () => get(url)));
  expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array(7).fill(401)]);
});

test('who is turned away for other reasons does not use it up', async () => {
  const url = await newAddress();
  expect((await get(url, { host: 'evil.example' })).status).toBe(403);
  const frame = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' };
  expect((await get(url, frame)).status).toBe(403);
  expect((await get(url)).status).toBe(303);
});

test('pages get none, whatever they have', async () => {
  const entered = await get(await newAddress());
  const cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
  const { hostname, port } = new URL(panel.url);
  const answer = await ask({ hostname, port, ...posted, headers: { ...posted.headers, cookie } }, '{}');
  expect(answer.status).toBe(404);
});
