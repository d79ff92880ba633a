/** The panel with a real phone behind it, as a person uses it: both halves, the lab, a browser; by mouse and by keyboard alone. */
import type { Call } from '@thinline/shared/contract/types.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Lab, startLab } from '../../scripts/lab/lab.ts';
import { launchChromium } from '../peers/chromium.ts';
import { hasPeers } from '../peers/required.ts';
import { until } from '../peers/until.ts';
import { type Phone, startPhone } from '../phone.ts';
import { type Person, personWith, ways } from './person.ts';

describe.skipIf(!hasPeers('chromium')).each(ways)('the panel in use by %s', (way) => {
  let lab: Lab;
  let phone: Phone;
  let browser: Browser;
  let page: Page;
  let person: Person;
  const complaints: string[] = [];

  beforeAll(async () => {
    lab = await startLab();
    // Nobody is configured: the agent signs in.
    phone = await startPhone({
      lines: [],
      audio: { tone: 1000 },
      settings: { 'policy.panel.echo_target': '600' },
    });
    browser = await launchChromium();
    page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(phone.url);
    person = personWith(way, page);
  });
  afterAll(async () => {
    await browser?.close();
    await phone?.stop();
    await lab?.close();
  });
  afterEach(async () => {
    // What a test that failed left behind is not the next one's.
    for (const { id } of phone.state().phone?.calls ?? []) await phone.ctl('hangup', '--call', id);
    await phone.noCalls();
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).first();
  const field = (name: string) => page.getByLabel(name, { exact: true });
  const text = (words: string) => page.getByText(words, { exact: true }).first();
  const press = (name: string | RegExp) => person.press(button(name));
  const section = (name: string) => page.getByRole('tab', { name });
  /** Arrow keys lead from tab to tab, and each number key with Alt and Shift to its own. */
  const open = async (name: string, number: number): Promise<void> => {
    if (way === 'mouse') await section(name).click();
    else await page.keyboard.press(`Alt+Shift+Digit${number}`);
    await page.getByRole('tab', { name, selected: true }).waitFor();
  };
  const calls = (): Call[] => phone.state().phone?.calls ?? [];
  const call = (number: string, state: Call['state']): Promise<unknown> =>
    phone.waitFor(
      `a call with ${number}, ${state}`,
      (it) => it.phone?.calls.some(({ remote, state: now }) => remote?.number === number && now === state) ?? false,
      20_000,
    );
  const dial = async (number: string): Promise<void> => {
    await person.type(field('Number or address'), number);
    await page.keyboard.press('Enter');
  };
  const hangUpAll = async (): Promise<void> => {
    const hangUps = page.getByRole('button', { name: /^Hang up: / });
    while (calls().length > 0) {
      const before = calls().length;
      // The phone knows first: a button of a call that is over takes its key with it.
      await until('the page shows them', async () => (await hangUps.count()) === before);
      await press(/^Hang up: /);
      await phone.waitFor('a call less', (it) => (it.phone?.calls.length ?? 0) < before);
    }
  };

  test('signing in', async () => {
    await person.type(field('User or number'), lab.user);
    await person.type(field('Password'), 'wrong');
    await person.type(field('Display name'), 'Ada Lovelace');
    await person.type(field('Server'), `${lab.host}:${lab.port}`);
    await press('Sign in');
    await phone.waitFor('the password is refused', (it) => it.phone?.lines[0]?.state === 'FAILED');
    await open('Settings', 5);
    await press('Sign out');
    await phone.waitFor('no line', (it) => it.phone?.lines.length === 0);
    await open('Calls', 1);
    await person.type(field('Password'), lab.password);
    await press('Sign in');
    await phone.registered();
    await text('Registered').waitFor();
    expect(phone.state().phone?.lines[0]?.displayName).toBe('Ada Lovelace');
  });

  test('a number is dialled on the pad, rings, talks, and is hung up', async () => {
    const pad = page.getByRole('group', { name: 'Dial pad' });
    for (const digit of ['6', '0', '2']) await person.press(pad.getByRole('button', { name: digit }).first());
    await press('Call');
    await text('Ringing there').waitFor();
    await call('602', 'TALKING');
    await text('Talking').waitFor();
    await press('Hang up: 602');
    await phone.noCalls();
  });

  test('mute, hold, resume', async () => {
    await dial('601');
    await call('601', 'TALKING');
    await press('Mute: 601');
    await phone.waitFor('muted', (it) => it.phone?.calls[0]?.muted === true);
    await press('Unmute: 601');
    await phone.waitFor('not muted', (it) => it.phone?.calls[0]?.muted === false);
    await press('Hold: 601');
    await call('601', 'HELD');
    await press('Resume: 601');
    await call('601', 'TALKING');
    await hangUpAll();
  });

  test('tones reach the far end', async () => {
    await dial('608');
    await call('608', 'TALKING');
    const heard = lab.digitsHeard(4);
    await press('Keypad: 608');
    const pad = page.getByRole('group', { name: 'Tones for 608' });
    for (const digit of ['1', '9', 'star', 'pound'])
      await person.press(pad.getByRole('button', { name: digit }).first());
    expect(await heard).toBe('19*#');
    await hangUpAll();
  });

  test('a call that is sent on says where to', async () => {
    await dial('606');
    await text('Sent on to 601').waitFor();
    await phone.call('TALKING');
    await hangUpAll();
  });

  test('a call that fails says why, and what to do', async () => {
    await dial('603');
    await text('Failed').waitFor();
    await page
      .getByText(/^TL\d{4}$/)
      .first()
      .waitFor();
    await phone.noCalls();
  });

  test('an incoming call is answered, another one rejected', async () => {
    await dial('605');
    await phone.call('ALERTING');
    await press(/^Answer: /);
    await phone.call('TALKING');
    await hangUpAll();
    await dial('605');
    await phone.call('ALERTING');
    await press(/^Reject: /);
    await phone.noCalls();
  });

  test('a call that waits is taken, and the other one held', async () => {
    await dial('605');
    await phone.call('ALERTING');
    await dial('601');
    await call('601', 'TALKING');
    await text('Another call is waiting').waitFor();
    await press(/^Hold and answer: /);
    await phone.waitFor(
      'one held, one talking',
      (it) =>
        it.phone?.calls
          .map(({ state }) => state)
          .sort()
          .join() === 'HELD,TALKING',
    );
    await hangUpAll();
  });

  test('a consultation is seen, and leads back', async () => {
    await dial('600');
    await call('600', 'TALKING');
    await press('Transfer: 600');
    await person.type(field('Transfer to number or address'), '601');
    await press('Consult first');
    await call('601', 'TALKING');
    await call('600', 'HELD');
    await text('Consultation').waitFor();
    await press('Back to 600');
    await call('600', 'TALKING');
    await hangUpAll();
  });

  test('calls are joined in a conference, which the next one joins by itself', async () => {
    await dial('600');
    await call('600', 'TALKING');
    await dial('601');
    await call('601', 'TALKING');
    await press('Join all calls');
    await phone.waitFor('both are in it', (it) => it.phone?.calls.every(({ conference }) => conference) ?? false);
    await dial('602');
    await phone.waitFor(
      'three are in it',
      (it) => it.phone?.calls.filter(({ conference }) => conference).length === 3,
      20_000,
    );
    await press('End conference, keep one call');
    await phone.waitFor('none is in it', (it) => it.phone?.calls.every(({ conference }) => !conference) ?? false);
    await hangUpAll();
  });

  test('the page is loaded anew in a call: it is the same call, and its sound goes on', async () => {
    await dial('600');
    await call('600', 'TALKING');
    await phone.waitForTone(1000);
    const [before] = calls();
    await page.reload();
    await text('Talking').waitFor();
    await button('Hang up: 600').waitFor();
    expect(calls().map(({ id, state }) => ({ id, state }))).toEqual([{ id: before?.id, state: 'TALKING' }]);
    await phone.waitForTone(1000);
    await hangUpAll();
  });

  test('do not disturb', async () => {
    await open('Calls', 1);
    await person.press(page.locator('summary').filter({ hasText: /^Calls to / }));
    await person.press(field('Do not disturb'));
    await phone.waitFor('nobody disturbs', (it) => it.phone?.lines[0]?.doNotDisturb === true);
    await page.getByRole('switch', { name: 'Do not disturb', checked: true }).waitFor();
    await person.press(field('Do not disturb'));
    await phone.waitFor('calls ring', (it) => it.phone?.lines[0]?.doNotDisturb === false);
  });

  test('devices: a tone, the level of the microphone, volumes', async () => {
    await open('Devices', 2);
    await press('Play a tone');
    await phone.waitFor('a tone', (it) => it.phone?.audio?.test === 'TONE');
    await phone.waitFor('it ends by itself', (it) => it.phone?.audio?.test === 'NONE');
    await press('Test the microphone');
    await phone.waitFor('the microphone is open', (it) => it.phone?.audio?.test === 'MICROPHONE');
    await press('Stop');
    await phone.waitFor('it is closed', (it) => it.phone?.audio?.test === 'NONE');
    const muted = page.getByRole('switch', { name: 'Mute the microphone' });
    await person.press(muted);
    await phone.waitFor('muted', (it) => it.phone?.audio?.microphoneMuted === true);
    await page.getByRole('switch', { name: 'Mute the microphone', checked: true }).waitFor();
    await person.press(muted);
    await phone.waitFor('not muted', (it) => it.phone?.audio?.microphoneMuted === false);
  });

  test('the self-test tries microphone, loudspeaker, an echo call and the network', async () => {
    await open('Devices', 2);
    await press('Start the test');
    await press('Yes, I hear it');
    await call('600', 'TALKING');
    await text('Your line is registered, and the phone can be reached.').waitFor();
    for (const words of ['The microphone hears you.', 'You hear the loudspeaker.']) await text(words).waitFor();
    await phone.noCalls();
  });

  test('the history has the calls, and forgets them', async () => {
    await open('History', 3);
    await page.getByText('602').first().waitFor();
    await press('Erase all');
    await press('Erase');
    await text('No calls yet.').waitFor();
  });

  test('signing out', async () => {
    await open('Settings', 5);
    await press('Sign out');
    await phone.waitFor('no line', (it) => it.phone?.lines.length === 0);
    expect(complaints).toEqual([]);
  });
});
