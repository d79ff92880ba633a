/** Networks for tests of the jitter buffer, without end: how long each packet takes, packet by packet. */

/** The next packet's way through the network, ms; null: it is lost. */
export type Trace = (sentMs: number) => number | null;

/** 0 to 1, evenly. */
type Random = () => number;

const exponential = (random: Random, mean: number): number => -mean * Math.log(1 - random());
const between = (random: Random, from: number, to: number): number => from + (to - from) * random();

/** No packet overtakes the one before it. */
function inOrder(trace: Trace): Trace {
  let last = 0;
  return (sentMs) => {
    const delay = trace(sentMs);
    if (delay === null) return null;
    last = Math.max(last, sentMs + delay);
    return last - sentMs;
  };
}

/** Something that comes back every `everyMs` or so and lasts for a time; says how much of it is left. */
function episodes(random: Random, everyMs: number, shortestMs: number, longestMs: number): (nowMs: number) => number {
  let start = exponential(random, everyMs);
  let end = start + between(random, shortestMs, longestMs);
  return (nowMs) => {
    if (nowMs >= end) {
      start = nowMs + exponential(random, everyMs);
      end = start + between(random, shortestMs, longestMs);
    }
    return nowMs >= start ? end - nowMs : 0;
  };
}

/** A wired network with nothing else on it. */
export const wired = (random: Random): Trace => inOrder(() => 5 + random());

/** 802.11: contention and retries while others send, no reception while the card looks at other channels. */
export function wifi(random: Random): Trace {
  const busy = episodes(random, 4_000, 200, 1_500);
  const scanning = episodes(random, 60_000, 60, 140);
  return inOrder((sentMs) => {
    const contended = busy(sentMs) > 0;
    if (random() < (contended ? 0.01 : 0.001)) return null;
    return 2 + exponential(random, contended ? 15 : 1.5) + scanning(sentMs);
  });
}

/** Grants every few ms, one retransmission of 8 ms for a tenth of the blocks, and handovers that hold everything up. */
export function lte(random: Random): Trace {
  const handover = episodes(random, 30_000, 40, 120);
  return inOrder((sentMs) => {
    let delay = 15 + Math.floor(between(random, 0, 10));
    for (let tries = 0; tries < 4 && random() < 0.1; tries++) delay += 8;
    return random() < 0.001 ? null : delay + handover(sentMs);
  });
}

/** A tunnel through TCP: what is lost holds all that follows up for a round trip, now and then for a time-out. */
export function vpn(random: Random): Trace {
  let heldUntil = 0;
  return inOrder((sentMs) => {
    const way = 25 + exponential(random, 3);
    if (random() < 0.005) heldUntil = sentMs + way + (random() < 0.1 ? 200 + exponential(random, 60) : 60);
    return Math.max(way, heldUntil - sentMs);
  });
}

/** Downloads fill a deep queue within seconds; it overflows, halves, and fills again; then the link is idle for a while. */
export function bufferbloat(random: Random): Trace {
  const download = episodes(random, 30_000, 10_000, 40_000);
  let queueMs = 0;
  let before = 0;
  return inOrder((sentMs) => {
    const passed = sentMs - before;
    before = sentMs;
    if (download(sentMs) > 0) queueMs += passed * 0.04;
    else queueMs = Math.max(0, queueMs - passed * 0.5);
    if (queueMs > 180) {
      queueMs *= 0.5;
      return null;
    }
    return 12 + queueMs + exponential(random, 3);
  });
}

/** Each packet for itself, up to `ms` late, so that they overtake each other; this share of them is lost. */
export const scattered =
  (ms: number, loss = 0) =>
  (random: Random): Trace =>
  () =>
    random() < loss ? null : 5 + random() * ms;

export const networks = { wired, wifi, lte, vpn, bufferbloat } as const;
