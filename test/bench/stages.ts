/** What each stage of the media worker costs for 10 ms of sound: CPU time of the thread, in virtual time. */
import { frameSamples, sampleRate } from '@thinline/endpoint-adapter/audio/driver.ts';
import { packetLength } from '@thinline/endpoint-adapter/media/codecs/codec.ts';
import { codecs, findCodec, loadCodecs } from '@thinline/endpoint-adapter/media/codecs/registry.ts';
import { Concealment } from '@thinline/endpoint-adapter/media/concealment.ts';
import { Engine, type EngineStream } from '@thinline/endpoint-adapter/media/engine.ts';
import { JitterBuffer, type MediaPacket } from '@thinline/endpoint-adapter/media/jitter-buffer.ts';
import { VoiceProcessing, type VoiceSettings } from '@thinline/endpoint-adapter/media/processing/voice-processing.ts';
import { makeResampler } from '@thinline/endpoint-adapter/media/resampler.ts';
import { receiverFor } from '@thinline/endpoint-adapter/media/srtp/srtp-receiver.ts';
import { senderFor } from '@thinline/endpoint-adapter/media/srtp/srtp-sender.ts';
import { testKey } from '@thinline/endpoint-adapter/media/srtp/testing/packets.ts';
import { callSettings, farAddress, opusCodec, Phone } from '@thinline/endpoint-adapter/media/testing/phone.ts';
import { speechLike } from '@thinline/endpoint-adapter/media/testing/sound.ts';
import { TimeScale } from '@thinline/endpoint-adapter/media/time-scale.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { summary } from './statistics.ts';

interface Measured {
  what: string;
  /** For so many frames of 10 ms. */
  run(frames: number): void;
  close?(): void;
}

const frameMs = 10;
const packetMs = 20;
/** ms of a sample, as the clock of CPU time may tick every 4 ms only; frames, a whole number of packets' worth. */
const leastSample = 80;
const leastFrames = 1_000;
/** RTP with 20 ms of G.711. */
const plainBytes = 172;

const soundAt = (rate: number): ((n: number) => Int16Array) => {
  const length = (rate * frameMs) / 1000;
  const sound = speechLike(rate, 2 * rate);
  const frames = Array.from({ length: sound.length / length }, (_, i) => sound.subarray(i * length, (i + 1) * length));
  return (n) => frames[n % frames.length] ?? sound.subarray(0, length);
};

function resampler(from: number, to: number): Measured {
  const frame = soundAt(from);
  const it = makeResampler(from, to, (from * frameMs) / 1000);
  const out = new Int16Array((to * frameMs) / 1000);
  return {
    what: `resampler, ${from / 1000} to ${to / 1000} kHz`,
    run(frames) {
      for (let i = 0; i < frames; i++) it.process(frame(i), out);
    },
  };
}

async function codec(name: string): Promise<Measured[]> {
  const found = findCodec(name, codecs);
  if (!found) throw new Error(`There is no codec ${name}.`);
  const { encoder, decoder } = await found.open({ fmtp: found.fmtp, ptime: packetMs });
  const ms = packetLength(encoder, packetMs);
  const length = (found.sampleRate * ms) / 1000;
  const sound = speechLike(found.sampleRate, 100 * length);
  const packets = Array.from({ length: 100 }, () => new Uint8Array(1_400));
  const bytes = packets.map((packet, i) => encoder.encode(sound.subarray(i * length, (i + 1) * length), packet, 0));
  const out = new Int16Array(found.sampleRate / 8);
  const empty = new Uint8Array(0);
  return [
    {
      what: `encoder, ${name}`,
      run(frames) {
        for (let i = 0; i < (frames * frameMs) / ms; i++) {
          const at = (i % 100) * length;
          encoder.encode(sound.subarray(at, at + length), packets[0] ?? empty, 0);
        }
      },
      close: () => encoder.close(),
    },
    {
      what: `decoder, ${name}`,
      run(frames) {
        // The first one is written over by the encoder's measurement.
        for (let i = 0; i < (frames * frameMs) / ms; i++) {
          const n = 1 + (i % 99);
          decoder.decode(packets[n] ?? empty, bytes[n] ?? 0, out);
        }
      },
    },
    {
      what: `concealment, ${name}, every other packet of 20 ms`,
      run(frames) {
        for (let i = 0; i < (frames * frameMs) / packetMs; i++) {
          const n = 1 + (i % 99);
          decoder.decode(packets[n] ?? empty, bytes[n] ?? 0, out);
          decoder.conceal((found.sampleRate * packetMs) / 1000, out);
        }
      },
      close: () => decoder.close(),
    },
  ];
}

function jitterBuffer(): Measured {
  const buffer = new JitterBuffer(8_000, false);
  const packet: MediaPacket = {
    sequence: 70_000,
    timestamp: 0,
    duration: 8 * packetMs,
    silence: false,
    redundant: false,
    payload: new Uint8Array(8 * packetMs),
    offset: 0,
    length: 8 * packetMs,
  };
  let [nowMs, queuedMs] = [0, 0];
  return {
    what: 'jitter buffer, in and out',
    run(frames) {
      for (let i = 0; i < frames; i++) {
        nowMs += frameMs;
        if (i % 2 === 0) {
          buffer.put(packet, nowMs - 1);
          packet.sequence++;
          packet.timestamp = (packet.timestamp + packet.duration) >>> 0;
        }
        while (queuedMs < frameMs) {
          const pulled = buffer.pull(nowMs, queuedMs);
          queuedMs += pulled === 'packet' ? (buffer.slot.duration - buffer.skip) / 8 : frameMs;
        }
        queuedMs -= frameMs;
      }
    },
  };
}

function concealment(rate: number): Measured {
  const frame = soundAt(rate);
  const it = new Concealment(rate);
  const out = new Int16Array((rate * frameMs) / 1000);
  return {
    what: `concealment alone, ${rate / 1000} kHz, every other 10 ms`,
    run(frames) {
      for (let i = 0; i < frames; i++) {
        it.heard(frame(2 * i), out.length);
        it.fill(out, out.length);
      }
    },
  };
}

function timeScale(rate: number): Measured {
  const frame = soundAt(rate);
  const length = (rate * frameMs) / 1000;
  const it = new TimeScale(rate, 10 * length);
  const sound = new Int16Array(10 * length);
  return {
    what: `time-scale, ${rate / 1000} kHz, a period out of 20 ms or into it`,
    run(frames) {
      for (let i = 0; i < frames; i += 2) {
        sound.set(frame(i));
        sound.set(frame(i + 1), length);
        if (i % 4 === 0) it.shorten(sound, 2 * length, 15, false, true);
        else it.lengthen(sound, 2 * length, false);
      }
    },
  };
}

const nothing: VoiceSettings = {
  echo: false,
  noise: 'off',
  sendGain: false,
  receiveGain: false,
  highPass: false,
  limiter: false,
};
const processings: readonly [string, VoiceSettings][] = [
  ['all off', nothing],
  ['high-pass', { ...nothing, highPass: true }],
  ['echo', { ...nothing, echo: true }],
  ['moderate noise', { ...nothing, noise: 'moderate' }],
  ['strong noise', { ...nothing, noise: 'strong' }],
  ['send gain', { ...nothing, sendGain: true }],
  ['receive gain', { ...nothing, receiveGain: true }],
  ['limiter', { ...nothing, limiter: true }],
  ['all on, moderate noise', { echo: true, noise: 'moderate', sendGain: true, receiveGain: true }],
  ['all on, strong noise', { echo: true, noise: 'strong', sendGain: true, receiveGain: true }],
];

/** Null, and a line of progress, where the machine has no such engine. */
async function processing(
  name: string,
  settings: VoiceSettings,
  progress: (text: string) => void,
): Promise<Measured | null> {
  const it = new VoiceProcessing();
  const missing = await it.set(settings);
  if (missing !== null) {
    progress(`voice processing, ${name}: not measured, ${missing}`);
    it.close();
    return null;
  }
  const frame = soundAt(sampleRate);
  const played = new Int16Array(frameSamples);
  const captured = new Int16Array(frameSamples);
  return {
    what: `voice processing, ${name}`,
    run(frames) {
      for (let i = 0; i < frames; i++) {
        played.set(frame(i + 50));
        captured.set(frame(i));
        it.render(played);
        it.capture(captured);
      }
    },
    close: () => it.close(),
  };
}

function mix(count: number, conference: boolean): Measured {
  const frame = soundAt(sampleRate);
  const engine = new Engine();
  for (let stream = 0; stream < count; stream++) {
    let n = stream * 7;
    const it: EngineStream = {
      connected: true,
      conference,
      send: () => {},
      receive: (_, out) => {
        out.set(frame(n++));
        return true;
      },
    };
    engine.add(it);
  }
  let nowMs = 0;
  return {
    what: conference ? `mix, conference of ${count} calls` : 'mix, one call',
    run(frames) {
      for (let i = 0; i < frames; i++) {
        nowMs += frameMs;
        engine.tick(frame(i), nowMs);
      }
    },
  };
}

function srtp(suite: Parameters<typeof testKey>[0]): Measured {
  const sender = senderFor(testKey(suite), null, () => {});
  const receiver = receiverFor(testKey(suite), null);
  const packet = new Uint8Array(256);
  let sequence = 0;
  return {
    what: `SRTP, ${suite}, both ways`,
    run(frames) {
      for (let i = 0; i < (frames * frameMs) / packetMs; i++) {
        packet[0] = 0x80;
        packet[2] = sequence >>> 8;
        packet[3] = sequence;
        sequence = (sequence + 1) & 0xffff;
        if (receiver.unprotectRtp(packet, sender.protectRtp(packet, plainBytes)) !== plainBytes) {
          throw new Error(`${suite} doesn't come back`);
        }
      }
    },
  };
}

/** All of a call but devices, voice processing and sockets; what it sends comes back to it. */
async function wholeCall(name: 'PCMU' | 'opus'): Promise<Measured> {
  const phone = new Phone();
  await phone.stream.update(callSettings(name === 'opus' ? { codec: opusCodec } : {}));
  const engine = new Engine();
  engine.add(phone.stream);
  const frame = soundAt(sampleRate);
  const back = new Uint8Array(1_472);
  let length = 0;
  phone.rtp.take = (packet) => {
    back.set(packet);
    length = packet.length;
  };
  return {
    what: `a call with ${name}, without devices, voice processing and sockets`,
    run(frames) {
      for (let i = 0; i < frames; i++) {
        phone.nowMs += frameMs;
        engine.tick(frame(i), phone.nowMs);
        if (length > 0) phone.stream.receiveRtp(back.subarray(0, length), farAddress, 4_000, phone.nowMs);
        length = 0;
      }
    },
    close: () => phone.stream.close(),
  };
}

const cpuMicroseconds = (): number => {
  const { user, system } = process.threadCpuUsage();
  return user + system;
};

export const stages: Benchmark = {
  name: 'stages',
  meaning: 'what each stage of the media worker costs, µs of CPU time for 10 ms of sound',
  peers: [],
  async run({ runs, progress }) {
    await loadCodecs(progress, codecs);
    const voice: Measured[] = [];
    for (const [name, settings] of processings) {
      const it = await processing(name, settings, progress);
      if (it !== null) voice.push(it);
    }
    const all: Measured[] = [
      ...[8_000, 16_000].flatMap((rate) => [resampler(sampleRate, rate), resampler(rate, sampleRate)]),
      ...(await Promise.all(['PCMU', 'PCMA', 'G722', 'opus'].map(codec))).flat(),
      jitterBuffer(),
      ...[8_000, 16_000].flatMap((rate) => [concealment(rate), timeScale(rate)]),
      ...voice,
      ...[mix(1, false), mix(6, true)],
      ...(['AES_CM_128_HMAC_SHA1_80', 'AES_256_CM_HMAC_SHA1_80', 'AEAD_AES_128_GCM'] as const).map(srtp),
      ...[await wholeCall('PCMU'), await wholeCall('opus')],
    ];
    const figures = all.map(({ what, run, close }): Figure => {
      const cost = (frames: number): number => {
        const before = cpuMicroseconds();
        run(frames);
        return cpuMicroseconds() - before;
      };
      // What is compiled is fast only after a while; that is over by the time a sample is long enough.
      let frames = leastFrames;
      while (cost(frames) < leastSample * 1_000) frames *= 2;
      const result = summary(Array.from({ length: runs }, () => cost(frames) / frames));
      progress(`${what}: ${result.median} µs`);
      close?.();
      return { name: what, what, unit: 'µs', results: { thinline: result } };
    });
    return figures;
  },
};
