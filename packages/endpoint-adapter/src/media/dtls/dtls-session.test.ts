import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { Fingerprint } from '../stream-settings.ts';
import { type DtlsCertificate, dtlsCertificate } from './certificate.ts';
import { type DtlsFailure, DtlsSession, type SrtpKeys } from './dtls-session.ts';

type Outcome = { keys: SrtpKeys } | { failure: DtlsFailure };

interface End {
  session: DtlsSession;
  outcome: Promise<Outcome>;
  sent: Buffer[];
}

/** What of the datagrams of one side arrives, in order; it sees each with its number. */
type Wire = (packet: Buffer, number: number) => readonly Buffer[];

const perfect: Wire = (packet) => [packet];
const open: DtlsSession[] = [];
afterEach(() => {
  for (const it of open.splice(0)) it.close();
});

let ours: DtlsCertificate;
beforeAll(async () => {
  ours = await dtlsCertificate();
});

interface Settings {
  limit?: number;
  client?: DtlsCertificate;
  server?: DtlsCertificate;
}

function connect(
  toServer: Wire = perfect,
  toClient: Wire = perfect,
  settings: Settings = {},
): { client: End; server: End } {
  const end = (wire: Wire, certificate: DtlsCertificate, other: () => DtlsSession): End => {
    const sent: Buffer[] = [];
    const { promise: outcome, resolve } = Promise.withResolvers<Outcome>();
    const session = new DtlsSession({
      limit: settings.limit ?? 10_000,
      certificate: async () => certificate,
      send: (packet, length) => {
        const copy = Buffer.from(packet.subarray(0, length));
        sent.push(copy);
        for (const it of wire(copy, sent.length)) setImmediate(() => other().receive(it, '192.0.2.1', 1));
      },
      onKeys: (keys) => resolve({ keys }),
      onFailed: (failure) => resolve({ failure }),
    });
    open.push(session);
    return { session, outcome, sent };
  };
  const client: End = end(toServer, settings.client ?? ours, () => server.session);
  const server: End = end(toClient, settings.server ?? ours, () => client.session);
  return { client, server };
}

const place = { address: '192.0.2.1', port: 1 };

function begin(
  { client, server }: { client: End; server: End },
  fingerprints: Partial<Record<'client' | 'server', Fingerprint[]>> = {},
) {
  client.session.begin({ role: 'client', fingerprints: fingerprints.server ?? [ours.fingerprint], ...place });
  server.session.begin({ role: 'server', fingerprints: fingerprints.client ?? [ours.fingerprint], ...place });
}

async function keysOf(end: End): Promise<SrtpKeys> {
  const outcome = await end.outcome;
  if ('failure' in outcome) throw new Error(outcome.failure);
  return outcome.keys;
}

it('makes one certificate, and its fingerprint', async () => {
  const { certificate, fingerprint } = await dtlsCertificate();
  expect(await dtlsCertificate()).toBe(ours);
  const read = new X509Certificate(certificate);
  expect(read.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
  expect(fingerprint).toEqual({ algorithm: 'sha-256', value: read.fingerprint256 });
  expect(fingerprint.value).toMatch(/^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/);
});

it('has the same keys on both sides, each way another', async () => {
  const both = connect();
  begin(both);
  const [client, server] = [await keysOf(both.client), await keysOf(both.server)];
  expect(client.send).toEqual(server.receive);
  expect(client.receive).toEqual(server.send);
  expect(client.send.key).not.toEqual(client.receive.key);
  expect(client.send.suite).toBe('AEAD_AES_128_GCM');
  expect([client.send.key.length, client.send.salt.length]).toEqual([16, 12]);
});

it('takes what comes before the answer', async () => {
  const both = connect();
  both.client.session.begin({ role: 'client', fingerprints: [ours.fingerprint], ...place });
  while (both.client.sent.length === 0) await new Promise(setImmediate);
  await new Promise(setImmediate);
  both.server.session.begin({ role: 'server', fingerprints: [ours.fingerprint], ...place });
  expect((await keysOf(both.client)).send).toEqual((await keysOf(both.server)).receive);
  // Nothing had to be said twice: hello, hello with cookie, and the five messages of the last flight.
  expect(both.client.sent).toHaveLength(7);
});

it('begins nothing new when the same is said again', async () => {
  const both = connect();
  begin(both);
  await Promise.all([both.client.outcome, both.server.outcome]);
  const sent = both.client.sent.length;
  begin(both);
  await new Promise(setImmediate);
  expect(both.client.sent).toHaveLength(sent);
});

const wrong: Fingerprint = { algorithm: 'sha-256', value: Array(32).fill('00').join(':') };

it.each(['client', 'server'] as const)('refuses a %s with another certificate', async (who) => {
  const both = connect();
  begin(both, { [who]: [wrong] });
  const victim = who === 'client' ? both.server : both.client;
  expect(await victim.outcome).toEqual({ failure: 'fingerprint' });
});

it('takes any of several fingerprints, of the strongest hash', async () => {
  const weak = { algorithm: 'SHA-1', value: '00' };
  const both = connect();
  begin(both, { client: [weak, wrong, ours.fingerprint] });
  expect(await both.server.outcome).toHaveProperty('keys');

  const other = connect();
  begin(other, { client: [{ algorithm: 'sha-512', value: '00' }, ours.fingerprint] });
  expect(await other.server.outcome).toEqual({ failure: 'fingerprint' });
});

/** The handshake message in a datagram of one record, 0 where it is encrypted or none. */
const messageIn = (packet: Buffer): number =>
  packet[0] === 22 && packet.readUInt16BE(3) === 0 ? (packet[13] ?? 0) : 0;

/** Changes the last byte of the message. */
const forge =
  (type: number): Wire =>
  (packet) => {
    if (messageIn(packet) !== type) return [packet];
    const forged = Buffer.from(packet);
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
    return [forged];
  };

it.each(['client', 'server'] as const)('refuses a %s that has the certificate and not its key', async (who) => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const both = connect(perfect, perfect, { [who]: { ...ours, key } });
  begin(both);
  const victim = who === 'client' ? both.server : both.client;
  expect(await victim.outcome).toEqual({ failure: 'proof' });
});

it('refuses a signature that was changed on its way', async () => {
  const both = connect(perfect, forge(12));
  begin(both);
  expect(await both.client.outcome).toEqual({ failure: 'proof' });
  const other = connect(forge(15));
  begin(other);
  expect(await other.server.outcome).toEqual({ failure: 'proof' });
});

it('refuses a handshake that somebody in between made weaker', async () => {
  // Both get to hear that the other one has no extended master secret (RFC 7627), and nothing else is wrong.
  const withoutExtension: Wire = (packet) => {
    const changed = Buffer.from(packet);
    const at = changed.indexOf(Buffer.from('00170000', 'hex'));
    if (messageIn(packet) < 3 && at > 0) changed.writeUInt16BE(0xff99, at);
    return [changed];
  };
  const both = connect(withoutExtension, withoutExtension);
  begin(both);
  expect(await both.server.outcome).toEqual({ failure: 'proof' });
});

it('does not take a Finished in the clear for one', async () => {
  const inClear = Buffer.from('16fefd0000000000000000001814000000000700000000000c000000000000000000000000', 'hex');
  const both = connect(perfect, (packet) => [inClear, packet]);
  begin(both);
  expect((await keysOf(both.client)).send).toEqual((await keysOf(both.server)).receive);
});

it('gets there when datagrams are lost, doubled and turned round', async () => {
  // The client's first hello is lost, and its CertificateVerify, which Finished then overtakes.
  const lossy: Wire = (packet, number) =>
    number === 1 || number === 6 ? [] : number === 3 ? [packet, packet] : [packet];
  let held: Buffer[] = [];
  const turned: Wire = (packet, number) => {
    if (number === 2) held = [packet];
    return number === 2 ? [] : [packet, ...held.splice(0)];
  };
  const both = connect(lossy, turned);
  begin(both);
  expect((await keysOf(both.client)).send).toEqual((await keysOf(both.server)).receive);
});

it('gets there when a whole flight comes at once, turned round', async () => {
  let held: Buffer[] = [];
  const atOnce: Wire = (packet, number) => {
    if (number > 1 && number < 7) held = [packet, ...held];
    return number === 6 ? held.splice(0) : number > 1 && number < 6 ? [] : [packet];
  };
  const both = connect(perfect, atOnce);
  begin(both);
  expect((await keysOf(both.client)).send).toEqual((await keysOf(both.server)).receive);
});

it('answers again when its last flight was lost', async () => {
  let finished = 0;
  const both = connect(perfect, (packet) => (packet.readUInt16BE(3) === 1 && finished++ === 0 ? [] : [packet]));
  begin(both);
  expect((await keysOf(both.client)).send).toEqual((await keysOf(both.server)).receive);
  expect(finished).toBe(2);
});

it('says so when nobody answers', async () => {
  const both = connect(() => [], perfect, { limit: 50 });
  both.client.session.begin({ role: 'client', fingerprints: [ours.fingerprint], ...place });
  expect(await both.client.outcome).toEqual({ failure: 'silent' });
});

it('abandoned, it fails nobody, and may begin anew', async () => {
  const both = connect(perfect, perfect, { limit: 200 });
  const { client } = both;
  const remote = { role: 'client', fingerprints: [ours.fingerprint], ...place } as const;
  client.session.begin(remote);
  client.session.abandon();
  const later = connect(() => [], perfect, { limit: 300 });
  later.client.session.begin(remote);
  expect(await later.client.outcome).toEqual({ failure: 'silent' });
  // Its limit is past by now.
  begin(both);
  expect(await client.outcome).toHaveProperty('keys');
});
