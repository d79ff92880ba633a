import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { maxRtcpBytes, middleNtp, ntpTime, type Report, type RtcpCompound, readRtcp, writeRtcp } from './rtcp.ts';
import { RtcpSession } from './rtcp-session.ts';
import type { VoipMetrics } from './rtcp-xr.ts';

const ours = 1;
const theirs = 2;
const block = {
  ssrc: ours,
  fractionLost: 25,
  lost: 3,
  highestSequence: 9,
  jitter: 4,
  lastReport: 0,
  delaySinceLastReport: 0,
};
const heard = { ssrc: theirs, fractionLost: 0, lost: 0, highestSequence: 7, jitter: 1 };
const metrics: VoipMetrics = {
  ssrc: theirs,
  lossRate: 0.25,
  discardRate: 0,
  burstDensity: 0,
  gapDensity: 0,
  burstMs: 0,
  gapMs: 100,
  roundTripMs: 10,
  endSystemMs: 60,
  signalDbm: -20,
  noiseDbm: null,
  echoReturnLossDb: null,
  gmin: 16,
  r: 90,
  mosListening: 4.3,
  mosConversational: 4.2,
  adaptive: true,
  nominalMs: 20,
  maxMs: 40,
  absoluteMaxMs: 200,
};

/** A session in virtual time that has sent something, and what came of it. */
class Fixture {
  readonly sent = { packets: 0, octets: 0 };
  readonly reports: (RtcpCompound | null)[] = [];
  readonly told: unknown[] = [];
  agreed = true;
  roundTripMs: number | null = null;
  readonly session = new RtcpSession({
    source: { ssrc: ours, sequence: 0, timestamp: 0 },
    sent: this.sent,
    cname: 'name',
    received: () => heard,
    send: (packet, length) => this.reports.push(readRtcp(packet.slice(0, length))),
    onReport: ({ lost }, roundTripMs) => {
      this.told.push({ lost });
      this.roundTripMs = roundTripMs;
    },
    metrics: () => (this.agreed ? metrics : null),
    onMetrics: ({ lossRate }) => this.told.push({ lossRate }),
    onSender: ({ packets }) => this.told.push({ packets }),
  });

  receive(report: Partial<Report>, atMs?: number): void {
    const packet = new Uint8Array(maxRtcpBytes);
    const whole = { ssrc: theirs, cname: 'far', sender: null, block: null, metrics: null, bye: false, ...report };
    const compound = readRtcp(packet.slice(0, writeRtcp(packet, whole)));
    if (compound !== null) this.session.receive(compound, 100, atMs);
  }
}

let fixture: Fixture;
beforeEach(() => {
  vi.useFakeTimers();
  fixture = new Fixture();
  fixture.session.start();
});
afterEach(() => vi.useRealTimers());

it('reports every few seconds, with metrics while they are agreed on', () => {
  fixture.sent.packets = 10;
  vi.advanceTimersByTime(60_000);
  expect(fixture.reports.length).toBeGreaterThan(5);
  expect(fixture.reports[0]).toMatchObject({
    ssrc: ours,
    sender: { packets: 10 },
    blocks: [heard],
    metrics: [metrics],
  });
  const before = fixture.reports.length;
  fixture.agreed = false;
  vi.advanceTimersByTime(20_000);
  expect(fixture.reports[before]).toMatchObject({ blocks: [heard], metrics: [] });
  fixture.session.stop();
  expect(fixture.reports.at(-1)).toMatchObject({ bye: true });
  const last = fixture.reports.length;
  vi.advanceTimersByTime(60_000);
  expect(fixture.reports).toHaveLength(last);
});

it('tells what the far end says of us, and of itself', () => {
  const sender = { ntpSeconds: 1, ntpFraction: 2, rtpTimestamp: 3, packets: 77, octets: 5 };
  fixture.receive({ sender, block, metrics: { ...metrics, ssrc: ours } });
  expect(fixture.told).toEqual([{ lost: 3 }, { lossRate: 0.25 }, { packets: 77 }]);
});

it('counts from when a report came, however late it is read', () => {
  const atMs = performance.now() - 500;
  const { seconds, fraction } = ntpTime(performance.timeOrigin + atMs - 200);
  const sender = { ntpSeconds: 1, ntpFraction: 2, rtpTimestamp: 3, packets: 77, octets: 5 };
  fixture.receive({ sender, block: { ...block, lastReport: middleNtp(seconds, fraction) } }, atMs);
  expect(fixture.roundTripMs).toBeCloseTo(200, 0);
  fixture.session.stop();
  expect(fixture.reports.at(-1)?.blocks[0]?.delaySinceLastReport).toBe(65_536 / 2);
});

it('leaves alone what it says of others', () => {
  fixture.receive({ block: { ...block, ssrc: 9 }, metrics: { ...metrics, ssrc: 9 } });
  expect(fixture.told).toEqual([]);
});
