/** What is known of a call as the block that RTCP carries to the far end (RFC 3611 §4.7). Pure. */
import type { CallQuality } from '@thinline/shared/contract/types.ts';
import type { VoipMetrics } from '../media/rtcp-xr.ts';
import { gmin } from './burst-gap.ts';

/** 0 dBm0 is so much below a sine of full scale in A-law (G.711 table 5: 3.14 dB). */
const dbmAboveDbfs = 3.14;
/** Less is no voice, and the signal's level is that of the voice (RFC 3611 §4.7.4). */
const leastVoiceDbfs = -50;

/** Null before there are packets; `ssrc` is the far end's. */
export function voipMetrics(it: CallQuality, ssrc: number): VoipMetrics | null {
  if (it.lossRate === undefined) return null;
  const buffer = it.bufferMs ?? 0;
  const { oneWayDelayMs, roundTripMs, receivedDbfs } = it;
  const delayKnown = oneWayDelayMs !== undefined && roundTripMs !== undefined;
  return {
    ssrc,
    lossRate: it.lossRate,
    discardRate: it.discardRate ?? 0,
    burstDensity: it.burstDensity ?? 0,
    gapDensity: it.gapDensity ?? 0,
    burstMs: it.burstMs ?? 0,
    gapMs: it.gapMs ?? 0,
    roundTripMs: roundTripMs ?? null,
    endSystemMs: delayKnown ? oneWayDelayMs - roundTripMs / 2 : buffer,
    signalDbm: receivedDbfs !== undefined && receivedDbfs > leastVoiceDbfs ? receivedDbfs + dbmAboveDbfs : null,
    noiseDbm: null,
    echoReturnLossDb: null,
    gmin,
    r: it.rating?.r ?? null,
    mosListening: it.rating?.mosListening ?? null,
    mosConversational: it.rating?.mosConversational ?? null,
    adaptive: true,
    nominalMs: it.bufferTargetMs ?? buffer,
    maxMs: Math.max(buffer, it.bufferTargetMs ?? 0),
    absoluteMaxMs: it.bufferMaxMs ?? 0,
  };
}
