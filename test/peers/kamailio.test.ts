/** The lab's servers do what tests of the phone rely on: chains of proxies, TLS, and a pool of them, proved with baresip. */
import { readFile } from 'node:fs/promises';
import { connect } from 'node:tls';
import { startAuthority } from '@thinline/endpoint-adapter/sip/transport/testing/certificates.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Baresip, startBaresip } from './baresip.ts';
import { sipPool, startDns } from './dns.ts';
import { type Kamailio, startKamailio } from './kamailio.ts';
import { startChain } from './kamailio-chain.ts';
import { poolPlaces, startPool } from './kamailio-pool.ts';
import { hasKamailioModules } from './kamailio-process.ts';
import { hasPeers } from './required.ts';

const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const it of open.splice(0).reverse()) await it.stop();
});
async function keep<T extends { stop(): Promise<unknown> }>(starting: Promise<T>): Promise<T> {
  const it = await starting;
  open.push(it);
  return it;
}

const users = [
  { user: 'alice', password: 'wonderland' },
  { user: 'bob', password: 'builder' },
] as const;
const at = ({ host, udpPort }: Kamailio): string => `${host}:${udpPort}`;

/** What each of them says all the time, Hz. */
const toneOf = ({ user }: { user: string }): number => (user === 'alice' ? 500 : 800);
const speaking = (n: 0 | 1) => ({ ...users[n], codecs: ['pcmu'], audio: { tone: toneOf(users[n]) } }) as const;

/** Alice and Bob, in a call that they hear each other in: its Call-ID. */
async function talk(caller: Baresip, called: Baresip, uri: string): Promise<string> {
  await caller.dial(uri);
  await Promise.all([called.waitForEvent('CALL_INCOMING'), caller.waitForEvent('CALL_RINGING')]);
  await called.accept();
  const [begun] = await Promise.all([caller.waitForEvent('CALL_ESTABLISHED'), called.waitForEvent('CALL_ESTABLISHED')]);
  await Promise.all([caller.waitForTone(toneOf(called)), called.waitForTone(toneOf(caller))]);
  return begun.id ?? '';
}

describe.skipIf(!hasPeers('kamailio', 'baresip'))('proxies before a registrar', () => {
  test.each([
    { phone: 'udp', chain: ['tcp'] },
    { phone: 'tcp', chain: ['udp'] },
    { phone: 'udp', chain: ['tcp', 'udp'] },
    { phone: 'tcp', chain: ['udp', 'tcp'] },
  ] as const)('a phone over $phone, then $chain: calls go through all, there and back', async ({ phone, chain }) => {
    const registrar = await keep(startKamailio({ users }));
    const { edge, route } = await keep(startChain(registrar, chain));
    const alice = await keep(
      startBaresip({ ...speaking(0), server: at(registrar), outboundProxy: edge, transport: phone }),
    );
    const bob = await keep(startBaresip({ ...speaking(1), server: at(registrar) }));
    await Promise.all([alice.registered(), bob.registered()]);
    const outwards = { from: 'phone', over: [phone, ...chain] };
    const inwards = { from: 'server', over: ['udp', ...chain.toReversed()] };

    const out = await talk(alice, bob, `sip:bob@${at(registrar)}`);
    expect(await route('INVITE', out)).toMatchObject(outwards);
    await alice.hold();
    expect(await route('re-INVITE', out)).toMatchObject(outwards);
    await bob.hangup();
    await alice.waitForEvent('CALL_CLOSED');
    expect(await route('BYE', out)).toMatchObject(inwards);

    const back = await talk(bob, alice, `sip:alice@${at(registrar)}`);
    expect(await route('INVITE', back)).toMatchObject(inwards);
    await bob.hold();
    expect(await route('re-INVITE', back)).toMatchObject(inwards);
    await alice.hangup();
    await bob.waitForEvent('CALL_CLOSED');
    expect(await route('BYE', back)).toMatchObject(outwards);

    await alice.dial(`sip:bob@${at(registrar)}`);
    await bob.waitForEvent('CALL_INCOMING');
    const { id = '' } = await alice.waitForEvent('CALL_RINGING');
    await alice.hangup();
    await bob.waitForEvent('CALL_CLOSED');
    expect(await route('CANCEL', id)).toMatchObject(outwards);
  });
});

/** What Node's own TLS client says of the server; "" when it trusts it. */
function judged(port: number, ca: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', ca });
    const end = (verdict: string): void => {
      socket.destroy();
      resolve(verdict);
    };
    socket.once('secureConnect', () => end(''));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}

const hasTls = hasPeers('kamailio', 'baresip', 'openssl') && hasKamailioModules('tls');

describe.skipIf(!hasTls)('TLS', () => {
  test.each([
    { what: 'right', names: ['IP:127.0.0.1'], verdict: '' },
    { what: 'of another name', names: ['DNS:other.test'], verdict: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    { what: 'expired', names: ['IP:127.0.0.1'], expired: true, verdict: 'CERT_HAS_EXPIRED' },
  ])('a certificate that is $what has that fault only', async ({ names, verdict, expired = false }) => {
    const authority = await keep(startAuthority());
    const tls = await authority.issue({ names, expired });
    const server = await keep(startKamailio({ users, tls }));
    expect(await judged(server.tlsPort, await readFile(authority.file, 'utf8'))).toBe(verdict);
    const stranger = await keep(startAuthority('Stranger'));
    expect(await judged(server.tlsPort, await readFile(stranger.file, 'utf8'))).not.toBe('');
  });

  test('two phones that show their certificates register and talk', async () => {
    const authority = await keep(startAuthority());
    const [tls, client] = [
      await authority.issue({ names: ['IP:127.0.0.1'] }),
      await authority.issue({ names: ['URI:sip:alice@127.0.0.1'], client: true }),
    ];
    const server = await keep(startKamailio({ users, tls: { ...tls, clientAuthorities: authority.file } }));
    const there = {
      server: `${server.host}:${server.tlsPort}`,
      transport: 'tls',
      authorities: authority.file,
    } as const;
    const alice = await keep(startBaresip({ ...speaking(0), ...there, certificate: client.both }));
    const bob = await keep(startBaresip({ ...speaking(1), ...there, certificate: client.both }));
    await Promise.all([alice.registered(), bob.registered()]);
    await talk(alice, bob, `sip:bob@${there.server};transport=tls`);
    await bob.hangup();
    await alice.waitForEvent('CALL_CLOSED');
    expect(new Set(server.requests.map((it) => it.transport))).toEqual(new Set(['tls']));
  });

  test('a phone without a certificate is turned away where one is asked for', async () => {
    const authority = await keep(startAuthority());
    const tls = await authority.issue({ names: ['IP:127.0.0.1'] });
    const server = await keep(startKamailio({ users, tls: { ...tls, clientAuthorities: authority.file } }));
    const there = {
      server: `${server.host}:${server.tlsPort}`,
      transport: 'tls',
      authorities: authority.file,
    } as const;
    const alice = await keep(startBaresip({ ...speaking(0), ...there }));
    await server.waitForLog(/peer did not return a certificate/);
    expect(alice.events).toEqual([]);
    expect(server.requests).toEqual([]);
  });

  test.skipIf(!hasKamailioModules('websocket'))('SIP goes over WebSocket', async () => {
    const authority = await keep(startAuthority());
    const tls = await authority.issue({ names: ['IP:127.0.0.1'] });
    const server = await keep(startKamailio({ users, tls: { ...tls, webSocket: true } }));
    const ca = await readFile(authority.file, 'utf8');
    const socket = new WebSocket(`wss://127.0.0.1:${server.tlsPort}/`, 'sip', { ca });
    await keep(Promise.resolve({ stop: async () => socket.terminate() }));
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const reply = new Promise<string>((resolve) => socket.once('message', (data) => resolve(String(data))));
    socket.send(
      [
        'REGISTER sip:127.0.0.1 SIP/2.0',
        'Via: SIP/2.0/WSS there.invalid;branch=z9hG4bK1',
        ...['From: <sip:alice@127.0.0.1>;tag=1', 'To: <sip:alice@127.0.0.1>', 'Call-ID: 1', 'CSeq: 1 REGISTER'],
        ...['Contact: <sip:alice@there.invalid;transport=ws>', 'Max-Forwards: 70', 'Content-Length: 0', '', ''],
      ].join('\r\n'),
    );
    expect(await reply).toMatch(/^SIP\/2.0 401 /);
    expect((await server.waitForRequest('the REGISTER', () => true)).transport).toBe('wss');
  });
});

const root = process.getuid?.() === 0;

describe.skipIf(!root || !hasPeers('kamailio', 'baresip', 'dnsmasq'))('a pool under one name', () => {
  test.each([
    // Over UDP baresip takes the 32 s of timer F to try another.
    { transport: 'tcp', hangsUp: 'phone' },
    { transport: 'tcp', hangsUp: 'far end' },
    { transport: 'udp', hangsUp: 'far end' },
  ] as const)(
    'over $transport: when one is killed, the BYE of the $hangsUp goes through another',
    async ({ transport, hangsUp }) => {
      const members = await poolPlaces(3);
      const addresses = members.map(({ host, port }) => `${host}:${port}`);
      const dns = await keep(startDns(sipPool('pool.test', addresses, [1, 2, 3])));
      const pool = await keep(startPool({ users, dns, name: 'pool.test', members, transport }));
      const alice = await keep(startBaresip({ ...speaking(0), server: 'pool.test', transport, dns: dns.server }));
      const bob = await keep(startBaresip({ ...speaking(1), server: at(pool.registrar), dns: dns.server }));
      await Promise.all([alice.registered(), bob.registered()]);
      expect(await pool.waitForRegistration('alice')).toBe(0);
      const callId = await talk(alice, bob, 'sip:bob@pool.test');

      await pool.kill(0);
      const [ends, hears] = hangsUp === 'phone' ? [alice, bob] : [bob, alice];
      await ends.hangup();
      await hears.waitForEvent('CALL_CLOSED');
      await pool.members[1]?.waitForRequest('the BYE', (it) => it.method === 'BYE' && it.callId === callId);

      await pool.revive(0);
      await alice.dial('sip:bob@pool.test');
      await bob.waitForEvent('CALL_INCOMING');
      await pool.members[0]?.waitForRequest('the INVITE', (it) => it.method === 'INVITE');
    },
  );
});
