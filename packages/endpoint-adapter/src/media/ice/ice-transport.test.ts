import { createSocket } from 'node:dgram';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { BeatSockets, socketAddon } from '../beat-sockets.ts';
import type { OpenSocket } from '../packet-socket.ts';
import { openNodeSocket, openRtpSockets } from '../ports.ts';
import type { IceServers, LocalIce, RemoteIce } from '../stream-settings.ts';
import { splitServer } from './agent.ts';
import { newCredentials } from './credentials.ts';
import { type IceTransport, openIceTransport } from './ice-transport.ts';
import { readStun, stunAttribute, stunType, writeStun, xorAddress } from './stun.ts';

const noServers: IceServers = { stun: null, turn: null };
const open: { close(): void }[] = [];
afterEach(() => {
  for (const it of open.splice(0)) it.close();
});

interface End {
  transport: IceTransport;
  heard: string[];
  paths: number;
  /** Settles when the next path was found. */
  path(): Promise<void>;
  /** Settles with the next RTP packet. */
  packet(): Promise<string>;
}

async function openEnd(servers = noServers, openSocket: OpenSocket = openNodeSocket): Promise<End> {
  const sockets = await openRtpSockets({ address: '127.0.0.1', portMin: 0, portMax: 0 }, openSocket);
  if (sockets === null) throw new Error('no ports');
  const transport = await openIceTransport({ sockets, servers });
  open.push(transport);
  let onPath = Promise.withResolvers<void>();
  let onPacket = Promise.withResolvers<string>();
  const end: End = {
    transport,
    heard: [],
    paths: 0,
    path: () => onPath.promise,
    packet: () => onPacket.promise,
  };
  const note = (kind: string) => (packet: Uint8Array) => {
    const text = `${kind} ${packet[2]}`;
    end.heard.push(text);
    onPacket.resolve(text);
    onPacket = Promise.withResolvers();
  };
  transport.start({
    onRtp: note('rtp'),
    onRtcp: note('rtcp'),
    onDtls: note('dtls'),
    onPath: () => {
      end.paths++;
      onPath.resolve();
      onPath = Promise.withResolvers();
    },
    onPathFailed: () => undefined,
    onError: () => undefined,
  });
  return end;
}

function localOf({ transport }: End): LocalIce {
  const { ice } = transport.local;
  if (ice === undefined) throw new Error('no candidates');
  return ice;
}

const remoteOf = (end: End, controlling: boolean): RemoteIce => ({ ...localOf(end), lite: false, controlling });

function introduce(a: End, b: End, controlling: [boolean, boolean] = [true, false]): Promise<unknown> {
  const paths = Promise.all([a.path(), b.path()]);
  const [toA, toB] = [remoteOf(b, controlling[0]), remoteOf(a, controlling[1])];
  a.transport.update({ rtcpMux: true, ice: toA });
  b.transport.update({ rtcpMux: true, ice: toB });
  return paths;
}

function say(from: End, to: End, ...bytes: number[]): Promise<string> {
  const packet = to.packet();
  from.transport.sendRtp(Uint8Array.from(bytes), bytes.length, '', 0);
  return packet;
}

it('finds a path, and takes packets of the far end alone', async () => {
  const [a, b] = [await openEnd(), await openEnd()];
  expect(localOf(a).candidates).toEqual([`1 1 UDP 2130706431 127.0.0.1 ${a.transport.local.rtpPort} typ host`]);
  await introduce(a, b);
  expect(await say(a, b, 0x80, 0, 1)).toBe('rtp 1');
  expect(await say(b, a, 0x80, 200, 2)).toBe('rtcp 2');
  expect(await say(b, a, 22, 0, 3)).toBe('dtls 3');
  const stranger = await openEnd();
  stranger.transport.update({ rtcpMux: true, ice: null });
  stranger.transport.sendRtp(Uint8Array.of(0x80, 0, 9), 3, '127.0.0.1', b.transport.local.rtpPort);
  expect(await say(a, b, 0x80, 0, 4)).toBe('rtp 4');
  expect(b.heard).toEqual(['rtp 1', 'rtp 4']);
  expect([a.paths, b.paths]).toEqual([1, 1]);
});

it('finds one by sockets that are read at the beat', async () => {
  const addon = socketAddon();
  if (addon === null) return console.warn('Checks by the addon are not tested: it was not built.');
  const sockets = new BeatSockets(addon, () => {});
  const beat = setInterval(() => sockets.read(), 10);
  open.push({ close: () => clearInterval(beat) });
  const [a, b] = [await openEnd(noServers, sockets.open), await openEnd(noServers, sockets.open)];
  await introduce(a, b);
  expect(await say(a, b, 0x80, 0, 1)).toBe('rtp 1');
  expect(await say(b, a, 22, 0, 2)).toBe('dtls 2');
  for (const { transport } of [a, b]) transport.close();
  while (sockets.inUse) await nextTurn();
});

it.each([
  ['both want to control', true],
  ['neither wants to control', false],
])('settles who controls where %s', async (_, controlling) => {
  const [a, b] = [await openEnd(), await openEnd()];
  await introduce(a, b, [controlling, controlling]);
  expect(await say(a, b, 0x80, 0, 1)).toBe('rtp 1');
  expect(await say(b, a, 0x80, 0, 2)).toBe('rtp 2');
});

it('learns where the far end is from its checks', async () => {
  const [a, b] = [await openEnd(), await openEnd()];
  const paths = Promise.all([a.path(), b.path()]);
  a.transport.update({ rtcpMux: true, ice: remoteOf(b, true) });
  b.transport.update({ rtcpMux: true, ice: { ...remoteOf(a, false), candidates: [] } });
  await paths;
  expect(await say(b, a, 0x80, 0, 1)).toBe('rtp 1');
});

it('answers checks that come before the answer does', async () => {
  const [offerer, answerer] = [await openEnd(), await openEnd()];
  const late = remoteOf(answerer, true);
  const path = answerer.path();
  answerer.transport.update({ rtcpMux: true, ice: remoteOf(offerer, false) });
  offerer.transport.update({ rtcpMux: true, ice: { ...late, candidates: [] } });
  await path;
  expect(await say(answerer, offerer, 0x80, 0, 1)).toBe('rtp 1');
});

it('finds no path with a wrong password', async () => {
  const [a, b, c] = [await openEnd(), await openEnd(), await openEnd()];
  a.transport.update({ rtcpMux: true, ice: { ...remoteOf(b, true), password: localOf(c).password } });
  b.transport.update({ rtcpMux: true, ice: remoteOf(a, false) });
  // Meanwhile others find theirs.
  const [d, e] = [await openEnd(), await openEnd()];
  await introduce(d, e);
  expect([a.paths, b.paths]).toEqual([0, 0]);
});

it('keeps the path when the same is said again', async () => {
  const [a, b] = [await openEnd(), await openEnd()];
  await introduce(a, b);
  a.transport.update({ rtcpMux: true, ice: remoteOf(b, true) });
  expect(await say(a, b, 0x80, 0, 1)).toBe('rtp 1');
  expect(a.paths).toBe(1);
});

/** b offers again with other credentials, and a answers with `local`. */
async function beginAnew(a: End, b: End, local = newCredentials()): Promise<void> {
  const [paths, theirs] = [Promise.all([a.path(), b.path()]), newCredentials()];
  const { candidates } = localOf(b);
  a.transport.update({ rtcpMux: true, ice: { ...theirs, candidates, lite: false, controlling: false, local } });
  // Until there is a new path, the old one is used.
  expect(await say(a, b, 0x80, 0, 2)).toBe('rtp 2');
  expect(await say(b, a, 0x80, 0, 3)).toBe('rtp 3');
  b.transport.update({ rtcpMux: true, ice: { ...remoteOf(a, true), local: theirs } });
  await paths;
  expect([a.paths, b.paths]).toEqual([2, 2]);
  expect(await say(a, b, 0x80, 0, 4)).toBe('rtp 4');
  expect(await say(b, a, 0x80, 0, 5)).toBe('rtp 5');
}

it('finds another path where the far end begins anew, with other credentials of ours too', async () => {
  const [a, b] = [await openEnd(), await openEnd()];
  await introduce(a, b);
  const { candidates } = localOf(a);
  const local = newCredentials();
  await beginAnew(a, b, local);
  expect(localOf(a)).toEqual({ ...local, candidates });
});

it('follows a far end that begins anew alone', async () => {
  const [a, b] = [await openEnd(), await openEnd()];
  await introduce(a, b);
  await beginAnew(a, b, localOf(a));
});

it('tells the address that a STUN server sees', async () => {
  const server = createSocket('udp4');
  open.push(server);
  server.on('message', (packet, { address, port }) => {
    const request = readStun(packet);
    if (request === null) return;
    const { transaction } = request;
    const seen = xorAddress({ address: '198.51.100.7', port: 61_000 }, transaction);
    const attributes = [[stunAttribute.xorMappedAddress, seen]] as const;
    server.send(writeStun({ type: stunType.success, transaction, attributes, password: null }), port, address);
  });
  await new Promise<void>((bound) => server.bind(0, '127.0.0.1', bound));
  const { transport } = await openEnd({ stun: `127.0.0.1:${server.address().port}`, turn: null });
  const { rtpPort } = transport.local;
  expect(transport.local.ice?.candidates).toEqual([
    `1 1 UDP 2130706431 127.0.0.1 ${rtpPort} typ host`,
    `2 1 UDP 1694498815 198.51.100.7 61000 typ srflx raddr 127.0.0.1 rport ${rtpPort}`,
  ]);
  expect(transport.problems).toEqual([]);
});

it('reads servers as host:port, and says which it can not find', async () => {
  expect(splitServer('[2001:db8::1]:3478')).toEqual({ host: '2001:db8::1', port: 3478 });
  expect(splitServer('stun.example.org:3478')).toEqual({ host: 'stun.example.org', port: 3478 });
  for (const text of ['stun.example.org', '2001:db8::1:3478', ':3478', 'a:0', 'a:65536', '']) {
    expect(splitServer(text)).toBeNull();
  }
  const turn = { server: '[::1]:3478', transport: 'udp', user: 'a', password: 'b' } as const;
  const { transport } = await openEnd({ stun: 'nowhere', turn });
  expect(transport.problems).toMatchObject([{ server: 'stun' }, { server: 'turn', detail: 'it has no IPv4 address' }]);
});

it('is as without ICE where the far end has none', async () => {
  const [a, b] = [await openEnd(), await openEnd()];
  a.transport.update({ rtcpMux: false, ice: null });
  b.transport.update({ rtcpMux: false, ice: null });
  expect([a.paths, a.transport.choosesPath]).toEqual([1, false]);
  const packet = b.packet();
  a.transport.sendRtp(Uint8Array.of(0x80, 0, 1), 3, '127.0.0.1', b.transport.local.rtpPort);
  expect(await packet).toBe('rtp 1');
  const report = b.packet();
  a.transport.sendRtcp(Uint8Array.of(0x80, 200, 2), 3, '127.0.0.1', b.transport.local.rtcpPort);
  expect(await report).toBe('rtcp 2');
});
