import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readRtcp } from './rtcp.ts';
import { headerBytes, writeRtpHeader } from './rtp.ts';
import { callSettings, farAddress, opusCodec, Phone, type SentPacket } from './testing/phone.ts';
import { makeRandom, speechLike, tone } from './testing/sound.ts';

const microphone = tone(1_000, -10, 48_000, 480);
const silent = (packet: SentPacket): boolean => packet.bytes.subarray(headerBytes).every((byte) => byte >= 0xfe);

let phone: Phone;
beforeEach(async () => {
  vi.useFakeTimers();
  phone = new Phone();
  await phone.stream.update(callSettings());
});
afterEach(() => {
  phone.stream.close();
  vi.useRealTimers();
});

const ticks = (count: number): void => {
  for (let i = 0; i < count; i++) phone.tick(microphone);
};

/** A packet as the far end might send it. */
function rtp(
  sequence: number,
  change: { type?: number; ssrc?: number; payload?: Uint8Array; timestamp?: number } = {},
) {
  const payload = change.payload ?? new Uint8Array(160).fill(0x9a);
  const packet = new Uint8Array(headerBytes + payload.length);
  writeRtpHeader(
    packet,
    change.type ?? 0,
    false,
    sequence & 0xffff,
    change.timestamp ?? sequence * 160,
    change.ssrc ?? 5,
  );
  packet.set(payload, headerBytes);
  return packet;
}

/** 20 ms packets by the clock, from one sequence number to another. */
function talk(from: number, to: number, change: Parameters<typeof rtp>[1] = {}): void {
  for (let sequence = from; sequence < to; sequence++) {
    phone.hear(rtp(sequence, change));
    phone.tick();
    phone.tick();
  }
}

describe('a stream that never had an agreement', () => {
  it('leaves nothing behind, and listens to nobody', async () => {
    phone.stream.close();
    const before = vi.getTimerCount();
    const unused = new Phone();
    const report = new Uint8Array([0x80, 201, 0, 1, 0, 0, 0, 9]);
    for (let i = 0; i < 9; i++) unused.stream.receiveRtcp(report, '192.0.2.66', 6_666, i * 1_000);
    await vi.advanceTimersByTimeAsync(20_000);
    unused.stream.close();
    expect(unused.reports).toEqual([]);
    expect(vi.getTimerCount()).toBe(before);
  });
});

describe('sending', () => {
  it('numbers and times its packets without a hole, the first one marked', () => {
    ticks(20);
    expect(phone.sent.length).toBe(10);
    phone.sent.forEach((packet, i) => {
      const before = phone.sent[i - 1];
      if (before === undefined) return;
      expect((packet.sequence - before.sequence) & 0xffff).toBe(1);
      expect((packet.timestamp - before.timestamp) >>> 0).toBe(160);
      expect(packet.marker).toBe(false);
    });
    expect(phone.sent[0]?.marker).toBe(true);
    expect(phone.sent.some(silent)).toBe(false);
  });

  it.each([10, 20, 30, 40, 60])('packs %i ms', async (ptime) => {
    await phone.stream.update(callSettings({ ptime }));
    phone.sent.length = 0;
    ticks(12);
    expect(phone.sent.length).toBe(Math.floor(120 / ptime));
    expect(phone.sent[0]?.payloadLength).toBe(ptime * 8);
  });

  it.each([
    ['muted', { muted: true }],
    ['not connected', { connected: false }],
    ['on hold', { direction: 'sendonly' as const }],
  ])('sends silence while %s, and never stops', async (_, change) => {
    await phone.stream.update(callSettings(change));
    ticks(20);
    expect(phone.sent.length).toBe(10);
    expect(phone.sent.every(silent)).toBe(true);
  });

  it.each(['recvonly', 'inactive'] as const)(
    'sends nothing with %s, and goes on in time after it',
    async (direction) => {
      ticks(4);
      await phone.stream.update(callSettings({ direction }));
      ticks(100);
      expect(phone.sent.length).toBe(2);
      await phone.stream.update(callSettings());
      ticks(2);
      const [, last, next] = phone.sent;
      expect(next?.marker).toBe(true);
      expect(((next?.sequence ?? 0) - (last?.sequence ?? 0)) & 0xffff).toBe(1);
      expect(((next?.timestamp ?? 0) - (last?.timestamp ?? 0)) >>> 0).toBe(160 + 8_000);
    },
  );

  it('keeps its source when the codec changes', async () => {
    ticks(4);
    await phone.stream.update(callSettings({ codec: opusCodec }));
    ticks(4);
    const [, last, first, second] = phone.sent;
    expect(first?.payloadType).toBe(111);
    expect(first?.ssrc).toBe(last?.ssrc);
    expect(((first?.sequence ?? 0) - (last?.sequence ?? 0)) & 0xffff).toBe(1);
    expect(((second?.timestamp ?? 0) - (first?.timestamp ?? 0)) >>> 0).toBe(960);
  });

  it('sends digits in place of sound', async () => {
    const sent = phone.stream.sendDtmf('1');
    ticks(24);
    await sent;
    const types = phone.sent.map(({ payloadType }) => payloadType);
    expect(types).toEqual([...Array<number>(10).fill(101), 0, 0]);
  });

  it('counts digits by the clock of the far end, beside Opus too', async () => {
    await phone.stream.update(callSettings({ codec: opusCodec, telephoneEventClock: 8_000 }));
    const sent = phone.stream.sendDtmf('1');
    ticks(24);
    await sent;
    const last = phone.sent.findLast(({ payloadType }) => payloadType === 101)?.bytes;
    expect([last?.at(-2), last?.at(-1)]).toEqual([1_280 >> 8, 1_280 & 0xff]);
  });
});

describe('what a report names a call by', () => {
  it('is both ends of RTP, the far one as soon as something has come', () => {
    const path = {
      localAddress: phone.stream.local.address,
      localPort: phone.stream.local.rtpPort,
      remoteAddress: callSettings().remoteAddress,
      remotePort: callSettings().remotePort,
    };
    ticks(2);
    const localSsrc = phone.sent[0]?.ssrc;
    expect(phone.stream.quality().path).toEqual({ ...path, localSsrc });
    talk(0, 2);
    expect(phone.stream.quality().path).toEqual({ ...path, localSsrc, remoteSsrc: expect.any(Number) });
  });
});

describe('receiving', () => {
  it('plays what comes, at its level', () => {
    talk(0, 20);
    expect(phone.heard.some((sample) => sample !== 0)).toBe(true);
    const { packetsReceived, packetsLost, concealedMs, longestGapMs } = phone.stream.quality();
    expect([packetsReceived, packetsLost, concealedMs, longestGapMs]).toEqual([20, 0, 0, 0]);
  });

  it('counts and drops what nobody agreed on', () => {
    talk(0, 10);
    talk(10, 15, { type: 77 });
    expect(phone.stream.refused.payloadType).toBe(5);
  });

  it('takes comfort noise for silence, not for loss', () => {
    talk(0, 10);
    phone.hear(rtp(10, { type: 13, payload: Uint8Array.of(70) }));
    for (let i = 0; i < 100; i++) phone.tick();
    for (let sequence = 11; sequence < 20; sequence++) {
      phone.hear(rtp(sequence, { timestamp: (sequence - 1) * 160 + 8_000 }));
      phone.tick();
      phone.tick();
    }
    const { packetsLost, concealedMs, longestGapMs } = phone.stream.quality();
    expect(packetsLost).toBe(0);
    expect(concealedMs).toBeLessThanOrEqual(20);
    expect(longestGapMs).toBeLessThanOrEqual(20);
  });

  it('says how long nothing was heard', () => {
    talk(0, 20);
    for (let i = 0; i < 30; i++) phone.tick();
    talk(35, 60);
    const { longestGapMs, packetsLost } = phone.stream.quality();
    expect(longestGapMs).toBeGreaterThanOrEqual(280);
    expect(longestGapMs).toBeLessThanOrEqual(340);
    expect(packetsLost).toBe(15);
  });

  it('does not count a hold as a gap', async () => {
    talk(0, 20);
    await phone.stream.update(callSettings({ direction: 'sendonly' }));
    for (let i = 0; i < 200; i++) phone.tick();
    await phone.stream.update(callSettings());
    talk(200, 230);
    expect(phone.stream.quality().longestGapMs).toBeLessThanOrEqual(20);
  });

  it('follows a new source when two of its packets have come', () => {
    talk(0, 10);
    talk(30_000, 30_020, { ssrc: 6 });
    expect(phone.stream.quality().packetsReceived).toBe(29);
    expect(phone.stream.refused.foreign).toBe(1);
    expect(phone.stream.quality().packetsLost).toBe(0);
  });

  it('ignores a second source beside the first', () => {
    for (let sequence = 0; sequence < 20; sequence++) {
      phone.hear(rtp(sequence));
      phone.hear(rtp(sequence + 500, { ssrc: 6 }));
      phone.tick();
    }
    expect(phone.stream.quality().packetsReceived).toBe(20);
  });

  it('ignores a hijacker', () => {
    talk(0, 10);
    for (let i = 0; i < 50; i++) phone.hear(rtp(10 + i, { ssrc: 5 }), '203.0.113.66', 9_999);
    expect(phone.stream.refused.foreign).toBe(50);
    expect(phone.stream.quality().packetsReceived).toBe(10);
  });

  it('hears digits, each once', () => {
    talk(0, 5);
    const event = (duration: number, end: number) => Uint8Array.of(7, end | 10, duration >> 8, duration & 0xff);
    let sequence = 5;
    for (const [duration, end] of [
      [160, 0],
      [320, 0],
      [480, 0x80],
      [480, 0x80],
      [480, 0x80],
    ] as const) {
      phone.hear(rtp(sequence++, { type: 101, payload: event(duration, end), timestamp: 800 }));
      phone.tick();
      phone.tick();
    }
    expect(phone.digits).toEqual(['7']);
  });
});

describe('opus', () => {
  it('wins most of what was lost back from the packets after', async () => {
    const far = new Phone();
    for (const end of [phone, far]) await end.stream.update(callSettings({ codec: opusCodec }));
    const voice = speechLike(48_000, 480 * 1_000);
    let packets = 0;
    far.tick(voice.subarray(0, 480));
    far.tick(voice.subarray(0, 480));
    far.hearReport(0.1);
    far.rtp.take = (packet) => {
      if (packets++ % 10 !== 9) phone.hear(packet.slice());
    };
    for (let i = 0; i < 1_000; i++) {
      far.tick(voice.subarray(i * 480, (i + 1) * 480));
      phone.tick();
    }
    far.stream.close();
    const { packetsLost, concealedMs } = phone.stream.quality();
    expect(packetsLost).toBe(49);
    expect(concealedMs).toBeLessThan((49 * 20) / 2);
  });
});

describe('reports', () => {
  it('go on while nothing is sent, and say goodbye', async () => {
    await phone.stream.update(callSettings({ direction: 'inactive' }));
    vi.advanceTimersByTime(60_000);
    expect(phone.reports.length).toBeGreaterThanOrEqual(8);
    expect(phone.reports.map((packet) => readRtcp(packet)?.sender)).not.toContain(undefined);
    expect(readRtcp(phone.reports[3] ?? new Uint8Array(0))?.sender).toBeNull();
    phone.stream.close();
    expect(readRtcp(phone.reports.at(-1) ?? new Uint8Array(0))?.bye).toBe(true);
  });

  it('tell what was sent and what was lost', () => {
    ticks(100);
    talk(0, 10);
    talk(20, 30);
    vi.advanceTimersByTime(4_000);
    const report = readRtcp(phone.reports[0] ?? new Uint8Array(0));
    expect(report?.sender).toMatchObject({ packets: 70, octets: 70 * 160 });
    expect(report?.blocks[0]).toMatchObject({ ssrc: 5, lost: 10, fractionLost: Math.floor((10 * 256) / 30) });
  });
});

describe('garbage', () => {
  const random = makeRandom(42);
  const bytes = (length: number) => Uint8Array.from({ length }, () => random() * 256);

  it('of any kind neither throws nor gets in the way', () => {
    const valid = rtp(0);
    for (let i = 0; i < 5_000; i++) {
      const mutated = i % 2 === 0 ? bytes(random() * 300) : valid.slice(0, 1 + random() * valid.length);
      for (let n = 0; n < 4; n++) mutated[Math.floor(random() * mutated.length)] = random() * 256;
      phone.hear(mutated);
      phone.stream.receiveRtcp(mutated, farAddress, 4_001, phone.nowMs);
      phone.tick();
    }
    // The latched source is gone for long enough; a well-behaved one is heard again.
    phone.nowMs += 10_000;
    const before = phone.stream.quality();
    talk(100, 160, { ssrc: 77 });
    const after = phone.stream.quality();
    expect(after.packetsReceived - before.packetsReceived).toBeGreaterThanOrEqual(58);
    expect(phone.heard.some((sample) => sample !== 0)).toBe(true);
  });

  it('as opus neither throws nor gets in the way', async () => {
    await phone.stream.update(callSettings({ codec: opusCodec }));
    for (let i = 0; i < 1_500; i++) {
      phone.hear(rtp(i, { type: 111, payload: bytes(1 + random() * 200), timestamp: i * 960 }));
      phone.tick();
      phone.tick();
    }
    expect(phone.stream.quality().packetsReceived).toBe(1_500);
  });
});
