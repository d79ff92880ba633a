/** Signing in at the panel, as an agent does: by mouse and by keyboard, with and without mistakes. */
import type { SignIn } from '@thinline/app-layer/desk.ts';
import { blankLine } from '@thinline/shared/contract/blank.ts';
import type { Failure } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium } from '../peers/chromium.ts';
import { hasPeers } from '../peers/required.ts';
import { lookAt, patience } from './look.ts';
import { presses } from './person.ts';
import { type Stage, setStage } from './stage.ts';

let browser: Browser;
let stage: Stage;
let asked: unknown[];
let refusal: Failure | null;

const field = (name: string) => stage.page.getByLabel(name, { exact: true });
const button = (name: string) => stage.page.getByRole('button', { name, exact: true });
const form = () => stage.page.getByRole('form', { name: 'Sign in' });
const text = (words: string) => stage.page.getByText(words, { exact: true });

const say = (signIn: Partial<SignIn>) => stage.desk.say({ signIn: { ...stage.desk.desk().signIn, ...signIn } });
const setLine = (state: 'REGISTERED' | 'UNREGISTERED' | 'FAILED', why: Failure | null = null) =>
  stage.replica.change((phone) => {
    phone.lines = [blankLine({ id: 'line0', state, address: 'sip:701@example.org', failure: why })];
  });

describe.skipIf(!hasPeers('chromium'))('signing in', () => {
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    stage = await setStage(browser);
    asked = [];
    refusal = null;
    Object.assign(stage.desk, {
      async signIn(account: unknown) {
        asked.push(account);
        return refusal;
      },
      async signOut() {
        asked.push('signed out');
        return refusal;
      },
    });
    stage.replica.change((phone) => {
      phone.lines = [];
    });
    say({ by: 'nobody', user: '', server: 'sip.example.org', transport: 'tls', canKeep: true });
    await form().waitFor();
  });
  afterEach(async () => {
    const { complaints } = stage;
    await stage.close();
    expect(complaints).toEqual([]);
  });

  describe.each(presses)('by %s', (_way, press) => {
    test('with all that can be said', async () => {
      await field('User or number').fill(' 701 ');
      await field('Password').fill(' secret ');
      await field('Display name').fill('Ada Lovelace');
      await field('Keep me signed in').check();
      await press(stage.page.locator('summary').filter({ hasText: 'Advanced' }));
      expect(await field('Server').inputValue()).toBe('sip.example.org');
      await field('Server').fill('sip.example.net:5061');
      await field('Transport').selectOption('TCP');
      await field('Authentication name').fill('ada');
      await press(button('Sign in'));
      await expect.poll(() => asked).toHaveLength(1);
      expect(asked).toEqual([
        {
          user: '701',
          displayName: 'Ada Lovelace',
          authUser: 'ada',
          password: ' secret ',
          server: 'sip.example.net:5061',
          transport: 'tcp',
          keep: true,
        },
      ]);
    });

    test('and out, unregistering and registering meanwhile', async () => {
      setLine('REGISTERED');
      say({ by: 'panel', user: '701', displayName: 'Ada Lovelace', keep: true });
      await form().waitFor({ state: 'detached' });
      await press(stage.page.getByRole('tab', { name: 'Settings' }));
      const account = stage.page.getByRole('region', { name: 'Account' });
      await account.getByText('Signed in as 701').waitFor();
      await account.getByText('Registered', { exact: true }).waitFor();
      await press(button('Unregister the line'));
      await expect.poll(() => stage.replica.executed).toEqual([{ register: { lineId: 'line0', remove: true } }]);
      setLine('UNREGISTERED');
      await account.getByText('Not registered', { exact: true }).waitFor();
      await press(account.getByRole('button', { name: 'Register the line', exact: true }));
      await expect.poll(() => stage.replica.executed.at(-1)).toEqual({ register: { lineId: 'line0', remove: false } });
      await press(button('Sign out'));
      await expect.poll(() => asked).toEqual(['signed out']);
    });

    test('what is missing is said at its field, and the first of them gets the focus', async () => {
      await press(stage.page.locator('summary').filter({ hasText: 'Advanced' }));
      await field('Server').fill('https://sip.example.org/');
      await press(stage.page.locator('summary').filter({ hasText: 'Advanced' }));
      await press(button('Sign in'));
      const user = field('User or number');
      await user.and(stage.page.locator(':focus')).waitFor();
      const why = 'Say who you are: the user or number that your administrator gave you.';
      expect(await user.getAttribute('aria-invalid')).toBe('true');
      expect(await stage.page.locator(`#${await user.getAttribute('aria-describedby')}`).textContent()).toBe(why);
      // Folded up, it would be looked for in vain.
      await text('This is no host. Write it as sip.example.com, or sip.example.com:5060.').waitFor();
      await user.fill('701');
      await press(button('Sign in'));
      await field('Server').and(stage.page.locator(':focus')).waitFor();
      expect(await user.getAttribute('aria-invalid')).toBeNull();
      expect(asked).toEqual([]);
    });
  });

  test('what was folded up in the same moment is unfolded for what is wrong in it', async () => {
    await stage.page.locator('summary').filter({ hasText: 'Advanced' }).click();
    await field('User or number').fill('701');
    await field('Server').fill('not a host');
    // The browser tells the page of the folding later than of the second press.
    await stage.page.evaluate(`
      document.querySelector('.sign-in summary').click();
      document.querySelector('.sign-in [type=submit]').click();
    `);
    await field('Server').and(stage.page.locator(':focus')).waitFor();
    expect(asked).toEqual([]);
  });

  test('a refusal is said in full, and the password is asked for anew', async () => {
    refusal = failure('malformedTarget', { target: 'x' });
    await field('User or number').fill('701');
    await field('Password').fill('secret');
    await stage.page.keyboard.press('Enter');
    for (const words of [refusal.message, refusal.cause, refusal.remedy]) await form().getByText(words).waitFor();
    expect(await field('Password').inputValue()).toBe('');
    expect(await field('User or number').inputValue()).toBe('701');
  });

  test('password managers know the fields', async () => {
    const told = async (name: string) => [
      await field(name).getAttribute('autocomplete'),
      await field(name).getAttribute('name'),
    ];
    expect(await told('User or number')).toEqual(['username', 'user']);
    expect(await told('Password')).toEqual(['current-password', 'password']);
    expect(await told('Display name')).toEqual(['name', 'displayName']);
  });

  test('without a keyring the agent is told that the password has to be typed again', async () => {
    await text('Your account is kept on this computer, the password in its keyring.').waitFor();
    say({ canKeep: false });
    await stage.page.getByText('type the password again after each start').waitFor();
  });

  test('where the file or the desktop says who it is, there is nothing to sign in to', async () => {
    setLine('REGISTERED');
    for (const by of ['file', 'desktop'] as const) {
      say({ by, user: '701' });
      await form().waitFor({ state: 'detached' });
      await stage.page.getByRole('tab', { name: 'Settings' }).click();
      await stage.page.getByRole('heading', { name: 'Settings' }).waitFor();
      expect(await stage.page.getByRole('region', { name: 'Account' }).count()).toBe(0);
      await stage.page.getByRole('tab', { name: 'Calls' }).click();
    }
  });

  test(
    'looks right, empty, with mistakes, and signed in',
    async () => {
      await lookAt(stage.page, 'sign-in', '.sign-in');
      await stage.page.locator('summary').filter({ hasText: 'Advanced' }).click();
      await field('Server').fill('not a host');
      await button('Sign in').click();
      await field('User or number').and(stage.page.locator('[aria-invalid]')).waitFor();
      await lookAt(stage.page, 'sign-in-mistakes', '.sign-in');
      setLine('FAILED', failure('serverUnknown', { server: 'sip.example.org', detail: 'ENOTFOUND' }));
      say({ by: 'panel', user: '701', displayName: 'Ada Lovelace' });
      await stage.page.getByRole('tab', { name: 'Settings' }).click();
      await stage.page.getByRole('region', { name: 'Account' }).waitFor();
      await lookAt(stage.page, 'account');
    },
    patience,
  );
});
