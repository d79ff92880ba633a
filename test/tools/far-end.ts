/** A far end in the test's own process: takes and makes calls by SIP, keeps every sample that it hears, can send a tone. */
import type { RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { offeredCodecs } from '@thinline/endpoint-adapter/call/codecs.ts';
import { plainPolicy } from '@thinline/endpoint-adapter/call/media-policy.ts';
import { type Agreement, Negotiation } from '@thinline/endpoint-adapter/call/negotiation.ts';
import { pcmu } from '@thinline/endpoint-adapter/media/codecs/pcmu.ts';
import { openRtpSockets } from '@thinline/endpoint-adapter/media/ports.ts';
import { emptyHeader, headerBytes, readRtp, writeRtpHeader } from '@thinline/endpoint-adapter/media/rtp.ts';
import type { LocalAddress } from '@thinline/endpoint-adapter/media/stream-settings.ts';
import type { Session } from '@thinline/endpoint-adapter/sip/session/session.ts';
import { openSipStack } from '@thinline/endpoint-adapter/sip/stack.ts';
import { makeLine } from '@thinline/endpoint-adapter/sip/testing/make-line.ts';
import { silent } from '@thinline/shared/log/log.ts';

const host = '127.0.0.1';
const user = 'far';
/** Of PCMU, which is all that it speaks. */
export const heardRate = 8000;
const packetSamples = 160;
/** A minute of sound, more than any test needs. */
const longest = heardRate * 60;

export interface FarEnd {
  /** host:port, for a phone's line as server. */
  address: string;
  user: string;
  /** Answers by itself from now on; each call takes the place of the one before. */
  answers(): void;
  /** Calls a phone by its SIP port. */
  call(phone: { user: string; port: number }): Promise<void>;
  /** Once so many ms have been heard in this call, counted in packets. */
  heard(ms: number): Promise<void>;
  /** The longest wait for a packet, in ms, since this was last asked. */
  longestWait(): number;
  /** What was heard in this call, in the order of RTP's timestamps; silence where a packet is missing. */
  samples(): Int16Array;
  /** Sends this sound over and over, from the start of the call on. */
  say(sound: Int16Array): void;
  hangUp(): void;
  close(): Promise<void>;
}

/**
 * rtpVia: where phones are to send RTP to instead, a relay to the far end's own place. What the far end sends goes back to
 * where it hears from.
 */
export async function startFarEnd(
  options: { rtpVia?: (own: LocalAddress) => Promise<LocalAddress> } = {},
): Promise<FarEnd> {
  const { encoder, decoder } = await pcmu.open();
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
    const media = new Negotiation(
      rtpVia ? await rtpVia(sockets.local) : sockets.local,
      plainPolicy(offeredCodecs(['PCMU'])),
    );
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
      if (!readRtp(packet, header) || header.payloadType !== 0) return;
      if (first < 0) first = header.timestamp;
      const at = (header.timestamp - first) >>> 0;
      if (at + header.payloadLength > longest) return;
      const payload = packet.subarray(header.payloadOffset, header.payloadOffset + header.payloadLength);
      decoder.decode(payload, payload.length, heard.subarray(at));
      end = Math.max(end, at + header.payloadLength);
      packets += 1;
      noteGap();
      packetAt = performance.now();
      wake();
    });
    media.agreed = speaker((packet, to) => {
      const place = rtpVia ? heardFrom : { port: to.remotePort, address: to.remoteAddress };
      if (place) sockets.rtp.send(packet, place.port, place.address, () => {});
    });
    clean.push(() => {
      sockets.rtp.close();
      sockets.rtcp.close();
    });
    return media;
  }

  /** Paces packets of the sound to wherever was agreed last. */
  function speaker(send: (packet: Uint8Array, to: Agreement) => void): (agreement: Agreement) => void {
    let to: Agreement | null = null;
    let sequence = 0;
    let next = 0;
    const packet = new Uint8Array(headerBytes + packetSamples);
    const frame = new Int16Array(packetSamples);
    const tick = () => {
      if (sound && to) {
        const start = sequence * packetSamples;
        for (let i = 0; i < packetSamples; i++) frame[i] = sound[(start + i) % sound.length] ?? 0;
        writeRtpHeader(packet, to.codec.sendPayloadType, sequence === 0, sequence & 0xffff, start, 0x5eed);
        encoder.encode(frame, packet, headerBytes);
        send(packet.slice(), to);
        sequence += 1;
      }
      next += 20;
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
    call: async (phone) => {
      const it = line.invite(`sip:${phone.user}@${host}:${phone.port}`, await openMedia());
      follow(it);
      await once(it, 'confirmed');
    },
    heard: async (ms) => {
      while (packets * 20 < ms) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
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
