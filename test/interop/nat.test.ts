/** Sound through NAT: TURN by UDP, TCP and TLS, what is said of servers that don't help, and DTLS with OpenSSL. */
import { X509Certificate } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dtlsCertificate } from '@thinline/endpoint-adapter/media/dtls/certificate.ts';
import { DtlsSession, type SrtpKeys } from '@thinline/endpoint-adapter/media/dtls/dtls-session.ts';
import { type IceTransport, openIceTransport } from '@thinline/endpoint-adapter/media/ice/ice-transport.ts';
import { openRtpSockets } from '@thinline/endpoint-adapter/media/ports.ts';
import type { Fingerprint, IceServers, RemoteIce } from '@thinline/endpoint-adapter/media/stream-settings.ts';
import { PlainTransport } from '@thinline/endpoint-adapter/media/transport.ts';
import {
  type Authority,
  type Certificate,
  startAuthority,
} from '@thinline/endpoint-adapter/sip/transport/testing/certificates.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Coturn, startCoturn } from '../peers/coturn.ts';
import { freePort } from '../peers/ports.ts';
import { type Peer, startPeer } from '../peers/process.ts';
import { hasPeers } from '../peers/required.ts';

const noServers: IceServers = { stun: null, turn: null };
const account = { user: 'agent', password: 'turn-secret' } as const;

const open: { close(): void }[] = [];
afterEach(() => {
  for (const it of open.splice(0).reverse()) it.close();
});

async function rtpSockets() {
  const sockets = await openRtpSockets({ address: '127.0.0.1', portMin: 0, portMax: 0 });
  if (sockets === null) throw new Error('no ports');
  return sockets;
}

/** One stream's ICE and DTLS, as a call has them. */
interface End {
  transport: IceTransport;
  keys: Promise<SrtpKeys>;
  meet(remote: RemoteIce, role: 'client' | 'server'): void;
  /** Settles with the next RTP packet's last byte. */
  packet(): Promise<number>;
}

async function openEnd(servers: IceServers, authorities?: string): Promise<End> {
  const transport = await openIceTransport({ sockets: await rtpSockets(), servers, authorities });
  const { fingerprint } = await dtlsCertificate();
  const keys = Promise.withResolvers<SrtpKeys>();
  const session = new DtlsSession({
    send: (packet, length, address, port) => transport.sendRtp(packet, length, address, port),
    onKeys: keys.resolve,
    onFailed: (failure, detail) => keys.reject(new Error(`${failure}: ${detail}`)),
  });
  open.push(transport, session);
  let role: 'client' | 'server' = 'client';
  let heard = Promise.withResolvers<number>();
  transport.start({
    onRtp: (packet) => {
      heard.resolve(packet.at(-1) ?? 0);
      heard = Promise.withResolvers();
    },
    onRtcp: () => undefined,
    onDtls: (packet, address, port) => session.receive(packet, address, port),
    onPath: () => session.begin({ role, fingerprints: [fingerprint], address: '', port: 0 }),
    onPathFailed: (reason) => keys.reject(new Error(reason)),
    onError: () => undefined,
  });
  return {
    transport,
    keys: keys.promise,
    meet(remote, ourRole) {
      role = ourRole;
      transport.update({ rtcpMux: true, ice: remote });
    },
    packet: () => heard.promise,
  };
}

function candidatesOf({ transport }: End): readonly string[] {
  return transport.local.ice?.candidates ?? [];
}

function remoteOf({ transport }: End, controlling: boolean, candidates = transport.local.ice?.candidates): RemoteIce {
  const { ice } = transport.local;
  if (ice === undefined) throw new Error('no ICE');
  return { ...ice, candidates: candidates ?? [], lite: false, controlling };
}

describe.skipIf(!hasPeers('turnserver', 'openssl'))('with a TURN server', () => {
  let authority: Authority;
  let trusted: string;
  let certificate: Certificate;
  let coturn: Coturn;
  beforeAll(async () => {
    authority = await startAuthority();
    trusted = await readFile(authority.file, 'utf8');
    certificate = await authority.issue({ names: ['IP:127.0.0.1'] });
    coturn = await startCoturn({ ...account, tls: certificate });
  });
  afterAll(async () => {
    await coturn?.stop();
    await authority?.stop();
  });

  const turnBy = (transport: 'udp' | 'tcp' | 'tls', password: string = account.password): IceServers => ({
    stun: null,
    turn: {
      server: `${coturn.host}:${transport === 'tls' ? coturn.tlsPort : coturn.port}`,
      transport,
      user: account.user,
      password,
    },
  });

  test.each(['udp', 'tcp', 'tls'] as const)('a call goes through it by %s', async (transport) => {
    const relayed = await openEnd(turnBy(transport), trusted);
    const other = await openEnd(noServers);
    expect(relayed.transport.problems).toEqual([]);
    const relay = candidatesOf(relayed).filter((it) => it.includes('typ relay'));
    expect(relay).toHaveLength(1);
    // Nothing but the relayed address can be reached: the other one's is closed to all that it hasn't asked.
    const closedDoor = [`1 1 UDP 2130706431 127.0.0.1 ${await freePort()} typ host`];
    relayed.meet(remoteOf(other, true, closedDoor), 'client');
    other.meet(remoteOf(relayed, false, relay), 'server');
    const [ours, theirs] = await Promise.all([relayed.keys, other.keys]);
    expect(ours.send).toEqual(theirs.receive);
    expect(ours.receive).toEqual(theirs.send);
    expect(relayed.transport.relayed).toBe(true);

    const there = other.packet();
    relayed.transport.sendRtp(Uint8Array.of(0x80, 0, 1), 3, '', 0);
    expect(await there).toBe(1);
    const back = relayed.packet();
    other.transport.sendRtp(Uint8Array.of(0x80, 0, 2), 3, '', 0);
    expect(await back).toBe(2);

    const id = [...coturn.log.matchAll(/session (\d+): .*ALLOCATE processed, success/g)].at(-1)?.[1];
    relayed.transport.close();
    // Not only forgotten: given back.
    await coturn.waitForLog(new RegExp(`session ${id}: .*REFRESH processed, success`));
  });

  test('a wrong password is said to be one, and the rest goes on', async () => {
    const { transport } = await openEnd(turnBy('udp', 'wrong'));
    expect(transport.problems).toEqual([
      { server: 'turn', problem: 'refused', detail: expect.stringMatching(/^401 /) },
    ]);
    expect(transport.local.ice?.candidates).toHaveLength(1);
  });

  test('nobody answers by a certificate that nobody trusts', async () => {
    const { transport } = await openEnd(turnBy('tls'));
    expect(transport.problems).toMatchObject([{ server: 'turn', problem: 'untrusted' }]);
  });

  test('the address that a STUN server sees is no other one without NAT', async () => {
    const end = await openEnd({ stun: `${coturn.host}:${coturn.port}`, turn: null });
    expect(end.transport.problems).toEqual([]);
    expect(candidatesOf(end)).toHaveLength(1);
  });
});

test('servers that are silent or gone hold up a call for two seconds at most', async () => {
  // Takes connections, and never says anything.
  const mute = createServer();
  const port = await new Promise<number>((resolve) => {
    mute.listen(0, '127.0.0.1', () => {
      const address = mute.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  open.push(mute);
  const began = performance.now();
  const { transport } = await openEnd({
    stun: `127.0.0.1:${await freePort()}`,
    turn: { server: `127.0.0.1:${port}`, transport: 'tcp', ...account },
  });
  // 2 s for the servers; the rest is for a machine that has more to do.
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(transport.problems.map((it) => `${it.server} ${it.problem}`).toSorted()).toEqual([
    'stun unreachable',
    'turn unreachable',
  ]);
  expect(transport.local.ice?.candidates).toHaveLength(1);
});

/** openssl s_server ends when its input does, and a pipe that it has open for writing too never ends. */
async function startServer(options: readonly string[]): Promise<Peer> {
  const folder = await mkdtemp(join(tmpdir(), 'thinline-dtls-'));
  const input = join(folder, 'input');
  open.push({ close: () => rmSync(folder, { recursive: true, force: true }) });
  return startPeer('sh', ['-c', 'mkfifo "$0" && exec openssl s_server "$@" <>"$0"', input, ...options]);
}

describe.skipIf(!hasPeers('openssl'))('DTLS without ICE, with OpenSSL as the far end', () => {
  let authority: Authority;
  let theirs: Certificate;
  let fingerprint: Fingerprint;
  beforeAll(async () => {
    authority = await startAuthority();
    theirs = await authority.issue({ names: [] });
    const { fingerprint256 } = new X509Certificate(await readFile(theirs.certificate));
    fingerprint = { algorithm: 'sha-256', value: fingerprint256 };
  });
  afterAll(() => authority?.stop());

  test.each([
    ['client', 'SRTP_AES128_CM_SHA1_80', 60],
    ['server', 'SRTP_AES128_CM_SHA1_80', 60],
    ['client', 'SRTP_AES128_CM_SHA1_32', 60],
    ['server', 'SRTP_AEAD_AES_128_GCM', 56],
    ['client', 'SRTP_AEAD_AES_256_GCM', 88],
  ] as const)('we as %s, with %s', async (role, profile, length) => {
    const transport = new PlainTransport(await rtpSockets());
    const theirPort = await freePort();
    const keys = Promise.withResolvers<SrtpKeys>();
    const session = new DtlsSession({
      send: (packet, size, address, port) => transport.sendRtp(packet, size, address, port),
      onKeys: keys.resolve,
      onFailed: (failure, detail) => keys.reject(new Error(`${failure}: ${detail}`)),
    });
    open.push(transport, session);
    transport.start({
      onRtp: () => undefined,
      onRtcp: () => undefined,
      onDtls: (packet, address, port) => session.receive(packet, address, port),
      onPath: () => undefined,
      onPathFailed: () => undefined,
      onError: () => undefined,
    });
    const common = [
      ...['-dtls1_2', '-use_srtp', profile, '-cert', theirs.certificate, '-key', theirs.key],
      ...['-keymatexport', 'EXTRACTOR-dtls_srtp', '-keymatexportlen', String(length)],
    ];
    const openssl =
      role === 'client'
        ? await startServer(['-accept', `127.0.0.1:${theirPort}`, '-Verify', '1', ...common])
        : await startPeer('openssl', ['s_client', '-connect', `127.0.0.1:${transport.local.rtpPort}`, ...common]);
    open.push({ close: () => void openssl.stop() });
    if (role === 'client') await openssl.waitForLine(/ACCEPT/);
    session.begin({ role, fingerprints: [fingerprint], address: '127.0.0.1', port: theirPort });
    const [, material = ''] = await openssl.waitForLine(/Keying material: ([0-9A-F]+)/);
    const { send, receive } = await keys.promise;
    const [client, server] = role === 'client' ? [send, receive] : [receive, send];
    const exported = Buffer.concat([client.key, server.key, client.salt, server.salt]);
    expect(exported.toString('hex').toUpperCase()).toBe(material);
  });
});
