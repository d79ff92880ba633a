/** `thinline open` with both halves and a browser: what a menu's entry or a link of a page runs, and what it leads to. */
import { execFile, execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeToDialDesk } from '@thinline/app-layer/open/to-dial.ts';
import { startPanel } from '@thinline/app-layer/panel/server.ts';
import { silent } from '@thinline/shared/log/log.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { launchChromium } from '../peers/chromium.ts';
import { type Peer, startPeer } from '../peers/process.ts';
import { hasPeers } from '../peers/required.ts';
import { type Phone, startPhone } from '../phone.ts';
import { FakeReplica } from './fake-replica.ts';
import { FakeDesk } from './stage.ts';

const program = join(import.meta.dirname, '../../packages/app-layer/bin/thinline.mjs');

/** Programs of the system that only note their words, one line each, and what they are to do then. */
async function pretend(folder: string, name: string, then: string): Promise<string> {
  const noted = join(folder, `${name}.words`);
  await writeFile(noted, '');
  const file = join(folder, name);
  await writeFile(file, `#!/bin/sh\nprintf '%s\\n' "$@" >> '${noted}'\n${then}\n`);
  await chmod(file, 0o755);
  return noted;
}

const words = async (noted: string): Promise<string[]> => (await readFile(noted, 'utf8')).split('\n').slice(0, -1);

let system: string;
let opened: string;
let said: string;

beforeEach(async () => {
  system = await mkdtemp(join(tmpdir(), 'system-'));
  opened = await pretend(system, 'xdg-open', 'exit 0');
  said = await pretend(system, 'notify-send', 'exit 0');
  await pretend(system, 'systemctl', 'exit 5');
});
afterEach(() => rm(system, { recursive: true }));

async function open(env: Record<string, string>, ...given: string[]) {
  const all = { ...process.env, PATH: `${system}:${process.env.PATH}`, DISPLAY: ':99', ...env };
  return promisify(execFile)(process.execPath, [program, 'open', ...given], { env: all, timeout: 60_000 }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

describe.skipIf(!hasPeers('chromium'))('with a phone that runs', () => {
  let phone: Phone;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    phone = await startPhone({ lines: [] });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await phone?.stop();
  });
  beforeEach(async () => {
    page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(20_000);
  });
  afterEach(() => page.context().close());

  const bring = (...given: string[]) => open({ THINLINE_RUNTIME_DIR: phone.folder }, ...given);
  const firstPage = () => page.getByRole('tab').first();

  test('the browser gets an address that opens the panel, and opens it once', async () => {
    expect(await bring()).toEqual({ code: 0, stdout: '', stderr: '' });
    const [url = '', ...more] = await words(opened);
    expect(more).toEqual([]);
    // What other users can read in its command line is not what is kept.
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
    expect(url).not.toBe(phone.url);
    await page.goto(url);
    await firstPage().waitFor();
    expect(new URL(page.url()).search).toBe('');
    await page.reload();
    await firstPage().waitFor();

    const stranger = await (await browser.newContext()).newPage();
    expect((await stranger.goto(url))?.status()).toBe(401);
    await stranger.getByText('This page may not control the phone.').waitFor();
    await stranger.context().close();
  });

  test('a link opens the panel where none is open, with the number in its field, and no second one', async () => {
    const replica = new FakeReplica();
    const controlPath = join(system, 'run', 'control.sock');
    // Who watches the phone above listens as a panel does.
    const panel = await startPanel({
      replica,
      desk: new FakeDesk(),
      toDial: makeToDialDesk(),
      host: '127.0.0.1',
      port: 0,
      controlPath,
      log: silent,
    });
    onTestFinished(() => panel.close());
    const bringThere = (link: string) => open({ THINLINE_RUNTIME_DIR: join(system, 'run') }, link);
    const { code, stdout } = await bringThere('tel:+49-30-123456');
    expect([code, stdout]).toEqual([0, '+4930123456 is in the field of the panel that opens now: press Call there.\n']);
    const [url = ''] = await words(opened);
    await page.goto(url);
    const field = page.getByLabel('Number or address', { exact: true });
    await expect.poll(() => field.inputValue(), { timeout: 20_000 }).toBe('+4930123456');
    expect((await bringThere('tel:601')).stdout).toBe("601 is in the panel's field: press Call there.\n");
    await expect.poll(() => field.inputValue(), { timeout: 20_000 }).toBe('601');
    expect(await words(opened)).toEqual([url]);
    expect(replica.executed).toEqual([]);
  });

  test('--print says the address, and starts no browser', async () => {
    const { code, stdout } = await bring('--print');
    expect(code).toBe(0);
    expect((await page.goto(stdout.trim()))?.status()).toBe(200);
    expect(await words(opened)).toEqual([]);
  });

  test('what finds no browser is said in a notification, too', async () => {
    opened = await pretend(system, 'xdg-open', 'exit 3');
    const { code, stderr } = await bring();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^TL6036: .*No browser was found \(xdg-open ended with 3\)\..*thinline open --print/);
    expect((await words(said)).at(-1)).toBe(stderr.trim());
  });
});

describe('without a phone that runs', () => {
  let runtime: string;
  let unit: Peer | undefined;

  beforeEach(async () => {
    runtime = join(system, 'run');
    await mkdir(runtime, { mode: 0o700 });
  });
  afterEach(async () => {
    await unit?.stop();
    unit = undefined;
  });

  const atUsualPlace = () => ({ THINLINE_RUNTIME_DIR: '', XDG_RUNTIME_DIR: runtime });

  test('where none is installed it is said, in a notification, too', async () => {
    const { code, stderr } = await open(atUsualPlace());
    expect(code).toBe(1);
    expect(stderr).toMatch(/^TL6002: /);
    expect((await words(said)).at(-1)).toBe(stderr.trim());
    expect(await words(opened)).toEqual([]);
  });

  test('the installed one is started, and then the panel opens', async () => {
    const order = join(system, 'order');
    execFileSync('mkfifo', [order]);
    const asked = await pretend(system, 'systemctl', `echo start > '${order}'`);
    // What is ordered so is there a while after systemctl has ended.
    const script = 'read -r _ < "$1"; shift; exec "$@"';
    const options = ['--port', '0', '--channel', 'local'];
    unit = await startPeer('sh', ['-c', script, 'sh', order, process.execPath, program, ...options], {
      cwd: system,
      env: { ...atUsualPlace(), THINLINE_STATE_DIR: join(system, 'state') },
    });
    const { code, stderr } = await open(atUsualPlace());
    expect([code, stderr]).toEqual([0, '']);
    expect(await words(asked)).toEqual(['--user', '--quiet', 'start', 'thinline.service']);
    const [url = ''] = await words(opened);
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(303);
  });
});
