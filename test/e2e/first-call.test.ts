/** What a newcomer sees: `npm start`, the panel in a browser, 600 dialled, and one's own tone coming back. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadWav } from '@thinline/endpoint-adapter/audio/wav.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../peers/chromium.ts';
import { type Peer, startPeer } from '../peers/process.ts';
import { hasPeers } from '../peers/required.ts';
import { longestGap, toneLevel } from '../tools/tone.ts';

const start = join(import.meta.dirname, '../../scripts/start.ts');
const rate = 48_000;
const toneDbfs = -12;

describe.skipIf(!hasPeers('chromium'))('npm start', () => {
  let folder: string;
  let phone: Peer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'thinline-start-'));
    const audio = `virtual:in=tone:1000:${toneDbfs},out=file:${join(folder, 'heard.wav')}`;
    phone = await startPeer(process.execPath, [start, '--port', '0', '--audio', audio], {
      env: { THINLINE_RUNTIME_DIR: folder },
    });
    browser = await launchChromium();
    page = await browser.newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await phone?.stop(8000);
    await rm(folder, { recursive: true, force: true });
  });

  test('from npm start to a measured echo', async () => {
    const [, url = ''] = await phone.waitForLine(/^Panel: (\S+)/);
    await page.goto(url);
    await page.getByText('Registered', { exact: true }).waitFor({ timeout: 10_000 });

    await page.getByRole('textbox').first().fill('600');
    await page.keyboard.press('Enter');
    await page
      .getByText(/^Talking/)
      .first()
      .waitFor();
    // Three seconds by the panel's own clock.
    await page.getByText('0:03').first().waitFor();
    await page.getByRole('button', { name: /hang up/i }).click();
    await page
      .getByText(/^Talking/)
      .first()
      .waitFor({ state: 'detached' });
    await phone.stop(8000);

    const heard = loadWav(join(folder, 'heard.wav'));
    const seconds = heard.length / rate;
    // The call is at the end of the recording; its own first and last 300 ms are set-up and end.
    const call = heard.subarray(Math.max(0, heard.length - rate * 2.5), heard.length - rate * 0.5);
    // Two clocks are being brought together: over seconds it isn't quite 1 kHz.
    const piece = rate / 10;
    const levels = Array.from({ length: call.length / piece }, (_, i) =>
      toneLevel(call.subarray(i * piece, (i + 1) * piece), 1000, rate),
    );
    console.log(`recorded ${seconds.toFixed(1)} s, 1 kHz at ${levels.map((level) => level.toFixed(1)).join(' ')} dBFS`);
    // Gain control takes a tone for loud speech, and moves it about. A machine that stands still for a moment is silent, too, and a
    // gap as long as is allowed lies in four of the twenty pieces.
    expect(levels.filter((level) => Math.abs(level - toneDbfs) >= 5).length).toBeLessThanOrEqual(4);
    expect(longestGap(call, 1000, rate, toneDbfs - 12)).toBeLessThanOrEqual(250);
  });
});
