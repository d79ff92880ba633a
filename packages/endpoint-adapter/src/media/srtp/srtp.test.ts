import { beforeEach, describe, expect, it } from 'vitest';
import { read32 } from '../rtp.ts';
import type { SrtpKey } from '../stream-settings.ts';
import { receiverFor, type SrtpReceiver } from './srtp-receiver.ts';
import { type SrtpSender, senderFor } from './srtp-sender.ts';
import { rtcpOverhead, rtpOverhead } from './suites.ts';
import {
  contentOf,
  extendedRtpPacket,
  hexOf,
  rtcpPacket,
  rtpPacket,
  suiteNames,
  type TestPacket,
  testKey,
  testSsrc,
} from './testing/packets.ts';

const quiet = () => {};
const plainKey = testKey('AES_CM_128_HMAC_SHA1_80');
const mki = Uint8Array.of(0xca, 0xfe, 7);

let sender: SrtpSender;
let receiver: SrtpReceiver;
const use = (key: SrtpKey) => {
  sender = senderFor(key, null, quiet);
  receiver = receiverFor(key, null);
};
beforeEach(() => use(plainKey));

const protectedRtp = (packet: TestPacket, by = sender): TestPacket => ({
  buffer: packet.buffer,
  length: by.protectRtp(packet.buffer, packet.length),
});
const protectedRtcp = (packet: TestPacket, by = sender): TestPacket => ({
  buffer: packet.buffer,
  length: by.protectRtcp(packet.buffer, packet.length),
});
const copy = ({ buffer, length }: TestPacket): TestPacket => ({ buffer: buffer.slice(), length });
const takes = ({ buffer, length }: TestPacket, by = receiver): boolean => by.unprotectRtp(buffer, length) > 0;
const takesRtcp = ({ buffer, length }: TestPacket, by = receiver): boolean => by.unprotectRtcp(buffer, length) > 0;
const rtp = (sequence: number, by = sender) => protectedRtp(rtpPacket(sequence, 20), by);

const kinds = suiteNames.flatMap((suite) => [
  { name: suite, key: testKey(suite) },
  { name: `${suite} with MKI and plain RTCP`, key: testKey(suite, 1, { mki, plainRtcp: true }) },
]);

describe.each(kinds)('$name', ({ key }) => {
  beforeEach(() => use(key));

  it.each([
    { name: 'sound', make: () => rtpPacket(5), header: 12 },
    { name: 'an empty payload', make: () => rtpPacket(5, 0), header: 12 },
    { name: 'one byte', make: () => rtpPacket(5, 1), header: 12 },
    { name: 'contributing sources and an extension', make: () => extendedRtpPacket(5), header: 32 },
  ])('brings RTP there and back: $name', ({ make, header }) => {
    const packet = make();
    const plain = contentOf(packet);
    const sent = protectedRtp(packet);
    expect(sent.length).toBe(plain.length + rtpOverhead(key));
    expect(hexOf(sent.buffer.subarray(0, header))).toBe(hexOf(plain.subarray(0, header)));
    if (plain.length > header + 16)
      expect(hexOf(sent.buffer.subarray(header, plain.length))).not.toBe(hexOf(plain.subarray(header)));
    expect(receiver.unprotectRtp(sent.buffer, sent.length)).toBe(plain.length);
    expect(hexOf(sent.buffer.subarray(0, plain.length))).toBe(hexOf(plain));
  });

  it('brings RTCP there and back', () => {
    for (let index = 0; index < 3; index++) {
      const packet = rtcpPacket();
      const plain = contentOf(packet);
      const sent = protectedRtcp(packet);
      expect(sent.length).toBe(plain.length + rtcpOverhead(key));
      expect(hexOf(sent.buffer.subarray(0, plain.length)) === hexOf(plain)).toBe(key.plainRtcp);
      expect(receiver.unprotectRtcp(sent.buffer, sent.length)).toBe(plain.length);
      expect(hexOf(sent.buffer.subarray(0, plain.length))).toBe(hexOf(plain));
    }
    expect(receiver.stats().rtcp).toBe(3);
  });

  it('takes nothing that was altered in any byte, and leaves it as it came', () => {
    const sent = protectedRtp(rtpPacket(9, 33));
    for (let at = 0; at < sent.length; at++) {
      const altered = copy(sent);
      altered.buffer[at] = (altered.buffer[at] ?? 0) ^ (1 << (at % 8));
      const before = hexOf(altered.buffer);
      expect(takes(altered)).toBe(false);
      expect(hexOf(altered.buffer)).toBe(before);
    }
    const report = protectedRtcp(rtcpPacket());
    for (let at = 0; at < report.length; at++) {
      const altered = copy(report);
      altered.buffer[at] = (altered.buffer[at] ?? 0) ^ (1 << (at % 8));
      expect(takesRtcp(altered)).toBe(false);
    }
    expect([takes(sent), takesRtcp(report)]).toEqual([true, true]);
  });

  it('takes nothing that was cut off or added to, or with another key', () => {
    const sent = protectedRtp(extendedRtpPacket(9));
    const report = protectedRtcp(rtcpPacket());
    for (let length = 0; length < sent.length; length++) expect(takes({ ...sent, length })).toBe(false);
    for (let length = 0; length < report.length; length++) expect(takesRtcp({ ...report, length })).toBe(false);
    expect(takes({ ...sent, length: sent.length + 1 })).toBe(false);
    const other = receiverFor(testKey(key.suite, 2, { mki: key.mki }), null);
    expect([takes(copy(sent), other), takesRtcp(copy(report), other)]).toEqual([false, false]);
    expect(other.stats()).toMatchObject({ authentication: 2, rtp: 0, rtcp: 0 });
    expect([takes(sent), takesRtcp(report)]).toEqual([true, true]);
  });

  it('counts the roll-over, whatever the order of packets there', () => {
    const sent = [65_530, 65_533, 65_534, 65_535, 0, 1, 2].map((sequence) => rtp(sequence));
    for (const i of [0, 4, 3, 6, 1, 5, 2]) expect(takes(copy(sent[i] ?? rtp(0)))).toBe(true);
    for (const packet of sent) expect(takes(copy(packet))).toBe(false);
    expect(receiver.stats()).toMatchObject({ rtp: 7, replayed: 7, authentication: 0 });
  });
});

it('goes through more than 65,536 packets, with losses and overtaking', { timeout: 20_000 }, () => {
  let held: TestPacket | null = null;
  let taken = 0;
  const packet = rtpPacket(0, 4);
  const total = 68_000;
  for (let i = 0; i < total; i++) {
    const sequence = (64_000 + i) & 0xffff;
    packet.buffer[2] = sequence >>> 8;
    packet.buffer[3] = sequence;
    const length = sender.protectRtp(packet.buffer, 16);
    if (i % 10 === 3) continue;
    if (i % 10 === 7) held = copy({ buffer: packet.buffer, length });
    else if (takes({ buffer: packet.buffer, length })) taken++;
    if (held !== null && i % 10 === 9) {
      if (takes(held)) taken++;
      held = null;
    }
  }
  expect(taken).toBe(total * 0.9);
  expect(receiver.stats()).toMatchObject({ authentication: 0, replayed: 0 });
});

it('goes round many times', () => {
  for (let i = 0; i < 500; i++) expect(takes(rtp((i * 20_000) & 0xffff))).toBe(true);
});

it('finds the roll-over where the numbers had wrapped before anything came', () => {
  rtp(65_535);
  expect(takes(rtp(0))).toBe(true);
  expect(takes(rtp(1))).toBe(true);
});

it('refuses replays of RTP and RTCP', () => {
  const first = rtp(1);
  const report = protectedRtcp(rtcpPacket());
  expect([takes(copy(first)), takes(copy(first))]).toEqual([true, false]);
  expect([takesRtcp(copy(report)), takesRtcp(copy(report))]).toEqual([true, false]);
  for (let sequence = 2; sequence < 140; sequence++) takes(rtp(sequence));
  expect(takes(first)).toBe(false);
  expect(receiver.stats()).toMatchObject({ replayed: 3, authentication: 0 });
});

it('sends nothing twice', () => {
  rtp(5);
  expect(rtp(5).length).toBe(0);
  expect(rtp(4).length).toBe(0);
  expect(rtp(6).length).toBeGreaterThan(0);
  expect(sender.stats()).toMatchObject({ rtp: 2, repeated: 2 });
});

it('takes no packets that are larger than any of ours, and needs room for its own', () => {
  const large = rtpPacket(1, 1_472 - 12 - 10 + 1);
  const sent = protectedRtp(large);
  expect(sent.length).toBe(1_473);
  expect(takes(sent)).toBe(false);
  expect(takesRtcp({ buffer: rtcpPacket().buffer.fill(200), length: 280 })).toBe(false);
  expect(takes({ buffer: new Uint8Array(20), length: 30 })).toBe(false);
  expect(receiver.stats().malformed).toBe(3);
  expect(sender.protectRtp(rtpPacket(2, 20).buffer.subarray(0, 41), 32)).toBe(0);
  expect(sender.protectRtcp(rtcpPacket().buffer.subarray(0, 41), 28)).toBe(0);
  expect(sender.protectRtcp(rtpPacket(2).buffer, 28)).toBe(0);
  expect(sender.protectRtp(rtcpPacket().buffer, 28)).toBe(0);
  expect(sender.stats().malformed).toBe(4);
});

it.each(suiteNames)('fills a packet to the last byte: %s', (suite) => {
  const key = testKey(suite);
  use(key);
  const packet = rtpPacket(1, 1_472 - 12 - rtpOverhead(key));
  const plain = contentOf(packet);
  const sent = protectedRtp(packet);
  expect(sent.length).toBe(1_472);
  expect(receiver.unprotectRtp(sent.buffer, sent.length)).toBe(plain.length);
  expect(hexOf(sent.buffer.subarray(0, plain.length))).toBe(hexOf(plain));
});

describe('the master key identifier', () => {
  it.each(suiteNames)('must be the one agreed on: %s', (suite) => {
    use(testKey(suite, 1, { mki }));
    const other = receiverFor(testKey(suite, 1, { mki: Uint8Array.of(0xca, 0xfe, 8) }), null);
    const none = receiverFor(testKey(suite), null);
    const longer = receiverFor(testKey(suite, 1, { mki: Uint8Array.of(0, 0xca, 0xfe, 7) }), null);
    const sent = rtp(1);
    const report = protectedRtcp(rtcpPacket());
    for (const by of [other, none, longer])
      expect([takes(copy(sent), by), takesRtcp(copy(report), by)]).toEqual([false, false]);
    expect(other.stats().unknownKey).toBe(2);
    expect(takes(sent)).toBe(true);
  });
});

describe('the life of a key', () => {
  it('is told of before its end, and ends', () => {
    const key = testKey('AES_CM_128_HMAC_SHA1_80', 1, { lifetime: 10 });
    let warnings = 0;
    const mortal = senderFor(key, null, () => warnings++);
    const lenient = receiverFor(plainKey, null);
    const strict = receiverFor(key, null);
    for (let i = 1; i <= 8; i++) expect(takes(rtp(i, mortal), strict)).toBe(true);
    expect(warnings).toBe(0);
    for (let i = 9; i <= 10; i++) expect(takes(rtp(i, mortal), strict)).toBe(true);
    expect(warnings).toBe(1);
    expect(rtp(11, mortal).length).toBe(0);
    expect(mortal.stats().expired).toBe(1);
    const immortal = senderFor(plainKey, null, quiet);
    const late = rtp(11, immortal);
    expect([takes(copy(late), strict), takes(late, lenient)]).toEqual([false, true]);
    expect(strict.stats().expired).toBe(1);
  });

  it('counts RTCP by itself', () => {
    use(testKey('AES_CM_128_HMAC_SHA1_80', 1, { lifetime: 2 }));
    expect([1, 2, 3].map(() => protectedRtcp(rtcpPacket()).length > 0)).toEqual([true, true, false]);
    expect(rtp(1).length).toBeGreaterThan(0);
  });
});

describe('a new agreement', () => {
  it('with the same key changes nothing', () => {
    expect(senderFor({ ...plainKey, key: plainKey.key.slice() }, sender, quiet)).toBe(sender);
    expect(receiverFor({ ...plainKey, key: plainKey.key.slice() }, receiver)).toBe(receiver);
  });

  it('that only adds an identifier goes on counting', () => {
    takes(rtp(65_535));
    const old = rtp(0);
    const indexBefore = read32(protectedRtcp(rtcpPacket()).buffer, 28);
    const key = { ...plainKey, mki };
    sender = senderFor(key, sender, quiet);
    receiver = receiverFor(key, receiver);
    expect(rtp(0).length).toBe(0);
    expect(takes(rtp(1))).toBe(true);
    expect(takes(copy(old))).toBe(true);
    expect(takes(old)).toBe(false);
    expect(read32(protectedRtcp(rtcpPacket()).buffer, 28)).toBe(indexBefore + 1);
  });

  it('on another key still takes what is on its way, for a while', () => {
    takes(rtp(1));
    const late = [rtp(2), rtp(3), rtp(4)];
    const lateReport = protectedRtcp(rtcpPacket());
    const other = testKey('AEAD_AES_256_GCM', 2);
    receiver = receiverFor(other, receiver);
    const newSender = senderFor(other, sender, quiet);
    expect(takes(late[0] ?? rtp(0))).toBe(true);
    expect(takes(rtp(5, newSender))).toBe(true);
    expect(takes(copy(late[1] ?? rtp(0)))).toBe(true);
    expect(takes(late[1] ?? rtp(0))).toBe(false);
    expect(takesRtcp(lateReport)).toBe(true);
    for (let sequence = 6; sequence < 6 + 64; sequence++) expect(takes(rtp(sequence, newSender))).toBe(true);
    expect(takes(late[2] ?? rtp(0))).toBe(false);
    expect(receiver.stats()).toMatchObject({ rtp: 68, rtcp: 1, authentication: 2 });
  });

  it.each([
    { name: 'goes on', continues: true },
    { name: 'begins anew', continues: false },
  ])('on another key is followed whether the roll-over $name', ({ continues }) => {
    for (let i = 0; i < 12; i++) expect(takes(rtp((i * 20_000) & 0xffff))).toBe(true);
    const other = testKey('AES_CM_128_HMAC_SHA1_32', 2);
    receiver = receiverFor(other, receiver);
    const newSender = senderFor(other, continues ? sender : null, quiet);
    for (let i = 12; i < 20; i++) expect(takes(rtp((i * 20_000) & 0xffff, newSender))).toBe(true);
    expect(receiver.stats()).toMatchObject({ rtp: 20, authentication: 0 });
  });

  it('on one key after another leaves room for new sources, and uses no number twice', () => {
    let one = senderFor(plainKey, null, quiet);
    for (let i = 1; i < 10; i++) {
      one = senderFor(testKey('AES_CM_128_HMAC_SHA1_80', i + 1), one, quiet);
      expect(protectedRtp(rtpPacket(7, 20, i), one).length).toBeGreaterThan(0);
    }
    const again = senderFor(testKey('AES_CM_128_HMAC_SHA1_80', 2), one, quiet);
    expect(protectedRtp(rtpPacket(7, 20, 9), again).length).toBe(0);
  });

  it('remembers one key back only', () => {
    const oldest = rtp(1);
    receiver = receiverFor(testKey('AES_CM_128_HMAC_SHA1_80', 2), receiver);
    receiver = receiverFor(testKey('AES_CM_128_HMAC_SHA1_80', 3), receiver);
    expect(takes(oldest)).toBe(false);
  });
});

describe('several sources', () => {
  const from = (ssrc: number, sequence: number) => protectedRtp(rtpPacket(sequence, 20, ssrc));

  it('have their own numbers', () => {
    expect(takes(from(1, 65_535))).toBe(true);
    expect(takes(from(2, 40_000))).toBe(true);
    expect(takes(from(1, 0))).toBe(true);
    expect(takes(from(2, 40_001))).toBe(true);
    expect(takesRtcp(protectedRtcp(rtcpPacket(3)))).toBe(true);
    expect(takes(from(3, 7))).toBe(true);
  });

  it('are sent by four at most, since no number may be forgotten', () => {
    for (const ssrc of [1, 2, 3, 4]) expect(from(ssrc, 1).length).toBeGreaterThan(0);
    expect(from(5, 1).length).toBe(0);
    expect(from(4, 2).length).toBeGreaterThan(0);
  });

  it('are received without end, the one that was silent for longest forgotten', () => {
    const senders = [1, 2, 3, 4, 5].map((ssrc) => ({ ssrc, by: senderFor(plainKey, null, quiet) }));
    const first = senders.map(({ ssrc, by }) => protectedRtp(rtpPacket(1, 20, ssrc), by));
    for (const packet of first) expect(takes(copy(packet))).toBe(true);
    expect(first.slice(1).map((packet) => takes(copy(packet)))).toEqual([false, false, false, false]);
    expect(takes(copy(first[0] ?? rtp(0)))).toBe(true);
  });

  it('are not made by strangers', () => {
    takes(from(testSsrc, 1));
    const replayed = copy(from(testSsrc, 2));
    takes(copy(replayed));
    for (let ssrc = 10; ssrc < 30; ssrc++) {
      const forged = rtpPacket(1, 30, ssrc);
      expect(takes(forged)).toBe(false);
    }
    expect(takes(replayed)).toBe(false);
    expect(receiver.stats()).toMatchObject({ authentication: 20, replayed: 1 });
  });
});
