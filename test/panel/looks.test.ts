/** How the panel looks in each of its states: accessible in light and dark, and kept as pictures in build/panel-shots. */
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { languages } from '@thinline/app-layer/words/languages.ts';
import { failure } from '@thinline/shared/failures.ts';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium } from '../peers/chromium.ts';
import { hasPeers } from '../peers/required.ts';
import { makeAgent, makeCall, makeQuality } from './fake-replica.ts';
import { type Stage, setStage } from './stage.ts';

const shots = join(import.meta.dirname, '../../build/panel-shots');
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const sizes = {
  strip: { width: 320, height: 720 },
  tablet: { width: 768, height: 1024 },
  desk: { width: 1440, height: 900 },
} as const;
/** Contrast does not depend on the middle size, and nothing but the order on the direction. */
const looks: [keyof typeof sizes, 'light' | 'dark' | 'rtl' | 'contrast'][] = [
  ['strip', 'light'],
  ['strip', 'dark'],
  ['desk', 'dark'],
  ['desk', 'light'],
  ['tablet', 'light'],
  ['tablet', 'dark'],
  ['strip', 'contrast'],
  ['strip', 'rtl'],
  ['tablet', 'rtl'],
  ['desk', 'rtl'],
];

const grace = { uri: 'sip:606@example.org', number: '606', displayName: 'Grace Hopper' };
const hour = 3_600_000;
const past = (id: string, name: string, target: string, more: Partial<Stage['history'][number]>) => ({
  id,
  direction: 'INCOMING' as const,
  name,
  target,
  outcome: 'answered' as const,
  startedAtMs: Date.now() - hour,
  talkedMs: 183_000,
  failure: null,
  ...more,
});
const pastCalls = (): Stage['history'] => [
  past('1', 'Grace Hopper', '606', {}),
  past('2', '', '+4930123456', { outcome: 'missed', talkedMs: 0, startedAtMs: Date.now() - 3 * hour }),
  past('3', 'Ada Lovelace', '701', { direction: 'OUTGOING', startedAtMs: Date.now() - 30 * hour }),
  past('4', '', '603', {
    direction: 'OUTGOING',
    outcome: 'failed',
    talkedMs: 0,
    startedAtMs: Date.now() - 50 * hour,
    failure: failure('callBusy', { target: '603', status: 486, reason: 'Busy Here' }),
  }),
];
const desktop = { client: 'Workspace', sinceMs: Date.now() };

interface State {
  name: string;
  section?: string;
  set?: (stage: Stage) => void | Promise<void>;
}

const talking = ({ replica }: Stage): void => {
  replica.change(({ calls, qualities }) => {
    const connectedAtMs = Date.now() - 83_000;
    calls.push(makeCall({ id: 'talk', direction: 'INCOMING', remote: grace, connectedAtMs, codec: 'opus' }));
    qualities.push(makeQuality('talk', { networkLevel: 'GOOD' }));
  });
};
const waiting = ({ replica }: Stage): void => {
  replica.change(({ calls }) => {
    const remote = { uri: 'sip:+4930123456@example.org', number: '+4930123456', displayName: '' };
    calls.push(makeCall({ id: 'held', state: 'HELD', remote, connectedAtMs: Date.now() - 301_000 }));
  });
};
const consulting = async (stage: Stage): Promise<void> => {
  talking(stage);
  const { page } = stage;
  await page.getByRole('button', { name: 'Transfer: Grace Hopper' }).click();
  await page.keyboard.type('604');
  await page.getByRole('button', { name: 'Consult first' }).click();
  await page.getByRole('button', { name: 'Complete the transfer' }).waitFor();
  stage.replica.change(({ calls }) => {
    for (const call of calls) Object.assign(call, call.id === 'talk' ? { state: 'HELD' } : { state: 'TALKING' });
  });
};

const states: State[] = [
  { name: 'idle' },
  {
    name: 'incoming',
    set: ({ replica }) => {
      const sales = { uri: 'sip:700@example.org', number: '700', displayName: 'Sales' };
      replica.ring({
        remote: grace,
        diversions: [{ party: sales, reason: 'busy' }],
        autoAnswerAtMs: Date.now() + 60_000,
      });
    },
  },
  {
    name: 'outgoing',
    set: ({ replica }) => {
      replica.ring({ state: 'RINGING', direction: 'OUTGOING', redirections: [{ target: 'sip:601@a', status: 302 }] });
    },
  },
  { name: 'talking', set: talking },
  {
    name: 'talking-keypad',
    set: async (stage) => {
      talking(stage);
      await stage.page.getByRole('button', { name: 'Keypad: Grace Hopper' }).click();
      await stage.page.keyboard.type('17#');
      await stage.page.getByText('17#', { exact: true }).waitFor();
    },
  },
  {
    name: 'call-waiting',
    set: (stage) => {
      talking(stage);
      waiting(stage);
      stage.replica.ring({ id: 'new' });
    },
  },
  {
    name: 'transfer',
    set: async (stage) => {
      talking(stage);
      waiting(stage);
      await stage.page.getByRole('button', { name: 'Transfer: Grace Hopper' }).click();
    },
  },
  { name: 'consultation', set: consulting },
  {
    name: 'conference',
    set: (stage) => {
      talking(stage);
      waiting(stage);
      stage.replica.change(({ calls }) => {
        for (const call of calls) Object.assign(call, { state: 'TALKING', conference: true });
      });
    },
  },
  {
    name: 'many-calls',
    set: (stage) => {
      talking(stage);
      for (const id of ['a', 'b', 'c', 'd'])
        stage.replica.ring({ id, state: 'HELD', connectedAtMs: Date.now() - 9_000 });
    },
  },
  {
    name: 'failures',
    set: ({ replica }) => {
      const why = failure('serverUnknown', { server: 'example.org', detail: 'ENOTFOUND' });
      replica.change(({ lines }) => {
        for (const line of lines)
          Object.assign(line, { state: 'FAILED', failure: why, retryAtMs: Date.now() + 60_000 });
      });
    },
  },
  {
    name: 'link-lost',
    set: (stage) => {
      talking(stage);
      stage.replica.setLink({
        state: 'lost',
        failure: failure('endpointUnreachable', { detail: 'no answer for 1.5 s' }),
      });
    },
  },
  {
    name: 'logged-out',
    set: ({ replica }) =>
      replica.change(({ lines }) => {
        for (const line of lines) line.agent = makeAgent();
      }),
  },
  {
    name: 'signed-out',
    set: ({ replica, desk }) => {
      replica.change((phone) => {
        phone.lines = [];
      });
      desk.say({ signIn: { ...desk.desk().signIn, by: 'nobody', server: 'sip.example.com', canKeep: true } });
    },
  },
  { name: 'beside-calls', set: ({ desk }) => desk.say({ desktop, besideDesktop: 'calls' }) },
  {
    name: 'beside-status',
    set: (stage) => {
      talking(stage);
      stage.desk.say({ desktop, besideDesktop: 'status' });
    },
  },
  { name: 'devices', section: 'devices' },
  { name: 'devices-in-call', section: 'devices', set: talking },
  { name: 'history', section: 'history' },
  { name: 'status', section: 'status' },
  { name: 'status-in-call', section: 'status', set: talking },
  { name: 'settings', section: 'settings' },
  {
    name: 'shortcuts',
    set: async ({ page }) => {
      await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
];

let browser: Browser;
let stage: Stage;

/** What axe finds wrong, a line each. */
async function faults(): Promise<string[]> {
  const run = `axe.run(document, { runOnly: ${JSON.stringify(standards)} })`;
  const { violations } = await stage.page.evaluate<AxeResults>(run);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}

/** In Arabic, as soon as there is Arabic. */
async function readFromTheRight(): Promise<void> {
  stage.desk.say({ language: 'ar' });
  if (!languages.some(({ tag }) => tag === 'ar')) await stage.page.evaluate('document.documentElement.dir = "rtl"');
  await stage.page.locator('html[dir="rtl"]').waitFor();
}

const settle = () =>
  stage.page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');

describe.skipIf(!hasPeers('chromium'))('the panel looks right', () => {
  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    stage = await setStage(browser, { reducedMotion: 'reduce', bypassCSP: true });
    const { replica, history, page } = stage;
    replica.change(({ lines }) => {
      for (const line of lines) {
        line.agent = makeAgent({ state: 'READY', agentId: '7001' });
        const empty = { account: 'sip:7000@a', oldMessages: 3, newUrgent: 1, oldUrgent: 0 };
        line.mailboxes = [{ ...empty, waiting: true, newMessages: 2 }];
      }
    });
    history.push(...pastCalls());
    await page.addScriptTag({ path: axePath });
    await page.reload();
    await page.addScriptTag({ path: axePath });
    await page.getByText('Ready', { exact: true }).first().waitFor();
  });
  afterEach(async () => {
    const { complaints } = stage;
    await stage.close();
    expect(complaints).toEqual([]);
  });

  test.each(states)('$name', async ({ name, section = 'calls', set }) => {
    const { page } = stage;
    await page.getByRole('tab', { name: new RegExp(section, 'i') }).click();
    await set?.(stage);
    await settle();
    const found: string[] = [];
    for (const [size, look] of looks) {
      await page.setViewportSize(sizes[size]);
      await page.emulateMedia({
        colorScheme: look === 'dark' ? 'dark' : 'light',
        forcedColors: look === 'contrast' ? 'active' : 'none',
      });
      if (look === 'rtl') await readFromTheRight();
      await settle();
      const where = `${name}-${sizes[size].width}-${look}`;
      expect(await page.evaluate('document.documentElement.scrollWidth'), where).toBe(sizes[size].width);
      if (size !== 'tablet' && (look === 'light' || look === 'dark'))
        for (const fault of await faults()) found.push(`${where}: ${fault}`);
      await page.screenshot({ path: join(shots, `${where}.png`), animations: 'disabled' });
    }
    expect(found).toEqual([]);
  });
});
