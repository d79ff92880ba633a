/** The endpoint adapter when its desktop is gone: lines and calls stay, and somebody at the endpoint can act on them. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { LocalState } from '@thinline/endpoint-adapter/local/local-phone.ts';
import { openSipStack } from '@thinline/endpoint-adapter/sip/stack.ts';
import { fakeMedia } from '@thinline/endpoint-adapter/sip/testing/fake-media.ts';
import { makeLine } from '@thinline/endpoint-adapter/sip/testing/make-line.ts';
import type { Call } from '@thinline/shared/contract/types.ts';
import { askAt } from '@thinline/shared/control-client.ts';
import { silent } from '@thinline/shared/log/log.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Lab, startLab } from '../../scripts/lab/lab.ts';
import { launchChromium } from '../peers/chromium.ts';
import { type Peer, startPeer } from '../peers/process.ts';
import { hasPeers } from '../peers/required.ts';
import { until } from '../peers/until.ts';
import { softphoneConfig } from '../phone.ts';

const programs = {
  app: join(import.meta.dirname, '../../packages/app-layer/bin/thinline.mjs'),
  adapter: join(import.meta.dirname, '../../packages/endpoint-adapter/bin/thinline-adapter.mjs'),
};

let lab: Lab;
let folder: string;
let adapter: Peer;
let app: Peer | null;

beforeAll(async () => {
  lab = await startLab();
});
afterAll(async () => {
  await lab.close();
});
beforeEach(async () => {
  app = null;
  folder = await mkdtemp(join(tmpdir(), 'thinline-alone-'));
  adapter = await startPeer(process.execPath, [programs.adapter, '--audio', 'virtual', '--page', '0'], { env: env() });
  await adapter.waitForLine(/ready, process/);
});
afterEach(async () => {
  await app?.stop();
  await adapter.stop(10_000);
  await rm(folder, { recursive: true });
});

const env = () => ({ THINLINE_RUNTIME_DIR: folder });

interface Ran {
  code: unknown;
  stdout: string;
  stderr: string;
}

const run = (program: string, ...words: string[]): Promise<Ran> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, 'ctl', ...words],
      { env: { ...process.env, ...env() } },
      (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });

/** At the endpoint; it must succeed. */
async function here(...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(programs.adapter, ...words);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}

/** As `state --json` prints it, without a program for each look. */
const state = () => askAt<LocalState>(join(folder, 'adapter-control.sock'), '/state');

const holds = (what: string, condition: (it: LocalState) => boolean): Promise<void> =>
  until(what, async () => condition(await state()));

const becomes = (wanted: Call['state']): Promise<void> =>
  holds(`one call, ${wanted}`, ({ phone: { calls } }) => calls.length === 1 && calls[0]?.state === wanted);

async function connectDesktop(settings: Readonly<Record<string, string>> = {}): Promise<void> {
  const { host, port, user, password } = lab;
  const config = join(folder, 'Softphone.config');
  const lines = [{ user, password, server: `${host}:${port}` }];
  await writeFile(config, softphoneConfig({ lines, settings }), { mode: 0o600 });
  app = await startPeer(process.execPath, [programs.app, '--config', config, '--port', '0'], { env: env() });
  await holds(
    'a desktop is connected, and the line registered',
    ({ desktop, phone }) => desktop.connected && phone.lines[0]?.state === 'REGISTERED',
  );
}

async function loseDesktop(): Promise<void> {
  if (!app) throw new Error('no desktop was connected');
  process.kill(app.pid, 'SIGKILL');
  await app.exited;
  await holds('the desktop is gone', ({ desktop }) => !desktop.connected);
}

const desktopDials = async (number: string) =>
  expect(await run(programs.app, 'dial', number)).toMatchObject({ code: 0, stderr: '' });

/** A fresh address of the page, with a code that lets in once. */
const pageAddress = async () => new URL((await here('page')).trim());

test('a call goes on, is muted, held and ended here, and a desktop that comes back finds it so', async () => {
  await connectDesktop();
  await desktopDials('601');
  await becomes('TALKING');
  await loseDesktop();

  expect(await here('state')).toMatch(
    /^no desktop connected since \d\d:\d\d\n(?:.*\n)*line0 {2}sip:701@\S+ {2}registered\n\w+ {2}outgoing {2}601 {2}talking, since \d\d:\d\d\n/,
  );
  expect(JSON.parse(await here('state', '--json'))).toMatchObject({
    desktop: { connected: false },
    refusing: false,
    phone: { calls: [{ state: 'TALKING' }] },
  });
  const call = async () => (await state()).phone.calls[0];
  expect(await here('mute')).toBe('done\n');
  expect(await call()).toMatchObject({ state: 'TALKING', muted: true });
  expect(JSON.parse(await here('unmute', '--json'))).toEqual({});
  expect(await call()).toMatchObject({ state: 'TALKING', muted: false });
  await here('hold');
  expect(await call()).toMatchObject({ state: 'HELD' });
  await here('resume');
  await here('mute');

  await connectDesktop();
  expect((await run(programs.app, 'state')).stdout).toMatch(/outgoing {2}601 {2}talking .*muted/);
  await loseDesktop();
  await here('hangup');
  const after = await state();
  expect(after.phone.calls).toEqual([]);
  expect(after.phone.lines).toMatchObject([{ state: 'REGISTERED' }]);
});

test('what cannot be done is one line, and a code', async () => {
  await connectDesktop();
  for (const [words, code] of [
    [['hangup'], 'TL3003'],
    [['mute', '--call', 'nonsense'], 'TL3003'],
    [['dial', '601'], 'TL6003'],
  ] as const) {
    const { code: exit, stdout, stderr } = await run(programs.adapter, ...words);
    expect([exit, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(new RegExp(`^${code}: .*\\n$`));
  }
  await adapter.stop(10_000);
  expect(await run(programs.adapter, 'state')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^TL6002: .*\n$/),
  });
});

test('sockets that another adapter has are told, and left to it', async () => {
  const second = await startPeer(
    process.execPath,
    [programs.adapter, '--audio', 'virtual', '--socket', join(folder, 'second.sock')],
    { env: env() },
  );
  try {
    await second.waitForLine(/ready, process/);
    const warnings = second.output.split('\n').filter((line) => / warning /.test(line));
    expect(warnings).toEqual([
      expect.stringMatching(/TL6005: The socket \S+plugin\.sock cannot be used\./),
      expect.stringMatching(/TL6005: The socket \S+adapter-control\.sock cannot be used\./),
    ]);
  } finally {
    await second.stop(10_000);
  }
  expect((await state()).phone.endpoint?.pid).toBe(adapter.pid);
});

/** What becomes of a call to the phone. */
async function refusal(): Promise<{ status: number; reason: string }> {
  const { host, port, password } = lab;
  const stack = await openSipStack({ ports: { min: 0, max: 0 }, addresses: [host], userAgent: 'caller', log: silent });
  try {
    const line = stack.addLine(makeLine({ user: '600', server: `${host}:${port}`, password, registerTimeoutS: 0 }));
    await line.start();
    const [end] = await once(line.invite('701', fakeMedia('caller')), 'ended');
    return { status: end.status, reason: end.reason };
  } finally {
    await stack.close();
  }
}

test('calls that come are refused where the configuration wants that, and the caller is told why', async () => {
  await connectDesktop({ 'policy.link.calls_when_lost': 'refuse' });
  await loseDesktop();
  expect(await here('state')).toMatch('; calls that come are refused meanwhile\n');
  expect(await refusal()).toEqual({ status: 480, reason: 'Desktop Not Connected' });
});

test('the page is for whoever was let in, and for no other name or page', async () => {
  await connectDesktop();
  await desktopDials('601');
  await becomes('TALKING');
  const address = await pageAddress();
  const ask = async (method: string, path: string, headers: Record<string, string>): Promise<[number?, string?]> => {
    const call = request({ host: address.hostname, port: address.port, method, path, headers, agent: false });
    call.end(method === 'POST' ? '{"verb":"hangup"}' : undefined);
    const [response] = await once(call, 'response');
    await text(response);
    return [response.statusCode, response.headers['set-cookie']?.[0]];
  };
  const json = { 'content-type': 'application/json' };
  const [entered, set = ''] = await ask('GET', `/${address.search}`, {});
  expect([entered, set]).toEqual([303, expect.stringMatching(/; HttpOnly; SameSite=Strict; Path=\/$/)]);
  const cookie = set.split(';')[0] ?? '';
  const another = cookie.replace(/=.*/, `=${'A'.repeat(43)}`);

  expect(await ask('GET', `/${address.search}`, {})).toEqual([401, undefined]);
  expect(await ask('POST', '/commands', json)).toEqual([401, undefined]);
  expect(await ask('POST', '/commands', { ...json, cookie: another })).toEqual([401, undefined]);
  for (const foreign of [{ host: 'phone.example' }, { host: '127.0.0.1' }, { origin: 'http://127.0.0.1:1' }]) {
    expect(await ask('POST', '/commands', { ...json, cookie, ...foreign })).toEqual([403, undefined]);
    expect(await ask('GET', '/events', { cookie, ...foreign })).toEqual([403, undefined]);
  }
  await becomes('TALKING');
  expect(await ask('POST', '/commands', { ...json, cookie })).toEqual([200, undefined]);
  await holds('no call', ({ phone }) => phone.calls.length === 0);
  expect(adapter.output).not.toContain('token');
});

describe.skipIf(!hasPeers('chromium'))('the page in a browser', () => {
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(10_000);
    complaints = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy|Trusted/i.test(message.text())) complaints.push(message.text());
    });
  });
  afterEach(async () => {
    await page.context().close();
    expect(complaints).toEqual([]);
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const heading = (name: string) => page.getByRole('heading', { name, exact: true });

  test('mutes and hangs up a call after the desktop is gone', async () => {
    await connectDesktop();
    await desktopDials('601');
    await becomes('TALKING');
    await page.goto((await pageAddress()).href);
    expect(new URL(page.url()).search).toBe('');
    await page.getByText(/^Desktop connected since \d\d:\d\d\.$/).waitFor();
    await loseDesktop();
    await page.getByText(/^No desktop connected since \d\d:\d\d\.$/).waitFor();
    await page.getByText('701@127.0.0.1', { exact: false }).waitFor();

    await button('Mute: 601').click();
    await button('Unmute: 601').waitFor();
    expect((await state()).phone.calls).toMatchObject([{ muted: true }]);
    // The same button, to a hand at the keyboard too.
    await page.keyboard.press('Enter');
    await button('Mute: 601').waitFor();
    await button('Hold: 601').focus();
    await page.keyboard.press('Enter');
    await page.getByText(/^On hold/).waitFor();
    await button('Hang up: 601').focus();
    await page.keyboard.press('Space');
    await page.getByText('No calls.').waitFor();
    expect((await state()).phone.calls).toEqual([]);
    // What had the focus is gone, and the focus is not lost.
    expect(await page.locator(':focus').textContent()).toBe('Phone');
  });

  test('answers a call that comes after the desktop is gone, and says so when the phone is gone too', async () => {
    await connectDesktop();
    await desktopDials('605');
    await loseDesktop();
    await page.goto((await pageAddress()).href);
    await page.getByText('Incoming call', { exact: true }).waitFor();
    await heading('Lab 605').waitFor();
    expect(await page.title()).toBe('Lab 605 rings – Phone');
    await button('Answer: Lab 605').focus();
    await page.keyboard.press('Enter');
    await page.getByText(/^Talking, since/).waitFor();
    expect(await page.locator(':focus').textContent()).toBe('Lab 605');
    await button('Hang up: Lab 605').click();
    await page.getByText('No calls.').waitFor();

    await adapter.stop(10_000);
    await page.getByRole('alert').getByText('The phone does not answer. This page tries again by itself.').waitFor();
  });
});
