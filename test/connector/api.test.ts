/** The API for other programs: a page of another origin in a real browser, and a phone that is driven by HTTP alone. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Doors, openDoors } from '@thinline/app-layer/http/doors.ts';
import { phoneRoutes } from '@thinline/app-layer/phone-api/phone-routes.ts';
import { type ConnectorSettings, usualConnectorSettings } from '@thinline/shared/config/connector.ts';
import type { Failure } from '@thinline/shared/contract/types.ts';
import { silent } from '@thinline/shared/log/log.ts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Lab, startLab } from '../../scripts/lab/lab.ts';
import { FakeReplica } from '../panel/fake-replica.ts';
import { launchChromium } from '../peers/chromium.ts';
import { freePort } from '../peers/ports.ts';
import { hasPeers } from '../peers/required.ts';
import { type Phone, startPhone } from '../phone.ts';
import { Events } from './events.ts';

const example = join(import.meta.dirname, '../../examples/embed');

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

/** The example as it is, but for the port of the connector. */
async function serveExample(page: Server, connectorPort: number): Promise<void> {
  page.on('request', async ({ url = '/' }, response) => {
    const name = url === '/' ? 'index.html' : url.slice(1);
    const text = await readFile(join(example, name), 'utf8').catch(() => null);
    if (text === null) return response.writeHead(404).end();
    response.setHeader('Content-Type', types[name.slice(name.lastIndexOf('.'))] ?? 'text/plain');
    response.end(text.replaceAll('localhost:8000', `localhost:${connectorPort}`));
  });
}

describe.skipIf(!hasPeers('chromium'))('the example page, of another origin', () => {
  let browser: Browser;
  let folder: string;
  let replica: FakeReplica;
  let doors: Doors;
  let server: Server;
  let origin: string;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'api-'));
    replica = new FakeReplica();
    server = createServer();
    const port = await freePort();
    server.listen(port, '127.0.0.1');
    origin = `http://localhost:${port}`;
    context = await browser.newContext();
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
  });
  afterEach(async () => {
    await context.close();
    await doors?.close();
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  });

  async function open(more: Partial<ConnectorSettings>): Promise<void> {
    const port = more.port ?? (await freePort());
    await openAt(port, more);
    await serveExample(server, port);
    await page.goto(origin);
  }

  async function openAt(port: number, more: Partial<ConnectorSettings>): Promise<void> {
    const settings = { ...usualConnectorSettings, port, origins: [origin], ...more };
    doors = await openDoors({
      panel: { replica, port: 0, controlPath: join(folder, 'run', 'control') },
      connector: { settings, boundOrigin: () => null, routes: (app) => phoneRoutes(app, { replica, settings }) },
      log: silent,
    });
  }

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const call = (text: string) => page.getByRole('listitem').filter({ hasText: text });
  const alert = () => page.getByRole('alert');
  const status = (text: string) => page.getByRole('status').filter({ hasText: text });
  const last = () => replica.executed.at(-1);

  test('with call control it sees a call come in, answers, holds, resumes, mutes and ends it', async () => {
    await open({ callControl: true });
    await status('sip:701@example.org: REGISTERED').waitFor();
    const { id } = replica.ring();
    await call('602: ALERTING').waitFor();
    const steps = [
      ['Answer', { answer: { callId: id } }, '602: TALKING'],
      ['Hold', { hold: { callId: id } }, '602: HELD'],
      ['Resume', { resume: { callId: id } }, '602: TALKING'],
      ['Mute', { mute: { callId: id, on: true } }, 'Unmute'],
      ['Unmute', { mute: { callId: id, on: false } }, 'Mute'],
    ] as const;
    for (const [name, command, shown] of steps) {
      await button(name).click();
      await call(shown).waitFor();
      await expect.poll(last, { timeout: 30_000 }).toEqual(command);
    }
    await button('Hang up').click();
    await call('602').waitFor({ state: 'detached' });
    expect(await alert().textContent()).toBe('');
  });

  test('with call control it dials', async () => {
    await open({ callControl: true });
    await status('REGISTERED').waitFor();
    await page.getByRole('textbox', { name: 'Number' }).fill('603');
    await button('Call').click();
    await call('603: RINGING').waitFor();
    expect(last()).toEqual({ dial: { target: '603' } });
  });

  test('without call control it sees the call, and is refused in a sentence', async () => {
    await open({ callControl: false });
    replica.ring();
    await call('602: ALERTING').waitFor();
    await button('Answer').click();
    await alert().filter({ hasText: 'Programs may not control calls here.' }).waitFor();
    expect(await alert().textContent()).toContain('Set policy.connector.call_control to 1');
    expect(replica.executed).toEqual([]);
  });

  test('where its origin is not named it sees nothing, and says what to do', async () => {
    await open({ callControl: true, origins: [] });
    await status('Add the origin to policy.connector.origins').waitFor();
    replica.ring();
    await page.getByRole('textbox', { name: 'Number' }).fill('603');
    await button('Call').click();
    await alert().filter({ hasText: 'This page may not use the phone.' }).waitFor();
    expect(await page.getByRole('listitem').count()).toBe(0);
    expect(replica.executed).toEqual([]);
  });

  test('where there is a secret it says so, and with the secret any page may', async () => {
    const secret = 'sixteen-letters-';
    await open({ callControl: true, origins: [], secret });
    await status("has not shown the connector's secret").waitFor();
    const heard = await page.evaluate(`new Promise((resolve) => {
      const phone = Thinline.connect({ secret: '${secret}' });
      phone.on('state', async ({ lines: [line] }) => {
        phone.close();
        resolve([line.address, await phone.dial('603')]);
      });
    })`);
    expect(heard).toEqual(['sip:701@example.org', replica.phone.calls[0]?.id]);
  });

  test('it comes back by itself when Thinline is started again', async () => {
    const port = await freePort();
    await open({ callControl: true, port });
    replica.ring({ id: 'one' });
    await call('602: ALERTING').waitFor();
    await doors.close();
    await status('Thinline does not answer.').waitFor();
    replica = new FakeReplica();
    await openAt(port, { callControl: true });
    await call('602').waitFor({ state: 'detached' });
    const remote = { uri: 'sip:604@example.org', number: '604', displayName: '' };
    replica.ring({ id: 'two', remote });
    await call('604: ALERTING').waitFor();
    expect(await alert().textContent()).toBe('');
  });
});

describe('a phone that is driven by HTTP alone', () => {
  let lab: Lab;
  let phone: Phone;
  let folder: string;
  let address: string;
  let port: number;

  beforeAll(async () => {
    lab = await startLab();
    folder = await mkdtemp(join(tmpdir(), 'api-'));
    port = await freePort();
    address = `http://127.0.0.1:${port}`;
    phone = await startPhone({
      lines: [],
      settings: { 'policy.connector.port': String(port), 'policy.connector.call_control': '1' },
      env: { THINLINE_STATE_DIR: folder },
    });
  });
  afterAll(async () => {
    await phone?.stop();
    await lab?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function ask(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
    const content = body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...headers } };
    const response = await fetch(`${address}${path}`, { method, headers, ...content });
    const text = await response.text();
    return { status: response.status, location: response.headers.get('location'), body: text && JSON.parse(text) };
  }

  test('registers, calls 601, talks, is heard of in events, and hangs up', async () => {
    const { user, password } = lab;
    const connections = [{ user, password, server: `${lab.host}:${lab.port}` }];
    expect((await ask('POST', '/session', { ping_period_ms: 60_000 })).status).toBe(200);
    expect((await ask('POST', '/register', { protocol: 'udp', connections })).status).toBe(200);
    const events = await Events.open({ host: '127.0.0.1', port, path: '/phone/events' });
    await events.until('line', ({ state }) => state === 'REGISTERED');

    const key = { 'Idempotency-Key': 'first' };
    const made = await ask('POST', '/phone/calls', { target: '601' }, key);
    expect(made.status).toBe(201);
    const { id } = made.body;
    expect(made.location).toBe(`/phone/calls/${id}`);
    expect((await ask('POST', '/phone/calls', { target: '601' }, key)).body).toEqual({ id });
    await events.until('call', (call) => call.id === id && call.state === 'TALKING');
    const talking = await ask('GET', `/phone/calls/${id}`);
    expect(talking.body).toMatchObject({ id, state: 'TALKING', direction: 'OUTGOING', remote: { number: '601' } });
    expect((await ask('GET', '/phone/state')).body.calls).toHaveLength(1);
    await events.until('quality', ({ callId, packetsReceived }) => callId === id && (packetsReceived ?? 0) > 0);

    expect((await ask('POST', `/phone/calls/${id}/hold`)).status).toBe(204);
    await events.until('call', ({ state }) => state === 'HELD');
    const { status, body } = await ask('POST', `/phone/calls/${id}/answer`);
    expect([status, (body.failure as Failure).code]).toEqual([409, expect.stringMatching(/^TL\d{4}$/)]);

    expect((await ask('DELETE', `/phone/calls/${id}`)).status).toBe(204);
    await events.until('call', (call) => call.id === id && call.state === 'RELEASED');
    expect((await ask('GET', `/phone/calls/${id}`)).body.state).toBe('RELEASED');
    expect((await ask('DELETE', `/phone/calls/${id}`)).status).toBe(404);
    events.close();
  });

  test('describes itself, and gives away its script', async () => {
    const description = await ask('GET', '/openapi.json');
    expect(description.body).toEqual(JSON.parse(await readFile(join(example, '../../docs/openapi.json'), 'utf8')));
    expect((await fetch(`${address}/thinline.js`)).status).toBe(200);
  });
});
