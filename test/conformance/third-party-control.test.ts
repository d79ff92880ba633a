/** The phone under a contact centre's server: agents work at their desktops, the server moves the phone (NOTIFY, REFER, re-INVITE). */
import type { Call as PhoneCall } from '@thinline/shared/contract/types.ts';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { freePort } from '../peers/ports.ts';
import type { Call } from '../peers/sip-server/call.ts';
import { inWords, notifyFigures } from '../peers/sip-server/figures.ts';
import { fieldOf } from '../peers/sip-server/message.ts';
import { mixOperations } from '../peers/sip-server/mixed-operations.ts';
import { Desktop } from '../peers/sip-server/operations.ts';
import { SipServer } from '../peers/sip-server/server.ts';
import { type Scene, type StoryPhone, sameCallTwice, stories } from '../peers/sip-server/stories.ts';
import { until } from '../peers/until.ts';
import { type Phone, startPhone } from '../phone.ts';
import { inspectable, lookInside, opened } from '../tools/inside.ts';

const agent = { user: '1001', password: 'secret' };
const { user } = agent;
/** ms; the requirement is 20 on a machine that does nothing else. After 500 the server sends it again. */
const notifyBound = 250;

interface Rig extends Scene {
  device: Phone;
  /** Of its adapter, once it is asked for. */
  inspectorPort: number;
  close(): Promise<void>;
}

/** One phone for all, unless a test failed and may have left something behind. */
let shared: Rig | null = null;

async function open(): Promise<Rig> {
  const server = await SipServer.start({ agents: [agent], keepAlive: 500 });
  const inspectorPort = await freePort();
  const device = await startPhone({
    lines: [{ ...agent, server: server.address }],
    env: { NODE_OPTIONS: inspectable(inspectorPort) },
  });
  const close = async () => {
    console.log(inWords(notifyFigures(server.notifies)));
    await device.stop();
    await server.close();
  };
  await device.registered().catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return { server, device, inspectorPort, desktop: new Desktop(server), phone: storyPhone(device), user, close };
}

const rig = async (): Promise<Rig> => {
  shared ??= await open();
  return shared;
};

async function closeShared(): Promise<void> {
  const it = shared;
  shared = null;
  await it?.close();
}

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await closeShared();
});
afterAll(closeShared);

/** The phone's call, once it is so. */
async function seen(
  device: Phone,
  callId: string,
  what: string,
  holds: (it: PhoneCall) => boolean,
): Promise<PhoneCall> {
  const find = (calls: readonly PhoneCall[] = []) => calls.find((it) => it.sipCallId === callId && holds(it));
  const state = await device.waitFor(`call ${callId} ${what}`, ({ phone }) => find(phone?.calls) !== undefined);
  const call = find(state.phone?.calls);
  if (!call) throw new Error('unreachable: the condition held');
  return call;
}

function storyPhone(device: Phone): StoryPhone {
  return {
    shows: async (callId, state) => void (await seen(device, callId, state, (it) => it.state === state)),
    hangUp: async (callId) => {
      const { id } = await seen(device, callId, 'is there', () => true);
      await device.does('hangup', '--call', id);
    },
    dial: async (number) => {
      const released = device.released();
      released.catch(() => {});
      await device.does('dial', number);
      const talks = (it: PhoneCall) => it.remote?.number === number && it.state === 'TALKING';
      await Promise.race([released, device.waitFor('talking', ({ phone }) => phone?.calls.some(talks) === true)]);
    },
  };
}

/** The phone is idle, and nothing is left over or was done wrong. */
async function allWell({ server, device }: Pick<Rig, 'server' | 'device'>): Promise<void> {
  await server.passed();
  await device.noCalls();
}

async function leftInside({ device, inspectorPort }: Rig) {
  const inside = await lookInside(device.state().phone?.endpoint?.pid ?? 0, inspectorPort);
  try {
    return await opened(inside);
  } finally {
    inside.close();
    // It has stood still, and the app layer may have lost it.
    await until('the app layer has the adapter again', async () => (await device.ctl('register')).code === 0, 30_000);
  }
}

describe('each operation by itself', () => {
  test.each(Object.keys(stories))('%s', async (name) => {
    const it = await rig();
    await stories[name]?.(it);
    await allWell(it);
  });
});

describe('what the phone tells of it', () => {
  test('digits, and the number that the contact centre has for the call', async () => {
    const it = await rig();
    const call = await it.desktop.incoming(user);
    await it.desktop.answer(call);
    await it.desktop.dtmf(call, '4711#');
    const { callUuid } = await seen(
      it.device,
      call.dialog.callId,
      'has sent the digits',
      (its) => its.dtmfSent === '4711#',
    );
    expect(callUuid).toBe(call.uuid);
    await it.desktop.release(call);
    await allWell(it);
  });

  test.each([
    ['a call of the agent, by URN', '<urn:alert:service:3pcc@genesys>', true],
    ['a call of the agent, by no file', '<file://null>;service=3pcc', true],
    ['a call of a customer', '<http://example.org/bell.wav>', false],
  ])('%s: silent or not', async (_, alertInfo, silent) => {
    const it = await rig();
    const call = await it.desktop.incoming(user, { fields: { 'Alert-Info': alertInfo } });
    const alerting = await seen(it.device, call.dialog.callId, 'alerts', ({ state }) => state === 'ALERTING');
    expect(alerting.silent).toBe(silent);
    await it.desktop.cancel(call);
    if (silent) await it.desktop.release(await it.desktop.makeCall(user, { number: '7001', rings: 50 }, { alertInfo }));
    await allWell(it);
  });
});

const required = 'Answer-Mode, required';

/** Every form of it that is in use. */
const autoAnswers: Record<string, Record<string, string>> = {
  'bare info': { 'Alert-Info': 'info=alert-autoanswer' },
  'info after an empty URI': { 'Alert-Info': ';info=alert-autoanswer' },
  'info after a URI': { 'Alert-Info': '<http://localhost/AutoAnswer>;info=alert-autoanswer' },
  'a delay first': { 'Alert-Info': '<http://localhost/AutoAnswer>;delay=0;info=alert-autoanswer' },
  'a delay last, upper case, spaces': { 'Alert-Info': '<http://localhost/> ; INFO = Alert-AutoAnswer ; delay = 0' },
  'the second of two values': { 'Alert-Info': '<http://localhost/a.wav>, <http://localhost/b>;info=alert-autoanswer' },
  'answer-after': { 'Alert-Info': 'answer-after=0' },
  'Auto Answer': { 'Alert-Info': 'Auto Answer' },
  'Ring Answer': { 'Alert-Info': 'Ring Answer' },
  Intercom: { 'Alert-Info': 'Intercom' },
  'intercom=true': { 'Alert-Info': '<sip:localhost>;intercom=true' },
  'Call-Info': { 'Call-Info': '<sip:localhost>;answer-after=0' },
  'Answer-Mode': { 'Answer-Mode': 'Auto' },
  [required]: { 'Answer-Mode': 'Auto;require', Require: 'answermode' },
  'Priv-Answer-Mode': { 'Priv-Answer-Mode': 'auto' },
  'P-Auto-Answer': { 'P-Auto-Answer': 'normal' },
};

describe('calls that the server wants answered at once', () => {
  test.each(Object.entries(autoAnswers))('%s', async (name, fields) => {
    const it = await rig();
    const call = await it.desktop.autoAnswered(user, fields);
    await it.phone.shows(call.dialog.callId, 'TALKING');
    const final = call.invite?.final;
    // RFC 5373 §4.3: the answer says how it was answered.
    if (name.includes('Answer-Mode') && final) expect(modeOf(final)).toMatch(/^auto/i);
    await it.desktop.release(call);
    await allWell(it);
  });

  test('after a delay', async () => {
    const it = await rig();
    const call = await it.desktop.autoAnswered(user, { 'Alert-Info': '<sip:localhost>;info=alert-autoanswer;delay=1' });
    const { sentAt = Number.NaN, finalAt = Number.NaN } = call.invite ?? {};
    expect(finalAt - sentAt).toBeGreaterThan(900);
    await it.desktop.release(call);
    await allWell(it);
  });

  const wished = Object.entries(autoAnswers).filter(([name]) => name !== required);
  test.each(wished)('from a stranger it only rings: %s', async (_, fields) => {
    const it = await rig();
    await fromStranger(it, (desktop) => expectRinging(desktop, fields));
    await allWell(it);
  });

  test('from a stranger who insists it is refused (RFC 5373)', async () => {
    const it = await rig();
    const fields = autoAnswers[required] ?? {};
    await fromStranger(it, async (desktop) => expect(await desktop.refused(user, { fields })).toBe(403));
    await allWell(it);
  });

  test('Answer-Mode: Manual, and it only rings', async () => {
    const it = await rig();
    await expectRinging(it.desktop, { 'Answer-Mode': 'Manual' });
    await allWell(it);
  });
});

/** A server that the phone has not registered with. */
async function fromStranger({ server }: Rig, act: (desktop: Desktop) => Promise<unknown>): Promise<void> {
  const stranger = await SipServer.start({ agents: [], host: '127.0.0.2' });
  try {
    stranger.introduce(user, server.bindingOf(user));
    await act(new Desktop(stranger));
    await stranger.passed();
  } finally {
    await stranger.close();
  }
}

const modeOf = (answer: Parameters<typeof fieldOf>[0]): string =>
  fieldOf(answer, 'Answer-Mode') || fieldOf(answer, 'Priv-Answer-Mode');

/** It goes on ringing while other requests are answered, until the caller gives up. */
async function expectRinging(desktop: Desktop, fields: Record<string, string>): Promise<void> {
  const call: Call = await desktop.incoming(user, { fields });
  await desktop.keepAlive(user);
  expect(call.state).toBe('ringing');
  await desktop.cancel(call);
}

test('the same call from two servers rings once', async () => {
  const servers = [await SipServer.start({ agents: [agent] }), await SipServer.start({ agents: [agent] })] as const;
  const device = await startPhone({ lines: servers.map(({ address: server }) => ({ ...agent, server })) });
  try {
    await device.registered();
    const [first, second] = servers.map((it) => ({ desktop: new Desktop(it), user }));
    if (!first || !second) throw new Error('unreachable: there are two');
    await sameCallTwice(first, second);
    for (const it of servers) await it.passed();
    await device.noCalls();
  } finally {
    await device.stop();
    for (const it of servers) await it.close();
  }
});

test.each([1, 2])('200 operations, mixed and overlapping, seed %i', { timeout: 300_000 }, async (seed) => {
  await closeShared();
  const it = await rig();
  const hangUp = ({ dialog }: Call) => it.phone.hangUp(dialog.callId);
  const { times, callsAtOnce } = await mixOperations(it.server, { agent: user, seed, count: 200, hangUp });
  await allWell(it);
  console.log([...times].map(([name, count]) => `${count} ${name}`).join(', '));
  const figures = notifyFigures(it.server.notifies);
  expect(callsAtOnce).toBeGreaterThanOrEqual(2);
  expect(figures.answered).toBe(figures.sent);
  expect(figures.percentile95).toBeLessThan(notifyBound);
  expect(it.device.log).not.toMatch(/^\S+ (warning|error) /m);
  expect(await leftInside(it)).toMatchObject({ dialogs: 0 });
});
