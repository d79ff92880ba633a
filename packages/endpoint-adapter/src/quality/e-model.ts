/** How good a call sounds, by the E-model (ITU-T G.107) with the defaults of its annexes. Pure. */

export interface CodecQuality {
  /** Equipment impairment factor, and robustness to loss. */
  ie: number;
  bpl: number;
  /** What the encoder waits for beyond its packet, ms. */
  lookAheadMs: number;
}

/** R without any impairment but those of the basic model: MOS 4.41. */
const best = 93.2;
/** Up to here delay does little harm, ms. */
const easyDelayMs = 177.3;

/** G.113 appendix I for G.711 with concealment and G.729A; iLBC, iSAC and Opus are estimates: ITU has none. */
const codecs: Readonly<Record<string, CodecQuality>> = {
  pcmu: { ie: 0, bpl: 25.1, lookAheadMs: 0 },
  pcma: { ie: 0, bpl: 25.1, lookAheadMs: 0 },
  g722: { ie: 0, bpl: 24, lookAheadMs: 1.5 },
  g729: { ie: 11, bpl: 19, lookAheadMs: 5 },
  ilbc: { ie: 11, bpl: 32, lookAheadMs: 5 },
};

/** By the name of the encoding; null where there are no figures. `bitrate` in bit/s, null where it isn't known. */
export function codecQuality(name: string, clockRate: number, bitrate: number | null): CodecQuality | null {
  const encoding = name.toLowerCase();
  if (encoding === 'isac') return { ie: clockRate > 16_000 ? 4 : 6, bpl: 20, lookAheadMs: 3 };
  if (encoding !== 'opus') return codecs[encoding] ?? null;
  const rate = bitrate ?? 24_000;
  return { ie: rate >= 24_000 ? 2 : rate >= 16_000 ? 6 : 11, bpl: 20, lookAheadMs: 6.5 };
}

export interface Loss {
  /** Of packets that couldn't be played, 0 to 1: lost on the way, or discarded by the jitter buffer. */
  share: number;
  /** BurstR of G.107: the length of runs against that of random loss as heavy; 1 for random loss. */
  burstRatio: number;
}

/** G.107 (3-29); `runs` without a packet that could be played, `missing` packets in all of them. */
export function burstRatio(packets: number, missing: number, runs: number): number {
  return runs === 0 ? 1 : Math.max(1, (missing / runs) * (1 - missing / packets));
}

/** R; `delayMs` from mouth to ear, 0 to rate listening alone. */
export function transmissionRating(codec: CodecQuality, loss: Loss, delayMs: number): number {
  const percent = loss.share * 100;
  const delay = 0.024 * delayMs + 0.11 * Math.max(0, delayMs - easyDelayMs);
  const equipment = codec.ie + (95 - codec.ie) * (percent / (percent / loss.burstRatio + codec.bpl));
  return Math.max(0, best - delay - equipment);
}

/** G.107 annex B. Just above R 0 the cubic falls below 1, which is the worst there is. */
export function meanOpinion(r: number): number {
  if (r <= 0) return 1;
  if (r >= 100) return 4.5;
  return Math.max(1, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6);
}

export interface Score {
  /** Null, like conversation, where the delay isn't known. */
  r: number | null;
  mosListening: number;
  mosConversational: number | null;
}

export function score(codec: CodecQuality, loss: Loss, delayMs: number | null): Score {
  const r = delayMs === null ? null : transmissionRating(codec, loss, delayMs);
  return {
    r,
    mosListening: meanOpinion(transmissionRating(codec, loss, 0)),
    mosConversational: r === null ? null : meanOpinion(r),
  };
}
