/** Strangers flood the ports of a call with whatever they can think of, and scan for more: the sound goes on both ways. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadWav } from '@thinline/endpoint-adapter/audio/wav.ts';
import { compress } from '@thinline/endpoint-adapter/media/codecs/pcmu.ts';
import { headerBytes, write16, write32, writeRtpHeader } from '@thinline/endpoint-adapter/media/rtp.ts';
import { afterEach, expect, test } from 'vitest';
import { freePorts } from '../peers/ports.ts';
import { type Phone, startPhone } from '../phone.ts';
import { type FarEnd, farSsrc, heardRate, startFarEnd } from '../tools/far-end.ts';
import { longestGap, toneLevel } from '../tools/tone.ts';

const host = '127.0.0.1';
const agentRate = 48_000;
const hz = { agent: 1000, far: 700, stranger: 2300 } as const;
const toneDbfs = -12;
/** In all, spread evenly over so many packets of the far end's, 20 ms each. */
const datagrams = 20_000;
const rounds = 200;
const strangers = 8;
/** Of which the call has two. */
const portsInRange = 40;
/** Generous: a busy machine adds gaps of its own, and holds up this process, which floods and listens. */
const gapMs = 750;
const mostGrowthMb = 20;

/** A second of it is a whole number of waves. */
const tone = (frequency: number): Int16Array =>
  Int16Array.from(
    { length: heardRate },
    (_, i) => 32_767 * 10 ** (toneDbfs / 20) * Math.sin((2 * Math.PI * frequency * i) / heardRate),
  );

/** The same ones in every run (mulberry32), 0 to 255. */
let seed = 1;
function random(): number {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), seed | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return (t ^ (t >>> 14)) & 0xff;
}
const noise = (length: number): Uint8Array => Uint8Array.from({ length }, random);

/** 20 ms of the strangers' tone. */
const strangersSound = Uint8Array.from(tone(hz.stranger).subarray(0, 160), compress);

function rtp(sequence: number, ssrc: number): Uint8Array {
  const packet = new Uint8Array(headerBytes + strangersSound.length);
  writeRtpHeader(packet, 0, false, sequence & 0xffff, sequence * 160, ssrc);
  packet.set(strangersSound, headerBytes);
  return packet;
}

/** RFC 3550 §6: of that type, with nothing or noise behind the SSRC. */
function rtcp(type: number, ssrc: number, body: number): Uint8Array {
  const packet = noise(8 + body);
  packet[0] = 0x80 | (type === 203 ? 1 : 0);
  packet[1] = type;
  write16(packet, 2, packet.length / 4 - 1);
  write32(packet, 4, ssrc);
  return packet;
}

/** RFC 8489 §5: a binding request without attributes. */
function stun(): Uint8Array {
  const packet = noise(20);
  write32(packet, 0, 0x00010000);
  write32(packet, 4, 0x2112a442);
  return packet;
}

/** A record of a handshake (RFC 6347 §4.1) with nothing to be made of it. */
function dtls(): Uint8Array {
  const packet = noise(13 + 120);
  packet.set([22, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 120, 1]);
  return packet;
}

const kinds: readonly ((n: number) => Uint8Array)[] = [
  () => noise(random() * 6),
  () => new Uint8Array(0),
  (n) => rtp(n, 0xbad),
  (n) => rtp(n, farSsrc),
  stun,
  dtls,
  () => rtcp(200, farSsrc, 20),
  () => rtcp(203, farSsrc, 0),
];

async function stranger(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.on('error', () => {});
  socket.bind(0, host);
  await once(socket, 'listening');
  return socket;
}

/** MB of memory that the process has right now, by proc(5). */
async function memoryOf(pid: number): Promise<number> {
  const [, kb = ''] = /^VmRSS:\s+(\d+) kB/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kb) / 1024;
}

/** Datagrams that the kernel dropped at the port since it was opened, as nobody read them in time. */
async function droppedAt(port: number): Promise<number> {
  const place = `:${port.toString(16).toUpperCase().padStart(4, '0')} `;
  const line = (await readFile('/proc/net/udp', 'utf8')).split('\n').find((it) => it.slice(0, 24).includes(place));
  return Number(line?.trim().split(/\s+/).at(-1));
}

let folder: string;
let far: FarEnd;
let phone: Phone;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close();
  await phone?.stop();
  await far?.close();
  await rm(folder, { recursive: true, force: true });
});

test('a flood and a port scan during a call: both hear each other as before', async () => {
  folder = await mkdtemp(join(tmpdir(), 'thinline-rtp-flood-'));
  const recording = join(folder, 'heard.wav');
  let ports: readonly number[] = [];
  far = await startFarEnd({
    agreed: ({ remotePort, remoteRtcpPort }) => {
      ports = [remotePort, remoteRtcpPort];
    },
  });
  far.answers();
  far.say(tone(hz.far));
  const firstPort = await freePorts(portsInRange);
  const range = Array.from({ length: portsInRange }, (_, i) => firstPort + i);
  phone = await startPhone({
    lines: [{ user: '701', server: far.address, registerTimeout: 0 }],
    audio: `virtual:in=tone:${hz.agent}:${toneDbfs},out=file:${recording}`,
    settings: {
      'policy.endpoint.rtp_port_min': String(firstPort),
      'policy.endpoint.rtp_port_max': String(firstPort + portsInRange - 1),
      // The agent's own tone must not be taken for noise or echo.
      'policy.session.echo_control': '0',
      'policy.session.noise_suppression': '0',
    },
  });
  await phone.waitFor('the line is there', ({ phone }) => phone?.lines[0]?.state === 'STANDALONE');
  await phone.does('dial', far.user);
  await phone.call('TALKING');
  while (sockets.length < strangers) sockets.push(await stranger());
  await far.heard(1000);
  const pid = phone.state().phone?.endpoint?.pid ?? 0;
  const [memoryBefore, droppedBefore] = [await memoryOf(pid), await droppedAt(ports[0] ?? 0)];
  expect(range).toEqual(expect.arrayContaining([...ports]));
  far.longestWait();

  const since = performance.now();
  let most = memoryBefore;
  let sent = 0;
  const send = (packet: Uint8Array, port: number): void => {
    sockets[sent % strangers]?.send(packet, port, host);
    sent += 1;
  };
  const begun = far.heardMs();
  for (let round = 0; round < rounds; round++) {
    for (let n = 0; n < datagrams / rounds; n++) {
      const kind = kinds[(n + round) % kinds.length];
      if (kind) send(kind(sent), ports[n % 4 === 3 ? 1 : 0] ?? 0);
    }
    // The scan.
    for (const kind of kinds) send(kind(sent), range[round % range.length] ?? 0);
    await far.heard(begun + round * 20);
    if (round % 20 === 0) most = Math.max(most, await memoryOf(pid));
  }
  const lasted = (performance.now() - since) / 1000;
  const wait = far.longestWait();
  await far.heard(begun + rounds * 20 + 1000);
  const growth = Math.max(most, await memoryOf(pid)) - memoryBefore;
  const dropped = (await droppedAt(ports[0] ?? 0)) - droppedBefore;

  expect((await phone.call('TALKING')).failure).toBeNull();
  await phone.does('hangup');
  await phone.noCalls();
  await phone.stop();

  const theirs = far.samples().subarray(heardRate / 2);
  const recorded = loadWav(recording);
  const from = recorded.findIndex((sample) => Math.abs(sample) > 1000);
  const ours = recorded.subarray(from + agentRate / 2, from + 5.5 * agentRate);
  const gaps = {
    theirs: longestGap(theirs, hz.agent, heardRate, toneDbfs - 12),
    ours: longestGap(ours, hz.far, agentRate, toneDbfs - 12),
  };
  console.log(
    `${sent} datagrams in ${lasted.toFixed(1)} s, ${dropped} of them dropped; gaps: they ${gaps.theirs} ms (at most ${wait.toFixed(0)} between packets), we ${gaps.ours} ms; the strangers' tone ${toneLevel(ours, hz.stranger, agentRate).toFixed(0)} dBFS; ${growth.toFixed(1)} MB more memory`,
  );
  expect(toneLevel(theirs, hz.agent, heardRate)).toBeGreaterThan(toneDbfs - 3);
  expect(gaps.theirs).toBeLessThan(gapMs);
  expect(wait).toBeLessThan(gapMs);
  expect(ours.length).toBe(5 * agentRate);
  expect(gaps.ours).toBeLessThan(gapMs);
  expect(toneLevel(ours, hz.stranger, agentRate)).toBeLessThan(-60);
  expect(growth).toBeLessThan(mostGrowthMb);
});
