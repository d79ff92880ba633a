/** A far end in the test's own process: takes calls by SIP, keeps every sample that it hears, can send a tone. */
import type { RemoteInfo } from 'node:dgram';
import { offeredCodecs } from '@thinline/endpoint-adapter/call/codecs.ts';
import { plainPolicy } from '@thinline/endpoint-adapter/call/media-policy.ts';
import { type Agreement, Negotiation } from '@thinline/endpoint-adapter/call/negotiation.ts';
import type { Codec, Encoder } from '@thinline/endpoint-adapter/media/codecs/codec.ts';
import { findCodec, registryName } from '@thinline/endpoint-adapter/media/codecs/registry.ts';
import { openRtpSockets } from '@thinline/endpoint-adapter/media/ports.ts';
import {
  emptyHeader,
  headerBytes,
  maxPacketBytes,
  readRtp,
  writeRtpHeader,
} from '@thinline/endpoint-adapter/media/rtp.ts';
import type { LocalAddress } from '@thinline/endpoint-adapter/media/stream-settings.ts';
import type { Session } from '@thinline/endpoint-adapter/sip/session/session.ts';
import { openSipStack } from '@thinline/endpoint-adapter/sip/stack.ts';
import { makeLine } from '@thinline/endpoint-adapter/sip/testing/make-line.ts';
import { silent } from '@thinline/shared/log/log.ts';

const host = '127.0.0.1';
const user = 'far';
/** What its packets say that they are of. */
export const farSsrc = 0x5eed;
/** Of PCMU, which is what it speaks unless told otherwise. */
export const heardRate = 8000;
const packetMs = 20;
/** A minute of sound, more than any test needs. */
const longestS = 60;
/** The longest that one packet may hold. */
const decodedS = 0.12;

export interface FarEnd {
  /** host:port, for a phone's line as server. */
  address: string;
  user: string;
  /** Of its sound both ways, Hz. */
  rate: number;
  /** Answers by itself from now on; each call takes the place of the one before. */
  answers(): void;
  /** Once so many ms have been heard in this call, counted in packets. */
  heard(ms: number): Promise<void>;
  /** How many ms that are by now. */
  heardMs(): number;
  /** The longest wait for a packet, in ms, since this was last asked. */
  longestWait(): number;
  /** What was heard in this call, in the order of RTP's timestamps; silence where a packet is missing. */
  samples(): Int16Array;
  /** Sends this sound over and over, from the start of the call on. */
  say(sound: Int16Array): void;
  hangUp(): void;
  close(): Promise<void>;
}

export interface FarEndOptions {
  /**
   * Where phones are to send RTP to instead, a relay to the far end's own place. What the far end sends goes back to where
   * it hears from.
   */
  rtpVia?: (own: LocalAddress) => Promise<LocalAddress>;
  /** The only one that it speaks, by the registry's name; PCMU when not said. */
  codec?: string;
  /** Told of each offer and answer that is complete. */
  agreed?: (agreement: Agreement) => void;
}

function codecOf(name: string): Codec {
  const codec = findCodec(name);
  if (!codec) throw new Error(`There is no codec ${name}.`);
  return codec;
}

export async function startFarEnd(options: FarEndOptions = {}): Promise<FarEnd> {
  const codec = codecOf(options.codec ?? 'PCMU');
  const rate = codec.sampleRate;
  const packetSamples = (rate * packetMs) / 1000;
  const packetTicks = (codec.clockRate * packetMs) / 1000;
  const longest = rate * longestS;
  const stack = await openSipStack({ ports: { min: 0, max: 0 }, log: silent, userAgent: 'far end', addresses: [host] });
  const line = stack.addLine(makeLine({ id: user, user, server: `${host}:${stack.port}`, displayName: 'Far End' }));
  await line.start();

  let session: Session | null = null;
  let sound: Int16Array | null = null;
  let heard = new Int16Array(longest);
  let packets = 0;
  let packetAt = Number.NaN;
  let longestWait = 0;
  let first = -1;
  let end = 0;
  let wake = () => {};
  const clean: (() => void)[] = [];

  function noteGap(): void {
    const gap = performance.now() - packetAt;
    if (gap > longestWait) longestWait = gap;
  }

  async function openMedia(): Promise<Negotiation> {
    const sockets = await openRtpSockets({ address: host, portMin: 0, portMax: 0 });
    if (!sockets) throw new Error('no free pair of ports');
    const { rtpVia } = options;
    const { encoder, decoder } = await codec.open({ fmtp: codec.fmtp, ptime: packetMs });
    const media = new Negotiation(
      rtpVia ? await rtpVia(sockets.local) : sockets.local,
      plainPolicy(offeredCodecs([registryName(codec)])),
    );
    let payloadType = -1;
    const header = emptyHeader();
    heard = new Int16Array(longest);
    packets = 0;
    packetAt = Number.NaN;
    longestWait = 0;
    first = -1;
    end = 0;
    let heardFrom: RemoteInfo | null = null;
    sockets.rtp.on('message', (packet, from) => {
      heardFrom = from;
      if (!readRtp(packet, header) || header.payloadType !== payloadType) return;
      if (first < 0) first = header.timestamp;
      const at = ((header.timestamp - first) >>> 0) * (rate / codec.clockRate);
      if (at + rate * decodedS > longest) return;
      const payload = packet.subarray(header.payloadOffset, header.payloadOffset + header.payloadLength);
      end = Math.max(end, at + decoder.decode(payload, payload.length, heard.subarray(at)));
      packets += 1;
      noteGap();
      packetAt = performance.now();
      wake();
    });
    const speak = speaker(encoder, (packet, to) => {
      const place = rtpVia ? heardFrom : { port: to.remotePort, address: to.remoteAddress };
      if (place) sockets.rtp.send(packet, place.port, place.address, () => {});
    });
    media.agreed = (agreement) => {
      payloadType = agreement.codec.receivePayloadType;
      speak(agreement);
      options.agreed?.(agreement);
    };
    clean.push(() => {
      encoder.close();
      decoder.close();
      sockets.rtp.close();
      sockets.rtcp.close();
    });
    return media;
  }

  /** Paces packets of the sound to wherever was agreed last. */
  function speaker(
    encoder: Encoder,
    send: (packet: Uint8Array, to: Agreement) => void,
  ): (agreement: Agreement) => void {
    let to: Agreement | null = null;
    let sequence = 0;
    let next = 0;
    const packet = new Uint8Array(maxPacketBytes);
    const frame = new Int16Array(packetSamples);
    const tick = () => {
      if (sound && to) {
        const start = sequence * packetSamples;
        for (let i = 0; i < packetSamples; i++) frame[i] = sound[(start + i) % sound.length] ?? 0;
        const timestamp = sequence * packetTicks;
        writeRtpHeader(packet, to.codec.sendPayloadType, sequence === 0, sequence & 0xffff, timestamp, farSsrc);
        const bytes = encoder.encode(frame, packet, headerBytes);
        if (bytes > 0) send(packet.slice(0, headerBytes + bytes), to);
        sequence += 1;
      }
      next += packetMs;
      timer = setTimeout(tick, Math.max(0, next - performance.now()));
    };
    let timer: NodeJS.Timeout | undefined;
    clean.push(() => clearTimeout(timer));
    return (agreement) => {
      to = agreement;
      if (timer !== undefined) return;
      next = performance.now();
      tick();
    };
  }

  function follow(it: Session): void {
    session = it;
    it.once('ended', () => {
      session = null;
      for (const done of clean.splice(0)) done();
    });
  }

  return {
    address: `${host}:${stack.port}`,
    user,
    rate,
    answers: () => {
      line.on('incoming', (invite) => {
        void openMedia().then((media) => {
          const it = invite.take(media);
          follow(it);
          it.ring();
          it.answer();
        });
      });
    },
    heard: async (ms) => {
      while (packets * packetMs < ms) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    heardMs: () => packets * packetMs,
    longestWait: () => {
      noteGap();
      const gap = longestWait;
      longestWait = 0;
      return gap;
    },
    samples: () => heard.slice(0, end),
    say: (it) => {
      sound = it;
    },
    hangUp: () => session?.hangUp(),
    close: async () => {
      session?.hangUp();
      for (const done of clean.splice(0)) done();
      await stack.close();
    },
  };
}
