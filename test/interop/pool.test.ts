/** Several servers for one line: found by a real DNS server, killed while in use, come back; and two lines with one user. */
import { describe, expect, type TestContext, test } from 'vitest';
import { type Baresip, startBaresip } from '../peers/baresip.ts';
import { type DnsRecords, sipPool, startDns } from '../peers/dns.ts';
import { type Kamailio, startKamailio } from '../peers/kamailio.ts';
import { type Pool, poolPlaces, startPool } from '../peers/kamailio-pool.ts';
import { hasPeers } from '../peers/required.ts';
import { type Phone, startPhone } from '../phone.ts';
import { heardRate, startFarEnd } from '../tools/far-end.ts';
import { longestGap } from '../tools/tone.ts';

/** Hands on what was started; when the test is over, the last is stopped first. */
type Keep = <T extends { stop(): Promise<unknown> }>(starting: Promise<T>) => Promise<T>;

const keeper =
  ({ onTestFinished }: TestContext): Keep =>
  async (starting) => {
    const it = await starting;
    onTestFinished(async () => void (await it.stop()));
    return it;
  };

const agent = { user: '701', password: 'seven-zero-one' } as const;
const bobs = { user: '702', password: 'seven-zero-two' } as const;
const carols = { user: '703', password: 'seven-zero-three' } as const;
const users = [agent, bobs, carols];
const tones = { phone: 1000, bob: 500 } as const;
const name = 'pool.test';

const at = ({ host, udpPort }: Pick<Kamailio, 'host' | 'udpPort'>): string => `${host}:${udpPort}`;
/** ms; a server that was down is left alone for a minute. */
const backWithin = 90_000;
const root = process.getuid?.() === 0;

/** What DNS says of the members, and where the phone is to be registered of its own accord. */
const found = {
  'SRV, one after the other': { priorities: [1, 2, 3], prefers: 0 },
  'SRV, all the same': { priorities: [1, 1, 1], prefers: null },
  'several addresses': { priorities: null, prefers: null },
} as const;

interface Setting {
  by: keyof typeof found;
  transport: 'udp' | 'tcp';
}

interface Rig {
  pool: Pool;
  phone: Phone;
  /** Where the phone registered first. */
  first: number;
  dnsServer: string;
}

async function startRig(keep: Keep, { by, transport }: Setting, contacts: Record<string, string> = {}): Promise<Rig> {
  const members = await poolPlaces(3);
  const { priorities } = found[by];
  const records: DnsRecords = priorities
    ? sipPool(
        name,
        members.map(({ host, port }) => `${host}:${port}`),
        priorities,
      )
    : { hosts: { [name]: members.map(({ host }) => host) } };
  const dns = await keep(startDns(records));
  const withPort = priorities === null;
  const pool = await keep(startPool({ users, contacts, dns, name, members, transport, withPort }));
  const phone = await keep(
    startPhone({
      // Over UDP nothing but a registration that is refreshed often tells that a server is gone.
      lines: [{ ...agent, transport, server: withPort ? `${name}:${members[0]?.port}` : name, registerTimeout: 5 }],
      settings: { 'policy.endpoint.sip_transaction_timeout': '1000' },
      audio: { tone: tones.phone },
      start: dns.start,
    }),
  );
  await phone.registered();
  return { pool, phone, first: await pool.waitForRegistration(agent.user), dnsServer: dns.server };
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

describe.skipIf(!root || !hasPeers('kamailio', 'baresip', 'dnsmasq'))('three servers under one name', () => {
  test.for([
    { by: 'SRV, one after the other', transport: 'tcp' },
    { by: 'SRV, one after the other', transport: 'udp' },
    { by: 'SRV, all the same', transport: 'tcp' },
    { by: 'several addresses', transport: 'tcp' },
  ] as const)(
    '$by, over $transport: the one in use is killed, and the call goes on',
    { timeout: 60_000 },
    async (setting, context) => {
      const keep = keeper(context);
      const far = await startFarEnd();
      await keep(Promise.resolve({ stop: () => far.close() }));
      far.answers();
      const { pool, phone, first } = await startRig(keep, setting, { [far.user]: `sip:${far.user}@${far.address}` });
      const { prefers } = found[setting.by];
      if (prefers !== null) expect(first).toBe(prefers);
      await phone.does('dial', far.user);
      const { sipCallId } = await phone.call('TALKING');
      await far.heard(1000);
      far.longestWait();

      const killedAt = performance.now();
      await pool.kill(first);
      const second = await pool.waitForRegistration(agent.user, first);
      const text = `registered at another after ${seconds(killedAt)}`;
      expect(performance.now() - killedAt).toBeLessThan(5_000);
      await far.heard(performance.now() - killedAt + 2000);
      const gap = longestGap(far.samples().subarray(heardRate / 5), tones.phone, heardRate, -25);
      console.log(
        `${text}; the far end waited for a packet for ${far.longestWait().toFixed(0)} ms, heard a gap of ${gap} ms`,
      );
      // A busy machine has hiccups of its own, but a call that had to wait for the new server would be silent for longer.
      expect(gap).toBeLessThan(500);

      await phone.does('hold');
      await phone.call('HELD');
      const ofCall = (method: string) =>
        pool.members.flatMap((it, member) =>
          it.requests.some((seen) => seen.method === method && seen.callId === sipCallId && seen.toTag !== '')
            ? [member]
            : [],
        );
      await pool.members[second]?.waitForRequest(
        'the re-INVITE',
        (it) => it.method === 'INVITE' && it.callId === sipCallId,
      );
      expect(ofCall('INVITE')).not.toContain(first);
      await phone.does('resume');
      await phone.call('TALKING');
      await phone.does('hangup');
      await phone.noCalls();
      expect(ofCall('BYE')).not.toContain(first);

      await pool.revive(first);
      if (prefers !== null) return;
      // Two more registrations: it stays where it is.
      const registrations = () => pool.members[second]?.requests.filter((it) => it.method === 'REGISTER').length ?? 0;
      const before = registrations();
      await pool.members[second]?.waitForRequest('two more registrations', () => registrations() >= before + 2, 20_000);
      expect(await pool.registeredThrough(agent.user)).toBe(second);
    },
  );

  test.for(['tcp', 'udp'] as const)(
    'over %s: the far end holds and hangs up through another, and a new call comes in',
    { timeout: 60_000 },
    async (transport, context) => {
      const keep = keeper(context);
      const { pool, phone, first, dnsServer } = await startRig(keep, { by: 'SRV, one after the other', transport });
      const bob = await keep(
        startBaresip({
          ...bobs,
          server: at(pool.registrar),
          dns: dnsServer,
          codecs: ['pcmu'],
          audio: { tone: tones.bob },
        }),
      );
      await bob.registered();
      await phone.does('dial', bobs.user);
      await bob.waitForEvent('CALL_INCOMING');
      await bob.accept();
      const { sipCallId } = await phone.call('TALKING');
      await Promise.all([phone.waitForTone(tones.bob), bob.waitForTone(tones.phone)]);

      const { registrar } = pool;
      const acknowledged = () =>
        registrar.requests.filter((it) => it.method === 'ACK' && it.callId === sipCallId).length;
      const before = acknowledged();
      await pool.kill(first);
      // baresip 1.0.0 forgets a hold of its own that meets the phone's re-INVITE by the new way, so it waits for that one.
      await registrar.waitForRequest('the ACK of the re-INVITE', () => acknowledged() > before, 20_000);
      await bob.hold();
      await phone.call('REMOTE_HELD');
      await bob.resume();
      await phone.call('TALKING');
      await bob.hangup();
      await phone.noCalls();

      await pool.waitForRegistration(agent.user, first);
      await bob.dial(`sip:${agent.user}@${at(pool.registrar)}`);
      await phone.call('ALERTING');
      await phone.does('answer');
      await phone.call('TALKING');
      await Promise.all([phone.waitForTone(tones.bob), bob.waitForTone(tones.phone)]);
      await phone.does('hangup');
      await bob.waitForEvent('CALL_CLOSED');
    },
  );
});

describe.skipIf(!hasPeers('kamailio', 'baresip'))('two servers', () => {
  const start = (keep: Keep): Promise<Kamailio> => keep(startKamailio({ users }));

  async function bobAt(keep: Keep, server: Kamailio, account: typeof bobs | typeof carols = bobs): Promise<Baresip> {
    const bob = await keep(
      startBaresip({ ...account, server: at(server), codecs: ['pcmu'], audio: { tone: tones.bob } }),
    );
    await bob.registered();
    return bob;
  }

  test('a primary and its fallback: the line moves when the primary is killed, and calls come in there', async (context) => {
    const keep = keeper(context);
    const [primary, fallback] = [await start(keep), await start(keep)];
    const phone = await keep(
      startPhone({
        lines: [{ ...agent, server: `${at(primary)};${at(fallback)}`, transport: 'tcp', registerTimeout: 5 }],
        audio: { tone: tones.phone },
      }),
    );
    await phone.registered();
    expect([await primary.registered(agent.user), await fallback.registered(agent.user)]).toEqual([1, 0]);

    const killedAt = performance.now();
    await primary.kill();
    await fallback.waitForContacts(agent.user, 1);
    console.log(`at the fallback after ${seconds(killedAt)}`);
    expect(performance.now() - killedAt).toBeLessThan(5_000);
    await phone.registered();
    const bob = await bobAt(keep, fallback);
    await bob.dial(`sip:${agent.user}@${at(fallback)}`);
    await phone.call('ALERTING');
    await phone.does('answer');
    await Promise.all([phone.waitForTone(tones.bob), bob.waitForTone(tones.phone)]);
    await phone.does('hangup');
    await bob.waitForEvent('CALL_CLOSED');
  });

  /** Two lines of the same user, one at each. */
  const startBoth = (keep: Keep, ...servers: Kamailio[]): Promise<Phone> =>
    keep(
      startPhone({
        lines: servers.map((it) => ({ ...agent, server: at(it), transport: 'tcp' as const })),
        audio: { tone: tones.phone },
      }),
    );

  test('registered at both: calls from either, and the first line calls out', async (context) => {
    const keep = keeper(context);
    const [one, two] = [await start(keep), await start(keep)];
    const phone = await startBoth(keep, one, two);
    await phone.registered();
    expect([await one.registered(agent.user), await two.registered(agent.user)]).toEqual([1, 1]);
    for (const [server, line] of [
      [one, 'line0'],
      [two, 'line1'],
    ] as const) {
      const bob = await bobAt(keep, server);
      await bob.dial(`sip:${agent.user}@${at(server)}`);
      expect((await phone.call('ALERTING')).lineId).toBe(line);
      await phone.does('answer');
      await Promise.all([phone.waitForTone(tones.bob), bob.waitForTone(tones.phone)]);
      await bob.hangup();
      await phone.noCalls();
      await bob.stop();
    }
    const bob = await bobAt(keep, one);
    await phone.does('dial', bobs.user);
    await bob.waitForEvent('CALL_INCOMING');
    await bob.hangup();
    await phone.noCalls();

    await one.kill();
    await phone.waitFor('the first line is down', ({ phone: it }) => it?.lines[0]?.state === 'FAILED', 20_000);
    expect(phone.state().phone?.lines[1]?.state).toBe('REGISTERED');
    expect(await two.registered(agent.user)).toBe(1);
  });

  test('the same call from both, by X-Genesys-CallUUID, rings once; the other is refused', async (context) => {
    const keep = keeper(context);
    const inviteFields = { 'X-Genesys-CallUUID': 'L5P6G0J1DT0JF0KD8R5V4UDJ3C000001' };
    const [one, two] = [
      await keep(startKamailio({ users, inviteFields })),
      await keep(startKamailio({ users, inviteFields })),
    ];
    const phone = await startBoth(keep, one, two);
    await phone.registered();
    const [bob, carol] = [await bobAt(keep, one), await bobAt(keep, two, carols)];
    await bob.dial(`sip:${agent.user}@${at(one)}`);
    await phone.call('ALERTING');
    await carol.dial(`sip:${agent.user}@${at(two)}`);
    expect((await carol.waitForEvent('CALL_CLOSED')).param).toMatch(/^48[26] /);
    expect((await phone.call('ALERTING')).lineId).toBe('line0');

    await phone.does('answer');
    await phone.call('TALKING');
    await carol.dial(`sip:${agent.user}@${at(two)}`);
    expect((await carol.waitForEvent('CALL_CLOSED')).param).toMatch(/^48[26] /);
    await phone.does('hangup');
    await bob.waitForEvent('CALL_CLOSED');

    // That call is over, so this is no duplicate.
    await phone.noCalls();
    await carol.dial(`sip:${agent.user}@${at(two)}`);
    expect((await phone.call('ALERTING')).lineId).toBe('line1');
  });

  test('the same call by Call-ID, forked by one server to the other, rings once (RFC 3261 section 8.2.2.2)', async (context) => {
    const keep = keeper(context);
    // It knows no callers, so it doesn't ask them for a password.
    const two = await keep(startKamailio({ users: [agent] }));
    const forks = { [agent.user]: `sip:${agent.user}@${at(two)}` };
    const one = await keep(startKamailio({ users, forks }));
    const phone = await startBoth(keep, one, two);
    await phone.registered();
    const bob = await bobAt(keep, one);
    await bob.dial(`sip:${agent.user}@${at(one)}`);
    const { sipCallId } = await phone.call('ALERTING');
    await two.waitForRequest('the fork', (it) => it.method === 'INVITE' && it.callId === sipCallId);
    await Promise.race(
      [one, two].map((it) => it.waitForLog(new RegExp(`response 48[26] .* to INVITE .* call ${sipCallId}`))),
    );
    await phone.does('answer');
    await phone.call('TALKING');
    await Promise.all([phone.waitForTone(tones.bob), bob.waitForTone(tones.phone)]);
    await phone.does('hangup');
    await bob.waitForEvent('CALL_CLOSED');
    await phone.noCalls();
  });
});

// Both at the same time: they do little but wait until the phone asks again for what was down.
describe.concurrent('a server that comes back', () => {
  test.skipIf(!root || !hasPeers('kamailio', 'dnsmasq'))(
    'and comes first in SRV has the line again',
    async (context) => {
      const { pool, first } = await startRig(keeper(context), { by: 'SRV, one after the other', transport: 'tcp' });
      await pool.kill(first);
      const second = await pool.waitForRegistration(agent.user, first);
      const revivedAt = performance.now();
      await pool.revive(first);
      expect(await pool.waitForRegistration(agent.user, second, backWithin)).toBe(first);
      console.log(`back at the first after ${seconds(revivedAt)}`);
    },
    2 * backWithin,
  );

  test.skipIf(!hasPeers('kamailio'))(
    'and is the primary has the line again',
    async (context) => {
      const keep = keeper(context);
      const [primary, fallback] = [await keep(startKamailio({ users })), await keep(startKamailio({ users }))];
      const phone = await keep(
        startPhone({
          lines: [{ ...agent, server: `${at(primary)};${at(fallback)}`, transport: 'tcp', registerTimeout: 5 }],
        }),
      );
      await phone.registered();
      expect([await primary.registered(agent.user), await fallback.registered(agent.user)]).toEqual([1, 0]);
      await primary.kill();
      await fallback.waitForContacts(agent.user, 1);
      const revivedAt = performance.now();
      const again = await keep(startKamailio({ users, port: primary.udpPort }));
      await again.waitForContacts(agent.user, 1, backWithin);
      console.log(`back at the primary after ${seconds(revivedAt)}`);
    },
    2 * backWithin,
  );
});
