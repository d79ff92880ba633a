/**
 * What we send, as the far end's reports ask for. Pure: one step for each report, about every 5 s. The bitrate follows
 * the loss-based controller of Google's congestion control (draft-ietf-rmcat-gcc-02 §6): down by half of the loss above
 * 10 %, up by 5 % below 2 %. Unlike there it comes down only while the round trip has grown too: a queue has then filled
 * up somewhere, and other loss (a bad radio link) isn't mended by sending less.
 */

/** One report of the far end (RFC 3550 §6.4.1). */
export interface LossReport {
  nowMs: number;
  /** Since the report before, 0 to 1. */
  lossRate: number;
  /** Null while unknown. */
  roundTripMs: number | null;
}

export interface Adaptation {
  /** Share of packets to be ready for, 0 to 1: forward error correction follows it. */
  lossRate: number;
  /** bit/s of the codec, where it has more than one. */
  bitrate: number;
  /** 0 to 10, for Opus. */
  complexity: number;
  /** Earlier packets in each one (RFC 2198). */
  redundancy: 0 | 1 | 2;
}

export interface AdaptationState extends Adaptation {
  readonly maxBitrate: number;
  leastRoundTripMs: number | null;
  /** So long there was too little loss for the redundancy; null when the last report had enough. */
  calmSinceMs: number | null;
}

/** A wide-band voice with forward error correction needs as much. */
const leastBitrate = 16_000;
const heavyLoss = 0.1;
const lightLoss = 0.02;
/** A queue that holds so much more than the shortest. */
const queueMs = 100;
/** How fast former loss is forgotten, a report. */
const forgetting = 0.25;
/** From these losses on, one and two earlier packets: random loss of 4 % then leaves 0.16 %, of 10 % 0.1 %. */
const redundancyLoss = [0.01, 0.04] as const;
/** Less is taken away only when half of that hasn't been reached for so long. */
const calmMs = 30_000;
/** Below it, the encoder's search for the best coding is worth more of its time. */
const lowBitrate = 20_000;
const usualComplexity = 5;
const lowBitrateComplexity = 8;

/** Until the first report nothing counts as lost: forward error correction takes its bits from the sound. */
export const startAdaptation = (maxBitrate: number): AdaptationState => ({
  lossRate: 0,
  bitrate: maxBitrate,
  complexity: usualComplexity,
  redundancy: 0,
  maxBitrate,
  leastRoundTripMs: null,
  calmSinceMs: null,
});

export function adapt(state: AdaptationState, report: LossReport): Adaptation & { state: AdaptationState } {
  const { lossRate: loss, roundTripMs } = report;
  const leastRoundTripMs =
    roundTripMs === null ? state.leastRoundTripMs : Math.min(roundTripMs, state.leastRoundTripMs ?? roundTripMs);
  const queued = roundTripMs !== null && leastRoundTripMs !== null && roundTripMs - leastRoundTripMs > queueMs;
  const congested = queued && loss > heavyLoss;
  const bitrate = nextBitrate(state, loss, congested);
  const now: Adaptation = {
    lossRate: Math.max(loss, state.lossRate + (loss - state.lossRate) * forgetting),
    bitrate,
    complexity: bitrate < lowBitrate ? lowBitrateComplexity : usualComplexity,
    redundancy: redundancy(state, report, congested),
  };
  const calm = enoughFor(loss * 2) < now.redundancy;
  const stepped = now.redundancy !== state.redundancy;
  const calmSinceMs = calm ? (stepped ? report.nowMs : (state.calmSinceMs ?? report.nowMs)) : null;
  return { ...now, state: { ...state, ...now, leastRoundTripMs, calmSinceMs } };
}

function nextBitrate({ bitrate, maxBitrate }: AdaptationState, loss: number, congested: boolean): number {
  const least = Math.min(leastBitrate, maxBitrate);
  if (congested) return Math.max(least, Math.round(bitrate * (1 - loss / 2)));
  return loss < lightLoss ? Math.min(maxBitrate, Math.round(bitrate * 1.05)) : bitrate;
}

const enoughFor = (loss: number): 0 | 1 | 2 => (loss >= redundancyLoss[1] ? 2 : loss >= redundancyLoss[0] ? 1 : 0);

/** More at once, less after a while and one by one. What fills a queue isn't doubled again. */
function redundancy(state: AdaptationState, report: LossReport, congested: boolean): 0 | 1 | 2 {
  const wanted = enoughFor(report.lossRate);
  if (congested) return 1;
  if (wanted > state.redundancy) return wanted;
  const calmEnough = state.calmSinceMs !== null && report.nowMs - state.calmSinceMs >= calmMs;
  if (!calmEnough || enoughFor(report.lossRate * 2) >= state.redundancy) return state.redundancy;
  return state.redundancy === 2 ? 1 : 0;
}
