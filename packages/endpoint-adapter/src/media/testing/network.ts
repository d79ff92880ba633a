/** A network and a player for tests of the jitter buffer, in simulated time. */
import { JitterBuffer, type MediaPacket } from '../jitter-buffer.ts';

export interface Sent {
  sequence: number;
  timestamp: number;
  /** When it is sent, ms, and how long the network takes; null: lost. */
  sentMs: number;
  delayMs: number | null;
  silence?: boolean;
  redundant?: boolean;
}

/** What was played, in order: a packet's sequence number, or why there was none (10 ms each). */
export interface Played {
  packets: number[];
  /** Delay from sending to playing of each. */
  delaysMs: number[];
  lostMs: number;
  emptyMs: number;
  recovered: number;
}

const perMs = 8;

/** `count` packets of 20 ms, 8 kHz, from 0 ms on. */
export function talk(count: number, delay: (index: number) => number | null, from = 0): Sent[] {
  return Array.from({ length: count }, (_, i) => ({
    sequence: 70_000 + from + i,
    timestamp: (4_294_960_000 + (from + i) * 160) >>> 0,
    sentMs: (from + i) * 20,
    delayMs: delay(i),
  }));
}

export function play(
  sent: Sent[],
  untilMs: number,
  recovers = false,
  buffer = new JitterBuffer(8_000, recovers),
  fromMs = 0,
): Played {
  const arrivals = sent
    .flatMap((packet) => (packet.delayMs === null ? [] : [{ packet, atMs: packet.sentMs + packet.delayMs }]))
    .sort((a, b) => a.atMs - b.atMs);
  const bySequence = new Map(sent.filter((it) => !it.redundant).map((it) => [it.sequence, it]));
  const played: Played = { packets: [], delaysMs: [], lostMs: 0, emptyMs: 0, recovered: 0 };
  let queuedMs = 0;
  // The player's beat has nothing to do with the sender's.
  for (let nowMs = fromMs + 3.7; nowMs < untilMs; nowMs += 10) {
    while (arrivals[0] !== undefined && arrivals[0].atMs <= nowMs) {
      const { packet, atMs } = arrivals.shift() as { packet: Sent; atMs: number };
      buffer.put(packetOf(packet), atMs);
    }
    while (queuedMs < 10) queuedMs += step(buffer, nowMs, queuedMs, played, bySequence);
    queuedMs -= 10;
  }
  return played;
}

export const packetOf = (packet: Sent): MediaPacket => ({
  sequence: packet.sequence,
  timestamp: packet.timestamp,
  duration: packet.silence ? 0 : 160,
  silence: packet.silence ?? false,
  redundant: packet.redundant ?? false,
  payload: new Uint8Array(160),
  offset: 0,
  length: packet.silence ? 0 : 160,
});

function step(
  buffer: JitterBuffer,
  nowMs: number,
  queuedMs: number,
  played: Played,
  sent: ReadonlyMap<number, Sent>,
): number {
  switch (buffer.pull(nowMs, queuedMs)) {
    case 'waiting':
      return 10;
    case 'lost':
      played.lostMs += buffer.missing / perMs;
      return buffer.missing / perMs;
    case 'empty':
      played.emptyMs += buffer.missing / perMs;
      return buffer.missing / perMs;
    case 'recover':
      played.recovered++;
      buffer.recovery(true);
      return (buffer.missing - buffer.skip) / perMs;
    case 'packet': {
      const { slot } = buffer;
      if (slot.silence) return 0;
      played.packets.push(slot.sequence);
      played.delaysMs.push(nowMs + queuedMs - buffer.skip / perMs - (sent.get(slot.sequence)?.sentMs ?? 0));
      return (slot.duration - buffer.skip) / perMs + changed(buffer);
    }
  }
}

/** As the time scale would: by 5 ms. */
function changed(buffer: JitterBuffer): number {
  const ms =
    buffer.adjustment === 'shorten' ? -Math.min(5, buffer.surplusMs) : buffer.adjustment === 'lengthen' ? 5 : 0;
  buffer.adjusted(ms);
  return ms;
}
