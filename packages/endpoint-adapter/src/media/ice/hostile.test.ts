/** Whoever finds the port of a call can send to it what they like: nothing of it may end, stall or grow us. */
import { createSocket } from 'node:dgram';
import { expect, it } from 'vitest';
import { dtlsCertificate } from '../dtls/certificate.ts';
import { DtlsSession, type SrtpKeys } from '../dtls/dtls-session.ts';
import { openRtpSockets } from '../ports.ts';
import { openIceTransport } from './ice-transport.ts';
import { newTransaction, readStun, stunAttribute, stunType, uint32, writeStun } from './stun.ts';

const packetsOfEach = 2_000;
/** For each failing run to be the same again. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function mutated(seed: Buffer, random: (below: number) => number): Buffer {
  const bytes = Buffer.from(seed.subarray(0, random(4) === 0 ? random(seed.length + 1) : seed.length));
  for (let i = random(6); i > 0 && bytes.length > 0; i--) bytes[random(bytes.length)] = random(256);
  return random(8) === 0 ? Buffer.concat([bytes, bytes]) : bytes;
}

const place = { address: '192.0.2.1', port: 1 };
const stranger = { address: '198.51.100.9', port: 9 };

/** A handshake between two of ours; each datagram is told when it has been delivered. */
async function shakeHands(onDelivered: (packet: Buffer, to: DtlsSession) => void) {
  const { fingerprint } = await dtlsCertificate();
  const end = (other: () => DtlsSession) => {
    const keys = Promise.withResolvers<SrtpKeys>();
    const session = new DtlsSession({
      send(packet, length) {
        const copy = Buffer.from(packet.subarray(0, length));
        setImmediate(() => {
          other().receive(copy, place.address, place.port);
          onDelivered(copy, other());
        });
      },
      onKeys: keys.resolve,
      onFailed: (failure) => keys.reject(new Error(failure)),
    });
    return { session, keys: keys.promise };
  };
  const client: ReturnType<typeof end> = end(() => server.session);
  const server: ReturnType<typeof end> = end(() => client.session);
  client.session.begin({ role: 'client', fingerprints: [fingerprint], ...place });
  server.session.begin({ role: 'server', fingerprints: [fingerprint], ...place });
  const [ours, theirs] = await Promise.all([client.keys, server.keys]);
  expect(ours.send).toEqual(theirs.receive);
  return [client.session, server.session] as const;
}

it('makes its keys while a stranger sends mutated handshakes', async () => {
  const flights: Buffer[] = [];
  for (const it of await shakeHands((packet) => flights.push(packet))) it.close();
  expect(flights.length).toBeGreaterThan(10);
  const random = randomFrom(7);
  let sent = 0;
  const ends = await shakeHands((_, to) => {
    for (let i = 0; i < 40; i++, sent++) {
      to.receive(mutated(flights[random(flights.length)] ?? Buffer.alloc(0), random), stranger.address, stranger.port);
    }
  });
  expect(sent).toBeGreaterThan(400);
  for (const it of ends) it.close();
});

it.each(['client', 'server'] as const)('survives mutated handshakes as %s, and says little to them', async (role) => {
  const flights: Buffer[] = [];
  for (const it of await shakeHands((packet) => flights.push(packet))) it.close();
  const { fingerprint } = await dtlsCertificate();
  const random = randomFrom(role.length);
  let answers = 0;
  let failures = 0;
  const victim = new DtlsSession({ send: () => answers++, onKeys: () => undefined, onFailed: () => failures++ });
  for (let i = 0; i < packetsOfEach; i++) {
    // After each failure another call.
    victim.begin({ role, fingerprints: [fingerprint], ...place });
    if (i % 20 === 0) await new Promise(setImmediate);
    victim.receive(mutated(flights[random(flights.length)] ?? Buffer.alloc(0), random), place.address, place.port);
  }
  // A flight of five for each hello, and for each of 30 repetitions; in each call.
  expect(answers).toBeLessThan((failures + 1) * 5 * 32);
  victim.close();
});

it('lives on among mutated STUN, and answers what is right', async () => {
  const sockets = await openRtpSockets({ address: '127.0.0.1', portMin: 0, portMax: 0 });
  if (sockets === null) throw new Error('no ports');
  const transport = await openIceTransport({ sockets, servers: { stun: null, turn: null } });
  const { ice } = transport.local;
  if (ice === undefined) throw new Error('no ICE');
  const remote = { ufrag: 'them', password: 'x', candidates: [], lite: false, controlling: true };
  transport.update({ rtcpMux: true, ice: remote });
  const attributes = [
    [stunAttribute.username, Buffer.from(`${ice.ufrag}:them`)],
    [stunAttribute.priority, uint32(1)],
  ] as const;
  const { password } = ice;
  const right = writeStun({ type: stunType.request, transaction: newTransaction(), attributes, password });
  const asker = createSocket('udp4');
  await new Promise<void>((bound) => asker.bind(0, '127.0.0.1', bound));
  const { port } = asker.address();
  const random = randomFrom(4);
  const from = { address: '127.0.0.1', port, family: 'IPv4', size: 0 };
  for (let i = 0; i < packetsOfEach; i++) sockets.rtp.emit('message', mutated(right, random), from);
  const answer = new Promise<Buffer>((heard) => asker.once('message', heard));
  sockets.rtp.emit('message', right, from);
  const message = readStun(await answer);
  expect(message && [stunType.success, stunType.request]).toContain(message?.type);
  asker.close();
  transport.close();
});
