import { blankCall } from '@thinline/shared/contract/blank.ts';
import type { CallQuality } from '@thinline/shared/contract/types.ts';
import { expect, it } from 'vitest';
import { writeVqReport } from '../sip/events/vq-rtcpxr.ts';
import { callReport } from './call-report.ts';

const call = blankCall({
  id: 'a',
  state: 'RELEASED',
  direction: 'INCOMING',
  remote: { uri: 'sip:602@example.org', number: '602', displayName: 'Bob' },
  sipCallId: 'x@example.org',
  connectedAtMs: 1_000,
  releasedAtMs: 61_000,
});

const least: CallQuality = {
  callId: 'a',
  packetsSent: 0,
  packetsReceived: 0,
  packetsLost: 0,
  packetsDiscarded: 0,
  concealedMs: 0,
  longestGapMs: 0,
};

const own = { ownId: 'sip:alice@example.org', nowMs: 31_000 };
const linesOf = (quality: Partial<CallQuality>): string[] =>
  writeVqReport(callReport({ kind: 'session' }, call, { ...least, ...quality }, own)).split('\r\n');

it('says who called whom, and when', () => {
  expect(linesOf({})).toEqual([
    'VQSessionReport: CallTerm',
    'CallID: x@example.org',
    'LocalID: <sip:alice@example.org>',
    'RemoteID: <sip:602@example.org>',
    'OrigID: <sip:602@example.org>',
    'LocalMetrics:',
    'Timestamps: START=1970-01-01T00:00:01Z STOP=1970-01-01T00:01:01Z',
    '',
  ]);
  const outgoing = callReport({ kind: 'session' }, { ...call, direction: 'OUTGOING', releasedAtMs: 0 }, least, own);
  expect(outgoing).toMatchObject({ originId: 'sip:alice@example.org', toMs: 31_000 });
});

it('has every figure that is known of what we heard', () => {
  const path = {
    localAddress: '192.0.2.9',
    localPort: 9000,
    localSsrc: 1,
    remoteAddress: '192.0.2.1',
    remotePort: 9002,
  };
  const lines = linesOf({
    path: { ...path, remoteSsrc: 2 },
    codec: { name: 'opus', payloadType: 111, clockRate: 48_000, packetMs: 20, redundancy: 0 },
    lossRate: 0.01,
    discardRate: 0.02,
    burstDensity: 0.5,
    gapDensity: 0,
    burstMs: 100,
    gapMs: 2_000,
    roundTripMs: 40,
    oneWayDelayMs: 110,
    bufferMs: 50,
    bufferTargetMs: 45,
    bufferMaxMs: 400,
    jitterMs: 5,
    receivedDbfs: -23.14,
    rating: { r: 80, mosListening: 4.1, mosConversational: 4 },
  });
  expect(lines.slice(5)).toEqual([
    'LocalAddr: IP=192.0.2.9 PORT=9000 SSRC=0x00000001',
    'RemoteAddr: IP=192.0.2.1 PORT=9002 SSRC=0x00000002',
    'LocalMetrics:',
    'Timestamps: START=1970-01-01T00:00:01Z STOP=1970-01-01T00:01:01Z',
    'SessionDesc: PT=111 PD=opus SR=48000 PPS=50 PLC=2',
    'JitterBuffer: JBA=3 JBN=45 JBM=50 JBX=400',
    'PacketLoss: NLR=1.00 JDR=2.00',
    'BurstGapLoss: BLD=50.00 BD=100 GLD=0.00 GD=2000 GMIN=16',
    'Delay: RTD=40 ESD=90 SOWD=110 IAJ=5',
    'Signal: SL=-20',
    'QualityEst: RCQ=80 MOSLQ=4.1 MOSCQ=4.0 QoEEstAlg=G.107',
    '',
  ]);
  expect(linesOf({ path }).at(6)).toBe('RemoteAddr: IP=192.0.2.1 PORT=9002');
});

const remoteOf = (quality: Partial<CallQuality>): string[] => {
  const lines = linesOf(quality);
  return lines.slice(lines.indexOf('RemoteMetrics:') + 2, -1);
};

it("has the far end's figures where it reports them", () => {
  const remoteMetrics = {
    lossRate: 0.1,
    discardRate: 0,
    burstDensity: 0,
    gapDensity: 0.1,
    burstMs: 0,
    gapMs: 60_000,
    endSystemMs: 80,
    roundTripMs: 40,
    signalDbm: -18,
    mosListening: 3.5,
    bufferNominalMs: 60,
    bufferMaxMs: 80,
    bufferAbsoluteMaxMs: 200,
  };
  expect(remoteOf({ remoteMetrics, remoteJitterMs: 7 })).toEqual([
    'JitterBuffer: JBN=60 JBM=80 JBX=200',
    'PacketLoss: NLR=10.00 JDR=0.00',
    'BurstGapLoss: BLD=0.00 BD=0 GLD=10.00 GD=60000',
    'Delay: RTD=40 ESD=80 IAJ=7',
    'Signal: SL=-18',
    'QualityEst: MOSLQ=3.5 QoEEstAlg=G.107',
  ]);
});

it('has what a plain receiver report says, where that is all', () => {
  const remoteJitterMs = 7;
  expect(remoteOf({ remotePacketsLost: 5, packetsSent: 500, remoteJitterMs })).toEqual([
    'PacketLoss: NLR=1.00',
    'Delay: IAJ=7',
  ]);
  expect(remoteOf({ remotePacketsLost: -5, packetsSent: 500, remoteJitterMs })[0]).toBe('PacketLoss: NLR=0.00');
  expect(linesOf({ packetsSent: 500 })).not.toContain('RemoteMetrics:');
});
