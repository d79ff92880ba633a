/** Transfers between our phone and baresip, in all three roles; who talks with whom then is heard, each says a tone of its own. */
import type { Call } from '@thinline/shared/contract/types.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { type Baresip, startBaresip } from '../peers/baresip.ts';
import { type Kamailio, startKamailio } from '../peers/kamailio.ts';
import { hasPeers } from '../peers/required.ts';
import { type Phone, startPhone } from '../phone.ts';

const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const it of open.splice(0).reverse()) await it.stop();
});
async function keep<T extends { stop(): Promise<unknown> }>(starting: Promise<T>): Promise<T> {
  const it = await starting;
  open.push(it);
  return it;
}

const people = {
  agent: { user: '701', password: 'seven-zero-one' },
  bob: { user: '702', password: 'seven-zero-two' },
  carol: { user: '703', password: 'seven-zero-three' },
  colleague: { user: '704', password: 'seven-zero-four' },
} as const;
/** What each of them says all the time, Hz. */
const tones = { agent: 1000, bob: 500, carol: 800, colleague: 1300 } as const;
const nobody = '799';

interface Rig {
  server: Kamailio;
  /** Of a person at this server. */
  uri(who: keyof typeof people): string;
  phone: Phone;
  bob: Baresip;
  carol: Baresip;
}

const phoneOf = (who: 'agent' | 'colleague', { host, udpPort }: Kamailio): Promise<Phone> =>
  keep(startPhone({ lines: [{ ...people[who], server: `${host}:${udpPort}` }], audio: { tone: tones[who] } }));

async function startRig(): Promise<Rig> {
  const server = await keep(startKamailio({ users: Object.values(people) }));
  const address = `${server.host}:${server.udpPort}`;
  const baresip = (who: 'bob' | 'carol'): Promise<Baresip> =>
    keep(startBaresip({ ...people[who], server: address, codecs: ['pcmu'], audio: { tone: tones[who] } }));
  const [phone, bob, carol] = [await phoneOf('agent', server), await baresip('bob'), await baresip('carol')];
  await Promise.all([phone.registered(), bob.registered(), carol.registered()]);
  return { server, uri: (who) => `sip:${people[who].user}@${address}`, phone, bob, carol };
}

const callsOf = (phone: Phone): Call[] => phone.state().phone?.calls ?? [];

/** The phone's call with that number, once it is in that state. */
async function callWith(phone: Phone, number: string, state: Call['state']): Promise<Call> {
  const isIt = (it: Call): boolean => it.remote?.number === number && it.state === state;
  await phone.waitFor(`a call with ${number}, ${state}`, (it) => it.phone?.calls.some(isIt) ?? false);
  const call = callsOf(phone).find(isIt);
  if (!call) throw new Error('unreachable: the condition held');
  return call;
}

/** The phone calls them, and they hear each other. */
async function phoneCalls(phone: Phone, who: 'bob' | 'carol', far: Baresip): Promise<Call> {
  await phone.does('dial', people[who].user);
  await far.waitForEvent('CALL_INCOMING');
  await far.accept();
  const call = await callWith(phone, people[who].user, 'TALKING');
  await Promise.all([phone.waitForTone(tones[who]), far.waitForTone(tones.agent)]);
  return call;
}

/** They call a phone, and hear each other: the Call-ID. */
async function phoneIsCalled(far: Baresip, phone: Phone, uri: string): Promise<string> {
  await far.dial(uri);
  const { sipCallId } = await phone.call('ALERTING');
  await phone.does('answer');
  await phone.call('TALKING');
  await far.waitForEvent('CALL_ESTABLISHED');
  return sipCallId;
}

const hearEachOther = (one: Baresip, other: Baresip, between: { one: number; other: number }): Promise<unknown> =>
  Promise.all([one.waitForTone(between.other), other.waitForTone(between.one)]);
const bobHearsCarol = (bob: Baresip, carol: Baresip) =>
  hearEachOther(bob, carol, { one: tones.bob, other: tones.carol });

async function transferFailed(phone: Phone, id: string): Promise<void> {
  const failure = () => callsOf(phone).find((it) => it.id === id)?.transfer?.failure;
  await phone.waitFor('the transfer has failed', () => Boolean(failure()));
  expect(failure()?.code).toMatch(/^TL3\d\d\d$/);
}

/** The call with Bob is up again, with sound both ways. */
async function expectBobIsBack(phone: Phone, bob: Baresip): Promise<void> {
  await callWith(phone, people.bob.user, 'TALKING');
  await Promise.all([phone.waitForTone(tones.bob), bob.waitForPackets(20)]);
}

describe.skipIf(!hasPeers('kamailio', 'baresip'))('we transfer', () => {
  test('to a number: both talk, and our call is over', async () => {
    const { phone, bob, carol } = await startRig();
    await phoneCalls(phone, 'bob', bob);
    const [released] = await Promise.all([
      phone.released(),
      (async () => {
        await phone.does('transfer', people.carol.user);
        await carol.waitForEvent('CALL_INCOMING');
        await carol.accept();
      })(),
    ]);
    await bobHearsCarol(bob, carol);
    expect(released.failure).toBeNull();
    await phone.noCalls();
  });

  test('to a number that calls us: the same from a call that came in', async () => {
    const { phone, bob, carol, uri } = await startRig();
    await phoneIsCalled(bob, phone, uri('agent'));
    await phone.does('transfer', people.carol.user);
    await carol.waitForEvent('CALL_INCOMING');
    await carol.accept();
    await bobHearsCarol(bob, carol);
    await phone.noCalls();
  });

  test('to a number that is busy: the call is back', async () => {
    const { phone, bob, carol } = await startRig();
    const { id } = await phoneCalls(phone, 'bob', bob);
    await phone.does('transfer', people.carol.user);
    await carol.waitForEvent('CALL_INCOMING');
    await carol.hangup();
    await transferFailed(phone, id);
    await expectBobIsBack(phone, bob);
    await phone.does('hangup');
    await phone.noCalls();
    await bob.waitForEvent('CALL_CLOSED');
  });

  test('to a number that does not exist: the call is back', async () => {
    const { phone, bob } = await startRig();
    const { id } = await phoneCalls(phone, 'bob', bob);
    await phone.does('transfer', nobody);
    await transferFailed(phone, id);
    await expectBobIsBack(phone, bob);
  });

  test('to somebody we talked with first: both talk, and both of our calls are over', async () => {
    const { phone, bob, carol } = await startRig();
    const first = await phoneCalls(phone, 'bob', bob);
    await phone.does('hold', '--call', first.id);
    await callWith(phone, people.bob.user, 'HELD');
    const second = await phoneCalls(phone, 'carol', carol);
    await phone.does('transfer', '--attended', second.id, '--call', first.id);
    // baresip 1.0.0 knows no Replaces, so it is a new call to Carol.
    await carol.waitForEvent('CALL_INCOMING');
    await carol.accept();
    await bobHearsCarol(bob, carol);
    await phone.noCalls();
  });

  test('to somebody we talked with first, who does not take it: both calls are still there', async () => {
    const { phone, bob, carol } = await startRig();
    const first = await phoneCalls(phone, 'bob', bob);
    await phone.does('hold', '--call', first.id);
    await callWith(phone, people.bob.user, 'HELD');
    const second = await phoneCalls(phone, 'carol', carol);
    await phone.does('transfer', '--attended', second.id, '--call', first.id);
    await carol.waitForEvent('CALL_INCOMING');
    await carol.hangup();
    await transferFailed(phone, first.id);
    expect(
      callsOf(phone)
        .map((it) => it.id)
        .sort(),
    ).toEqual([first.id, second.id].sort());
    await phone.does('hangup', '--call', second.id);
    // As we held it, it is for us to take it back.
    await phone.does('resume', '--call', first.id);
    await expectBobIsBack(phone, bob);
  });

  test('to somebody whose phone still rings', async () => {
    const { phone, bob, carol } = await startRig();
    const first = await phoneCalls(phone, 'bob', bob);
    await phone.does('hold', '--call', first.id);
    await callWith(phone, people.bob.user, 'HELD');
    await phone.does('dial', people.carol.user);
    await carol.waitForEvent('CALL_INCOMING');
    const second = await callWith(phone, people.carol.user, 'RINGING');
    await phone.does('transfer', '--attended', second.id, '--call', first.id);
    await carol.waitForEvent('CALL_INCOMING');
    // The first of the two is no more.
    await carol.waitForEvent('CALL_CLOSED');
    await carol.accept();
    await bobHearsCarol(bob, carol);
    await phone.noCalls();
  });
});

describe.skipIf(!hasPeers('kamailio', 'baresip'))('we are transferred', () => {
  test.each(['we called', 'they called'])('to a number, by baresip, in a call that %s', async (caller) => {
    const { phone, bob, carol, uri } = await startRig();
    if (caller === 'we called') await phoneCalls(phone, 'bob', bob);
    else await phoneIsCalled(bob, phone, uri('agent'));
    await bob.transfer(uri('carol'));
    await carol.waitForEvent('CALL_INCOMING');
    await carol.accept();
    await Promise.all([phone.waitForTone(tones.carol), carol.waitForTone(tones.agent)]);
    await bob.waitForEvent('CALL_CLOSED');
    expect((await phone.call('TALKING')).remote?.number).toBe(people.carol.user);
    await phone.does('hangup');
    await carol.waitForEvent('CALL_CLOSED');
  });

  // baresip 1.0.0 hangs up when a transfer has failed, so our call with it is over then.
  test('to a number that is busy: baresip is told', async () => {
    const { phone, bob, carol, uri } = await startRig();
    await phoneCalls(phone, 'bob', bob);
    await bob.transfer(uri('carol'));
    await carol.waitForEvent('CALL_INCOMING');
    await carol.hangup();
    expect((await bob.waitForEvent('TRANSFER_FAILED')).param).toMatch(/^486 /);
    await phone.noCalls();
  });

  test('to a number that does not exist: baresip is told', async () => {
    const { phone, bob, uri } = await startRig();
    await phoneCalls(phone, 'bob', bob);
    await bob.transfer(uri('bob').replace(people.bob.user, nobody));
    expect((await bob.waitForEvent('TRANSFER_FAILED')).param).toMatch(/^404 /);
    await phone.noCalls();
  });

  test('to somebody baresip talked with first: our INVITE says which call it replaces (RFC 3891)', async () => {
    const { server, phone, bob, carol, uri } = await startRig();
    await phoneIsCalled(bob, phone, uri('agent'));
    const consultation = await holdAndConsult(bob, uri('carol'), async () => {
      await carol.waitForEvent('CALL_INCOMING');
      await carol.accept();
    });
    const replaces = await transferTo(server, bob, uri('carol'), consultation);
    const invite = await server.waitForRequest('INVITE with Replaces', (it) => it.replaces !== '');
    expect(partsOf(invite.replaces)).toEqual(partsOf(replaces));
    // baresip 1.0.0 knows no Replaces, so it is a new call to Carol.
    await carol.waitForEvent('CALL_INCOMING');
    await carol.accept();
    await Promise.all([phone.waitForTone(tones.carol), carol.waitForTone(tones.agent)]);
    expect((await phone.call('TALKING')).remote?.number).toBe(people.carol.user);
  });
});

describe.skipIf(!hasPeers('kamailio', 'baresip'))('we are the target', () => {
  test('of a transfer to our number: we ring, answer, and talk with the one transferred', async () => {
    const { phone, bob, carol, uri } = await startRig();
    await bob.dial(uri('carol'));
    await carol.waitForEvent('CALL_INCOMING');
    await carol.accept();
    await bobHearsCarol(bob, carol);
    await bob.transfer(uri('agent'));
    expect((await phone.call('ALERTING')).remote?.number).toBe(people.carol.user);
    await phone.does('answer');
    await Promise.all([phone.waitForTone(tones.carol), carol.waitForTone(tones.agent)]);
    await bob.waitForEvent('CALL_CLOSED');
  });

  test('of a transfer to our number that we refuse', async () => {
    const { phone, bob, carol, uri } = await startRig();
    await bob.dial(uri('carol'));
    await carol.waitForEvent('CALL_INCOMING');
    await carol.accept();
    await bobHearsCarol(bob, carol);
    await bob.transfer(uri('agent'));
    await phone.call('ALERTING');
    await phone.does('reject');
    expect((await bob.waitForEvent('TRANSFER_FAILED')).param).toMatch(/^486 /);
    await phone.noCalls();
  });

  test('of a transfer after a consultation: another of our phones takes the place of baresip, nobody rings', async () => {
    const { server, phone, bob, uri } = await startRig();
    const colleague = await phoneOf('colleague', server);
    await colleague.registered();
    await phoneIsCalled(bob, colleague, uri('colleague'));
    const consultation = await holdAndConsult(bob, uri('agent'), async () => {
      await phone.call('ALERTING');
      await phone.does('answer');
    });
    const before = await phone.call('TALKING');
    await transferTo(server, bob, uri('agent'), consultation);
    await Promise.all([phone.waitForTone(tones.colleague), colleague.waitForTone(tones.agent)]);
    for (const it of [phone, colleague]) await it.call('TALKING');
    expect(callsOf(phone)[0]?.remote?.number).toBe(people.colleague.user);
    expect(callsOf(colleague)[0]?.remote?.number).toBe(people.agent.user);
    expect(before.remote?.number).toBe(people.bob.user);
    // Of both calls.
    await bob.waitForEvent('CALL_CLOSED');
    await bob.waitForEvent('CALL_CLOSED');

    await phone.does('hangup');
    await Promise.all([phone.noCalls(), colleague.noCalls()]);
  });

  test('an INVITE that replaces a call that is no more gets 481 (RFC 3891 section 3)', async () => {
    const { server, phone, bob, uri } = await startRig();
    const colleague = await phoneOf('colleague', server);
    await colleague.registered();
    await phoneIsCalled(bob, colleague, uri('colleague'));
    await bob.transfer(`<${uri('agent')}?Replaces=gone%3Bto-tag%3D1%3Bfrom-tag%3D2>`);
    expect((await bob.waitForEvent('TRANSFER_FAILED')).param).toMatch(/^481 /);
    expect(phone.state().released).toEqual([]);
    await colleague.noCalls();
  });
});

/** baresip holds its call and calls somebody else, who takes it: the Call-ID of that. */
async function holdAndConsult(transferor: Baresip, uri: string, takes: () => Promise<void>): Promise<string> {
  await transferor.hold();
  await transferor.dial(uri);
  const [{ id = '' }] = await Promise.all([transferor.waitForEvent('CALL_ESTABLISHED'), takes()]);
  return id;
}

/** baresip 1.0.0 has no command for it, but sends the Refer-To that it is given: what is to be replaced. */
async function transferTo(server: Kamailio, transferor: Baresip, uri: string, callId: string): Promise<string> {
  const ack = await server.waitForRequest(
    'ACK',
    (it) => it.method === 'ACK' && it.callId === callId && it.toTag !== '',
  );
  const replaces = `${callId};to-tag=${ack.toTag};from-tag=${ack.fromTag}`;
  await transferor.command('line', '1');
  await transferor.transfer(`<${uri}?Replaces=${encodeURIComponent(replaces)}>`);
  return replaces;
}

const partsOf = (replaces: string): string[] =>
  replaces
    .split(';')
    .map((it) => it.trim())
    .sort();
