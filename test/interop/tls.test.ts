/** SIP over TLS and WebSocket with a real server: whom the phone trusts, what it says when it doesn't, and its own certificate. */

import {
  type Authority,
  startAuthority,
  type Wanted,
} from '@thinline/endpoint-adapter/sip/transport/testing/certificates.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { type Baresip, startBaresip } from '../peers/baresip.ts';
import { sipPool, startDns } from '../peers/dns.ts';
import { type Kamailio, type KamailioOptions, startKamailio } from '../peers/kamailio.ts';
import { hasKamailioModules } from '../peers/kamailio-process.ts';
import { hasPeers } from '../peers/required.ts';
import { type Phone, type PhoneOptions, startPhone } from '../phone.ts';

const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const it of open.splice(0).reverse()) await it.stop();
});
async function keep<T extends { stop(): Promise<unknown> }>(starting: Promise<T>): Promise<T> {
  const it = await starting;
  open.push(it);
  return it;
}

const agent = { user: '701', password: 'seven-zero-one' } as const;
const bobs = { user: '702', password: 'seven-zero-two' } as const;
const users = [agent, bobs];
const tones = { phone: 1000, bob: 500 } as const;

/** What the server is addressed by, so what its certificate has to name. */
const right: Wanted = { names: ['IP:127.0.0.1'] };

interface Rig {
  authority: Authority;
  server: Kamailio;
}

async function startServer(wanted: Wanted, tls: Partial<NonNullable<KamailioOptions['tls']>> = {}): Promise<Rig> {
  const authority = await keep(startAuthority());
  const server = await keep(startKamailio({ users, tls: { ...(await authority.issue(wanted)), ...tls } }));
  return { authority, server };
}

/** The phone at that server, which trusts this authority. */
const phoneAt = (
  { server, authority }: Rig,
  settings: PhoneOptions['settings'] = {},
  transport: 'tls' | 'wss' = 'tls',
): Promise<Phone> =>
  keep(
    startPhone({
      lines: [{ ...agent, server: `${server.host}:${server.tlsPort}`, transport }],
      settings: { 'system.security.authorities': authority.file, ...settings },
      audio: { tone: tones.phone },
    }),
  );

async function bobAt({ host, udpPort }: Kamailio): Promise<Baresip> {
  const bob = await keep(
    startBaresip({ ...bobs, server: `${host}:${udpPort}`, codecs: ['pcmu'], audio: { tone: tones.bob } }),
  );
  await bob.registered();
  return bob;
}

/** The sentences of the failure that the line has. */
async function lineFailure(phone: Phone): Promise<{ code: string; text: string }> {
  const { phone: it } = await phone.waitFor('the line failed', (state) => state.phone?.lines[0]?.state === 'FAILED');
  const { code = '', message = '', cause = '', remedy = '' } = it?.lines[0]?.failure ?? {};
  return { code, text: [message, cause, remedy].join(' ') };
}

/** A call out and a call in, with sound both ways; the transport of each request of the phone. */
async function talkBothWays({ server }: Rig, phone: Phone): Promise<string[]> {
  const bob = await bobAt(server);
  await phone.does('dial', bobs.user);
  await bob.waitForEvent('CALL_INCOMING');
  await bob.accept();
  const out = await phone.call('TALKING');
  await Promise.all([phone.waitForTone(tones.bob), bob.waitForTone(tones.phone)]);
  await phone.does('hold');
  await phone.call('HELD');
  await bob.hangup();
  await phone.noCalls();

  await bob.dial(`sip:${agent.user}@${server.host}:${server.udpPort}`);
  const back = await phone.call('ALERTING');
  await phone.does('answer');
  await phone.call('TALKING');
  await Promise.all([phone.waitForTone(tones.bob), bob.waitForTone(tones.phone)]);
  await phone.does('hangup');
  await bob.waitForEvent('CALL_CLOSED');
  await phone.noCalls();
  const ofPhone = [
    await server.waitForRequest('REGISTER', (it) => it.method === 'REGISTER' && it.transport !== 'udp'),
    await server.waitForRequest('INVITE', (it) => it.method === 'INVITE' && it.callId === out.sipCallId),
    await server.waitForRequest(
      're-INVITE',
      (it) => it.method === 'INVITE' && it.callId === out.sipCallId && it.toTag !== '',
    ),
    await server.waitForRequest('BYE', (it) => it.method === 'BYE' && it.callId === back.sipCallId),
  ];
  return ofPhone.map((it) => it.transport);
}

const hasTls = hasPeers('kamailio', 'baresip', 'openssl') && hasKamailioModules('tls');

describe.skipIf(!hasTls)('SIP over TLS', () => {
  test('registers and calls, out and in', async () => {
    const rig = await startServer(right);
    const phone = await phoneAt(rig);
    await phone.registered();
    expect(await talkBothWays(rig, phone)).toEqual(['tls', 'tls', 'tls', 'tls']);
  });

  test('a certificate of another name is not accepted, and the failure says which name it has', async () => {
    const rig = await startServer({ names: ['DNS:other.test'] });
    const phone = await phoneAt(rig);
    const { code, text } = await lineFailure(phone);
    expect(code).toMatch(/^TL2\d\d\d$/);
    expect(text).toContain('other.test');
    expect(await rig.server.registered(agent.user)).toBe(0);
    expect(rig.server.requests).toEqual([]);
  });

  test.each(['no', 'none'])('unless names are not to be checked (%s)', async (check) => {
    const rig = await startServer({ names: ['DNS:other.test'] });
    const phone = await phoneAt(rig, { 'system.security.tls-target-name-check': check });
    await phone.registered();
    expect(await rig.server.registered(agent.user)).toBe(1);
  });

  test.each(['host', 'no'])(
    'an expired certificate is not accepted, and the failure says so (names: %s)',
    async (check) => {
      const rig = await startServer({ ...right, expired: true });
      const phone = await phoneAt(rig, { 'system.security.tls-target-name-check': check });
      const { code, text } = await lineFailure(phone);
      expect(code).toMatch(/^TL2\d\d\d$/);
      expect(text).toContain('expired');
      expect(rig.server.requests).toEqual([]);
    },
  );

  test.each(['host', 'no'])(
    'an unknown authority is not trusted, and the failure says so (names: %s)',
    async (check) => {
      const rig = await startServer(right);
      const authority = await keep(startAuthority('Stranger'));
      const phone = await phoneAt({ ...rig, authority }, { 'system.security.tls-target-name-check': check });
      const { code, text } = await lineFailure(phone);
      expect(code).toMatch(/^TL2\d\d\d$/);
      expect(text).toMatch(/authority.*not trusted/);
      expect(rig.server.requests).toEqual([]);
    },
  );

  test('a server that asks for our certificate gets it', async () => {
    const authority = await keep(startAuthority('Authority of Phones'));
    const { both } = await authority.issue({ names: [`URI:sip:${agent.user}@127.0.0.1`], client: true });
    const rig = await startServer(right, { clientAuthorities: authority.file });
    const phone = await phoneAt(rig, { 'system.security.certificate': both });
    await phone.registered();
    expect(await talkBothWays(rig, phone)).toEqual(['tls', 'tls', 'tls', 'tls']);
  });

  test('and without one the failure says what is missing', async () => {
    const rig = await startServer(right, { clientAuthorities: (await keep(startAuthority())).file });
    const phone = await phoneAt(rig);
    const { code, text } = await lineFailure(phone);
    expect(code).toMatch(/^TL2\d\d\d$/);
    expect(text).toContain('certificate');
    await rig.server.waitForLog(/peer did not return a certificate/);
    expect(rig.server.requests).toEqual([]);
  });

  test('a server that comes back after it was killed has the phone again', async () => {
    const { authority, server } = await startServer(right);
    const phone = await phoneAt({ authority, server });
    await phone.registered();
    await server.kill();
    await phone.waitFor('the line is down', ({ phone: it }) => it?.lines[0]?.state !== 'REGISTERED');
    const tls = { ...(await authority.issue(right)), port: server.tlsPort };
    const again = await keep(startKamailio({ users, port: server.tcpPort, tls }));
    await phone.registered();
    expect(await again.registered(agent.user)).toBe(1);
  });

  test.skipIf(process.getuid?.() !== 0 || !hasPeers('dnsmasq'))(
    'found by SRV, it has to show the name that we asked for, not that of its host (RFC 5922 section 7.2)',
    async () => {
      const [named, host] = [{ names: ['DNS:pool.test'] }, { names: ['DNS:server0.pool.test'] }];
      for (const { wanted, state } of [
        { wanted: named, state: 'REGISTERED' },
        { wanted: host, state: 'FAILED' },
      ]) {
        const { authority, server } = await startServer(wanted);
        const { hosts = {}, srv = {} } = sipPool('pool.test', [`127.0.0.1:${server.tlsPort}`]);
        const records = Object.values(srv)[0] ?? [];
        const dns = await keep(startDns({ hosts, srv: { '_sips._tcp.pool.test': records } }));
        const phone = await keep(
          startPhone({
            lines: [{ ...agent, server: 'pool.test', transport: 'tls' }],
            settings: { 'system.security.authorities': authority.file },
            start: dns.start,
          }),
        );
        await phone.waitFor(`the line is ${state}`, ({ phone: it }) => it?.lines[0]?.state === state);
      }
    },
  );
});

describe.skipIf(!hasTls || !hasKamailioModules('websocket'))('SIP over WebSocket', () => {
  test('registers and calls, out and in', async () => {
    const rig = await startServer(right, { webSocket: true });
    // Whoever is called by way of this server speaks no WebRTC.
    const phone = await phoneAt(rig, { 'system.security.use_srtp': 'disabled' }, 'wss');
    await phone.registered();
    expect(await talkBothWays(rig, phone)).toEqual(['wss', 'wss', 'wss', 'wss']);
  });

  test('a certificate of another name is not accepted here either', async () => {
    const rig = await startServer({ names: ['DNS:other.test'] }, { webSocket: true });
    const { text } = await lineFailure(await phoneAt(rig, {}, 'wss'));
    expect(text).toContain('other.test');
  });
});

describe.skipIf(!hasPeers('kamailio', 'baresip'))('a line over UDP', () => {
  test('sends over TCP what is too large for UDP (RFC 3261 section 18.1.1), and the call works', async () => {
    const server = await keep(startKamailio({ users }));
    const address = `${server.host}:${server.udpPort}`;
    const phone = await keep(startPhone({ lines: [{ ...agent, server: address }], audio: { tone: tones.phone } }));
    await phone.registered();
    const bob = await bobAt(server);
    // In the Request-URI and in To, which with the rest, and with credentials, are more than 1300 bytes.
    await phone.does('dial', `sip:${bobs.user}@${address};note=${'long'.repeat(50)}`);
    await bob.waitForEvent('CALL_INCOMING');
    await bob.accept();
    const { sipCallId } = await phone.call('TALKING');
    await Promise.all([phone.waitForTone(tones.bob), bob.waitForTone(tones.phone)]);
    await phone.does('hold');
    await phone.call('HELD');
    await phone.does('resume');
    await phone.call('TALKING');
    await bob.hangup();
    await phone.noCalls();
    const ofCall = server.requests.filter((it) => it.method === 'INVITE' && it.callId === sipCallId);
    console.log(ofCall.map(({ size, transport }) => `an INVITE of ${size} bytes over ${transport}`).join(', '));
    expect(server.requests.find((it) => it.method === 'REGISTER')?.transport).toBe('udp');
    expect(Math.min(...ofCall.map((it) => it.size))).toBeGreaterThan(1300);
    expect(new Set(ofCall.map((it) => it.transport))).toEqual(new Set(['tcp']));
  });
});
