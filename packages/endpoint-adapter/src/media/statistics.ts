/** What is counted of one stream, and its summary for people. */
import type { CallQuality } from '@thinline/shared/contract/types.ts';
import type { JitterBufferStats } from './jitter-buffer.ts';
import type { ReceiveTotals } from './receive-path.ts';
import type { ReportBlock } from './rtcp.ts';
import type { SendStats } from './send-path.ts';

/** Everything that arrived and wasn't used, by reason. */
export interface Refused {
  /** Not RTP, or not RTCP. */
  malformed: number;
  /** From somebody who isn't the far end. */
  foreign: number;
  /** Neither the codec, telephone-event nor comfort noise. */
  payloadType: number;
  /** RFC 3550 A.1 found no place for its sequence number. */
  sequence: number;
}

export const nothingRefused = (): Refused => ({ malformed: 0, foreign: 0, payloadType: 0, sequence: 0 });

/** What the far end says about what it hears of us. */
export class FarEnd {
  #loss: number | null = null;
  #jitterMs: number | null = null;
  #roundTripMs: number | null = null;

  report(block: ReportBlock, clockRate: number, roundTripMs: number | null): void {
    this.#loss = block.fractionLost / 256;
    this.#jitterMs = (block.jitter * 1000) / clockRate;
    if (roundTripMs !== null) this.#roundTripMs = roundTripMs;
  }

  summary(): Pick<CallQuality, 'remoteLoss' | 'remoteJitterMs' | 'roundTripMs'> {
    return {
      ...(this.#loss !== null && { remoteLoss: this.#loss }),
      ...(this.#jitterMs !== null && { remoteJitterMs: this.#jitterMs }),
      ...(this.#roundTripMs !== null && { roundTripMs: this.#roundTripMs }),
    };
  }
}

export interface QualityFacts {
  callId: string;
  sent: SendStats;
  packetsReceived: number;
  packetsLost: number;
  jitterMs: number;
  /** Null before there is a codec. */
  buffer: JitterBufferStats | null;
  totals: ReceiveTotals;
  farEnd: FarEnd;
}

export function quality(facts: QualityFacts): CallQuality {
  const { buffer } = facts;
  return {
    callId: facts.callId,
    packetsSent: facts.sent.packets,
    packetsReceived: facts.packetsReceived,
    packetsLost: facts.packetsLost,
    packetsDiscarded: buffer === null ? 0 : buffer.late + buffer.dropped,
    ...(facts.packetsReceived > 1 && { jitterMs: facts.jitterMs }),
    ...(buffer !== null && buffer.delayMs > 0 && { bufferMs: buffer.delayMs, bufferTargetMs: buffer.targetMs }),
    ...facts.totals,
    ...facts.farEnd.summary(),
  };
}
