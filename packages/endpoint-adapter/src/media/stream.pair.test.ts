/** Two streams with a network between them that a test can see into. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readRtcp } from './rtcp.ts';
import { suiteNames, testKey } from './srtp/testing/packets.ts';
import type { SrtpSuite, StreamSettings } from './stream-settings.ts';
import { callSettings, opusCodec, Phone } from './testing/phone.ts';
import { tone, toneDbfs } from './testing/sound.ts';

const hz = 1_000;
const microphone = tone(hz, -10, 48_000, 480);

let anna: Phone;
let ben: Phone;
beforeEach(() => {
  vi.useFakeTimers();
  anna = new Phone();
  ben = new Phone();
});
afterEach(() => {
  for (const phone of [anna, ben]) phone.stream.close();
  vi.useRealTimers();
});

/** What is sent arrives at once, unless `carry` says otherwise. */
function join(carry: (packet: Uint8Array, number: number) => boolean = () => true): void {
  let count = 0;
  anna.rtp.take = (packet) => {
    count += 1;
    if (carry(packet, count)) ben.hear(packet.slice());
  };
  ben.rtp.take = (packet) => anna.hear(packet.slice());
}

const agree = async (change: Partial<StreamSettings>, back: Partial<StreamSettings> = change): Promise<void> => {
  await anna.stream.update(callSettings(change));
  await ben.stream.update(callSettings(back));
};

/** Anna speaks for so many ms; what Ben heard of it in the last 100 ms. */
function speak(ms: number): Int16Array {
  const heard = new Int16Array(4_800);
  for (let i = 0; i < ms / 10; i++) {
    anna.tick(microphone);
    ben.tick();
    heard.copyWithin(0, 480);
    heard.set(ben.heard, heard.length - 480);
  }
  return heard;
}

const isHeard = (heard: Int16Array): boolean => Math.abs(toneDbfs(heard, hz, 48_000) + 10) < 1.5;

const keys = (suite: SrtpSuite, mine: number, theirs: number): Pick<StreamSettings, 'security'> => ({
  security: { kind: 'sdes', send: testKey(suite, mine), receive: testKey(suite, theirs) },
});

describe('keys of SDP', () => {
  it.each(suiteNames)('%s: the sound is heard, and nobody in between can read it', async (suite) => {
    await agree(keys(suite, 1, 2), keys(suite, 2, 1));
    const carried: Uint8Array[] = [];
    join((packet) => carried.push(packet.slice()) > 0);
    expect(isHeard(speak(500))).toBe(true);
    const stranger = new Phone();
    await stranger.stream.update(callSettings());
    let overheard = new Int16Array(0);
    for (const packet of carried) {
      stranger.hear(packet);
      stranger.tick();
      overheard = stranger.heard.slice();
    }
    expect(isHeard(overheard)).toBe(false);
    stranger.stream.close();
    expect(ben.stream.quality().security).toBe(`SDES ${suite}`);
    expect(ben.stream.refused.protection).toBe(0);
  });

  it('go on over a hold, and change without a gap', async () => {
    const suite = 'AES_CM_128_HMAC_SHA1_80';
    await agree(keys(suite, 1, 2), keys(suite, 2, 1));
    join();
    speak(300);
    await agree({ ...keys(suite, 1, 2), direction: 'inactive' }, { ...keys(suite, 2, 1), direction: 'inactive' });
    speak(300);
    await agree(keys(suite, 1, 2), keys(suite, 2, 1));
    expect(isHeard(speak(500))).toBe(true);
    await agree(keys(suite, 3, 2), keys(suite, 2, 3));
    expect(isHeard(speak(500))).toBe(true);
    expect(ben.stream.refused.protection).toBe(0);
  });

  it('that are not the same let nothing be heard, which the call is told, and told when it is over', async () => {
    const suite = 'AES_CM_128_HMAC_SHA1_80';
    await agree(keys(suite, 1, 2), keys(suite, 2, 9));
    join();
    expect(isHeard(speak(300))).toBe(false);
    expect(ben.stream.quality().packetsReceived).toBe(0);
    expect(ben.troubles).toEqual([{ kind: 'undecipherable' }]);
    await agree(keys(suite, 1, 2), keys(suite, 2, 1));
    expect(isHeard(speak(500))).toBe(true);
    ben.stream.quality();
    expect(ben.troubles).toEqual([{ kind: 'undecipherable' }, { kind: 'back' }]);
  });

  it('make a packet that comes twice, or was altered, worth nothing', async () => {
    const suite = 'AES_CM_128_HMAC_SHA1_80';
    await agree(keys(suite, 1, 2), keys(suite, 2, 1));
    join((packet, number) => {
      if (number % 3 === 0) ben.hear(packet.slice());
      if (number % 3 === 1) ben.hear(packet.map((byte, i) => (i === 40 ? byte ^ 1 : byte)));
      return true;
    });
    expect(isHeard(speak(600))).toBe(true);
    expect(ben.stream.quality().packetsReceived).toBe(30);
    expect(ben.stream.refused.protection).toBe(20);
  });
});

describe('redundancy (RFC 2198)', () => {
  const red = { redundancySend: 96, redundancyReceive: 96 };
  it.each([
    { name: 'PCMU', codec: callSettings().codec },
    { name: 'opus', codec: opusCodec },
  ])('$name: once loss is reported, two packets of three may be lost and nothing is missing', async ({ codec }) => {
    await agree({ ...red, codec });
    speak(60);
    anna.hearReport(0.1);
    join((_, number) => number % 3 === 0);
    speak(1_000);
    const before = ben.stream.quality();
    expect(isHeard(speak(3_000))).toBe(true);
    const after = ben.stream.quality();
    expect(after.packetsLost - before.packetsLost).toBeGreaterThan(90);
    expect((after.lossRate ?? 1) < 0.05).toBe(true);
    expect(after.concealedMs - before.concealedMs).toBeLessThanOrEqual(20);
    expect(anna.stream.quality().codec?.redundancy).toBe(2);
  });

  it('is not sent before, nor where the far end takes none', async () => {
    await agree(red);
    join();
    speak(100);
    expect(ben.stream.quality().octetsReceived).toBe(5 * 160);
    await agree({});
    anna.hearReport(0.1);
    speak(100);
    expect(anna.stream.quality().codec?.redundancy).toBe(0);
  });
});

describe('digits without telephone events', () => {
  it('are tones in the sound, and heard as digits', async () => {
    await agree({ telephoneEventSend: null, telephoneEventReceive: null });
    join();
    speak(200);
    const sent = anna.stream.sendDtmf('15#');
    speak(1_500);
    await sent;
    expect(ben.digits).toEqual(['1', '5', '#']);
  });

  it('are tones where that is asked for, though the far end takes events', async () => {
    await agree({ telephoneEventReceive: null });
    join();
    const sent = anna.stream.sendDtmf('7', true);
    speak(500);
    await sent;
    expect(ben.digits).toEqual(['7']);
  });
});

describe('a far end that falls silent', () => {
  it('is lost after the time that is set, but not while it is on hold', async () => {
    const phone = new Phone({ inactivityS: 5 });
    await phone.stream.update(callSettings());
    for (let second = 0; second < 4; second++) phone.stream.quality(second * 1_000);
    expect(phone.troubles).toEqual([]);
    for (let second = 4; second < 8; second++) phone.stream.quality(second * 1_000);
    expect(phone.troubles).toEqual([{ kind: 'lost', seconds: 5 }]);
    await phone.stream.update(callSettings({ direction: 'sendonly' }));
    for (let second = 8; second < 20; second++) phone.stream.quality(second * 1_000);
    expect(phone.troubles).toEqual([{ kind: 'lost', seconds: 5 }, { kind: 'back' }]);
    phone.stream.close();
  });
});

describe('what is reported', () => {
  it('goes with RTP where that is agreed on (RFC 5761), with what is heard (RFC 3611)', async () => {
    await agree({ rtcpMux: true, voipMetrics: true });
    const reports: Uint8Array[] = [];
    join();
    ben.rtp.take = (packet) => {
      if ((packet[1] ?? 0) === 200 || packet[1] === 201) reports.push(packet.slice());
      else anna.hear(packet.slice());
    };
    speak(2_000);
    ben.stream.quality();
    vi.advanceTimersByTime(8_000);
    expect(ben.reports).toEqual([]);
    const read = reports.map((packet) => readRtcp(packet));
    expect(read.length).toBeGreaterThan(0);
    expect(read.at(-1)?.metrics[0]?.lossRate).toBe(0);
  });
});
