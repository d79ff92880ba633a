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
  bye: false,
};

function written(change: Partial<Report> = {}): Uint8Array {
  const packet = new Uint8Array(maxRtcpBytes);
  return packet.slice(0, writeRtcp(packet, { ...report, ...change }));
}

it('reads what it wrote', () => {
  expect(readRtcp(written())).toEqual({ ssrc: 0xdead_beef, sender: report.sender, blocks: [block], bye: false });
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
    ['what does not begin with a report', written().subarray(52)],
    ['a length beyond the end', written().subarray(0, 48)],
    ['more blocks than there is room for', written().map((byte, i) => (i === 0 ? 0x9f : byte))],
    ['another version', written().map((byte, i) => (i === 0 ? 0x41 : byte))],
    ['padding before the end', written().map((byte, i) => (i === 0 ? 0xa1 : byte))],
    ['a sender report without sender', Uint8Array.from([0x80, 200, 0, 1, 0, 0, 0, 1])],
  ])('%s', (_, packet) => {
    expect(readRtcp(packet)).toBeNull();
  });
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
