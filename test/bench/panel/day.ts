/** What 400 calls in 8 hours leave in the page: the page's clock is turned, its calls come from a phone that is played. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPanel } from '@thinline/app-layer/panel/server.ts';
import { silent } from '@thinline/shared/log/log.ts';
import type { CDPSession, Page } from 'playwright-core';
import { FakeReplica, makeCall, makeQuality } from '../../panel/fake-replica.ts';
import { launchChromium } from '../../peers/chromium.ts';
import type { BenchmarkOptions, Figure } from '../benchmark.ts';
import { type Open, whileOpen } from '../open.ts';
import { summary } from '../statistics.ts';
import { alerting, ready } from './browser.ts';

const calls = 400;
const hours = 8;
const msBetween = (hours * 3_600_000) / calls;
/** Measurements of a call, of which the page draws its picture. */
const measurements = 4;

interface Used {
  heapMb: number;
  nodes: number;
}

/** After garbage is collected. */
async function used(cdp: CDPSession): Promise<Used> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  const { nodes } = await cdp.send('Memory.getDOMCounters');
  return { heapMb: usedSize / 1e6, nodes };
}

async function playedPhone(open: Open): Promise<{ replica: FakeReplica; url: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'thinline-bench-panel-'));
  open.later(() => rm(folder, { recursive: true, force: true }));
  const replica = new FakeReplica();
  const controlPath = join(folder, 'run', 'control');
  const panel = await startPanel({ replica, port: 0, controlPath, log: silent });
  open.later(() => panel.close());
  return { replica, url: panel.url };
}

/** One call from its ring to its end, and the time until the next. */
async function playCall(page: Page, replica: FakeReplica, n: number): Promise<void> {
  const remote = { uri: `sip:${n}@example.org`, number: String(n), displayName: `Caller ${n}` };
  const call = makeCall({ id: `call-${n}`, state: 'ALERTING', direction: 'INCOMING', remote });
  replica.change((phone) => {
    phone.calls = [call];
  });
  await page.locator(alerting).waitFor();
  const talking = { ...call, state: 'TALKING', connectedAtMs: Date.now() } as const;
  for (let i = 0; i < measurements; i++) {
    replica.change((phone) => {
      phone.calls = [talking];
      phone.qualities = [makeQuality(call.id, { packetsReceived: 50 * i })];
    });
    await page.clock.fastForward(msBetween / 2 / measurements);
  }
  replica.emit('released', { ...talking, state: 'RELEASED', releasedAtMs: Date.now() });
  replica.change((phone) => {
    phone.calls = [];
    phone.qualities = [];
  });
  await page.locator('.call .primary').waitFor({ state: 'detached' });
  await page.clock.fastForward(msBetween / 2);
  await page.locator('.call').waitFor({ state: 'detached' });
}

export function day({ progress }: BenchmarkOptions): Promise<Figure[]> {
  return whileOpen(async (open) => {
    const { replica, url } = await playedPhone(open);
    const browser = await launchChromium();
    open.later(() => browser.close());
    const page = await (await browser.newContext()).newPage();
    await page.clock.install();
    await page.goto(url);
    await page.locator(ready).waitFor();
    const cdp = await page.context().newCDPSession(page);
    for (let n = 0; n < 5; n++) await playCall(page, replica, n);
    const morning = await used(cdp);
    for (let n = 5; n < calls; n++) {
      await playCall(page, replica, n);
      if (n % 50 === 49) progress(`${n + 1} of ${calls} calls: ${(await used(cdp)).heapMb.toFixed(2)} MB`);
    }
    const evening = await used(cdp);
    const figure = (name: string, what: string, unit: Figure['unit'], value: number): Figure => ({
      name,
      what,
      unit,
      results: { thinline: summary([value]) },
    });
    return [
      figure('heap, morning', 'JavaScript heap of the page after 5 calls', 'MB', morning.heapMb),
      figure('heap, evening', `the same after ${calls} calls in ${hours} h of the page's clock`, 'MB', evening.heapMb),
      figure('nodes, morning', 'nodes of the document after 5 calls', 'times', morning.nodes),
      figure('nodes, evening', `the same after ${calls} calls`, 'times', evening.nodes),
    ];
  });
}
