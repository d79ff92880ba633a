/** What strangers could send where sound is expected: everything that reads it takes it, in bounded time and memory. */
import { readDescription } from '@thinline/endpoint-adapter/call/sdp.ts';
import { readCandidate, writeCandidate } from '@thinline/endpoint-adapter/media/ice/candidate.ts';
import { isAuthentic, readErrorCode, readStun, readXorAddress } from '@thinline/endpoint-adapter/media/ice/stun.ts';
import { RedReader } from '@thinline/endpoint-adapter/media/red.ts';
import { readRtcp } from '@thinline/endpoint-adapter/media/rtcp.ts';
import { emptyHeader, readRtp } from '@thinline/endpoint-adapter/media/rtp.ts';
import { receiverFor } from '@thinline/endpoint-adapter/media/srtp/srtp-receiver.ts';
import { senderFor } from '@thinline/endpoint-adapter/media/srtp/srtp-sender.ts';
import { suites } from '@thinline/endpoint-adapter/media/srtp/suites.ts';
import type { SrtpKey, SrtpSuite } from '@thinline/endpoint-adapter/media/stream-settings.ts';
import { TelephoneEventReceiver } from '@thinline/endpoint-adapter/media/telephone-event.ts';
import { callSettings, opusCodec, Phone } from '@thinline/endpoint-adapter/media/testing/phone.ts';
import type { Fuzzer } from './fuzzer.ts';
import { playHandshake } from './handshake.ts';
import { candidateCorpus, descriptionCorpus, rtcpCorpus, rtpCorpus, stunCorpus } from './media-corpus.ts';
import { mutate } from './mutate.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { makeRandom, type Random } from './random.ts';
import { playTurn } from './turn.ts';
import { type Step, watch } from './watch.ts';

type Take = Step['take'];
const messagesInStep = 25;
/** More than anything that is protected has, with what protects it. */
const packetBytes = 2_048;

const header = emptyHeader();
const red = new RedReader();

/** A payload is read as everything that it might be. */
function readSound(packet: Buffer): string {
  if (!readRtp(packet, header)) return 'RTP: refused';
  const { payloadOffset, payloadLength, timestamp } = header;
  if (payloadOffset + payloadLength > packet.length) throw new Error('the payload ends behind the packet');
  const event = new TelephoneEventReceiver().put(packet, payloadOffset, payloadLength, timestamp, 0);
  if (!red.read(packet, payloadOffset, payloadLength)) return 'RTP';
  for (const { offset, length } of red.blocks.slice(0, red.count))
    if (offset < payloadOffset || offset + length > packet.length) throw new Error('a block is not in its packet');
  return event !== null ? 'RTP: event' : red.count > 1 ? 'RTP: redundant' : 'RTP';
}

function readReports(packet: Buffer): string {
  const compound = readRtcp(packet);
  if (compound === null) return 'RTCP: refused';
  if (compound.blocks.length > packet.length / 24) throw new Error('more blocks than there is room for');
  return compound.metrics.length > 0 ? 'RTCP: metrics' : 'RTCP';
}

function readBinding(packet: Buffer): string {
  const message = readStun(packet);
  if (message === null) return 'STUN: refused';
  readXorAddress(message);
  readErrorCode(message);
  return isAuthentic(packet, message, 'VOkJxbRl1RmTxUk/WvJxBt') ? 'STUN: authentic' : 'STUN';
}

function readSdp(bytes: Buffer): string {
  const read = readDescription(bytes.toString());
  if (read === null) return 'SDP: refused';
  return read.audio.some(({ crypto, dtls }) => crypto.length > 0 || dtls !== null) ? 'SDP: secure' : 'SDP';
}

/** What was read is written and read again: both have to be the same. */
function readCandidateLine(bytes: Buffer): string {
  const candidate = readCandidate(bytes.toString());
  if (candidate === null) return 'candidate: refused';
  const again = readCandidate(writeCandidate(candidate, null));
  if (JSON.stringify(again) !== JSON.stringify(candidate))
    throw new Error(`was read again as ${JSON.stringify(again)}`);
  return 'candidate';
}

/** A line of SDP again and again, another number, or lines in another order; or what text has in general. */
function mutateDescription(random: Random): Buffer {
  if (random.chance(30)) return mutate(descriptionCorpus, random);
  const lines = random.pick(descriptionCorpus).toString('latin1').split('\r\n');
  for (let left = 1 << random.below(3); left > 0; left--) {
    const at = random.below(lines.length);
    const line = lines[at] ?? '';
    const other = random.pick(descriptionCorpus).toString('latin1').split('\r\n');
    const change = random.below(5);
    if (change === 0) lines.splice(at, 1);
    else if (change === 1) lines.splice(at, 0, ...Array<string>(1 << random.below(11)).fill(line));
    else if (change === 2) lines.splice(random.below(lines.length), 0, other[random.below(other.length)] ?? '');
    else if (change === 3)
      lines[at] = line.replace(/\d+/, random.pick(['0', '-1', '65536', '4294967296', '9'.repeat(400), '1e9', '']));
    else lines[at] = line.slice(0, random.below(line.length + 1)) + line.slice(random.below(line.length + 1));
  }
  return Buffer.from(lines.join('\r\n'), 'latin1').subarray(0, 65_535);
}

const suiteNames: readonly [SrtpSuite, ...SrtpSuite[]] = [
  'AES_CM_128_HMAC_SHA1_80',
  'AES_CM_128_HMAC_SHA1_32',
  'AES_256_CM_HMAC_SHA1_80',
  'AEAD_AES_128_GCM',
  'AEAD_AES_256_GCM',
];

function makeKey(random: Random): SrtpKey {
  const suite = random.pick(suiteNames);
  const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => random.below(256));
  return {
    suite,
    key: bytes(suites[suite].keyBytes),
    salt: bytes(suites[suite].saltBytes),
    lifetime: random.chance(10) ? 10 : null,
    mki: random.chance(30) ? bytes(1 + random.below(8)) : null,
    plainRtcp: random.chance(30),
  };
}

/** A far end that has the key, and somebody in between who hasn't. */
async function playSrtp(random: Random, take: Take): Promise<void> {
  const key = makeKey(random);
  const sender = senderFor(key, null, () => {});
  const receiver = receiverFor(key, null);
  const authentic = new Set<string>();
  const sent: [Buffer, ...Buffer[]] = [Buffer.alloc(0)];
  for (let i = 0; i < messagesInStep; i++) {
    const buffer = Buffer.alloc(packetBytes);
    const rtcp = random.chance(20);
    const plain = random.pick(rtcp ? rtcpCorpus : rtpCorpus);
    plain.copy(buffer);
    if (!rtcp) buffer.writeUInt16BE((65_530 + i) & 0xffff, 2);
    const length = rtcp ? sender.protectRtcp(buffer, plain.length) : sender.protectRtp(buffer, plain.length);
    sent.push(buffer.subarray(0, length));
    authentic.add(buffer.toString('hex', 0, length));
    const bytes = random.chance(20) ? random.pick(sent) : mutateBytes(sent, random);
    const text = bytes.toString('hex');
    await take(bytes, () => {
      const packet = Buffer.from(bytes);
      const asRtcp = ((bytes[1] ?? 0) & 0xe0) === 0xc0;
      const opened = asRtcp
        ? receiver.unprotectRtcp(packet, packet.length)
        : receiver.unprotectRtp(packet, packet.length);
      if (opened > 0 && !authentic.delete(text)) throw new Error('a packet was taken that nobody sent, or twice');
      if (opened === 0 && packet.toString('hex') !== text) throw new Error('a refused packet was changed');
      return opened > 0 ? 'SRTP: taken' : 'SRTP: refused';
    });
  }
}

/** A call, and a far end that sends what it likes. */
async function playStream(random: Random, take: Take): Promise<void> {
  const phone = new Phone();
  // Nothing is kept of what the stream says.
  phone.rtp.take = () => {};
  phone.rtcp.take = () => {};
  try {
    const codec = random.chance(10) ? { codec: opusCodec } : {};
    await phone.stream.update(callSettings({ redundancyReceive: 121, ptime: random.pick([10, 20, 40]), ...codec }));
    for (let i = 0; i < messagesInStep; i++) {
      const good = Buffer.from(rtpCorpus[0]);
      good.writeUInt16BE((65_530 + i) & 0xffff, 2);
      good.writeUInt32BE((4_294_966_000 + i * 160) >>> 0, 4);
      const rtcp = random.chance(20);
      const bytes = random.chance(30) ? good : mutateBytes(rtcp ? rtcpCorpus : [good, good, ...rtpCorpus], random);
      await take(bytes, () => {
        if (rtcp) phone.stream.receiveRtcp(bytes, '192.0.2.9', 4_001, phone.nowMs);
        else phone.hear(bytes, random.chance(90) ? '192.0.2.9' : '198.51.100.1', random.chance(90) ? 4_000 : 9);
        for (let ticks = random.below(4); ticks > 0; ticks--) phone.tick();
        phone.digits.length = 0;
        return rtcp ? 'stream: RTCP' : 'stream: RTP';
      });
    }
    const { packetsReceived, packetsLost, concealedMs } = phone.stream.quality();
    for (const count of [packetsReceived, packetsLost, concealedMs])
      if (!(count >= 0 && count < 1e9)) throw new Error(`the statistics say ${count}`);
  } finally {
    phone.stream.close();
  }
}

interface Reading {
  make: (random: Random) => Buffer;
  read: (bytes: Buffer) => string;
}

const readings: readonly [Reading, ...Reading[]] = [
  { make: (random) => mutateBytes(rtpCorpus, random), read: readSound },
  { make: (random) => mutateBytes(rtcpCorpus, random), read: readReports },
  { make: (random) => mutateBytes(stunCorpus, random), read: readBinding },
  { make: mutateDescription, read: readSdp },
  { make: (random) => mutate(candidateCorpus, random), read: readCandidateLine },
];
async function play({ seed, take }: Step): Promise<void> {
  const random = makeRandom(seed);
  if (random.chance(2)) return playStream(random, take);
  if (random.chance(2)) return playSrtp(random, take);
  if (random.chance(1)) return playHandshake(random, take);
  if (random.chance(1)) return playTurn(random, take, rtpCorpus);
  const { make, read } = random.pick(readings);
  const bytes = make(random);
  return take(bytes, () => read(bytes));
}

export const media: Fuzzer = {
  name: 'media',
  meaning: 'reads mutated RTP, RTCP, SRTP, STUN, TURN, DTLS and SDP, and hears it in calls',
  run: (options) => watch(options, play),
};
