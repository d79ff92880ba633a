/** A fifth of all packets lost each way, SIP over UDP: every registration and every call goes through all the same. */
import type { Call } from '@thinline/shared/contract/types.ts';
import { describe, expect, type TestContext, test } from 'vitest';
import { type Kamailio, type KamailioOptions, startKamailio } from '../peers/kamailio.ts';
import { type Host, namespacesMissing, startBadLink } from '../peers/namespaces.ts';
import { freePort } from '../peers/ports.ts';
import type { Peer } from '../peers/process.ts';
import { hasPeers } from '../peers/required.ts';
import { type Phone, startPhone } from '../phone.ts';
import { type Answerer, startAnswerers } from '../tools/answerer.ts';
import { startLossyRelay } from '../tools/lossy-relay.ts';

const loss = 0.2;
/** Registrations, calls made and calls taken, of each so many; phones share them, at work at the same time. */
const wanted = 20;
const agents = Array.from({ length: 5 }, (_, i) => ({ user: `${701 + i}`, password: `secret-${701 + i}` }));
const stays: Answerer = { user: '801', password: 'secret-801', hangsUp: false };
const leaves: Answerer = { user: '802', password: 'secret-802', hangsUp: true };
const answerers = [stays, leaves];
/** ms; 64*T1 of RFC 3261, which is when a request is given up, and a little more. */
const deadline = 40_000;
const settings = {
  // Of four packets and their answers all may be lost: no server is gone for that.
  'policy.endpoint.sip_transaction_timeout': '32000',
  // A longer offer would make an INVITE that goes over TCP (RFC 3261 section 18.1.1), which such a link brings to a halt.
  'codecs.enabled.audio': 'PCMU,PCMA',
};

interface Startable {
  stop(): Promise<unknown>;
}
/** Hands on what was started; when the test is over, the last is stopped first. */
type Keep = <T extends Startable>(starting: Promise<T>) => Promise<T>;

const keeper =
  ({ onTestFinished }: TestContext): Keep =>
  async (starting) => {
    const it = await starting;
    onTestFinished(async () => void (await it.stop()));
    return it;
  };

interface Lab {
  kamailio: Kamailio;
  far: Peer;
}

/** Server and far end, with a good network between them. */
async function startServer(keep: Keep, options: Pick<KamailioOptions, 'on' | 'relayed'>): Promise<Lab> {
  const users = [...agents, ...answerers];
  const kamailio = await keep(startKamailio({ users, ...options }));
  const server = `${kamailio.host}:${kamailio.udpPort}`;
  const far = await keep(startAnswerers({ address: kamailio.host, server, answerers }, options.on?.start));
  return { kamailio, far };
}

/** Every agent's phone, each with its share of the work; the counts of what went well, and every error. */
async function work(keep: Keep, { kamailio, far }: Lab, server: string, on?: Host) {
  const done = { registrations: 0, callsMade: 0, callsTaken: 0 };
  const oneAgent = async (agent: (typeof agents)[number]): Promise<void> => {
    const phone = await keep(startPhone({ lines: [{ ...agent, server }], settings, ...(on ? { on } : {}) }));
    for (let round = 0; round < wanted / agents.length; round++) {
      if (round > 0) await phone.does('register');
      await phone.registered(deadline);
      await kamailio.waitForContacts(agent.user, 1);
      done.registrations += 1;
      await makeCall(phone, far, round % 2 === 0 ? stays : leaves);
      done.callsMade += 1;
      await takeCall(phone, far);
      done.callsTaken += 1;
      await phone.does('unregister');
      await kamailio.waitForContacts(agent.user, 0, deadline);
    }
  };
  const outcomes = await Promise.allSettled(agents.map(oneAgent));
  const errors = outcomes.flatMap((it) => (it.status === 'rejected' ? [String(it.reason)] : []));
  const endedAtFarEnd = far.output.match(/^ended /gm)?.length ?? 0;
  return { ...done, endedAtFarEnd, errors };
}

const allWell = {
  registrations: wanted,
  callsMade: wanted,
  callsTaken: wanted,
  endedAtFarEnd: 2 * wanted,
  errors: [],
};

async function makeCall(phone: Phone, far: Peer, { user, hangsUp }: Answerer): Promise<void> {
  const dial = async (): Promise<void> => {
    await phone.does('dial', user);
    if (hangsUp) return;
    await phone.call('TALKING', deadline);
    await phone.does('hangup');
  };
  const [call] = await Promise.all([phone.released(2 * deadline), dial()]);
  expectGood(call);
  await far.waitForLine(new RegExp(`^ended ${call.sipCallId} ${hangsUp ? 'local' : 'remote'} 0$`), deadline);
}

/** Which the far end makes when one to it has ended. */
async function takeCall(phone: Phone, far: Peer): Promise<void> {
  await phone.call('ALERTING', deadline);
  await phone.does('answer');
  await phone.call('TALKING', deadline);
  const [call] = await Promise.all([phone.released(deadline), phone.does('hangup')]);
  expectGood(call);
  await far.waitForLine(new RegExp(`^ended ${call.sipCallId} remote 0$`), deadline);
  await phone.noCalls();
}

function expectGood(call: Call): void {
  expect(call.failure).toBeNull();
  expect(call.connectedAtMs).toBeGreaterThan(0);
}

// Both at the same time: they do little but wait for what was lost to be sent again.
describe.concurrent('a fifth of the packets is lost each way', () => {
  test.skipIf(!hasPeers('kamailio'))(
    'by a relay on loopback: every registration and every call succeeds',
    async (context) => {
      const keep = keeper(context);
      const host = '127.0.0.1';
      const port = await freePort(host);
      const relay = await keep(startLossyRelay({ server: { host, port }, seed: 1, impairment: { loss } }));
      const lab = await startServer(keep, { relayed: { port, relay: relay.port } });
      const outcome = await work(keep, lab, `${relay.host}:${relay.port}`);
      expect(outcome).toEqual(allWell);
      const { toServer, toClient } = relay;
      console.log(`relay: lost ${toServer.lost} of ${toServer.received}, and ${toClient.lost} of ${toClient.received}`);
      for (const { lost, received } of [toServer, toClient]) expect(lost).toBeGreaterThan((received * loss) / 2);
    },
    180_000,
  );

  test.skipIf(!hasPeers('kamailio') || namespacesMissing() !== null)(
    'between two hosts: every registration and every call succeeds',
    async (context) => {
      const keep = keeper(context);
      const link = await startBadLink({ loss: loss * 100 });
      const stop = async () => {
        const carried = await link.stop();
        console.log(carried);
        expect(carried).toMatch(/a->b \d+ packets, \d{2,} lost.* b->a \d+ packets, \d{2,} lost/);
      };
      await keep(Promise.resolve({ stop }));
      const lab = await startServer(keep, { on: link.b });
      const outcome = await work(keep, lab, `${lab.kamailio.host}:${lab.kamailio.udpPort}`, link.a);
      expect(outcome).toEqual(allWell);
    },
    180_000,
  );
});
