/** The panel as an agent uses it, in a real browser: every button by mouse and by keyboard. */
import { languages } from '@thinline/app-layer/words/languages.ts';
import type { Call, Line } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium } from '../peers/chromium.ts';
import { hasPeers } from '../peers/required.ts';
import { type FakeReplica, makeAgent, makeCall, makeQuality } from './fake-replica.ts';
import { type Press, presses } from './person.ts';
import { type Stage, setStage } from './stage.ts';

let browser: Browser;
let stage: Stage;
let replica: FakeReplica;
let context: BrowserContext;
let page: Page;

describe.skipIf(!hasPeers('chromium'))('the panel', () => {
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    stage = await setStage(browser);
    ({ replica, context, page } = stage);
  });
  afterEach(async () => {
    const { complaints } = stage;
    await stage.close();
    expect(complaints).toEqual([]);
  });

  const button = (name: string) => page.getByRole('button', { name });
  const field = () => page.getByRole('textbox', { name: 'Number or address' });
  const tab = (name: string) => page.getByRole('tab', { name });
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
  /** What interrupts a screen reader. */
  const interruption = () => page.locator('[aria-live="assertive"]');
  const entry = (name: string) => page.getByLabel(name, { exact: true });

  /** Run in the page: the name of what has the focus, and the outline around it (the field's is around its frame). */
  const focused = `(() => {
  const it = document.activeElement;
  const framed = it.tagName === 'INPUT' ? it.parentElement : it;
  return { name: it.getAttribute('aria-label') ?? (it.textContent || it.id), outline: getComputedStyle(framed).outlineStyle };
})()`;

  describe.each(presses)('by %s', (_way, press) => {
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
      await expect.poll(() => field().inputValue()).toBe('');
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
      expect(await button('Connect with Nobody yet').count()).toBe(0);
      await press(button('Connect with 602'));
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
      await entry('Seconds before forwarding').fill('35');
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

    test('a second call is answered while the first is put on hold, and back', async () => {
      replica.ring({ id: 'one', state: 'TALKING', connectedAtMs: Date.now(), remote: grace });
      replica.ring({ id: 'two' });
      await text('Another call is waiting').waitFor();
      await press(button('Hold and answer: 602'));
      await text('On hold').waitFor();
      expect(last()).toEqual({ answer: { callId: 'two' } });
      await press(button('Resume: Grace Hopper'));
      await button('Resume: 602').waitFor();
      expect(last()).toEqual({ resume: { callId: 'one' } });
    });

    test('somebody is consulted, and the transfer completed', async () => {
      const { caller, consultation } = await consult(press);
      await text('Ringing there').first().waitFor();
      await press(consultation().getByRole('button', { name: 'Complete the transfer' }));
      await text('Transferring to 603').waitFor();
      expect(last()).toEqual({ transfer: { callId: caller.id, otherCallId: asked().id } });
      await consultation().waitFor({ state: 'detached' });
    });

    test('somebody is consulted, and joined in a conference', async () => {
      const { consultation } = await consult(press);
      const join = consultation().getByRole('button', { name: 'Join in conference' });
      expect(await join.isDisabled()).toBe(true);
      replica.change(() => Object.assign(asked(), { state: 'TALKING', connectedAtMs: Date.now() }));
      await press(join);
      await text('Conference with 2 calls').waitFor();
      expect(last()).toEqual({ conference: { on: true } });
      await consultation().waitFor({ state: 'detached' });
      await press(button('End conference, keep one call'));
      await text('On hold').waitFor();
      expect(await consultation().count()).toBe(0);
      expect(last()).toEqual({ conference: { on: false } });
    });

    test('somebody is consulted, and the agent goes back to the caller', async () => {
      const { caller, consultation } = await consult(press);
      const { id: callId } = asked();
      await press(consultation().getByRole('button', { name: 'Back to Grace Hopper' }));
      await button('Hold: Grace Hopper').waitFor();
      expect(replica.executed.slice(-2)).toEqual([{ hangUp: { callId } }, { resume: { callId: caller.id } }]);
    });

    test('calls are joined', async () => {
      replica.ring({ id: 'one', state: 'HELD', remote: grace });
      await button('Resume: Grace Hopper').waitFor();
      expect(await button('Join all calls').count()).toBe(0);
      replica.ring({ id: 'two', state: 'TALKING' });
      await press(button('Join all calls'));
      await text('Conference with 2 calls').waitFor();
      expect(last()).toEqual({ conference: { on: true } });
    });

    test('a call is added from the card of another', async () => {
      replica.ring({ state: 'TALKING' });
      await press(button('Add call: 602'));
      await page.keyboard.type('603');
      expect(await field().inputValue()).toBe('603');
    });

    test('a recent number is called again', async () => {
      stage.history.push(pastCall('606', 'Grace Hopper'), pastCall('606', ''), pastCall('700', ''));
      await page.reload();
      await press(button('Call Grace Hopper 606'));
      await text('Ringing there').waitFor();
      expect(last()).toEqual({ dial: { target: '606' } });
      expect(await button('Call 700').count()).toBe(1);
    });
  });

  const grace = { uri: 'sip:606@example.org', number: '606', displayName: 'Grace Hopper' };
  const pastCall = (target: string, name: string): Stage['history'][number] => ({
    id: `${target} ${name}`,
    direction: 'INCOMING',
    name,
    target,
    outcome: 'answered',
    startedAtMs: 0,
    talkedMs: 1,
    failure: null,
  });
  /** The call that was dialled last. */
  const asked = (): Call => {
    const call = replica.phone.calls.at(-1);
    if (!call) throw new Error('there is no call');
    return call;
  };

  /** Talks to Grace, and consults 604 about her. */
  async function consult(press: Press) {
    const caller = replica.ring({ id: 'one', state: 'TALKING', connectedAtMs: Date.now(), remote: grace });
    await press(button('Transfer: Grace Hopper'));
    await page.keyboard.type('604');
    await press(button('Consult first'));
    const consultation = () => page.getByRole('region', { name: 'Consultation with 604 for Grace Hopper' });
    await consultation().waitFor();
    expect(last()).toEqual({ dial: { target: '604', lineId: 'line0' } });
    return { caller, consultation };
  }

  test('sections are opened, and stay after a reload', async () => {
    await tab('Settings').click();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    expect(await tab('Settings').getAttribute('aria-selected')).toBe('true');
    await page.reload();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await tab('Calls').click();
    await field().waitFor();
  });

  test('a consultation is still one after a reload, and over when one of the two has ended', async () => {
    const { consultation } = await consult((it) => it.click());
    await page.reload();
    await consultation().waitFor();
    replica.release(asked());
    await consultation().waitFor({ state: 'detached' });
    await button('Resume: Grace Hopper').waitFor();
  });

  test('what is pasted is cleaned', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate('navigator.clipboard.writeText("tel:+49 (0)30 123-456")');
    await field().focus();
    await page.keyboard.press('Control+V');
    expect(await field().inputValue()).toBe('+4930123456');
    await page.keyboard.press('Home');
    await page.evaluate('navigator.clipboard.writeText("0 0")');
    await page.keyboard.press('Control+V');
    expect(await field().inputValue()).toBe('00+4930123456');
    await field().fill('030 / 12 34');
    await page.keyboard.press('Enter');
    await text('Ringing there').waitFor();
    expect(last()).toEqual({ dial: { target: '0301234' } });
  });

  test('a number of a link waits in the field for the agent to call it', async () => {
    await tab('Status').click();
    stage.links.ask({ target: '+4930123456', extension: '17' });
    await text('After the answer: 17').waitFor();
    expect(await field().inputValue()).toBe('+4930123456');
    await page.getByRole('status').getByText('+4930123456 is in the number field.').waitFor({ state: 'attached' });
    expect(replica.executed).toEqual([]);
    await page.keyboard.press('Enter');
    await text('Ringing there').waitFor();
    expect(last()).toEqual({ dial: { target: '+4930123456' } });
  });

  test('an outgoing call tells where it is sent on to, and with whom it ends up', async () => {
    const call = replica.ring({ state: 'RINGING', direction: 'OUTGOING' });
    await text('Ringing there').waitFor();
    replica.change(() => Object.assign(call, { redirections: [{ target: 'sip:606@a', status: 181 }] }));
    await text('Sent on to 606').waitFor();
    replica.change(() => Object.assign(call, { state: 'TALKING', remote: grace }));
    await button('Hold: Grace Hopper').waitFor();
  });

  test('so many calls are shown whole as the administrator says, the others as a line', async () => {
    stage.desk.say({ callLines: 2 });
    for (const id of ['a', 'b', 'c']) replica.ring({ id, state: 'HELD' });
    await page.locator('[data-call="c"].line').waitFor();
    expect(await page.locator('.call.compact').count()).toBe(2);
    expect(await page.locator('[data-call="c"] button').count()).toBe(1);
  });

  test('sections that the administrator does not want are not there', async () => {
    stage.desk.say({ tabs: ['calls'] });
    await tab('Devices').waitFor({ state: 'detached' });
    expect(await page.getByRole('tab').allTextContents()).toEqual(['Calls', 'History', 'Settings']);
  });

  test.skipIf(!languages.some(({ tag }) => tag === 'ar'))(
    'the desktop chooses the language, and with it the direction; without it the browser does',
    async () => {
      const speaks = (tag: string, direction: string) =>
        page.locator(`html[lang="${tag}"][dir="${direction}"]`).waitFor();
      await speaks('en', 'ltr');
      stage.desk.say({ language: 'ar_EG' });
      await speaks('ar', 'rtl');
      await text('Registered').waitFor({ state: 'detached' });
      stage.desk.say({ language: '' });
      await speaks('en', 'ltr');
      await text('Registered').waitFor();
    },
  );

  test('beside an agent desktop the panel steps back, and comes back when that has gone', async () => {
    changeLine({ agent: makeAgent({ state: 'READY', agentId: '7001' }) });
    replica.ring({ state: 'TALKING' });
    const desktop = { client: 'Workspace', sinceMs: Date.now() };
    stage.desk.say({ desktop, besideDesktop: 'calls' });
    await text('Your agent desktop controls the calls: Workspace').waitFor();
    await button('Hang up: 602').waitFor();
    expect(await button('Not ready').count()).toBe(0);
    stage.desk.say({ besideDesktop: 'status' });
    await button('Hang up: 602').waitFor({ state: 'detached' });
    await text('Talking').waitFor();
    expect(await field().count()).toBe(0);
    stage.desk.say({ desktop: null });
    await tab('Calls').click();
    await button('Not ready').waitFor();
    await button('Hang up: 602').waitFor();
  });

  describe('with keys alone', () => {
    const keys = (letter: string) => page.keyboard.press(`Alt+Shift+${letter}`);

    test('calls are answered, muted, held, transferred, joined and ended', async () => {
      const { id: callId } = replica.ring();
      await button('Answer: 602').waitFor();
      await keys('Y');
      await text('Talking').waitFor();
      await keys('M');
      await text('Talking, muted').waitFor();
      await keys('M');
      await text('Talking').waitFor();
      await keys('H');
      await text('On hold').waitFor();
      await keys('H');
      await text('Talking').waitFor();
      await keys('K');
      await page.getByRole('group', { name: 'Tones for 602' }).waitFor();
      await page.keyboard.type('12');
      await page.getByRole('definition').getByText('12').waitFor();
      await keys('K');
      await keys('R');
      await page.getByRole('form', { name: 'Transfer 602' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('form', { name: 'Transfer 602' }).waitFor({ state: 'detached' });
      await keys('D');
      await page.keyboard.type('603');
      await page.keyboard.press('Enter');
      await button('Hang up: 603').waitFor();
      replica.change(() => Object.assign(asked(), { state: 'TALKING', connectedAtMs: Date.now() }));
      await button('Hold: 603').waitFor();
      await keys('S');
      await button('Hold: 602').waitFor();
      await keys('J');
      await text('Conference with 2 calls').waitFor();
      await keys('X');
      await text('Ended').waitFor();
      expect(replica.executed.map((body) => Object.keys(body).find((key) => key !== 'id'))).toEqual(
        'answer mute mute hold resume sendDtmf sendDtmf dial resume conference hangUp'.split(' '),
      );
      expect(last()).toEqual({ hangUp: { callId } });
      replica.ring({ id: 'new' });
      await button('Reject: 602').waitFor();
      await keys('N');
      await button('Reject: 602').waitFor({ state: 'detached' });
      expect(last()).toEqual({ reject: { callId: 'new' } });
    });

    test('typing goes to the number from any section', async () => {
      await keys('4');
      await page.getByRole('heading', { name: 'Lines' }).waitFor();
      await page.keyboard.type('12');
      expect(await field().inputValue()).toBe('12');
      await keys('4');
      await keys('D');
      await page.keyboard.type('3');
      expect(await field().inputValue()).toBe('123');
    });

    test('the agent is ready or not, and sections are opened', async () => {
      changeLine({ agent: makeAgent({ state: 'NOT_READY', agentId: '7001' }) });
      await button('Log out').waitFor();
      await keys('G');
      await page.getByRole('button', { name: 'Ready', exact: true, pressed: true }).waitFor();
      await keys('P');
      await page.getByRole('button', { name: 'Not ready', pressed: true }).waitFor();
      await keys('4');
      await page.getByRole('heading', { name: 'Lines' }).waitFor();
      await keys('1');
      await field().waitFor();
    });

    test('it is told how the calls stand', async () => {
      await keys('V');
      await page.getByRole('status').getByText('No calls').waitFor({ state: 'attached' });
      replica.ring({ id: 'one', state: 'HELD' });
      replica.ring({ id: 'two', state: 'TALKING', remote: grace });
      await button('Hold: Grace Hopper').waitFor();
      await keys('V');
      await page.getByRole('status').getByText('602: On hold. Grace Hopper: Talking').waitFor({ state: 'attached' });
    });

    test('all keys are shown by "?", and the focus comes back from there', async () => {
      await button('Keyboard shortcuts').focus();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
      await text('Answer the call that rings').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect((await page.evaluate<{ name: string }>(focused)).name).toBe('Keyboard shortcuts');
    });

    test('they can be turned off, typing anywhere too', async () => {
      await tab('Settings').click();
      await page.getByRole('switch', { name: 'Keyboard shortcuts' }).click();
      await tab('Calls').click();
      await tab('Calls').focus();
      replica.ring();
      await button('Answer: 602').waitFor();
      await keys('Y');
      await page.keyboard.type('12?');
      expect(await field().inputValue()).toBe('');
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(replica.executed).toEqual([]);
    });

    test('tabs are walked with the arrows, which turn round where one reads from the right', async () => {
      await tab('Calls').focus();
      await page.keyboard.press('ArrowRight');
      expect((await page.evaluate<{ name: string }>(focused)).name).toBe('Devices');
      await page.keyboard.press('End');
      expect((await page.evaluate<{ name: string }>(focused)).name).toBe('Settings');
      await page.keyboard.press('ArrowRight');
      expect((await page.evaluate<{ name: string }>(focused)).name).toBe('Calls');
      await page.evaluate('document.documentElement.dir = "rtl"');
      await page.keyboard.press('ArrowLeft');
      expect((await page.evaluate<{ name: string }>(focused)).name).toBe('Devices');
    });
  });

  describe('the focus is never lost', () => {
    const focus = async () => (await page.evaluate<{ name: string }>(focused)).name;
    const focusOn = (name: string) =>
      page.waitForFunction(
        (wanted) =>
          (globalThis as unknown as { document: { activeElement: { ariaLabel: string | null; id: string } } }).document
            .activeElement.ariaLabel === wanted ||
          (globalThis as unknown as { document: { activeElement: { id: string } } }).document.activeElement.id ===
            wanted,
        name,
      );

    test('a call that is answered keeps it', async () => {
      replica.ring();
      await button('Answer: 602').focus();
      await page.keyboard.press('Enter');
      await focusOn('Mute: 602');
    });

    test('from a call that has gone it goes to the one beside, and from the last one to the number', async () => {
      const one = replica.ring({ id: 'one', state: 'HELD', remote: grace });
      const two = replica.ring({ id: 'two', state: 'HELD' });
      await button('Hang up: Grace Hopper').focus();
      replica.release(one);
      await page.locator('[data-call="one"]').waitFor({ state: 'detached' });
      await focusOn('Call with 602');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Space');
      await page.keyboard.press('Tab');
      await focusOn('Resume: 602');
      expect(replica.executed).toEqual([]);
      replica.release(two);
      await page.locator('[data-call="two"]').waitFor({ state: 'detached' });
      await focusOn('destination');
    });

    test('a call that comes in does not take it from who is typing', async () => {
      await field().focus();
      await page.keyboard.type('12');
      replica.ring();
      await button('Answer: 602').waitFor();
      await page.keyboard.type('34');
      expect(await field().inputValue()).toBe('1234');
      expect(await focus()).toBe('destination');
    });

    test('a button that is disabled for a while has it again afterwards', async () => {
      replica.ring({ state: 'TALKING' });
      await button('Hold: 602').focus();
      replica.setLink({ state: 'lost', failure: failure('endpointUnreachable', { detail: 'a test' }) });
      await text('The phone cannot be reached.').waitFor();
      expect(await button('Hold: 602').isDisabled()).toBe(true);
      replica.setLink({ state: 'up', failure: null });
      await focusOn('Hold: 602');
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

  const tabThrough = async (count: number): Promise<string[]> => {
    const names: string[] = [];
    for (let i = 0; i < count; i++) {
      await page.keyboard.press('Tab');
      const { name, outline } = await page.evaluate<{ name: string; outline: string }>(focused);
      names.push(name);
      expect(outline, name).toBe('solid');
    }
    return names;
  };

  test('every control is reached by Tab, in the order of the page, with its focus visible', async () => {
    replica.ring();
    await button('Answer: 602').waitFor();
    await button('Keyboard shortcuts').focus();
    const pad = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'star', '0', 'pound'];
    expect(await tabThrough(17)).toEqual([
      'Calls',
      'Answer: 602',
      'Reject: 602',
      'destination',
      ...pad,
      'Calls to 701ring here',
    ]);
  });

  test('a call tells its name, redirection, codec, quality, digits and duration', async () => {
    replica.change(({ calls, qualities }) => {
      const remote = { uri: 'sip:606@example.org', number: '606', displayName: 'Grace Hopper' };
      const redirections = [{ target: 'sip:601@example.org', status: 302 }];
      const connectedAtMs = Date.now() - 3_600_000;
      calls.push(makeCall({ id: 'one', remote, redirections, connectedAtMs, codec: 'opus', dtmfReceived: '17' }));
      qualities.push(makeQuality('one', { networkLevel: 'GOOD' }));
    });
    for (const words of ['Grace Hopper', '606', 'Sent on to 601', 'opus', 'Network: good', '17']) {
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
    await interruption().getByText('It answers by itself').waitFor({ state: 'attached' });
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
      'Not ready, not confirmed yet',
      'The server keeps these settings.',
      ...[why.message, why.cause, why.remedy, why.code],
    ]) {
      await text(words).waitFor();
    }
    await page.getByRole('status').getByText('701: Not ready, not confirmed yet').waitFor({ state: 'attached' });
    await tab('Status').click();
    await text('appearance 1 held').waitFor();
  });

  test('a call that failed says why, and leaves by itself', async () => {
    await page.clock.install();
    await page.reload();
    const call = replica.ring({ state: 'RINGING', direction: 'OUTGOING' });
    await text('Ringing there').waitFor();
    const why = failure('callBusy', { target: '602', status: 486, reason: 'Busy Here' });
    replica.release(call, why);
    await text(why.message).waitFor();
    await page.clock.fastForward(21_000);
    await text('Failed').waitFor({ state: 'detached' });
  });

  test('a call that comes in interrupts a screen reader, and what happens to it then does not', async () => {
    const said = page.getByRole('status');
    const call = replica.ring();
    await interruption().getByText('602: Incoming call').waitFor({ state: 'attached' });
    expect(await said.textContent()).toBe('');
    replica.change(() => Object.assign(call, { state: 'TALKING', connectedAtMs: Date.now() }));
    await said.getByText('602: Talking').waitFor({ state: 'attached' });
    expect(await interruption().textContent()).toBe('602: Incoming call');
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
    await stage.panel.close();
    await text('The panel lost Thinline.').waitFor();
    expect(await page.getByRole('button', { name: '5', exact: true }).isDisabled()).toBe(true);
    await stage.restart();
    await text('This page may not control the phone.').waitFor();
    await page.goto(stage.panel.url);
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
    expect([...hosts]).toEqual([new URL(stage.panel.url).host]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });
});
