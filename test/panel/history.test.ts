/** The history of calls, from a call that ends to its erasure: real server, real file, by mouse and by keyboard. */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CallHistory, mostHistoryBytes } from '@thinline/app-layer/history/call-history.ts';
import { historyRoutes } from '@thinline/app-layer/panel/history-routes.ts';
import { type Panel, startPanel } from '@thinline/app-layer/panel/server.ts';
import { failure } from '@thinline/shared/failures.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { stateFile } from '@thinline/shared/state-file.ts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium } from '../peers/chromium.ts';
import { hasPeers } from '../peers/required.ts';
import { FakeReplica, makeCall } from './fake-replica.ts';
import { lookAt, patience } from './look.ts';
import { presses } from './person.ts';

let browser: Browser;
let folder: string;
let replica: FakeReplica;
let history: CallHistory;
let panel: Panel;
let context: BrowserContext;
let page: Page;
let complaints: string[];

const path = () => join(folder, 'state', 'history.json');
const view = () => page.getByRole('region', { name: 'History' });
const rows = () => view().getByRole('listitem');
const button = (name: string | RegExp) => view().getByRole('button', { name, exact: true });
const person = (number: string, displayName = '') => ({ uri: `sip:${number}@example.org`, number, displayName });
const hour = 3_600_000;

/** The time that it is while calls end. */
let endedAtMs: number | null = null;

/** A call that has ended, so long ago. */
function ended(more: Parameters<typeof makeCall>[0], agoMs = 0, why: ReturnType<typeof failure> | null = null): void {
  const createdAtMs = Date.now() - agoMs;
  const connectedAtMs = more.connectedAtMs ? createdAtMs : 0;
  const call = makeCall({ ...more, createdAtMs, connectedAtMs });
  const releasedAtMs = createdAtMs + (more.connectedAtMs ?? 0);
  endedAtMs = releasedAtMs;
  replica.emit('released', { ...call, state: 'RELEASED', releasedAtMs, failure: why });
  endedAtMs = null;
}

const startHistory = async () => {
  const now = () => endedAtMs ?? Date.now();
  history = new CallHistory({ replica, file: stateFile(path(), mostHistoryBytes), log: silent, now });
  await history.start();
};
const open = async () => {
  await page.goto(`${panel.url}#history`);
  await page.getByRole('tab', { name: 'History' }).click();
  await view().waitFor();
};

describe.skipIf(!hasPeers('chromium'))('the history', () => {
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'history-'));
    replica = new FakeReplica();
    await startHistory();
    panel = await startPanel({
      replica,
      host: '127.0.0.1',
      port: 0,
      controlPath: join(folder, 'run', 'control'),
      routes: (app) => historyRoutes(app, history),
      log: silent,
    });
    context = await browser.newContext({ viewport: { width: 420, height: 900 } });
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    complaints = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
    });
  });
  afterEach(async () => {
    await context.close();
    await panel.close();
    await history.close();
    await rm(folder, { recursive: true });
    expect(complaints).toEqual([]);
  });

  const fill = () => {
    ended(
      { id: 'old', direction: 'INCOMING', remote: person('606', 'Grace Hopper'), connectedAtMs: 183_000 },
      50 * hour,
    );
    ended(
      { id: 'busy', remote: person('603') },
      2_000,
      failure('callBusy', { target: '603', status: 486, reason: '' }),
    );
    ended({ id: 'missed', direction: 'INCOMING', remote: person('+4930123456') }, 1_000);
  };

  describe.each(presses)('by %s', (_way, press) => {
    test('calls are listed as they end, and called again', async () => {
      await open();
      await view().getByText('No calls yet.').waitFor();
      fill();
      await expect.poll(() => rows().count()).toBe(3);
      expect(await rows().nth(0).innerText()).toMatch(/\+4930123456[\s\S]*Missed/);
      expect(await rows().nth(1).innerText()).toMatch(/603[\s\S]*603 is busy\./);
      expect(await rows().nth(2).innerText()).toMatch(/Grace Hopper\s*606[\s\S]*Incoming · talked 3:03/);
      await press(button('Call Grace Hopper'));
      await expect.poll(() => replica.executed).toEqual([{ dial: { target: '606' } }]);
    });

    test('what was missed is shown by itself', async () => {
      fill();
      await open();
      await press(button('Missed'));
      await expect.poll(() => rows().count()).toBe(1);
      expect(await button('Missed').getAttribute('aria-pressed')).toBe('true');
      await press(button('All'));
      await expect.poll(() => rows().count()).toBe(3);
    });

    test('one call is erased after a question, and the focus stays in the view', async () => {
      fill();
      await open();
      await press(button(/^Erase: 603, /));
      const question = view().getByRole('group', { name: 'Erase this call?' });
      await question.getByRole('button', { name: 'Keep' }).and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Escape');
      await question.waitFor({ state: 'detached' });
      await press(button(/^Erase: 603, /));
      await press(question.getByRole('button', { name: 'Erase' }));
      await expect.poll(() => rows().count()).toBe(2);
      await page.getByRole('heading', { name: 'History' }).and(page.locator(':focus')).waitFor();
      expect(history.list()).toHaveLength(2);
    });

    test('all calls are erased after a question, from the file too', async () => {
      fill();
      await open();
      await press(button('Erase all'));
      const question = view().getByRole('group', { name: 'Erase all 3 calls for good?' });
      await press(question.getByRole('button', { name: 'Keep' }));
      expect(await rows().count()).toBe(3);
      await press(button('Erase all'));
      await press(question.getByRole('button', { name: 'Erase' }));
      await view().getByText('No calls yet.').waitFor();
      await history.close();
      expect(await readFile(path(), 'utf8')).not.toMatch(/602|603|Grace/);
    });
  });

  test('is kept over a restart, in a file of this user alone, and survives one that is broken', async () => {
    fill();
    await history.close();
    if (process.platform !== 'win32') expect((await stat(path())).mode & 0o777).toBe(0o600);
    await startHistory();
    expect(history.list()).toHaveLength(3);
    await history.close();
    await writeFile(path(), '{"calls":[{"id":');
    await startHistory();
    expect(history.list()).toEqual([]);
    ended({ id: 'next', remote: person('604') });
    await history.close();
    expect(JSON.parse(await readFile(path(), 'utf8')).calls).toHaveLength(1);
  });

  test('an erasure that another page was faster with is said so', async () => {
    fill();
    await open();
    await expect.poll(() => rows().count()).toBe(3);
    history.erase();
    await button(/^Erase: 603, /).click();
    await view().getByRole('group', { name: 'Erase this call?' }).getByRole('button', { name: 'Erase' }).click();
    await page.getByText('There is no such call in the history.').waitFor();
    await view().getByText('No calls yet.').waitFor();
  });

  test('is nobody else’s: without the panel’s cookie there is none', async () => {
    fill();
    const { origin } = new URL(panel.url);
    for (const method of ['GET', 'DELETE']) {
      expect((await fetch(`${origin}/api/history`, { method })).status).toBe(401);
    }
    expect(history.list()).toHaveLength(3);
  });

  test(
    'looks right: empty, with calls, and while it asks',
    async () => {
      await open();
      await view().getByText('No calls yet.').waitFor();
      await lookAt(page, 'history-empty');
      fill();
      ended(
        { id: 'long', direction: 'INCOMING', remote: person('7', 'x'.repeat(80)), endReason: 'SIP;cause=200' },
        26 * hour,
      );
      await expect.poll(() => rows().count()).toBe(4);
      await button(/^Erase: 603, /).click();
      await button('Erase all').click();
      await lookAt(page, 'history-asks');
    },
    patience,
  );
});
