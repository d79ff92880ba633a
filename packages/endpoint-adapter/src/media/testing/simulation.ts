/** A far end that talks for hours, a network and a player, in simulated time and with little memory. */
import { JitterBuffer, type JitterBufferStats, type MediaPacket } from '../jitter-buffer.ts';
import type { Trace } from './traces.ts';

const perMs = 8;
const packetMs = 20;
const frameMs = 10;
/** As receive-path does: so much between two changes of the length of sound, and a period of speech each. */
const restMs = 60;
const periodMs = 6;
const shortestMs = 2.5;

export interface SimulationOptions {
  trace: Trace;
  untilMs: number;
  /** How much faster the far end's clock runs than ours, in millionths. */
  driftPpm?: number;
  /** Whether each packet carries the one before it as well (RFC 2198). */
  redundant?: boolean;
  recovers?: boolean;
  /** Told every second: when, mean delay from sending to playing, and what was made up meanwhile, ms. */
  onSecond?: (nowMs: number, delayMs: number, madeUpMs: number) => void;
}

export interface SimulationResult {
  sent: number;
  lost: number;
  played: number;
  /** From sending to playing, ms. */
  meanDelayMs: number;
  madeUpMs: number;
  longestMadeUpMs: number;
  shortenedMs: number;
  lengthenedMs: number;
  stats: JitterBufferStats;
}

interface OnTheWay {
  sequence: number;
  atMs: number;
}

export function simulate(options: SimulationOptions): SimulationResult {
  const { trace, untilMs, driftPpm = 0, redundant = false, recovers = false, onSecond } = options;
  const buffer = new JitterBuffer(8_000, recovers);
  const interval = packetMs * (1 - driftPpm / 1e6);
  const onTheWay: OnTheWay[] = [];
  const packet: MediaPacket = {
    sequence: 0,
    timestamp: 0,
    duration: packetMs * perMs,
    silence: false,
    redundant: false,
    payload: new Uint8Array(1),
    offset: 0,
    length: 1,
  };
  const put = (index: number, atMs: number, copy: boolean): void => {
    packet.sequence = 70_000 + index;
    packet.timestamp = (index * packetMs * perMs) >>> 0;
    packet.redundant = copy;
    buffer.put(packet, atMs);
  };
  const result = { sent: 0, lost: 0, played: 0, madeUpMs: 0, longestMadeUpMs: 0, shortenedMs: 0, lengthenedMs: 0 };
  let delays = 0;
  let queuedMs = 0;
  let sinceChange = restMs;
  let gap = 0;
  let begun = false;
  let second = { at: 1_000, delays: 0, played: 0, madeUp: 0 };

  const madeUp = (ms: number): number => {
    if (begun) {
      result.madeUpMs += ms;
      gap += ms;
      result.longestMadeUpMs = Math.max(result.longestMadeUpMs, gap);
    }
    return ms;
  };
  const playPacket = (nowMs: number): number => {
    const { slot } = buffer;
    const delay = nowMs + queuedMs - (slot.sequence - 70_000) * interval;
    delays += delay;
    second.delays += delay;
    second.played++;
    result.played++;
    begun = true;
    gap = 0;
    const ms = (slot.duration - buffer.skip) / perMs;
    sinceChange += ms;
    const rest = buffer.hurry ? packetMs : restMs;
    if (buffer.adjustment === 'none' || sinceChange < rest) return ms;
    sinceChange = 0;
    const change =
      buffer.adjustment === 'shorten' ? -Math.max(shortestMs, Math.min(periodMs, buffer.surplusMs)) : periodMs;
    if (change < 0) result.shortenedMs -= change;
    else result.lengthenedMs += periodMs;
    buffer.adjusted(change);
    return ms + change;
  };
  const pull = (nowMs: number): number => {
    const made = result.madeUpMs;
    switch (buffer.pull(nowMs, queuedMs)) {
      case 'packet':
        return playPacket(nowMs);
      case 'recover':
        buffer.recovery(true);
        return buffer.missing / perMs;
      case 'waiting':
        return frameMs;
      default: {
        const ms = madeUp(buffer.missing / perMs);
        second.madeUp += result.madeUpMs - made;
        return ms;
      }
    }
  };

  for (let nowMs = 3.7; nowMs < untilMs; nowMs += frameMs) {
    for (; result.sent * interval <= nowMs; result.sent++) {
      const way = trace(result.sent * interval);
      if (way === null) {
        result.lost++;
        continue;
      }
      const atMs = result.sent * interval + way;
      let place = onTheWay.length;
      while (place > 0 && (onTheWay[place - 1]?.atMs ?? 0) > atMs) place--;
      onTheWay.splice(place, 0, { sequence: result.sent, atMs });
    }
    for (let first = onTheWay[0]; first !== undefined && first.atMs <= nowMs; first = onTheWay[0]) {
      onTheWay.shift();
      if (redundant && first.sequence > 0) put(first.sequence - 1, first.atMs, true);
      put(first.sequence, first.atMs, false);
    }
    while (queuedMs < frameMs) queuedMs += pull(nowMs);
    queuedMs -= frameMs;
    if (nowMs >= second.at) {
      onSecond?.(second.at, second.played === 0 ? 0 : second.delays / second.played, second.madeUp);
      second = { at: second.at + 1_000, delays: 0, played: 0, madeUp: 0 };
    }
  }
  return { ...result, meanDelayMs: delays / Math.max(1, result.played), stats: buffer.stats() };
}
