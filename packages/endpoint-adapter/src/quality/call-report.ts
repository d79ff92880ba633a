/** What is reported of a call (RFC 6035): the call and its figures as the report's fields. Pure. */
import type { Call, CallQuality } from '@thinline/shared/contract/types.ts';
import type { VqMetrics, VqReport, VqReportKind } from '../sip/events/vq-rtcpxr.ts';
import { voipMetrics } from './voip-metrics.ts';

const nothing: VqMetrics = {
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

/** `ownId`: the line's own URI. `nowMs`: Unix time, of a call that isn't over. */
export function callReport(
  what: VqReportKind,
  call: Call,
  quality: CallQuality,
  { ownId, nowMs }: { ownId: string; nowMs: number },
): VqReport {
  const remoteId = call.remote?.uri ?? '';
  const { path } = quality;
  return {
    what,
    callId: call.sipCallId,
    localId: ownId,
    remoteId,
    originId: call.direction === 'OUTGOING' ? ownId : remoteId,
    local: path ? { address: path.localAddress, port: path.localPort, ssrc: path.localSsrc } : null,
    remote: path ? { address: path.remoteAddress, port: path.remotePort, ssrc: path.remoteSsrc ?? null } : null,
    fromMs: call.connectedAtMs || call.createdAtMs,
    toMs: call.releasedAtMs || nowMs,
    localMetrics: ours(quality),
    remoteMetrics: theirs(quality),
  };
}

/** The same figures as RTCP carries to the far end, and what it has no field for. */
function ours(quality: CallQuality): VqMetrics {
  const { codec, jitterMs, oneWayDelayMs, roundTripMs } = quality;
  return {
    ...nothing,
    roundTripMs: roundTripMs ?? null,
    ...voipMetrics(quality, 0),
    codec: codec ?? null,
    jitterMs: jitterMs ?? null,
    oneWayMs: oneWayDelayMs ?? null,
  };
}

/** Null where the far end reports nothing by RTCP. */
function theirs({ remoteMetrics, remoteJitterMs, remotePacketsLost, packetsSent }: CallQuality): VqMetrics | null {
  const jitterMs = remoteJitterMs ?? null;
  if (remoteMetrics) {
    const { bufferNominalMs: nominalMs, bufferMaxMs: maxMs, bufferAbsoluteMaxMs: absoluteMaxMs } = remoteMetrics;
    return { ...nothing, ...remoteMetrics, nominalMs, maxMs, absoluteMaxMs, jitterMs };
  }
  if (remotePacketsLost === undefined || packetsSent === 0) return null;
  // Packets that came twice make this less than none (RFC 3550 §6.4.1).
  return { ...nothing, lossRate: Math.max(0, remotePacketsLost) / packetsSent, jitterMs };
}
