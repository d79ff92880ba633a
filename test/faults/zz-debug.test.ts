import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
/** A fifth of all packets lost each way, SIP over UDP: every registration and every call goes through all the same. */
import type { Call } from '@thinline/shared/contract/types.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { type Kamailio, type KamailioOptions, startKamailio } from '../peers/kamailio.ts';
import { type Host, namespacesMissing, startBadLink } from '../peers/namespaces.ts';
import { freePort } from '../peers/ports.ts';
import type { Peer } from '../peers/process.ts';
import { hasPeers } from '../peers/required.ts';
import { type Phone, startPhone } from '../phone.ts';
import { type Answerer, startAnswerers } from '../tools/answerer.ts';
import { startLossyRelay } from '../tools/lossy-relay.ts';

const loss = 0.2;
/** Calls and registrations; phones share them, at work at the same time. */
const wanted = 20;
const agents = ['701', '702', '703', '704'].map((user) => ({ user, password: `secret-${user}` }));
const stays: Answerer = { user: '801', password: 'far-one', manner: 'stays' };
const leaves: Answerer = { user: '802', password: 'far-two', manner: 'leaves' };
const callsBack: Answerer = { user: '803', password: 'far-three', manner: 'calls back' };
const answerers = [stays, leaves, callsBack];
/** ms; 64*T1 of RFC 3261, which is when a request is given up, and a little more. */
const deadline = 40_000;

const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const it of open.splice(0).reverse()) await it.stop();
});
async function keep<T extends { stop(): Promise<unknown> }>(starting: Promise<T>): Promise<T> {
  const it = await starting;
  open.push(it);
  return it;
}

interface Lab {
  kamailio: Kamailio;
  far: Peer;
}

/** Server and far end, with a good network between them. */
async function startServer(options: Pick<KamailioOptions, 'on' | 'relayed'>): Promise<Lab> {
  const users = [...agents, ...answerers];
  const kamailio = await keep(startKamailio({ users, ...options }));
  const server = `${kamailio.host}:${kamailio.udpPort}`;
  const far = await keep(startAnswerers({ address: kamailio.host, server, answerers }, options.on?.start));
  return { kamailio, far };
}

/** Every agent's phone, each with its share of the work; the counts of what went well, and every error. */
async function work({ kamailio, far }: Lab, server: string, on?: Host) {
  const done = { registrations: 0, calls: 0, callsBack: 0 };
  const oneAgent = async (agent: (typeof agents)[number]): Promise<void> => {
    const phone = await keep(startPhone({ logLevel: 'debug', lines: [{ ...agent, server }], ...(on ? { on } : {}) }));
    try { for (let round = 0; round < wanted / agents.length; round++) {
      if (round > 0) await phone.does('register');
      await phone.registered(deadline);
      await kamailio.waitForContacts(agent.user, 1);
      done.registrations += 1;
      await makeCall(phone, far, round % 2 === 0 ? stays : leaves);
      done.calls += 1;
      await takeCall(phone, far);
      done.callsBack += 1;
      await phone.does('unregister');
      await kamailio.waitForContacts(agent.user, 0, deadline);
      }} catch (e) { require('node:fs').writeFileSync(`/tmp/lossy-${agent.user}.log`, phone.log); require('node:fs').writeFileSync('/tmp/lossy-kam.log', kamailio.log); throw e; 
    }
  };
  const outcomes = await Promise.allSettled(agents.map(oneAgent));
  const errors = outcomes.flatMap((it) => (it.status === 'rejected' ? [String(it.reason)] : []));
  return { ...done, errors };
}

const allWell = { registrations: wanted, calls: wanted, callsBack: wanted, errors: [] };

async function makeCall(phone: Phone, far: Peer, target: Answerer): Promise<void> {
  const dial = async (): Promise<void> => {
    await phone.does('dial', target.user);
    if (target.manner === 'leaves') return;
    await phone.call('TALKING', deadline);
    await phone.does('hangup');
  };
  const [call] = await Promise.all([phone.released(2 * deadline), dial()]);
  await ended(phone, call);
  await far.waitForLine(
    new RegExp(`^ended ${call.sipCallId} ${target.manner === 'leaves' ? 'local' : 'remote'} 0$`),
    deadline,
  );
}

async function takeCall(phone: Phone, far: Peer): Promise<void> {
  const [refused] = await Promise.all([phone.released(deadline), phone.does('dial', callsBack.user)]);
  expect(refused.failure).not.toBeNull();
  await phone.call('ALERTING', deadline);
  await phone.does('answer');
  await phone.call('TALKING', deadline);
  const [call] = await Promise.all([phone.released(deadline), phone.does('hangup')]);
  await ended(phone, call);
  await far.waitForLine(new RegExp(`^ended ${call.sipCallId} remote 0$`), deadline);
}

async function ended(phone: Phone, call: Call): Promise<void> {
  expect(call.failure).toBeNull();
  expect(call.connectedAtMs).toBeGreaterThan(0);
  await phone.noCalls();
}

describe.skipIf(!hasPeers('kamailio'))('a fifth of the packets lost each way, on loopback', () => {
  test.each([1, 2])(
    'every registration and call succeeds, seed %i',
    async (seed) => {
      const host = '127.0.0.1';
      const port = await freePort(host);
      const relay = await keep(startLossyRelay({ server: { host, port }, seed, impairment: { loss } }));
      const lab = await startServer({ relayed: { port, relay: relay.port } });
      const outcome = await work(lab, `${relay.host}:${relay.port}`);
      const { toServer, toClient } = relay;
      console.log(`lost ${toServer.lost} of ${toServer.received} there, ${toClient.lost} of ${toClient.received} back`);
      expect(outcome).toEqual(allWell);
    },
    180_000,
  );
});

describe.skipIf(namespacesMissing() !== null || !hasPeers('kamailio'))(
  'a fifth lost each way, between two hosts',
  () => {
    test('every registration and call succeeds', async () => {
      const link = await keep(startBadLink({ loss: loss * 100 }));
      const lab = await startServer({ on: link.b });
      const outcome = await work(lab, `${lab.kamailio.host}:${lab.kamailio.udpPort}`, link.a);
      expect(outcome).toEqual(allWell);
      // Phones end before their network.
      for (const it of open.splice(1).reverse()) await it.stop();
      console.log(await link.stop());
      open.pop();
    }, 180_000);
  },
);
