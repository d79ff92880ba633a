import { describe, expect, it } from 'vitest';
import { unknownMetrics, type VqMetrics, type VqReport, writeVqReport } from './vq-rtcpxr.ts';

const heard: VqMetrics = {
  codec: { payloadType: 0, name: 'PCMU', clockRate: 8000, packetMs: 20 },
  lossRate: 0.0123,
  discardRate: 0.002,
  burstDensity: 0.25,
  gapDensity: 0.001,
  burstMs: 120.4,
  gapMs: 9_000,
  gmin: 16,
  adaptive: true,
  nominalMs: 40,
  maxMs: 60,
  absoluteMaxMs: 500,
  roundTripMs: 30.4,
  endSystemMs: 70,
  oneWayMs: 85.2,
  jitterMs: 3.6,
  signalDbm: -20.4,
  noiseDbm: -60,
  echoReturnLossDb: 40,
  r: 88.6,
  mosListening: 4.38,
  mosConversational: 4.27,
};

const report: VqReport = {
  what: { kind: 'session' },
  callId: 'a84b4c76e66710@192.0.2.9',
  localId: 'sip:alice@example.org',
  remoteId: 'sip:602@example.org',
  originId: 'sip:alice@example.org',
  local: { address: '192.0.2.9', port: 9000, ssrc: 0x2468ab },
  remote: { address: '2001:db8::1', port: 9002, ssrc: 0xffff_ffff },
  fromMs: Date.UTC(2026, 10, 22, 9, 0, 0, 999),
  toMs: Date.UTC(2026, 10, 22, 9, 1, 30),
  localMetrics: heard,
  remoteMetrics: null,
};

const linesOf = (more: Partial<VqReport>): string[] => writeVqReport({ ...report, ...more }).split('\r\n');

describe('a report (RFC 6035 §4.6.1)', () => {
  it('has a line for each group, in the order of the grammar', () => {
    expect(linesOf({})).toEqual([
      'VQSessionReport: CallTerm',
      'CallID: a84b4c76e66710@192.0.2.9',
      'LocalID: <sip:alice@example.org>',
      'RemoteID: <sip:602@example.org>',
      'OrigID: <sip:alice@example.org>',
      'LocalAddr: IP=192.0.2.9 PORT=9000 SSRC=0x002468AB',
      'RemoteAddr: IP=2001:db8::1 PORT=9002 SSRC=0xFFFFFFFF',
      'LocalMetrics:',
      'Timestamps: START=2026-11-22T09:00:00Z STOP=2026-11-22T09:01:30Z',
      'SessionDesc: PT=0 PD=PCMU SR=8000 PPS=50 PLC=2',
      'JitterBuffer: JBA=3 JBN=40 JBM=60 JBX=500',
      'PacketLoss: NLR=1.23 JDR=0.20',
      'BurstGapLoss: BLD=25.00 BD=120 GLD=0.10 GD=9000 GMIN=16',
      'Delay: RTD=30 ESD=70 SOWD=85 IAJ=4',
      'Signal: SL=-20 NL=-60 RERL=40',
      'QualityEst: RCQ=89 MOSLQ=4.4 MOSCQ=4.3 QoEEstAlg=G.107',
      '',
    ]);
  });

  it('leaves out what is not known, and groups of which nothing is', () => {
    const metrics = { ...unknownMetrics, roundTripMs: 0, jitterMs: 0, mosListening: 4 };
    expect(
      linesOf({ local: null, remote: { address: '192.0.2.1', port: 9002, ssrc: null }, localMetrics: metrics }).slice(
        5,
      ),
    ).toEqual([
      'RemoteAddr: IP=192.0.2.1 PORT=9002',
      'LocalMetrics:',
      'Timestamps: START=2026-11-22T09:00:00Z STOP=2026-11-22T09:01:30Z',
      'Delay: IAJ=0',
      'QualityEst: MOSLQ=4.0 QoEEstAlg=G.107',
      '',
    ]);
    expect(linesOf({ localMetrics: unknownMetrics })).toEqual(linesOf({ localMetrics: null }));
  });

  it('has what the far end measured behind what we did', () => {
    const lines = linesOf({ remoteMetrics: { ...unknownMetrics, lossRate: 1, discardRate: 0, adaptive: false } });
    expect(lines.slice(lines.indexOf('RemoteMetrics:'))).toEqual([
      'RemoteMetrics:',
      'Timestamps: START=2026-11-22T09:00:00Z STOP=2026-11-22T09:01:30Z',
      'JitterBuffer: JBA=2',
      'PacketLoss: NLR=100.00 JDR=0.00',
      '',
    ]);
  });

  it('says that a call began, or ceased, to sound bad', () => {
    const head = (metric: 'MOSLQ' | 'MOSCQ', severity: 'Warning' | 'Clear') =>
      linesOf({ what: { kind: 'alert', metric, severity } })[0];
    expect(head('MOSLQ', 'Warning')).toBe('VQAlertReport: Type=MOSLQ Severity=Warning Dir=local');
    expect(head('MOSCQ', 'Clear')).toBe('VQAlertReport: Type=MOSCQ Severity=Clear Dir=local');
  });

  it('keeps figures within what the fields can hold', () => {
    const wild: VqMetrics = {
      ...heard,
      lossRate: -1,
      discardRate: 7,
      burstMs: 1e9,
      jitterMs: Number.NaN,
      signalDbm: -1000,
      r: Number.POSITIVE_INFINITY,
      mosListening: 99,
    };
    expect(linesOf({ localMetrics: wild }).slice(11)).toEqual([
      'PacketLoss: NLR=0.00 JDR=100.00',
      'BurstGapLoss: BLD=25.00 BD=65535 GLD=0.10 GD=9000 GMIN=16',
      'Delay: RTD=30 ESD=70 SOWD=85',
      'Signal: SL=-127 NL=-60 RERL=40',
      'QualityEst: MOSLQ=4.9 MOSCQ=4.3 QoEEstAlg=G.107',
      '',
    ]);
  });

  it('takes no line from what others have said', () => {
    const before = linesOf({}).length;
    const codec = { payloadType: 0, name: 'a b\nc', clockRate: 8000, packetMs: 0 };
    const lines = linesOf({
      callId: 'x\r\nRemoteID: <sip:forged@example.org>',
      remoteId: 'sip:602@example.org>\r\nx',
      localMetrics: { ...heard, codec },
    });
    expect(lines).toHaveLength(before);
    expect(lines[1]).toBe('CallID: xRemoteID: sip:forged@example.org');
    expect(lines[3]).toBe('RemoteID: <sip:602@example.orgx>');
    expect(lines[9]).toBe('SessionDesc: PT=0 PD=abc SR=8000 PLC=2');
  });
});
