/** The panel as an agent uses it, in a real browser: every button by mouse and by keyboard. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Panel, startPanel } from '@thinline/app-layer/panel/server.ts';
import { failure } from '@thinline/shared/failures.ts';
import { silent } from '@thinline/shared/log/log.ts';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium } from '../peers/chromium.ts';
import { hasPeers } from '../peers/required.ts';
import { FakeReplica, makeCall, makeQuality } from './fake-replica.ts';

let browser: Browser;
let folder: string;
let replica: FakeReplica;
let panel: Panel;
let context: BrowserContext;
let page: Page;
let complaints: string[];

describe.skipIf(!hasPeers('chromium'))('the panel', () => {
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'panel-'));
    replica = new FakeReplica();
    panel = await startPanel({
      replica,
      host: '127.0.0.1',
      port: 0,
      controlPath: join(folder, 'run', 'control'),
      log: silent,
    });
    context = await browser.newContext();
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    complaints = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
    });
    await page.goto(panel.url);
    await text('Registered').waitFor();
  });
  afterEach(async () => {
    await context.close();
    await panel.close();
    await rm(folder, { recursive: true });
    expect(complaints).toEqual([]);
  });

  type Press = (button: Locator) => Promise<void>;
  const ways: [string, Press][] = [
    ['mouse', (button) => button.click()],
    [
      'keyboard',
      async (button) => {
        await button.focus();
        await page.keyboard.press('Enter');
      },
    ],
  ];
  const button = (name: string) => page.getByRole('button', { name });
  const field = () => page.getByRole('textbox', { name: 'Number or address' });
  const text = (words: string) => page.getByText(words, { exact: true });
  /** The window's title; the tests have no types of the page's world. */
  const titled = (title: string) =>
    page.waitForFunction(
      (wanted) => (globalThis as unknown as { document: { title: string } }).document.title === wanted,
      title,
    );
  const last = () => replica.executed.at(-1);

  describe.each(ways)('by %s', (_way, press) => {
    test('dial pad, deleting, and calling', async () => {
      const pad = page.getByRole('group', { name: 'Dial pad' });
      for (const digit of ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'star', '0', 'pound']) {
        await press(pad.getByRole('button', { name: digit, exact: true }));
      }
      expect(await field().inputValue()).toBe('123456789*0#');
      await press(button('Delete the last character'));
      expect(await field().inputValue()).toBe('123456789*0');
      await press(page.getByRole('button', { name: 'Call', exact: true }));
      await text('Ringing there').waitFor();
      expect(last()).toEqual({ dial: { target: '123456789*0' } });
      expect(await field().inputValue()).toBe('');
    });

    test('answer, hold, resume, mute, unmute, hang up', async () => {
      const { id: callId } = replica.ring();
      await titled('☎ 602 rings');
      await press(button('Answer: 602'));
      await text('Talking').waitFor();
      expect(last()).toEqual({ answer: { callId } });
      await press(button('Hold: 602'));
      await text('On hold').waitFor();
      expect(last()).toEqual({ hold: { callId } });
      await press(button('Resume: 602'));
      await press(button('Mute: 602'));
      await text('Talking, muted').waitFor();
      expect(last()).toEqual({ mute: { callId, on: true } });
      await text('Microphone, muted').waitFor();
      await press(button('Unmute: 602'));
      await text('Talking').waitFor();
      expect(last()).toEqual({ mute: { callId, on: false } });
      await press(button('Hang up: 602'));
      await text('Ended').waitFor();
      expect(last()).toEqual({ hangUp: { callId } });
      expect(await button('Hang up: 602').count()).toBe(0);
    });

    test('reject', async () => {
      const { id: callId } = replica.ring();
      await press(button('Reject: 602'));
      await text('Ended').waitFor();
      expect(last()).toEqual({ reject: { callId } });
    });

    test('the keypad in a call sends each of its digits', async () => {
      replica.ring({ id: 'talk', state: 'TALKING', connectedAtMs: Date.now() });
      await press(button('Keypad: 602'));
      const pad = page.getByRole('group', { name: 'Tones for 602' });
      for (const digit of ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'star', '0', 'pound']) {
        await press(pad.getByRole('button', { name: digit, exact: true }));
      }
      await page.getByRole('definition').getByText('123456789*0#').waitFor();
      expect(replica.executed.map((body) => body.sendDtmf?.digits).join('')).toBe('123456789*0#');
      await press(button('Keypad: 602'));
      await pad.waitFor({ state: 'detached' });
    });

    test('in a call the dial pad opens on demand', async () => {
      replica.ring({ state: 'TALKING', connectedAtMs: Date.now() });
      const pad = page.getByRole('group', { name: 'Dial pad' });
      await pad.waitFor({ state: 'detached' });
      await press(button('Dial pad'));
      await press(pad.getByRole('button', { name: '7' }));
      expect(await field().inputValue()).toBe('7');
      await press(button('Dial pad'));
      await pad.waitFor({ state: 'detached' });
    });

    test('a line that failed can be registered now', async () => {
      const why = failure('serverUnknown', { server: 'example.org', detail: 'ENOTFOUND' });
      replica.change(({ lines }) =>
        lines.forEach((line) => {
          Object.assign(line, { state: 'FAILED', failure: why, retryAtMs: Date.now() + 60_000 });
        }),
      );
      await page.getByText(/^Next try in (1:00|0:5\d)$/).waitFor();
      for (const words of [why.message, why.cause, why.remedy, why.code]) await text(words).waitFor();
      await press(button('Try now'));
      await text('Registered').waitFor();
      expect(last()).toEqual({ register: { lineId: 'line0' } });
    });

    test('a command that fails says why in full, until it is dismissed', async () => {
      const why = failure('malformedTarget', { target: 'a b' });
      replica.refusal = why;
      await field().fill('a b');
      await press(page.getByRole('button', { name: 'Call', exact: true }));
      for (const words of [why.message, why.cause, why.remedy, why.code]) await text(words).waitFor();
      expect(await page.getByRole('alert').count()).toBe(1);
      expect(await field().inputValue()).toBe('a b');
      await press(button(`Dismiss: ${why.message}`));
      await text(why.code).waitFor({ state: 'detached' });
    });
  });

  test('typing anywhere dials with Enter, and Escape clears', async () => {
    await button('Delete the last character').waitFor({ state: 'detached' });
    await page.getByRole('group', { name: 'Dial pad' }).getByRole('button', { name: '5' }).focus();
    await page.keyboard.type('99');
    expect(await field().inputValue()).toBe('99');
    await page.keyboard.press('Escape');
    expect(await field().inputValue()).toBe('');
    await page.keyboard.type('bob@example.org');
    await page.keyboard.press('Enter');
    await text('Ringing there').waitFor();
    expect(replica.executed).toEqual([{ dial: { target: 'bob@example.org' } }]);
  });

  test('Enter dials nothing when nothing is typed', async () => {
    await field().press('Enter');
    await field().fill('1');
    await field().press('Enter');
    await text('Ringing there').waitFor();
    expect(replica.executed).toEqual([{ dial: { target: '1' } }]);
  });

  test('digits typed while the keypad of a call has the focus are sent as tones', async () => {
    replica.ring({ id: 'talk', state: 'TALKING', connectedAtMs: Date.now() });
    await button('Keypad: 602').click();
    await page.getByRole('group', { name: 'Tones for 602' }).getByRole('button', { name: '1', exact: true }).waitFor();
    await page.keyboard.type('42#');
    await text('42#').waitFor();
    expect(await field().inputValue()).toBe('');
  });

  /** Run in the page: the name of what has the focus, and the outline around it (the field's is around its frame). */
  const focused = `(() => {
  const it = document.activeElement;
  const framed = it.tagName === 'INPUT' ? it.parentElement : it;
  return { name: it.getAttribute('aria-label') ?? (it.textContent || it.id), outline: getComputedStyle(framed).outlineStyle };
})()`;

  test('every control is reached by Tab, in the order of the page, with its focus visible', async () => {
    replica.ring();
    await button('Answer: 602').focus();
    const names: string[] = [];
    for (let i = 0; i < 15; i++) {
      const { name, outline } = await page.evaluate<{ name: string; outline: string }>(focused);
      names.push(name);
      expect(outline, name).toBe('solid');
      await page.keyboard.press('Tab');
    }
    const pad = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'star', '0', 'pound'];
    expect(names).toEqual(['Answer: 602', 'Reject: 602', 'destination', ...pad]);
  });

  test('a call tells its name, redirection, codec, quality, digits and duration', async () => {
    replica.change(({ calls, qualities }) => {
      const remote = { uri: 'sip:606@example.org', number: '606', displayName: 'Grace Hopper' };
      const redirections = [{ target: 'sip:601@example.org', status: 302 }];
      const connectedAtMs = Date.now() - 3_600_000;
      calls.push(makeCall({ id: 'one', remote, redirections, connectedAtMs, codec: 'opus', dtmfReceived: '17' }));
      qualities.push(makeQuality('one'));
    });
    for (const words of [
      'Grace Hopper',
      '606',
      'Sent on to 601',
      'opus · loss 1.0 % · jitter 4 ms · buffer 40 ms',
      '17',
    ]) {
      await text(words).waitFor();
    }
    await page.getByText(/^1:00:0[1-9]$/).waitFor();
  });

  test('a call that failed says why, and leaves by itself', async () => {
    const call = replica.ring({ state: 'RINGING', direction: 'OUTGOING' });
    await text('Ringing there').waitFor();
    const why = failure('callBusy', { target: '602', status: 486, reason: 'Busy Here' });
    replica.release(call, why);
    await text(why.message).waitFor();
    await text('Failed').waitFor({ state: 'detached' });
  });

  test('a live region says what happens to calls', async () => {
    const said = page.getByRole('status');
    const call = replica.ring();
    await said.getByText('602: Incoming call').waitFor({ state: 'attached' });
    replica.change(() => Object.assign(call, { state: 'TALKING', connectedAtMs: Date.now() }));
    await said.getByText('602: Talking').waitFor({ state: 'attached' });
  });

  test('meters follow the levels and fall to silence without them', async () => {
    const microphone = page.getByRole('meter', { name: 'Microphone level' });
    const read = (level: string) =>
      page.locator(`meter[aria-label="Microphone level"][aria-valuetext="${level}"]`).waitFor();
    await read('silent');
    replica.emit('levels', { microphoneDbfs: -30, speakerDbfs: -60 });
    await read('-30 dB');
    expect(await microphone.evaluate((meter) => (meter as unknown as { value: number }).value)).toBe(0.5);
    await read('silent');
    expect(await microphone.evaluate((meter) => (meter as unknown as { value: number }).value)).toBe(0);
  });

  test('a phone that cannot be reached is said so, and nothing can be done with it until it is back', async () => {
    replica.ring();
    await button('Answer: 602').waitFor();
    const why = failure('endpointUnreachable', { detail: 'no answer for 1.5 s' });
    replica.setLink({ state: 'lost', placement: 'this machine', failure: why });
    await text(why.message).waitFor();
    expect(await button('Answer: 602').isDisabled()).toBe(true);
    await field().fill('601');
    expect(await page.getByRole('button', { name: 'Call', exact: true }).isDisabled()).toBe(true);
    replica.setLink({ state: 'up', placement: 'this machine', failure: null });
    await text(why.message).waitFor({ state: 'detached' });
    expect(await button('Answer: 602').isDisabled()).toBe(false);
  });

  test('notices stand until they are cleared', async () => {
    const why = failure('portInUse', { min: 5060, max: 5070 });
    replica.change(({ notices }) => notices.push({ subject: 'port', failure: why }));
    await text(why.message).waitFor();
    replica.change(({ notices }) => notices.splice(0));
    await text(why.message).waitFor({ state: 'detached' });
  });

  test('a panel that lost Thinline says so, and with a new start what to do', async () => {
    const port = Number(new URL(panel.url).port);
    await panel.close();
    await text('The panel lost Thinline.').waitFor();
    expect(await page.getByRole('button', { name: '5', exact: true }).isDisabled()).toBe(true);
    panel = await startPanel({
      replica,
      host: '127.0.0.1',
      port,
      controlPath: join(folder, 'run', 'control'),
      log: silent,
    });
    await text('This page may not control the phone.').waitFor();
    await page.goto(panel.url);
    await text('Registered').waitFor();
  });

  test('the token leaves the address, and scripts cannot read the cookie', async () => {
    expect(new URL(page.url()).search).toBe('');
    expect(await page.evaluate('document.cookie')).toBe('');
    expect(await context.cookies()).toMatchObject([{ httpOnly: true, sameSite: 'Strict' }]);
  });

  test('nothing is asked of other hosts, and the page fits 320 pixels', async () => {
    const hosts = new Set<string>();
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    replica.ring({ state: 'TALKING', remote: { uri: '', number: '', displayName: 'x'.repeat(200) } });
    await page.setViewportSize({ width: 320, height: 568 });
    await page.reload();
    await button('Hang up').waitFor();
    expect([...hosts]).toEqual([new URL(panel.url).host]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });
});
