import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BeatSockets, socketAddon } from './beat-sockets.ts';
import type { OpenSocket } from './packet-socket.ts';
import { openNodeSocket, openRtpSockets } from './ports.ts';
import { type PacketEvents, PlainTransport, packetKind } from './transport.ts';

it('tells apart what shares the port of RTP', () => {
  const kinds = Array.from({ length: 256 }, (_, first) => packetKind(Uint8Array.of(first, 0)));
  const runs = kinds.flatMap((kind, i) => (kind === kinds[i - 1] ? [] : [`${i} ${kind}`]));
  expect(runs).toEqual(['0 stun', '4 unknown', '20 dtls', '64 turn', '80 unknown', '128 rtp', '192 unknown']);
});

it('takes for RTCP what no payload type of ours can be', () => {
  const kinds = Array.from({ length: 256 }, (_, second) => packetKind(Uint8Array.of(0x80, second)));
  expect(kinds.indexOf('rtcp')).toBe(192);
  expect(kinds.lastIndexOf('rtcp')).toBe(223);
  expect(kinds.filter((kind) => kind === 'rtcp')).toHaveLength(32);
  expect(packetKind(new Uint8Array(0))).toBe('unknown');
  expect(packetKind(Uint8Array.of(0x80))).toBe('rtp');
});

/** Two transports on loopback; what the second one gets is handed to whoever waits. */
async function pair(openSocket: OpenSocket) {
  const place = { address: '127.0.0.1', portMin: 0, portMax: 0 };
  const [a, b] = [await openRtpSockets(place, openSocket), await openRtpSockets(place, openSocket)];
  if (a === null || b === null) throw new Error('no ports');
  const [sender, receiver] = [new PlainTransport(a), new PlainTransport(b)];
  const heard: string[] = [];
  const dtls: Uint8Array[] = [];
  let paths = 0;
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const note = (kind: string) => (packet: Uint8Array, address: string, port: number, atMs?: number) => {
    if (atMs !== undefined) expect(Math.abs(performance.now() - atMs)).toBeLessThan(1_000);
    heard.push(`${kind} ${packet[2]} from ${address}`);
    expect([a.local.rtpPort, a.local.rtcpPort]).toContain(port);
    if (packet[2] === 99) resolve();
  };
  const events: PacketEvents = {
    onRtp: note('rtp'),
    onRtcp: note('rtcp'),
    onDtls(packet, address, port) {
      dtls.push(packet);
      note('dtls')(packet, address, port);
    },
    onPath: () => paths++,
    onPathFailed: () => undefined,
    onError: () => undefined,
  };
  receiver.start(events);
  sender.start({ ...events, onRtp: () => undefined, onRtcp: () => undefined });
  const send = (what: 'sendRtp' | 'sendRtcp', port: number, ...bytes: number[]) =>
    sender[what](Uint8Array.from(bytes), bytes.length, '127.0.0.1', port);
  const close = () => {
    sender.close();
    receiver.close();
  };
  return { sender, receiver, ports: b.local, heard, dtls, ended, send, close, paths: () => paths };
}

const addon = socketAddon();
const beatSockets = addon && new BeatSockets(addon, () => {});
let beat: NodeJS.Timeout;
beforeEach(() => {
  beat = setInterval(() => beatSockets?.read(), 1);
});
afterEach(() => clearInterval(beat));
const kinds: (readonly [string, OpenSocket])[] = [['Node', openNodeSocket]];
if (beatSockets !== null) kinds.push(['the addon', beatSockets.open]);

describe.each(kinds)('by sockets of %s', (_, openSocket) => {
  it('takes RTP, DTLS and RTCP each where it belongs', async () => {
    const { receiver, ports, heard, dtls, ended, send, close, paths } = await pair(openSocket);
    receiver.update({ rtcpMux: false, ice: null });
    receiver.update({ rtcpMux: false, ice: null });
    expect(paths()).toBe(1);
    send('sendRtp', ports.rtpPort, 0x80, 0, 1);
    send('sendRtp', ports.rtpPort, 0x80, 200, 2);
    send('sendRtp', ports.rtpPort, 22, 0, 3);
    send('sendRtp', ports.rtpPort, 0, 1, 4);
    send('sendRtcp', ports.rtcpPort, 0x80, 0, 5);
    send('sendRtcp', ports.rtcpPort, 0x80, 200, 99);
    await ended;
    expect(heard.toSorted()).toEqual(['dtls 3 from 127.0.0.1', 'rtcp 99 from 127.0.0.1', 'rtp 1 from 127.0.0.1']);
    // It may be kept.
    expect(dtls).toEqual([Buffer.of(22, 0, 3)]);
    close();
  });

  it('has RTCP at the port of RTP where that was agreed on', async () => {
    const { sender, receiver, ports, heard, ended, send, close } = await pair(openSocket);
    for (const it of [sender, receiver]) it.update({ rtcpMux: true, ice: null });
    send('sendRtcp', ports.rtcpPort, 0x80, 200, 1);
    send('sendRtcp', ports.rtpPort, 0x80, 201, 2);
    send('sendRtp', ports.rtpPort, 0x80, 0, 99);
    await ended;
    expect(heard).toEqual(['rtcp 2 from 127.0.0.1', 'rtp 99 from 127.0.0.1']);
    close();
  });
});
