/** Listens on the way to a far end: how much of the agent's tone is missing there, and which digits came. */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Agreement } from '@thinline/endpoint-adapter/call/negotiation.ts';
import { expand } from '@thinline/endpoint-adapter/media/codecs/pcmu.ts';
import { emptyHeader, readRtp } from '@thinline/endpoint-adapter/media/rtp.ts';
import type { LocalAddress } from '@thinline/endpoint-adapter/media/stream-settings.ts';
import { TelephoneEventReceiver } from '@thinline/endpoint-adapter/media/telephone-event.ts';
import { until } from '../peers/until.ts';
import { toneLevel } from '../tools/tone.ts';

const host = '127.0.0.1';
const rate = 8000;
const packetMs = 20;
/** Of a tone of -10 dBFS nothing comes below that but silence and what is cut off. */
const heardDbfs = -20;

/** Since the ear was asked last; ms. */
export interface Heard {
  soundMs: number;
  /** Of packets that never came, counted by their numbers. */
  lostMs: number;
  /** Of packets without the tone. */
  silentMs: number;
  /** The longest wait for a packet. */
  longestWaitMs: number;
  /** The longest time for which this process could not have taken one. */
  ownDelayMs: number;
}

export interface Ear {
  /** For startFarEnd. */
  rtpVia(own: LocalAddress): Promise<LocalAddress>;
  agreed(agreement: Agreement): void;
  heard(): Heard;
  /** Once so much more sound has come, ms. */
  hear(ms: number): Promise<void>;
  /** All that came by telephone events so far (RFC 4733). */
  readonly digits: string;
  stop(): Promise<void>;
}

const nothing = (): Heard => ({ soundMs: 0, lostMs: 0, silentMs: 0, longestWaitMs: 0, ownDelayMs: 0 });

export function openEar(hz: number): Ear {
  const sockets: Socket[] = [];
  const header = emptyHeader();
  const events = new TelephoneEventReceiver();
  const samples = new Int16Array(rate);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  let soundType = -1;
  let eventType: number | null = null;
  let digits = '';
  let total = 0;
  let last = -1;
  let at = Number.NaN;
  let heard = nothing();

  const noteWait = (): void => {
    const wait = performance.now() - at;
    if (wait > heard.longestWaitMs) heard.longestWaitMs = wait;
  };

  const listen = (packet: Uint8Array): void => {
    if (!readRtp(packet, header)) return;
    const { payloadType, payloadOffset, payloadLength, sequence, timestamp } = header;
    if (payloadType !== soundType && payloadType !== eventType) return;
    noteWait();
    at = performance.now();
    if (last >= 0) heard.lostMs += Math.max(0, ((sequence - last) & 0xffff) - 1) * packetMs;
    last = sequence;
    if (payloadType === eventType) {
      digits += events.put(packet, payloadOffset, payloadLength, timestamp, at) ?? '';
      return;
    }
    for (let i = 0; i < payloadLength; i++) samples[i] = expand(packet[payloadOffset + i] ?? 0);
    const ms = (payloadLength * 1000) / rate;
    heard.soundMs += ms;
    total += ms;
    if (toneLevel(samples.subarray(0, payloadLength), hz, rate) < heardDbfs) heard.silentMs += ms;
  };

  /** Passes packets on to one port of the far end, and back to wherever they came from. */
  async function relay(port: number, tap: (packet: Uint8Array) => void): Promise<number> {
    const socket = createSocket('udp4');
    sockets.push(socket);
    let phone: RemoteInfo | null = null;
    socket.on('message', (packet, from) => {
      if (from.port === port) {
        if (phone) socket.send(packet, phone.port, phone.address, () => {});
        return;
      }
      phone = from;
      tap(packet);
      socket.send(packet, port, host, () => {});
    });
    socket.bind(0, host);
    await once(socket, 'listening');
    return socket.address().port;
  }

  return {
    async rtpVia({ rtpPort, rtcpPort }) {
      last = -1;
      at = Number.NaN;
      return { address: host, rtpPort: await relay(rtpPort, listen), rtcpPort: await relay(rtcpPort, () => {}) };
    },
    agreed({ codec, telephoneEventReceive }) {
      soundType = codec.receivePayloadType;
      eventType = telephoneEventReceive;
    },
    heard() {
      noteWait();
      const it = { ...heard, ownDelayMs: delay.max / 1e6 };
      heard = nothing();
      delay.reset();
      return it;
    },
    async hear(ms) {
      const enough = total + ms;
      await until(`${ms} ms more are heard`, () => total >= enough);
    },
    get digits() {
      return digits;
    },
    async stop() {
      delay.disable();
      for (const socket of sockets.splice(0)) {
        socket.close();
        await once(socket, 'close');
      }
    },
  };
}
