/** The panel as an agent uses it, in a real browser: every button by mouse and by keyboard. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Panel, startPanel } from '@thinline/app-layer/panel/server.ts';
import type { Line } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import { silent } from '@thinline/shared/log/log.ts';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium } from '../peers/chromium.ts';
import { hasPeers } from '../peers/required.ts';
import { FakeReplica, makeAgent, makeCall, makeQuality } from './fake-replica.ts';

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
  const changeLine = (more: Partial<Line>) =>
    replica.change(({ lines }) => {
      for (const line of lines) Object.assign(line, more);
    });
  const entry = (name: string) => page.getByLabel(name, { exact: true });

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

    test('a call is transferred to a number, which is then told of until it fails', async () => {
      const call = replica.ring({ id: 'one', state: 'TALKING', connectedAtMs: Date.now() });
      await press(button('Transfer: 602'));
      const form = page.getByRole('form', { name: 'Transfer 602' });
      const transfer = form.getByRole('button', { name: 'Transfer', exact: true });
      expect(await transfer.isDisabled()).toBe(true);
      // The field has the focus as it opens.
      await page.keyboard.type(' 604 ');
      await press(transfer);
      await text('Transferring to 604').waitFor();
      expect(last()).toEqual({ transfer: { callId: 'one', target: '604' } });
      await form.waitFor({ state: 'detached' });
      expect(await button('Transfer: 602').count()).toBe(0);
      replica.change(() => Object.assign(call.transfer ?? {}, { status: 180 }));
      await text('Transferring to 604, it rings there').waitFor();
      const why = failure('transferFailed', { target: '604', status: 486, reason: 'Busy Here' });
      replica.change(() => Object.assign(call.transfer ?? {}, { status: 486, failure: why }));
      for (const words of [why.message, why.cause, why.remedy, why.code]) await text(words).waitFor();
      await button('Transfer: 602').waitFor();
    });

    test('a call is joined with another one', async () => {
      const remote = { uri: 'sip:606@example.org', number: '606', displayName: 'Grace Hopper' };
      replica.ring({ id: 'held', state: 'HELD', remote });
      replica.ring({ id: 'talk', state: 'TALKING' });
      replica.ring({ id: 'new', state: 'ALERTING', remote: { ...remote, displayName: 'Nobody yet' } });
      await press(button('Transfer: Grace Hopper'));
      expect(await button('Connect Grace Hopper with Nobody yet').count()).toBe(0);
      await press(button('Connect Grace Hopper with 602'));
      await text('Transferring to 603').waitFor();
      expect(last()).toEqual({ transfer: { callId: 'held', otherCallId: 'talk' } });
    });

    test('a transfer that is refused leaves the form open', async () => {
      replica.ring({ id: 'one', state: 'TALKING' });
      await press(button('Transfer: 602'));
      replica.refusal = failure('malformedTarget', { target: 'x y' });
      await entry('Transfer to number or address').fill('x y');
      await press(
        page.getByRole('form', { name: 'Transfer 602' }).getByRole('button', { name: 'Transfer', exact: true }),
      );
      await text(replica.refusal.message).waitFor();
      expect(await entry('Transfer to number or address').inputValue()).toBe('x y');
    });

    test('an agent logs in, says when calls may come, and logs out', async () => {
      expect(await page.getByRole('region', { name: 'Agent on 701' }).count()).toBe(0);
      changeLine({ agent: makeAgent() });
      await text('Logged out').waitFor();
      expect(await button('Log in').isDisabled()).toBe(true);
      await entry('Agent id').fill(' 7001 ');
      await entry('Password').fill('secret');
      expect(await entry('Password').getAttribute('type')).toBe('password');
      await press(button('Log in'));
      await text('Agent 7001 on 701').waitFor();
      const lineId = 'line0';
      expect(last()).toEqual({ setAgentState: { lineId, state: 'NOT_READY', agentId: '7001', password: 'secret' } });
      await press(button('Ready').first());
      await page.getByRole('button', { name: 'Ready', exact: true, pressed: true }).waitFor();
      expect(last()).toEqual({ setAgentState: { lineId, state: 'READY' } });
      await entry('Reason code, if not ready').fill('3');
      await press(button('Not ready'));
      await text('Not ready, reason 3').waitFor();
      expect(last()).toEqual({ setAgentState: { lineId, state: 'NOT_READY', reason: '3' } });
      await press(button('After-call work'));
      await page.getByRole('button', { name: 'After-call work', pressed: true }).waitFor();
      expect(last()).toEqual({ setAgentState: { lineId, state: 'AFTER_CALL_WORK' } });
      await press(button('Log out'));
      await text('Logged out').waitFor();
      expect(last()).toEqual({ setAgentState: { lineId, state: 'LOGGED_OUT' } });
      expect(await entry('Password').inputValue()).toBe('');
    });

    test('do not disturb is switched on and off', async () => {
      await press(page.locator('summary'));
      const disturb = (checked: boolean) => page.getByRole('switch', { name: 'Do not disturb', checked });
      await press(disturb(false));
      await text('do not disturb').waitFor();
      expect(last()).toEqual({ setDoNotDisturb: { lineId: 'line0', on: true } });
      await press(disturb(true));
      await text('ring here').waitFor();
      expect(last()).toEqual({ setDoNotDisturb: { lineId: 'line0', on: false } });
    });

    test('calls are forwarded, each kind by itself', async () => {
      await press(page.locator('summary'));
      const forward = (kind: string) => page.getByRole('button', { name: `Forward ${kind}`, exact: true });
      expect(await forward('always').isDisabled()).toBe(true);
      await entry('Forward always to').fill('602');
      await press(forward('always'));
      await text('Forwarded always to 602').waitFor();
      const told = (forwarding: object) => ({ setForwarding: { lineId: 'line0', forwarding } });
      expect(last()).toEqual(told({ kind: 'ALWAYS', on: true, target: '602', seconds: 0 }));
      await entry('Forward when busy to').fill('603');
      await press(forward('when busy'));
      await text('forwarded always to 602; forwarded when busy to 603').waitFor();
      expect(last()).toEqual(told({ kind: 'BUSY', on: true, target: '603', seconds: 0 }));
      await entry('Forward without an answer to').fill('604');
      await entry('after seconds').fill('35');
      await press(forward('without an answer'));
      await text('Forwarded without an answer to 604, after 35 s').waitFor();
      expect(last()).toEqual(told({ kind: 'NO_ANSWER', on: true, target: '604', seconds: 35 }));
      await press(button('Stop forwarding always'));
      await text('forwarded when busy to 603; forwarded without an answer to 604, after 35 s').waitFor();
      expect(last()).toEqual(told({ kind: 'ALWAYS', on: false }));
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
    for (let i = 0; i < 16; i++) {
      const { name, outline } = await page.evaluate<{ name: string; outline: string }>(focused);
      names.push(name);
      expect(outline, name).toBe('solid');
      await page.keyboard.press('Tab');
    }
    const pad = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'star', '0', 'pound'];
    expect(names).toEqual(['Answer: 602', 'Reject: 602', 'Calls to 701ring here', 'destination', ...pad]);
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

  test('an incoming call tells who it was for, who sent it, and when it answers by itself', async () => {
    const sales = { uri: 'sip:700@example.org', number: '700', displayName: 'Sales' };
    const referredBy = { uri: 'sip:603@example.org', number: '603', displayName: '' };
    const autoAnswerAtMs = Date.now() + 60_000;
    const call = replica.ring({ diversions: [{ party: sales, reason: 'busy' }], referredBy, autoAnswerAtMs });
    for (const words of ['For Sales, busy', 'Sent by 603']) await text(words).waitFor();
    const countdown = page.getByText(/^Answers by itself in [1-6]?\d s$/);
    await countdown.waitFor();
    await page.getByRole('status').getByText('It answers by itself').waitFor({ state: 'attached' });
    replica.change(() => Object.assign(call, { state: 'TALKING' }));
    await countdown.waitFor({ state: 'detached' });
  });

  test('a call that was taken elsewhere says so', async () => {
    const call = replica.ring({ endReason: 'SIP;cause=200;text="Call completed elsewhere"' });
    await button('Answer: 602').waitFor();
    replica.release(call);
    await text('Call completed elsewhere').waitFor();
  });

  test('a line tells of messages and appearances, and its agent of what went wrong', async () => {
    const why = failure('agentNoAnswer');
    changeLine({
      agent: makeAgent({ state: 'NOT_READY', agentId: '7001', pending: true, failure: why }),
      mailboxes: [{ account: 'sip:7000@a', waiting: true, newMessages: 2, oldMessages: 3, newUrgent: 1, oldUrgent: 0 }],
      appearances: [
        { index: 1, state: 'HELD' },
        { index: 2, state: 'IDLE' },
      ],
      featuresOnServer: true,
    });
    await page.locator('summary').click();
    for (const words of [
      '2 new messages, 1 of them urgent',
      'appearance 1 held',
      'Not ready, not confirmed yet',
      'The server keeps these settings.',
      ...[why.message, why.cause, why.remedy, why.code],
    ]) {
      await text(words).waitFor();
    }
    await page.getByRole('status').getByText('701: Not ready, not confirmed yet').waitFor({ state: 'attached' });
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

  test('what the endpoint cannot do is grey, and says why', async () => {
    replica.ring({ state: 'TALKING' });
    await button('Transfer: 602').waitFor();
    const reason = 'This endpoint adapter cannot transfer calls.';
    replica.unavailable = { transfer: reason };
    replica.change(() => {});
    const transfer = button('Transfer: 602');
    await page.getByTitle(reason).waitFor();
    expect([await transfer.isDisabled(), await transfer.getAttribute('title')]).toEqual([true, reason]);
    expect(await button('Hold: 602').isDisabled()).toBe(false);
    expect(await button('Hold: 602').getAttribute('title')).toBeNull();
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

  test('a phone that is used from another place can be taken back', async () => {
    const here = button('Use the phone here');
    replica.setLink({ state: 'lost', failure: failure('endpointUnreachable', { detail: 'a test' }) });
    await text('The phone cannot be reached.').waitFor();
    expect(await here.count()).toBe(0);
    replica.setLink({ state: 'refused', failure: failure('takenOver', { host: 'desk2' }) });
    await here.click();
    replica.setLink({ state: 'up', failure: null });
    await here.waitFor({ state: 'detached' });
    expect(replica.executed).toEqual([{ register: {} }]);
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
    const longest = { uri: '', number: '', displayName: 'x'.repeat(200) };
    replica.ring({ id: 'one', state: 'TALKING', remote: longest, diversions: [{ party: longest, reason: 'busy' }] });
    replica.ring({ id: 'two', state: 'HELD', remote: longest });
    const agent = makeAgent({ state: 'AFTER_CALL_WORK', agentId: 'x'.repeat(60), pending: true });
    changeLine({ agent, forwardings: [{ kind: 'BUSY', on: true, target: 'x'.repeat(200), seconds: 0 }] });
    await page.setViewportSize({ width: 320, height: 568 });
    await page.reload();
    await button('Hang up').first().waitFor();
    await page.locator('summary').click();
    await button('Transfer').first().click();
    await button('Connect').waitFor();
    expect([...hosts]).toEqual([new URL(panel.url).host]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });
});
