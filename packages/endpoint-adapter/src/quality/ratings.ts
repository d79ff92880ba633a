/** What a call is rated as a whole, and in intervals of 5 s while it goes on. */
import { emptyTally, type Tally } from './burst-gap.ts';
import { burstRatio, type CodecQuality, type Score, score } from './e-model.ts';
import { type NetworkLevel, networkLevel } from './network-level.ts';

const intervalMs = 5_000;

export interface RatingFacts {
  nowMs: number;
  /** Null where there are no figures for it: then nothing is rated. */
  codec: CodecQuality | null;
  /** Since the call began, as are those below. */
  tally: Readonly<Tally>;
  packetsReceived: number;
  packetsLost: number;
  jitterMs: number | null;
  roundTripMs: number | null;
  /** From mouth to ear. */
  delayMs: number | null;
}

export class Ratings {
  call: Score | null = null;
  /** Of the last interval that is over; null where nothing was to be heard in it. */
  interval: Score | null = null;
  level: NetworkLevel = 'UNKNOWN';
  /** That are over. */
  intervals = 0;
  #fromMs: number | null = null;
  #tally = emptyTally();
  #received = 0;
  #lost = 0;

  /** About once a second. */
  update(facts: RatingFacts): void {
    this.call = rate(facts, facts.tally, emptyTally());
    this.#fromMs ??= facts.nowMs;
    if (facts.nowMs - this.#fromMs < intervalMs) return;
    this.interval = rate(facts, facts.tally, this.#tally);
    this.level = this.#level(facts);
    this.intervals++;
    this.#fromMs = facts.nowMs;
    this.#tally = { ...facts.tally };
    this.#received = facts.packetsReceived;
    this.#lost = facts.packetsLost;
  }

  /** What the network lost, whether or not redundancy made up for it. */
  #level({ packetsReceived, packetsLost, jitterMs, roundTripMs }: RatingFacts): NetworkLevel {
    const lost = Math.max(0, packetsLost - this.#lost);
    const sent = packetsReceived - this.#received + lost;
    if (sent === 0) return 'UNKNOWN';
    return networkLevel({ loss: lost / sent, jitterMs, delayMs: roundTripMs === null ? null : roundTripMs / 2 });
  }
}

function rate({ codec, delayMs }: RatingFacts, tally: Readonly<Tally>, before: Readonly<Tally>): Score | null {
  const packets = tally.packets - before.packets;
  if (codec === null || packets === 0) return null;
  const missing = tally.missing - before.missing;
  const loss = { share: missing / packets, burstRatio: burstRatio(packets, missing, tally.runs - before.runs) };
  return score(codec, loss, delayMs);
}
