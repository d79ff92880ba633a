import { describe, expect, it } from 'vitest';
import { JitterBuffer, type PacketFate } from './jitter-buffer.ts';
import { packetOf, play, talk } from './testing/network.ts';
import { makeRandom } from './testing/sound.ts';

const max = (values: number[]): number => Math.max(...values);
const rising = (values: number[]): boolean => values.every((value, i) => i === 0 || value > (values[i - 1] ?? 0));

describe('without jitter', () => {
  it('plays every packet, soon no later than a packet after it was sent', () => {
    const { packets, delaysMs, lostMs, emptyMs } = play(
      talk(500, () => 0),
      10_000,
    );
    expect(packets.length).toBeGreaterThan(495);
    expect(rising(packets)).toBe(true);
    expect(max(delaysMs)).toBeLessThanOrEqual(35);
    expect(max(delaysMs.slice(100))).toBeLessThanOrEqual(20);
    expect(lostMs + emptyMs).toBe(0);
  });

  it('conceals no more than was lost', () => {
    const { packets, lostMs, emptyMs, delaysMs } = play(
      talk(500, (i) => (i % 50 === 25 ? null : 5)),
      10_000,
    );
    expect(packets.length).toBe(490);
    expect(lostMs + emptyMs).toBe(200);
    expect(max(delaysMs)).toBeLessThanOrEqual(45);
  });

  it('follows a far end whose clock is 200 ppm off, either way', () => {
    for (const ppm of [-200, 200]) {
      const sent = talk(6_000, () => 10).map((packet) => ({ ...packet, sentMs: packet.sentMs * (1 + ppm / 1e6) }));
      const { delaysMs, lostMs, emptyMs } = play(sent, 119_000);
      expect(max(delaysMs.slice(-500))).toBeLessThanOrEqual(60);
      expect(lostMs + emptyMs).toBeLessThanOrEqual(20);
    }
  });
});

describe('with jitter', () => {
  it('grows until nearly everything comes in time', () => {
    const random = makeRandom(1);
    const { packets, lostMs, emptyMs, delaysMs } = play(
      talk(1_500, () => random() * 60),
      30_000,
    );
    expect(packets.length).toBeGreaterThan(1_490);
    expect(lostMs + emptyMs).toBeLessThan(600);
    expect(max(delaysMs.slice(500))).toBeLessThan(130);
  });

  it('puts reordered packets in order', () => {
    const { packets, lostMs } = play(
      talk(500, (i) => (i % 3 === 0 ? 45 : 5)),
      10_000,
    );
    expect(packets.length).toBeGreaterThan(495);
    expect(rising(packets)).toBe(true);
    expect(lostMs).toBeLessThan(100);
  });

  it('comes down again when the network is good again', () => {
    const random = makeRandom(2);
    const { delaysMs } = play(
      talk(2_000, (i) => (i < 500 ? random() * 150 : 0)),
      40_000,
    );
    expect(max(delaysMs.slice(200, 500))).toBeGreaterThan(100);
    expect(max(delaysMs.slice(-300))).toBeLessThanOrEqual(40);
  });

  it('is back within a second after a burst that came 400 ms late', () => {
    const heldUp = (i: number) => (i >= 100 && i < 120 ? (120 - i) * 20 : 0);
    const { delaysMs, packets } = play(talk(500, heldUp), 10_000);
    const after = packets.findIndex((sequence) => sequence >= 70_000 + 175);
    expect(max(delaysMs.slice(after))).toBeLessThanOrEqual(225);
    expect(max(delaysMs.slice(-50))).toBeLessThanOrEqual(60);
  });
});

describe('properties, for any network', () => {
  it.each(Array.from({ length: 40 }, (_, seed) => [seed]))('seed %i', (seed) => {
    const random = makeRandom(seed + 100);
    const jitter = random() * 250;
    const loss = random() * 0.3;
    const sent = talk(600, () => (random() < loss ? null : random() ** 3 * jitter)).flatMap((packet) =>
      random() < 0.05 ? [packet, { ...packet, delayMs: random() * 300 }] : [packet],
    );
    const buffer = new JitterBuffer(8_000, seed % 2 === 0);
    const { packets, delaysMs } = play(sent, 12_000, false, buffer);
    // In order, none twice, none that wasn't sent, and nothing waits for ever.
    expect(rising(packets)).toBe(true);
    expect(packets.every((sequence) => sequence >= 70_000 && sequence < 70_600)).toBe(true);
    expect(max(delaysMs)).toBeLessThan(jitter + 400);
    expect(packets.length).toBeGreaterThan(600 * (1 - loss) * 0.75);
    const { targetMs, delayMs } = buffer.stats();
    expect(targetMs).toBeGreaterThan(0);
    expect(targetMs).toBeLessThanOrEqual(200);
    expect(Number.isFinite(delayMs)).toBe(true);
  });
});

describe('interruptions', () => {
  it('takes up again after a pause with the same delay (DTX)', () => {
    const sent = [...talk(100, () => 0), ...talk(100, () => 0, 300)];
    const { packets, delaysMs } = play(sent, 8_000);
    expect(packets.length).toBeGreaterThan(197);
    expect(max(delaysMs)).toBeLessThanOrEqual(40);
  });

  it('knows announced silence from loss', () => {
    const buffer = new JitterBuffer(8_000, false);
    const noise = talk(1, () => 0, 100).map((packet) => ({ ...packet, silence: true }));
    const sent = [
      ...talk(100, () => 0),
      ...noise,
      ...talk(100, () => 0, 150).map((it) => ({ ...it, sequence: it.sequence - 49 })),
    ];
    const { packets, delaysMs } = play(sent, 5_020, false, buffer);
    expect(packets.length).toBe(200);
    expect(max(delaysMs)).toBeLessThanOrEqual(40);
  });

  it.each([
    ['forward', 1_000_000],
    ['back', -1_000_000],
  ])('follows a timestamp that jumps %s', (_, jump) => {
    const later = talk(100, () => 0, 100).map((it) => ({ ...it, timestamp: (it.timestamp + jump) >>> 0 }));
    const buffer = new JitterBuffer(8_000, false);
    const { packets, delaysMs } = play([...talk(100, () => 0), ...later], 4_000, false, buffer);
    expect(packets.length).toBeGreaterThan(196);
    expect(max(delaysMs)).toBeLessThanOrEqual(40);
    expect(buffer.stats().restarts).toBe(1);
  });

  it('goes on where the far end paused without counting the time', () => {
    const later = talk(300, () => 0, 100).map((it) => ({ ...it, sentMs: it.sentMs + 600 }));
    const { packets, delaysMs } = play([...talk(100, () => 0), ...later], 9_000);
    expect(packets.length).toBeGreaterThan(390);
    expect(max(delaysMs.slice(-100))).toBeLessThanOrEqual(60);
  });

  it('goes on untroubled where the far end loses time, as a sound card does', () => {
    for (const lostMs of [60, 150, 227, 280, 500]) {
      const later = talk(300, () => 0, 100).map((it) => ({ ...it, sentMs: it.sentMs + lostMs }));
      const buffer = new JitterBuffer(8_000, false);
      const {
        packets,
        delaysMs,
        emptyMs,
        lostMs: lost,
      } = play([...talk(100, () => 0), ...later], 8_040 + lostMs, false, buffer);
      expect(packets.length).toBe(400);
      expect(lost).toBe(0);
      expect(emptyMs).toBeLessThanOrEqual(lostMs + 50);
      expect(max(delaysMs.slice(-100))).toBeLessThanOrEqual(60);
      expect(buffer.stats().delayMs).toBeLessThanOrEqual(60);
    }
  });

  it.each([300, 1_000, 1_800, 2_200, 10_000])('is back at once after the player stood still for %i ms', (stillMs) => {
    for (const recovers of [false, true]) {
      const buffer = new JitterBuffer(8_000, recovers);
      const sent = talk(1_500, () => 0);
      const before = play(sent.slice(0, 100), 2_000, recovers, buffer);
      const after = play(sent.slice(100), 28_000, recovers, buffer, 2_000 + stillMs);
      expect(before.packets.length).toBeGreaterThan(97);
      expect(after.lostMs + after.emptyMs).toBeLessThanOrEqual(40);
      expect(max(after.delaysMs.slice(100))).toBeLessThanOrEqual(40);
    }
  });

  it('begins anew after restart()', () => {
    const buffer = new JitterBuffer(8_000, false);
    play(
      talk(50, () => 0),
      1_000,
      false,
      buffer,
    );
    buffer.restart();
    expect(buffer.pull(2_000, 0)).toBe('waiting');
  });
});

it('asks for recovery of a single lost packet once the next is there', () => {
  const { recovered, packets, lostMs } = play(
    talk(200, (i) => (i % 20 === 10 ? null : 0)),
    4_020,
    true,
  );
  expect(recovered).toBe(10);
  expect(packets.length).toBe(190);
  expect(lostMs).toBe(0);
});

it('counts late packets and duplicates, and holds no more than it has slots for', () => {
  const buffer = new JitterBuffer(8_000, false);
  const [first, second] = talk(2, () => 0).map(packetOf);
  if (first === undefined || second === undefined) throw new Error('no packets');
  buffer.put(first, 0);
  buffer.put(first, 1);
  buffer.put(second, 20);
  expect(buffer.pull(30, 0)).toBe('packet');
  buffer.put(first, 31);
  buffer.put({ ...first, sequence: first.sequence - 1, timestamp: first.timestamp - 160 }, 32);
  expect(buffer.stats()).toMatchObject({ duplicate: 2, late: 1 });
  for (const [i, sent] of talk(500, () => 0, 2).entries()) buffer.put(packetOf(sent), 40 + i / 10);
  expect(buffer.stats().dropped).toBeGreaterThan(400);
});

it.each([
  [13, 'goes on with the rest of', 699, 10, 0],
  [18, 'does without', 698, 20, 1],
])('a packet that comes %i ms late: %s it, and the delay stays', (lateMs, _, most, emptyOrLostMs, discarded) => {
  const buffer = new JitterBuffer(8_000, false);
  const sent = talk(700, (i) => (i === 600 ? lateMs : 0));
  const { packets, emptyMs, lostMs, delaysMs } = play(sent, 13_980, false, buffer);
  expect(packets.length).toBe(most);
  expect(emptyMs + lostMs).toBe(emptyOrLostMs);
  expect(buffer.stats().late).toBe(discarded);
  expect(max(delaysMs.slice(603))).toBeLessThan(max(delaysMs.slice(100, 600)) + 1);
});

it('wants no more made up than a frame lacks, in steps of 2.5 ms', () => {
  const buffer = new JitterBuffer(8_000, false);
  for (const sent of talk(2, () => 0)) buffer.put(packetOf(sent), sent.sentMs);
  expect(buffer.pull(40, 0)).toBe('packet');
  expect(buffer.pull(60, 4)).toBe('packet');
  expect(buffer.pull(80, 4)).toBe('empty');
  expect(buffer.missing).toBe(7.5 * 8);
  expect(buffer.pull(90, 1.5)).toBe('empty');
  expect(buffer.missing).toBe(10 * 8);
  const [, , , after] = talk(4, () => 0).map(packetOf);
  if (after === undefined) throw new Error('no packet');
  buffer.put(after, 95);
  expect(buffer.pull(100, 1.5)).toBe('lost');
  expect(buffer.missing).toBe(2.5 * 8);
  expect(buffer.pull(100, 4)).toBe('packet');
});

describe('what has been said twice (RFC 2198)', () => {
  const withCopies = (sent: ReturnType<typeof talk>) =>
    sent.flatMap((packet, i) => {
      const before = sent[i - 1];
      const copy = { ...packet, ...before, sentMs: packet.sentMs, delayMs: packet.delayMs, redundant: true };
      return before === undefined || packet.delayMs === null ? [packet] : [copy, packet];
    });

  it('changes nothing where nothing is lost', () => {
    const sent = talk(500, () => 5);
    const [plain, twice] = [new JitterBuffer(8_000, false), new JitterBuffer(8_000, false)];
    const once = play(sent, 9_990, false, plain);
    expect(play(withCopies(sent), 9_990, false, twice)).toEqual(once);
    expect(twice.stats()).toEqual(plain.stats());
    expect(twice.stats()).toMatchObject({ late: 0, duplicate: 0, recovered: 0 });
  });

  it('is waited for where it is worth it', () => {
    for (const [every, worth] of [
      [10, true],
      [200, false],
    ] as const) {
      const buffer = new JitterBuffer(8_000, false);
      const sent = talk(2_000, (i) => (i % every === 5 ? null : 5));
      const { lostMs, emptyMs, packets } = play(withCopies(sent), 39_990, false, buffer);
      expect(lostMs + emptyMs > 100).toBe(!worth);
      expect(packets.length).toBeGreaterThan(worth ? 1_995 : 1_980);
      expect(buffer.target > 20).toBe(worth);
      expect(rising(packets)).toBe(true);
      expect(buffer.stats()).toMatchObject({ late: 0, duplicate: 0 });
    }
  });

  it('does without what comes again when all of its time is over, and the delay stays', () => {
    const sent = talk(700, (i) => (i === 600 || i === 601 ? null : 5));
    const { lostMs, emptyMs, delaysMs } = play(withCopies(sent), 13_980);
    expect(lostMs + emptyMs).toBe(40);
    expect(max(delaysMs.slice(600))).toBe(max(delaysMs.slice(100, 600)));
  });
});

it('tells what became of each packet, in order', () => {
  const fates: PacketFate[] = [];
  const buffer = new JitterBuffer(8_000, true, (fate) => fates.push(fate));
  // 100 is lost and recovered, 110 and 111 are lost for good, 120 comes after its time.
  const sent = talk(300, (i) => (i === 100 || i === 110 || i === 111 ? null : i === 120 ? 65 : 5));
  play(sent, 6_000, true, buffer);
  const wanted = Array.from({ length: fates.length }, (_, i) =>
    i === 110 || (i === 111 && fates[111] === 'lost') ? 'lost' : i === 120 ? fates[120] : 'received',
  );
  expect(fates.length).toBeGreaterThan(260);
  expect(fates).toEqual(wanted);
  expect(fates.filter((fate) => fate !== 'received').length).toBeGreaterThanOrEqual(2);
});

it('begins after silence with the delay that is right now', () => {
  const random = makeRandom(5);
  const buffer = new JitterBuffer(8_000, false);
  const noise = talk(1, () => 0, 1_000).map((packet) => ({ ...packet, silence: true }));
  const quiet = talk(300, () => 0, 1_100).map((it) => ({ ...it, sequence: it.sequence - 99 }));
  const jittery = talk(1_000, () => random() * 100);
  const { delaysMs } = play([...jittery, ...noise, ...quiet], 27_990, false, buffer);
  expect(max(delaysMs.slice(-290))).toBeLessThanOrEqual(max(delaysMs.slice(-300, -290)));
});
