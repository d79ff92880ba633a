/** The phone behind one and two record-routing proxies: every request goes through all of them, there and back. */
import type { Call } from '@thinline/shared/contract/types.ts';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { type Baresip, startBaresip } from '../peers/baresip.ts';
import { startKamailio } from '../peers/kamailio.ts';
import { startChain } from '../peers/kamailio-chain.ts';
import { hasPeers } from '../peers/required.ts';
import { type Phone, startPhone } from '../phone.ts';

interface Stoppable {
  stop(): Promise<unknown>;
}
/** Of one test, and of all tests of one chain, unless one of them failed and may have left something behind. */
const open: Stoppable[] = [];
const shared: Stoppable[] = [];
let rig: Rig | null = null;
async function keep<T extends Stoppable>(starting: Promise<T>, among = open): Promise<T> {
  const it = await starting;
  among.push(it);
  return it;
}
async function stopAll(list: Stoppable[]): Promise<void> {
  for (const it of list.splice(0).reverse()) await it.stop();
}
async function stopRig(): Promise<void> {
  rig = null;
  await stopAll(shared);
}
afterEach(async ({ task }) => {
  await stopAll(open);
  if (task.result?.state === 'fail') await stopRig();
});

const agent = { user: '701', password: 'seven-zero-one' } as const;
const bobs = { user: '702', password: 'seven-zero-two' } as const;
const carols = { user: '703', password: 'seven-zero-three' } as const;
const users = [agent, bobs, carols];
/** What each of them says all the time, Hz. */
const tones = { phone: 1000, bob: 500, carol: 800 } as const;

interface Setting {
  /** How the phone reaches the first proxy. */
  phone: 'udp' | 'tcp';
  /** How each proxy reaches the next, and the last the registrar. */
  chain: readonly ('udp' | 'tcp')[];
  /** Whether the first proxy is the phone's outbound proxy, or its very server. */
  edgeIs: 'outbound proxy' | 'server';
}

const settings: readonly Setting[] = [
  { phone: 'udp', chain: ['tcp'], edgeIs: 'outbound proxy' },
  { phone: 'tcp', chain: ['udp'], edgeIs: 'server' },
  { phone: 'udp', chain: ['tcp', 'udp'], edgeIs: 'server' },
  { phone: 'tcp', chain: ['udp', 'tcp'], edgeIs: 'outbound proxy' },
];

interface Rig {
  phone: Phone;
  /** That a request of the phone, or one to it, went through all servers. */
  expectOutwards(method: string, callId: string): Promise<void>;
  expectInwards(method: string, callId: string): Promise<void>;
  /** At the registrar itself. */
  far(who: 'bob' | 'carol'): Promise<Baresip>;
  /** host:port of the registrar. */
  server: string;
}

async function startRig({ phone: transport, chain: transports, edgeIs }: Setting): Promise<Rig> {
  const registrar = await keep(startKamailio({ users }), shared);
  const server = `${registrar.host}:${registrar.udpPort}`;
  const chain = await keep(startChain(registrar, transports), shared);
  const phone = await keep(
    startPhone({
      lines: [{ ...agent, transport, server: edgeIs === 'server' ? chain.edge : server }],
      settings: edgeIs === 'server' ? {} : { 'proxies.proxy0.outbound_proxy': chain.edge },
      audio: { tone: tones.phone },
    }),
    shared,
  );
  await phone.registered();
  expect(await registrar.registered(agent.user)).toBe(1);
  const far = async (who: 'bob' | 'carol'): Promise<Baresip> => {
    const account = who === 'bob' ? bobs : carols;
    const it = await keep(startBaresip({ ...account, server, codecs: ['pcmu'], audio: { tone: tones[who] } }));
    await it.registered();
    return it;
  };
  const expectOutwards = async (method: string, callId: string): Promise<void> => {
    const { from, over, size } = await chain.route(method, callId);
    const invite = chain.proxies[0]?.requests.findLast((it) => it.method === 'INVITE' && it.callId === callId);
    // What is too large for UDP goes over TCP (RFC 3261 §18.1.1), as a re-INVITE may with a Route for each proxy; what is
    // nearly too large may. A CANCEL goes the way of its INVITE (§9.1).
    const byItsSize = size > 1300 ? 'tcp' : size > 1000 ? over[0] : transport;
    const first = method === 'CANCEL' ? invite?.transport : byItsSize;
    expect({ method, from, over }).toEqual({ method, from: 'phone', over: [first, ...transports] });
  };
  const expectInwards = async (method: string, callId: string): Promise<void> => {
    const { from, over } = await chain.route(method, callId);
    expect({ method, from, over }).toEqual({ method, from: 'server', over: ['udp', ...transports.toReversed()] });
  };
  rig = { phone, expectOutwards, expectInwards, far, server };
  return rig;
}

async function callBob({ phone }: Rig, bob: Baresip): Promise<Call> {
  await phone.does('dial', bobs.user);
  await bob.waitForEvent('CALL_INCOMING');
  await bob.accept();
  const call = await phone.call('TALKING');
  await Promise.all([phone.waitForTone(tones.bob), bob.waitForTone(tones.phone)]);
  return call;
}

describe.skipIf(!hasPeers('kamailio', 'baresip'))('behind proxies', () => {
  describe.each(settings)('$phone to the first one, its $edgeIs, and on over $chain', (setting) => {
    const ready = async (): Promise<Rig> => rig ?? startRig(setting);
    afterAll(stopRig);

    test('a call out: hold and resume, and the far end hangs up', async () => {
      const it = await ready();
      const { phone, expectOutwards, expectInwards } = it;
      const bob = await it.far('bob');
      const { sipCallId } = await callBob(it, bob);
      await expectOutwards('INVITE', sipCallId);
      await expectOutwards('ACK', sipCallId);

      await phone.does('hold');
      await phone.call('HELD');
      await expectOutwards('re-INVITE', sipCallId);
      await phone.does('resume');
      await phone.call('TALKING');
      await Promise.all([phone.waitForTone(tones.bob), bob.waitForPackets(20)]);

      await bob.hangup();
      await phone.noCalls();
      await expectInwards('BYE', sipCallId);
    });

    test('a call in: the far end holds and resumes, and we hang up', async () => {
      const { phone, expectOutwards, expectInwards, far, server } = await ready();
      const bob = await far('bob');
      await bob.dial(`sip:${agent.user}@${server}`);
      const { sipCallId } = await phone.call('ALERTING');
      await expectInwards('INVITE', sipCallId);
      await phone.does('answer');
      await phone.call('TALKING');
      await bob.waitForEvent('CALL_ESTABLISHED');
      await Promise.all([phone.waitForTone(tones.bob), bob.waitForTone(tones.phone)]);

      await bob.hold();
      await phone.call('REMOTE_HELD');
      await expectInwards('re-INVITE', sipCallId);
      await bob.resume();
      await phone.call('TALKING');

      await phone.does('hangup');
      await bob.waitForEvent('CALL_CLOSED');
      await phone.noCalls();
      await expectOutwards('BYE', sipCallId);
    });

    test('a call that nobody takes is cancelled, by either side', async () => {
      const { phone, expectOutwards, expectInwards, far, server } = await ready();
      const bob = await far('bob');
      await phone.does('dial', bobs.user);
      await bob.waitForEvent('CALL_INCOMING');
      const out = await phone.call('RINGING');
      await phone.does('hangup');
      await bob.waitForEvent('CALL_CLOSED');
      await phone.noCalls();
      await expectOutwards('CANCEL', out.sipCallId);

      await bob.dial(`sip:${agent.user}@${server}`);
      const back = await phone.call('ALERTING');
      await bob.waitForEvent('CALL_RINGING');
      await bob.hangup();
      await phone.noCalls();
      await expectInwards('CANCEL', back.sipCallId);
    });

    test('a transfer to a number', async () => {
      const it = await ready();
      const { phone, expectOutwards, expectInwards } = it;
      const [bob, carol] = [await it.far('bob'), await it.far('carol')];
      const { sipCallId } = await callBob(it, bob);

      await phone.does('transfer', carols.user);
      await carol.waitForEvent('CALL_INCOMING');
      await carol.accept();
      await Promise.all([bob.waitForTone(tones.carol), carol.waitForTone(tones.bob)]);
      await phone.noCalls();
      await expectOutwards('REFER', sipCallId);
      await expectInwards('NOTIFY', sipCallId);
    });

    test('a transfer to somebody we talked with first', async () => {
      const it = await ready();
      const { phone, expectOutwards } = it;
      const [bob, carol] = [await it.far('bob'), await it.far('carol')];
      const first = await callBob(it, bob);
      await phone.does('hold');
      await phone.call('HELD');
      await phone.does('dial', carols.user);
      await carol.waitForEvent('CALL_INCOMING');
      await carol.accept();
      await carol.waitForTone(tones.phone);
      const second = phone.state().phone?.calls.find((it) => it.id !== first.id);

      await phone.does('transfer', '--attended', second?.id ?? '', '--call', first.id);
      // baresip knows no Replaces, so it is a new call to Carol.
      await carol.waitForEvent('CALL_INCOMING');
      await carol.accept();
      await Promise.all([bob.waitForTone(tones.carol), carol.waitForTone(tones.bob)]);
      await phone.noCalls();
      await expectOutwards('REFER', first.sipCallId);
    });
  });
});
