/** What is reported of a call (RFC 6035): the call and its figures as the report's fields. Pure. */
import type { Call, CallQuality } from '@thinline/shared/contract/types.ts';
import { unknownMetrics, type VqMetrics, type VqReport, type VqReportKind } from '../sip/events/vq-rtcpxr.ts';
import { voipMetrics } from './voip-metrics.ts';

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
    ...unknownMetrics,
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
    return { ...unknownMetrics, ...remoteMetrics, nominalMs, maxMs, absoluteMaxMs, jitterMs };
  }
  if (remotePacketsLost === undefined || packetsSent === 0) return null;
  // Packets that came twice make this less than none (RFC 3550 §6.4.1).
  return { ...unknownMetrics, lossRate: Math.max(0, remotePacketsLost) / packetsSent, jitterMs };
}
