/**
 * A call with itself, before there is one: what is run for the first time is compiled first, and what a call needs for good is
 * made. Without it the first second of a call has beats that take many times their 10 ms, and pauses of garbage collection.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { frameSamples, sampleRate } from '../audio/driver.ts';
import type { Codec } from './codecs/codec.ts';
import { Engine } from './engine.ts';
import { Stream } from './stream.ts';
import { type LocalAddress, plainRtp, usualSound } from './stream-settings.ts';
import type { PacketEvents, PacketTransport } from './transport.ts';

const frameMs = 10;
/** Two seconds: after that, most of it is machine code. */
const beats = 200;
/** Between two looks at whether there is something better to do. */
const beatsAtOnce = 5;
/** One packet of so many doesn't come. */
const lossInterval = 16;
const payloadType = 96;

/** What is sent comes back at once. */
class Loopback implements PacketTransport {
  readonly local: LocalAddress = { address: '', rtpPort: 0, rtcpPort: 0 };
  /** Nobody asks where a packet is from. */
  readonly choosesPath = true;
  nowMs = 0;
  #events: PacketEvents | null = null;
  #packets = 0;

  start(events: PacketEvents): void {
    this.#events = events;
  }

  sendRtp(packet: Uint8Array, length: number): void {
    this.#packets++;
    if (this.#packets % lossInterval !== 0) this.#events?.onRtp(packet.subarray(0, length), '', 0, this.nowMs);
  }

  update(): void {}
  sendRtcp(): void {}
  close(): void {}
}

/** Stops as soon as `isBusy`. Rejects when the codec can't be opened. */
export async function warmUp(codec: Codec, isBusy: () => boolean): Promise<void> {
  const transport = new Loopback();
  const engine = new Engine();
  const stream = new Stream({
    id: 'warm-up',
    transport,
    findCodec: () => codec,
    sound: () => usualSound,
    onDigit: () => {},
    onTrouble: () => {},
    warn: () => {},
  });
  stream.start();
  try {
    await stream.update({
      remoteAddress: '',
      remotePort: 0,
      remoteRtcpPort: 0,
      direction: 'sendrecv',
      codec: { name: codec.name, sendPayloadType: payloadType, receivePayloadType: payloadType, fmtp: '' },
      telephoneEventSend: null,
      telephoneEventReceive: null,
      ptime: 20,
      ...plainRtp,
      muted: false,
      connected: true,
      conference: false,
    });
    engine.add(stream);
    const frame = Int16Array.from(
      { length: frameSamples },
      (_, i) => 3000 * Math.sin((2 * Math.PI * 300 * i) / sampleRate),
    );
    const startMs = performance.now();
    for (let beat = 0; beat < beats && !isBusy(); beat++) {
      if (beat % beatsAtOnce === 0) await nextTurn();
      transport.nowMs = startMs + beat * frameMs;
      engine.tick(frame, transport.nowMs);
    }
    engine.levels();
    stream.quality(transport.nowMs);
  } finally {
    stream.close();
  }
}
