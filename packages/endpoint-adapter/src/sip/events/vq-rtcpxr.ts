/** What a quality report says (RFC 6035 §4.6): which call, between whom, and what each end measured. Writing only. */

export const vqEvent = 'vq-rtcpxr';
export const vqType = 'application/vq-rtcpxr';

export type VqReportKind =
  /** The call is over. */
  | { kind: 'session' }
  /** The call began to sound bad, or no longer does. */
  | { kind: 'alert'; metric: 'MOSLQ' | 'MOSCQ'; severity: 'Warning' | 'Clear' };

/** Where one end sends and receives RTP. */
export interface VqAddress {
  address: string;
  port: number;
  /** Null: nothing has come of it. */
  ssrc: number | null;
}

/** What one end measured of what it heard. Shares are from 0 to 1, levels dBm0; null, and lengths of 0 ms, are left out. */
export interface VqMetrics {
  codec: { payloadType: number; name: string; clockRate: number; packetMs: number } | null;
  lossRate: number | null;
  discardRate: number | null;
  burstDensity: number | null;
  gapDensity: number | null;
  burstMs: number | null;
  gapMs: number | null;
  gmin: number | null;
  /** The jitter buffer's kind, and what it aims at, may hold now, and may ever hold. */
  adaptive: boolean | null;
  nominalMs: number | null;
  maxMs: number | null;
  absoluteMaxMs: number | null;
  roundTripMs: number | null;
  endSystemMs: number | null;
  oneWayMs: number | null;
  jitterMs: number | null;
  signalDbm: number | null;
  noiseDbm: number | null;
  echoReturnLossDb: number | null;
  r: number | null;
  mosListening: number | null;
  mosConversational: number | null;
}

/** For a call of which nothing is known. */
export const unknownMetrics: VqMetrics = {
  codec: null,
  lossRate: null,
  discardRate: null,
  burstDensity: null,
  gapDensity: null,
  burstMs: null,
  gapMs: null,
  gmin: null,
  adaptive: null,
  nominalMs: null,
  maxMs: null,
  absoluteMaxMs: null,
  roundTripMs: null,
  endSystemMs: null,
  oneWayMs: null,
  jitterMs: null,
  signalDbm: null,
  noiseDbm: null,
  echoReturnLossDb: null,
  r: null,
  mosListening: null,
  mosConversational: null,
};

export interface VqReport {
  what: VqReportKind;
  /** The SIP Call-ID. */
  callId: string;
  /** URIs of the two ends, and of the one that called. */
  localId: string;
  remoteId: string;
  originId: string;
  local: VqAddress | null;
  remote: VqAddress | null;
  /** Milliseconds since 1970. */
  fromMs: number;
  toMs: number;
  localMetrics: VqMetrics | null;
  remoteMetrics: VqMetrics | null;
}

export function writeVqReport(report: VqReport): string {
  const { what, localMetrics, remoteMetrics } = report;
  const time = `Timestamps: START=${utc(report.fromMs)} STOP=${utc(report.toMs)}`;
  const lines = [
    headOf(what),
    `CallID: ${oneLine(report.callId)}`,
    `LocalID: <${oneLine(report.localId)}>`,
    `RemoteID: <${oneLine(report.remoteId)}>`,
    `OrigID: <${oneLine(report.originId)}>`,
    ...(report.local ? [`LocalAddr: ${addressOf(report.local)}`] : []),
    ...(report.remote ? [`RemoteAddr: ${addressOf(report.remote)}`] : []),
    'LocalMetrics:',
    time,
    ...(localMetrics ? metricLines(localMetrics) : []),
    ...(remoteMetrics ? ['RemoteMetrics:', time, ...metricLines(remoteMetrics)] : []),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function headOf(what: VqReportKind): string {
  if (what.kind === 'session') return 'VQSessionReport: CallTerm';
  return `VQAlertReport: Type=${what.metric} Severity=${what.severity} Dir=local`;
}

function addressOf({ address, port, ssrc }: VqAddress): string {
  const source = ssrc === null ? '' : ` SSRC=0x${ssrc.toString(16).toUpperCase().padStart(8, '0')}`;
  return `IP=${oneLine(address)} PORT=${port}${source}`;
}

/** RFC 3611 §4.7.6 has the numbers of PLC (2: better than standard) and JBA (3: adaptive, 2: fixed). */
function metricLines(it: VqMetrics): string[] {
  const { codec } = it;
  return [
    line('SessionDesc', {
      PT: codec && whole(codec.payloadType, 127),
      PD: codec && oneLine(codec.name).replaceAll(' ', ''),
      SR: codec && whole(codec.clockRate),
      PPS: codec && codec.packetMs > 0 ? whole(1000 / codec.packetMs) : null,
      PLC: codec && '2',
    }),
    line('JitterBuffer', {
      JBA: it.adaptive === null ? null : it.adaptive ? '3' : '2',
      JBN: length(it.nominalMs),
      JBM: length(it.maxMs),
      JBX: length(it.absoluteMaxMs),
    }),
    line('PacketLoss', { NLR: percent(it.lossRate), JDR: percent(it.discardRate) }),
    line('BurstGapLoss', {
      BLD: percent(it.burstDensity),
      BD: whole(it.burstMs),
      GLD: percent(it.gapDensity),
      GD: whole(it.gapMs),
      GMIN: whole(it.gmin, 255),
    }),
    line('Delay', {
      RTD: length(it.roundTripMs),
      ESD: length(it.endSystemMs),
      SOWD: whole(it.oneWayMs),
      IAJ: whole(it.jitterMs),
    }),
    line('Signal', { SL: signed(it.signalDbm), NL: signed(it.noiseDbm), RERL: whole(it.echoReturnLossDb, 127) }),
    line('QualityEst', {
      RCQ: whole(it.r, 120),
      MOSLQ: opinion(it.mosListening),
      MOSCQ: opinion(it.mosConversational),
      QoEEstAlg: it.mosListening === null && it.mosConversational === null ? null : 'G.107',
    }),
  ].filter((text) => text !== '');
}

/** '' where nothing of it is known. */
function line(name: string, values: Readonly<Record<string, string | null>>): string {
  const said = Object.entries(values).flatMap(([key, value]) => (value === null ? [] : [`${key}=${value}`]));
  return said.length === 0 ? '' : `${name}: ${said.join(' ')}`;
}

/** What RFC 3611 has 16 bits for is never more than this. */
const most = 65_535;

const clamped = (value: number, max: number): number => Math.min(max, Math.max(0, Math.round(value)));
const whole = (value: number | null, max = most): string | null =>
  value === null || !Number.isFinite(value) ? null : String(clamped(value, max));
/** RFC 3611 §4.7.3: 0 is a time that nobody knows. */
const length = (ms: number | null): string | null => (ms !== null && ms > 0 ? whole(ms) : null);
const signed = (value: number | null): string | null =>
  value === null || !Number.isFinite(value) ? null : String(Math.min(127, Math.max(-127, Math.round(value))));
const percent = (share: number | null): string | null =>
  share === null || !Number.isFinite(share) ? null : (clamped(share * 10_000, 10_000) / 100).toFixed(2);
const opinion = (value: number | null): string | null =>
  value === null || !Number.isFinite(value) ? null : (clamped(value * 10, 49) / 10).toFixed(1);

/** RFC 3339, without fractions. */
const utc = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** What a far end has said must not become a line of its own. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}<>]/gu, '');
