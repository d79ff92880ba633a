/** Transfers from the panel, with real phones at a real server: who talks with whom in the end is heard. */
import type { Call } from '@thinline/shared/contract/types.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { type Baresip, startBaresip } from '../peers/baresip.ts';
import { launchChromium } from '../peers/chromium.ts';
import { type Kamailio, startKamailio } from '../peers/kamailio.ts';
import { hasPeers } from '../peers/required.ts';
import { type Phone, startPhone } from '../phone.ts';
import { type Person, personWith, ways } from './person.ts';

const people = {
  agent: { user: '701', password: 'seven-zero-one' },
  bob: { user: '702', password: 'seven-zero-two' },
  carol: { user: '703', password: 'seven-zero-three' },
} as const;
/** What each of them says all the time, Hz. */
const tones = { agent: 1000, bob: 500, carol: 800 } as const;

describe.skipIf(!hasPeers('chromium', 'kamailio', 'baresip'))('transfers at the panel', () => {
  let server: Kamailio;
  let phone: Phone;
  let bob: Baresip;
  let carol: Baresip;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    server = await startKamailio({ users: Object.values(people) });
    const address = `${server.host}:${server.udpPort}`;
    phone = await startPhone({ lines: [{ ...people.agent, server: address }], audio: { tone: tones.agent } });
    const baresip = (who: 'bob' | 'carol'): Promise<Baresip> =>
      startBaresip({
        ...people[who],
        server: address,
        codecs: ['pcmu'],
        audio: { tone: tones[who] },
        autoAnswer: true,
      });
    bob = await baresip('bob');
    carol = await baresip('carol');
    await Promise.all([phone.registered(), bob.registered(), carol.registered()]);
    browser = await launchChromium();
    page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(phone.url);
  });
  afterAll(async () => {
    await browser?.close();
    for (const it of [phone, carol, bob, server]) await it?.stop();
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).first();
  const field = (name: string) => page.getByLabel(name, { exact: true });
  const callWith = async (number: string, state: Call['state']): Promise<void> => {
    const isIt = (it: Call): boolean => it.remote?.number === number && it.state === state;
    await phone.waitFor(`a call with ${number}, ${state}`, (it) => it.phone?.calls.some(isIt) ?? false, 20_000);
  };
  const dial = async (person: Person, number: string): Promise<void> => {
    await person.type(field('Number or address'), number);
    await page.keyboard.press('Enter');
    await callWith(number, 'TALKING');
  };

  describe.each(ways)('by %s', (way) => {
    let person: Person;
    beforeAll(() => {
      person = personWith(way, page);
    });
    const press = (name: string | RegExp) => person.press(button(name));

    test('unattended: bob is sent to carol, and hears her', async () => {
      await dial(person, people.bob.user);
      await phone.waitForTone(tones.bob);
      await press('Transfer: 702');
      await person.type(field('Transfer to number or address'), people.carol.user);
      await person.press(
        page.getByRole('form', { name: /^Transfer / }).getByRole('button', { name: 'Transfer', exact: true }),
      );
      await phone.noCalls(20_000);
      await bob.waitForTone(tones.carol);
      await bob.hangup();
      await carol.waitForEvent('CALL_CLOSED');
    });

    test('attended: after a consultation bob and carol hear each other', async () => {
      await dial(person, people.bob.user);
      await press('Transfer: 702');
      await person.type(field('Transfer to number or address'), people.carol.user);
      await press('Consult first');
      await callWith(people.carol.user, 'TALKING');
      await callWith(people.bob.user, 'HELD');
      await phone.waitForTone(tones.carol);
      await press('Complete the transfer');
      await phone.noCalls(20_000);
      await bob.waitForTone(tones.carol);
      await carol.waitForTone(tones.bob);
      await bob.hangup();
      await carol.waitForEvent('CALL_CLOSED');
    });
  });

  test('a call that comes is seen with its caller, and is answered and heard', async () => {
    await bob.dial(`sip:${people.agent.user}@${server.host}:${server.udpPort}`);
    await page.getByText('Incoming call', { exact: true }).waitFor();
    await button(/^Answer: .*702/).click();
    await phone.waitForTone(tones.bob);
    await bob.waitForTone(tones.agent);
    await button(/^Hang up: .*702/).click();
    await phone.noCalls();
    await page.getByText('Talking', { exact: true }).waitFor({ state: 'detached' });
  });
});
