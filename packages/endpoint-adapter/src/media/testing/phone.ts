/** A stream without a network: what it sends is collected or handed on, and time is what the test says. */

import { EventEmitter } from 'node:events';
import { findCodec } from '../codecs/registry.ts';
import type { PacketSocket } from '../packet-socket.ts';
import type { RtpSockets } from '../ports.ts';
import { emptyHeader, type RtpHeader, readRtp } from '../rtp.ts';
import { Stream, type StreamTrouble } from '../stream.ts';
import { plainRtp, type SoundSettings, type StreamSettings, usualSound } from '../stream-settings.ts';
import { PlainTransport } from '../transport.ts';

type Take = (packet: Uint8Array) => void;

class FakeSocket extends EventEmitter {
  take: Take = () => {};

  address(): { port: number; family: string } {
    return { port: 2, family: 'IPv4' };
  }

  send(packet: Uint8Array, offset: number, length: number): void {
    this.take(packet.subarray(offset, offset + length));
  }

  close(): void {}
}

export const farAddress = '192.0.2.9';

export const callSettings = (change: Partial<StreamSettings> = {}): StreamSettings => ({
  remoteAddress: farAddress,
  remotePort: 4_000,
  remoteRtcpPort: 4_001,
  direction: 'sendrecv',
  codec: { name: 'PCMU', sendPayloadType: 0, receivePayloadType: 0, fmtp: '' },
  telephoneEventSend: 101,
  telephoneEventReceive: 101,
  ptime: 20,
  ...plainRtp,
  muted: false,
  connected: true,
  conference: false,
  ...change,
});

export const opusCodec = { name: 'opus', sendPayloadType: 111, receivePayloadType: 111, fmtp: 'useinbandfec=1' };

export interface SentPacket extends RtpHeader {
  bytes: Uint8Array;
}

export class Phone {
  readonly stream: Stream;
  readonly sent: SentPacket[] = [];
  readonly reports: Uint8Array[] = [];
  readonly digits: string[] = [];
  readonly troubles: StreamTrouble[] = [];
  readonly rtp = new FakeSocket();
  readonly rtcp = new FakeSocket();
  nowMs = 1_000;
  readonly silence = new Int16Array(480);
  readonly heard = new Int16Array(480);

  constructor(sound: Partial<SoundSettings> = {}) {
    const local = { address: '127.0.0.1', rtpPort: 2, rtcpPort: 3 };
    const sockets: RtpSockets<PacketSocket> = { rtp: this.rtp, rtcp: this.rtcp, local };
    this.rtp.take = (packet) => this.sent.push(parsed(packet));
    this.rtcp.take = (packet) => this.reports.push(packet.slice());
    this.stream = new Stream({
      id: 'call',
      transport: new PlainTransport(sockets),
      findCodec: (name) => findCodec(name),
      sound: () => ({ ...usualSound, ...sound }),
      onTrouble: (trouble) => this.troubles.push(trouble),
      onDigit: (digit) => this.digits.push(digit),
      warn: () => {},
    });
    this.stream.start();
  }

  /** One tick: 10 ms of this to the far end, 10 ms from it into `heard`. */
  tick(microphone: Int16Array = this.silence): void {
    this.nowMs += 10;
    this.stream.send(microphone, this.silence);
    if (!this.stream.receive(this.nowMs, this.heard)) this.heard.fill(0);
  }

  /** A report of the far end's (RFC 3550 §6.4.2), of so much loss of what was sent. */
  hearReport(loss: number): void {
    const packet = new Uint8Array(32);
    const view = new DataView(packet.buffer);
    view.setUint32(0, 0x81c9_0007);
    view.setUint32(4, 5);
    view.setUint32(8, this.sent[0]?.ssrc ?? 0);
    packet[12] = Math.round(loss * 256);
    this.stream.receiveRtcp(packet, farAddress, 4_001, this.nowMs);
  }

  /** A packet from the far end, as if it came now. */
  hear(packet: Uint8Array, address = farAddress, port = 4_000): void {
    this.stream.receiveRtp(packet, address, port, this.nowMs);
  }
}

function parsed(packet: Uint8Array): SentPacket {
  const header = emptyHeader();
  const bytes = packet.slice();
  if (!readRtp(bytes, header)) throw new Error('the stream sent something that is not RTP');
  return { ...header, bytes };
}
