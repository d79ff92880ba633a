import { describe, expect, it } from 'vitest';
import {
  maxRtcpBytes,
  middleNtp,
  ntpTime,
  type Report,
  readRtcp,
  roundTripMs,
  rtcpInterval,
  writeRtcp,
} from './rtcp.ts';
import type { VoipMetrics } from './rtcp-xr.ts';
import { makeRandom } from './testing/sound.ts';

const block = {
  ssrc: 7,
  fractionLost: 12,
  lost: -3,
  highestSequence: 0xffff_0001,
  jitter: 99,
  lastReport: 0x8000_0001,
  delaySinceLastReport: 65_536,
};
const report: Report = {
  ssrc: 0xdead_beef,
  cname: 'abc',
  sender: { ntpSeconds: 4_000_000_000, ntpFraction: 5, rtpTimestamp: 0xffff_ffff, packets: 10, octets: 1_600 },
  block,
  metrics: null,
  bye: false,
};

const metrics: VoipMetrics = {
  ssrc: 7,
  lossRate: 5 / 256,
  discardRate: 1 / 256,
  burstDensity: 0.5,
  gapDensity: 2 / 256,
  burstMs: 80,
  gapMs: 0xffff,
  roundTripMs: 120,
  endSystemMs: 65,
  signalDbm: -21,
  noiseDbm: null,
  echoReturnLossDb: 40,
  gmin: 16,
  r: 85,
  mosListening: 4.1,
  mosConversational: 3.9,
  adaptive: true,
  nominalMs: 30,
  maxMs: 50,
  absoluteMaxMs: 200,
};

function written(change: Partial<Report> = {}): Uint8Array {
  const packet = new Uint8Array(maxRtcpBytes);
  return packet.slice(0, writeRtcp(packet, { ...report, ...change }));
}

it('reads what it wrote', () => {
  expect(readRtcp(written())).toEqual({
    ssrc: 0xdead_beef,
    sender: report.sender,
    blocks: [block],
    metrics: [],
    bye: false,
  });
  expect(readRtcp(written({ sender: null, block: null }))).toMatchObject({ sender: null, blocks: [], bye: false });
  expect(readRtcp(written({ bye: true }))).toMatchObject({ bye: true });
});

it('writes a compound of whole words that begins with a report and has a CNAME', () => {
  for (const cname of ['', 'a', 'ab', 'abc', 'abcd', 'x'.repeat(300)]) {
    const packet = written({ cname });
    expect(packet.length % 4).toBe(0);
    expect(packet[1]).toBe(200);
    expect(packet[52 + 1]).toBe(202);
    expect(packet[52 + 8]).toBe(1);
    expect(packet[52 + 9]).toBe(Math.min(255, cname.length));
    expect(readRtcp(packet)).not.toBeNull();
  }
});

describe('refuses', () => {
  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['an odd length', written().subarray(0, 51)],
    ['what begins with no type of ours', written().map((byte, i) => (i === 1 ? 208 : byte))],
    ['a length beyond the end', written().subarray(0, 48)],
    ['more blocks than there is room for', written().map((byte, i) => (i === 0 ? 0x9f : byte))],
    ['another version', written().map((byte, i) => (i === 0 ? 0x41 : byte))],
    ['padding before the end', written().map((byte, i) => (i === 0 ? 0xa1 : byte))],
    ['a sender report without sender', Uint8Array.from([0x80, 200, 0, 1, 0, 0, 0, 1])],
  ])('%s', (_, packet) => {
    expect(readRtcp(packet)).toBeNull();
  });
});

describe('extended reports', () => {
  const unknown: VoipMetrics = {
    ...metrics,
    roundTripMs: null,
    signalDbm: null,
    echoReturnLossDb: null,
    r: null,
    mosListening: null,
    mosConversational: null,
    adaptive: false,
  };

  it('are read as they were written', () => {
    expect(readRtcp(written({ metrics }))?.metrics).toEqual([metrics]);
    expect(readRtcp(written({ metrics: unknown, bye: true }))).toMatchObject({ metrics: [unknown], bye: true });
  });

  it('have the bytes of RFC 3611 §4.7', () => {
    const packet = written({ metrics });
    expect([...packet.subarray(-44)]).toEqual([
      ...[0x80, 207, 0, 10, 0xde, 0xad, 0xbe, 0xef],
      ...[7, 0, 0, 8, 0, 0, 0, 7],
      ...[5, 1, 128, 2, 0, 80, 255, 255],
      ...[0, 120, 0, 65, 256 - 21, 127, 40, 16],
      ...[85, 127, 41, 39, 0xb0, 0, 0, 30],
      ...[0, 50, 0, 200],
    ]);
  });

  it('keep within their fields', () => {
    const wild = { ...metrics, lossRate: 2, burstMs: 1e9, signalDbm: -999, r: 200, mosListening: 0, roundTripMs: -5 };
    expect(readRtcp(written({ metrics: wild }))?.metrics).toMatchObject([
      { lossRate: 255 / 256, burstMs: 0xffff, signalDbm: -127, r: 100, mosListening: 1, roundTripMs: null },
    ]);
  });

  it('may come alone, and hold blocks of other kinds', () => {
    const packet = written({ metrics });
    const block = packet.slice(-36);
    const other = Uint8Array.from([4, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8]);
    const alone = Uint8Array.from([0x80, 207, 0, 1 + 9 + 3, 0, 0, 0, 9, ...other, ...block]);
    expect(readRtcp(alone)).toMatchObject({ ssrc: 9, metrics: [metrics] });
  });

  it('are refused when a block is longer than they are', () => {
    const packet = written({ metrics });
    packet[packet.length - 33] = 9;
    expect(readRtcp(packet)).toBeNull();
    expect(readRtcp(Uint8Array.from([0x80, 207, 0, 0, 0x80, 203, 0, 0]))).toBeNull();
  });
});

it('takes reports of reduced size', () => {
  const packet = written({ bye: true }).slice(-8);
  expect(readRtcp(packet)).toMatchObject({ ssrc: 0xdead_beef, bye: true });
  expect(readRtcp(written().subarray(52))).toMatchObject({ ssrc: 0xdead_beef, sender: null });
});

it('hears the goodbye of the sender alone', () => {
  const packet = written({ bye: true });
  packet[packet.length - 1] = 0;
  expect(readRtcp(packet)?.bye).toBe(false);
});

describe('round trip', () => {
  const nowMs = 1_700_000_000_000;
  const sentMs = nowMs - 350;
  const { seconds, fraction } = ntpTime(sentMs);

  it('is the time since the report less the time the far end kept it', () => {
    const heard = { ...block, lastReport: middleNtp(seconds, fraction), delaySinceLastReport: 0.25 * 65_536 };
    expect(roundTripMs(heard, nowMs)).toBeCloseTo(100, 0);
  });

  it('is unknown before a report, and where it cannot be true', () => {
    expect(roundTripMs({ ...block, lastReport: 0 }, nowMs)).toBeNull();
    const future = { ...block, lastReport: middleNtp(seconds, fraction), delaySinceLastReport: 65_536 };
    expect(roundTripMs(future, nowMs)).toBeNull();
  });
});

describe('interval', () => {
  const call = { members: 2, senders: 2, weSent: true, bandwidth: 800, averageBytes: 120, initial: false };

  it('is 5 s for a call, spread from 0.5 to 1.5 and corrected', () => {
    expect(rtcpInterval(call, 0.5)).toBeCloseTo(5_000 / (Math.E - 1.5), 5);
    expect(rtcpInterval(call, 0)).toBeCloseTo(2_500 / (Math.E - 1.5), 5);
    expect(rtcpInterval(call, 1)).toBeCloseTo(7_500 / (Math.E - 1.5), 5);
  });

  it('is half of that at first', () => {
    expect(rtcpInterval({ ...call, initial: true }, 0.5)).toBeCloseTo(2_500 / (Math.E - 1.5), 5);
  });

  it('grows with the members', () => {
    const many = { ...call, members: 1_000, senders: 2, weSent: false };
    expect(rtcpInterval(many, 0.5)).toBeCloseTo((120 * 998 * 1_000) / 600 / (Math.E - 1.5), 3);
  });
});

it('survives whatever comes', () => {
  const random = makeRandom(5);
  const whole = written({ metrics, bye: true });
  let read = 0;
  for (let round = 0; round < 5_000; round++) {
    const packet = whole.slice(0, Math.ceil((random() * whole.length) / 4) * 4);
    for (let i = 0; i < 1 + random() * 4; i++) packet[Math.floor(random() * packet.length)] = random() * 256;
    const compound = readRtcp(packet);
    if (compound === null) continue;
    read++;
    expect(compound.blocks.length + compound.metrics.length).toBeLessThan(packet.length / 24);
  }
  expect(read).toBeGreaterThan(300);
});
