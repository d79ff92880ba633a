import { describe, expect, it } from 'vitest';
import { digits, isDigits, TelephoneEventReceiver, TelephoneEventSender } from './telephone-event.ts';

interface Packet {
  tick: number;
  payload: Uint8Array;
  timestamp: number;
  marker: boolean;
}

/** All packets of some digits. */
function send(text: string, clockRate = 8_000, eventRate: number | null = null): Packet[] {
  const sender = new TelephoneEventSender();
  sender.clockRate = eventRate;
  void sender.send(text);
  const packets: Packet[] = [];
  let timestamp = 0;
  for (let tick = 1; sender.active; tick++) {
    const payload = new Uint8Array(4);
    const bytes = sender.tick(payload, 0, clockRate);
    if (sender.starting) timestamp = (tick * clockRate) / 100;
    if (bytes > 0) packets.push({ tick, payload, timestamp, marker: sender.marker });
  }
  return packets;
}

function hear(packets: Packet[], receiver = new TelephoneEventReceiver()): string {
  let heard = '';
  for (const { payload, timestamp, tick } of packets) {
    heard += receiver.tick(tick * 10) ?? '';
    heard += receiver.put(payload, 0, 4, timestamp, tick * 10) ?? '';
  }
  return heard + (receiver.tick(1e9) ?? '');
}

describe('sending', () => {
  it('takes 160 ms for a digit, marked at its start, with three ends', () => {
    const packets = send('5');
    const durations = packets.map(({ payload }) => ((payload[2] ?? 0) << 8) | (payload[3] ?? 0));
    expect(durations).toEqual([160, 320, 480, 640, 800, 960, 1_120, 1_280, 1_280, 1_280]);
    expect(packets.map(({ marker }) => marker)).toEqual([true, ...Array<boolean>(9).fill(false)]);
    expect(packets.map(({ payload }) => (payload[1] ?? 0) >> 7)).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1, 1]);
    expect(new Set(packets.map(({ timestamp }) => timestamp)).size).toBe(1);
    expect(packets.every(({ payload }) => payload[0] === 5)).toBe(true);
  });

  it('counts in units of the codec, 48 kHz too', () => {
    const packets = send('5', 48_000);
    const durations = packets.map(({ payload }) => ((payload[2] ?? 0) << 8) | (payload[3] ?? 0));
    expect(durations).toEqual([960, 1_920, 2_880, 3_840, 4_800, 5_760, 6_720, 7_680, 7_680, 7_680]);
    expect(hear(send(digits, 48_000))).toBe(digits);
  });

  it('counts in units of its own beside sound of another clock, whose timestamps it has', () => {
    const packets = send('57', 48_000, 8_000);
    const durations = packets.map(({ payload }) => ((payload[2] ?? 0) << 8) | (payload[3] ?? 0));
    expect(durations.slice(0, 10)).toEqual([160, 320, 480, 640, 800, 960, 1_120, 1_280, 1_280, 1_280]);
    expect([...new Set(packets.map(({ timestamp }) => timestamp))]).toEqual([480, 480 + 26 * 480]);
    expect(hear(packets)).toBe('57');
  });

  it('leaves 100 ms between two digits', () => {
    const starts = send('12').filter(({ marker }) => marker);
    expect(starts.map(({ timestamp }) => timestamp)).toEqual([80, 80 + 26 * 80]);
  });

  it('settles each string when its last packet is sent, and all when cancelled', async () => {
    const sender = new TelephoneEventSender();
    const first = sender.send('1');
    const second = sender.send('2');
    const payload = new Uint8Array(4);
    for (let i = 0; i < 26; i++) sender.tick(payload, 0, 8_000);
    await first;
    expect(sender.active).toBe(true);
    sender.cancel();
    await second;
    expect(sender.tick(payload, 0, 8_000)).toBe(0);
  });

  it('knows digits', () => {
    expect(isDigits('0123456789*#abcD')).toBe(true);
    for (const text of ['', 'E', '1 2', '1'.repeat(300)]) expect(isDigits(text)).toBe(false);
  });
});

describe('receiving', () => {
  it('tells every digit once', () => {
    expect(hear(send(digits))).toBe(digits);
    expect(hear(send('1122'))).toBe('1122');
  });

  it('tells digits whose ends were lost', () => {
    expect(hear(send('1234').filter(({ payload }) => (payload[1] ?? 0) < 0x80))).toBe('1234');
  });

  it('tells digits of which only one end arrived', () => {
    const only = send('1234').filter(
      ({ payload }, i, all) =>
        (payload[1] ?? 0) >= 0x80 && i === all.findLastIndex((it) => it.payload[0] === payload[0]),
    );
    expect(hear(only)).toBe('1234');
  });

  it('tells a digit when nothing more comes', () => {
    const receiver = new TelephoneEventReceiver();
    const [first] = send('7');
    expect(first && receiver.put(first.payload, 0, 4, first.timestamp, 20)).toBeNull();
    expect(receiver.tick(100)).toBeNull();
    expect(receiver.tick(171)).toBe('7');
    expect(receiver.tick(500)).toBeNull();
  });

  it.each([
    [48_000, 3, 1],
    [8_000, 20, 6],
  ])('takes an event longer than a packet can say for one digit: %s Hz, %s s', (rate, seconds, timestampUnits) => {
    // Three segments (RFC 4733 §2.5.1.3), a packet each 20 ms.
    const packets: Packet[] = [];
    const perTick = rate / 100;
    const endUnits = seconds * rate;
    for (let tick = 2; tick * perTick <= endUnits + 4 * perTick; tick += 2) {
      const units = Math.min(tick * perTick, endUnits);
      const segment = Math.floor((units - 1) / 0xffff);
      const duration = units - segment * 0xffff;
      const payload = Uint8Array.from([5, (units === endUnits ? 0x80 : 0) | 10, duration >> 8, duration & 0xff]);
      const timestamp = (0xffff_f000 + segment * 0xffff * timestampUnits) >>> 0;
      packets.push({ tick, payload, timestamp, marker: tick === 2 });
    }
    expect(new Set(packets.map(({ timestamp }) => timestamp)).size).toBe(3);
    expect(hear(packets)).toBe('5');
    // The same key again, later, is another digit.
    expect(
      hear([...packets, ...send('5', 48_000).map((it) => ({ ...it, tick: it.tick + 3_000, timestamp: 5_000_000 }))]),
    ).toBe('55');
  });

  it('survives any order and any repetition within a digit', () => {
    const packets = send('90');
    expect(hear(packets.flatMap((packet) => [packet, packet]))).toBe('90');
  });

  it('ignores what is no digit, and what is too short', () => {
    const receiver = new TelephoneEventReceiver();
    expect(receiver.put(Uint8Array.from([16, 0x80, 1, 0]), 0, 4, 1, 0)).toBeNull();
    expect(receiver.put(Uint8Array.from([1, 0x80, 0, 0]), 0, 4, 2, 0)).toBeNull();
    expect(receiver.put(Uint8Array.from([1, 0x80, 1]), 0, 3, 3, 0)).toBeNull();
    expect(receiver.tick(1_000)).toBeNull();
  });
});
