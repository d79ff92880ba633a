/** The phone against every scenario: what its user does meanwhile, and what the user sees of the call at its end. */
import type { Call } from '@thinline/shared/contract/types.ts';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { freePort } from '../../peers/ports.ts';
import { hasPeers } from '../../peers/required.ts';
import type { Sipp } from '../../peers/sipp.ts';
import { type Phone, startPhone } from '../../phone.ts';
import { type ScenarioName, scenarios, startScenario } from './scenarios.ts';

/** One phone for all, unless a scenario failed and may have left something behind. */
let rig: { phone: Phone; phonePort: number; sippPort: number } | null = null;
let sipp: Sipp | null = null;

async function startRig(): Promise<NonNullable<typeof rig>> {
  const [sippPort, phonePort] = [await freePort(), await freePort()];
  const phone = await startPhone({
    lines: [{ user: 'agent', server: `127.0.0.1:${sippPort}`, registerTimeout: 0 }],
    sipPorts: { min: phonePort, max: phonePort },
  });
  rig = { phone, phonePort, sippPort };
  await phone.waitFor('the line is there', ({ phone: it }) => it?.lines.length === 1);
  return rig;
}
async function stopRig(): Promise<void> {
  const { phone } = rig ?? {};
  rig = null;
  await phone?.stop();
}
afterEach(async ({ task }) => {
  await sipp?.stop();
  sipp = null;
  if (task.result?.state === 'fail') await stopRig();
});
afterAll(stopRig);

const dial = async (phone: Phone): Promise<void> => void (await phone.does('dial', '42'));

async function talk(phone: Phone): Promise<void> {
  await dial(phone);
  await phone.call('TALKING');
}

async function giveUp(phone: Phone): Promise<void> {
  await dial(phone);
  await phone.call('RINGING');
  await phone.does('hangup');
}

async function answer(phone: Phone): Promise<void> {
  await phone.call('ALERTING');
  await phone.does('answer');
  await phone.call('TALKING');
}

async function fail(phone: Phone, code: string): Promise<void> {
  const released: Promise<Call> = phone.released();
  await dial(phone);
  expect((await released).failure?.code).toBe(code);
}

/** What the user does, to the end of what is seen before the scenario ends. */
const stories: Record<ScenarioName, (phone: Phone) => Promise<unknown>> = {
  'busy-486': (phone) => fail(phone, 'TL3006'),
  'not-found-404': (phone) => fail(phone, 'TL3008'),
  'decline-603': (phone) => fail(phone, 'TL3007'),
  cancel: giveUp,
  'cancel-race': giveUp,
  'redirect-302': talk,
  'in-dialog-481-bye': async (phone) => {
    await talk(phone);
    await phone.does('hangup');
  },
  'in-dialog-481-reinvite': async (phone) => {
    await talk(phone);
    await phone.ctl('hold');
  },
  'glare-491': async (phone) => {
    await talk(phone);
    await phone.does('hold');
    await phone.call('HELD');
  },
  'late-and-repeated-200': talk,
  'forked-180': talk,
  'early-media': async (phone) => {
    await dial(phone);
    await phone.call('RINGING');
    await phone.call('TALKING');
  },
  'delayed-offer-invite': answer,
  'reinvite-without-sdp': answer,
  'incoming-cancel': (phone) => phone.call('ALERTING'),
  'bye-before-ack': async (phone) => {
    await phone.call('ALERTING');
    await phone.does('answer');
  },
  'uas-2xx-retransmission': async (phone) => {
    await phone.call('ALERTING');
    await phone.does('answer');
  },
  'hold-by-remote': async (phone) => {
    await answer(phone);
    await phone.call('REMOTE_HELD');
    await phone.call('TALKING');
  },
  'unknown-dialog': async () => {},
  reject: async (phone) => {
    await phone.call('ALERTING');
    await phone.does('reject');
  },
  // The last one: its INVITE goes on being sent, and would disturb another scenario.
  'silence-408': dial,
};

describe.skipIf(!hasPeers('sipp'))('the phone on the wire', () => {
  test.each(Object.keys(stories) as ScenarioName[])('%s', async (name) => {
    const { phone, phonePort, sippPort } = rig ?? (await startRig());
    const called = { remote: `127.0.0.1:${phonePort}`, service: 'agent' };
    sipp = await startScenario(name, scenarios[name].caller === 'sipp' ? called : undefined, { localPort: sippPort });
    // Its own report says best what went wrong on the wire, so it is asked first.
    const story = stories[name](phone);
    story.catch(() => {});
    await sipp.passed();
    await story;
    if (name === 'silence-408') await phone.does('hangup');
    else await phone.noCalls();
  });
});
