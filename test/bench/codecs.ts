/** What each codec costs: sound that is like speech through encoder and decoder, as 20 ms of it. */
import { type Codec, packetLength } from '@thinline/endpoint-adapter/media/codecs/codec.ts';
import {
  codecs as all,
  findCodec,
  loadCodecs,
  registryName,
} from '@thinline/endpoint-adapter/media/codecs/registry.ts';
import { speechLike } from '@thinline/endpoint-adapter/media/testing/sound.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { summary } from './statistics.ts';

const seconds = 2;
const unitMs = 20;

interface Variant {
  what: string;
  codec: Codec;
  fmtp: string;
  complexity?: number;
}

interface Cost {
  encode: number;
  decode: number;
  conceal: number;
}

/** µs for each 20 ms, over the whole of the sound. */
async function once({ codec, fmtp, complexity }: Variant): Promise<Cost> {
  const { encoder, decoder } = await codec.open({ fmtp, localFmtp: fmtp, ptime: unitMs });
  if (complexity !== undefined) encoder.adapt({ lossRate: 0, complexity, discontinuous: false });
  const ms = packetLength(encoder, unitMs);
  const samples = (codec.sampleRate * ms) / 1000;
  const count = (seconds * 1000) / ms;
  const sound = speechLike(codec.sampleRate, Math.floor(count) * samples);
  const frames = Array.from({ length: Math.floor(count) }, (_, i) => sound.subarray(i * samples, (i + 1) * samples));
  const packets = frames.map(() => new Uint8Array(1_400));
  const lengths = new Int32Array(frames.length);
  const out = new Int16Array(codec.sampleRate / 8);
  const perUnit = (from: number): number => ((performance.now() - from) * 1000 * unitMs) / (frames.length * ms);

  let begin = performance.now();
  for (const [i, frame] of frames.entries()) lengths[i] = encoder.encode(frame, packets[i] ?? new Uint8Array(0), 0);
  const encode = perUnit(begin);
  begin = performance.now();
  for (const [i, packet] of packets.entries()) decoder.decode(packet, lengths[i] ?? 0, out);
  const decode = perUnit(begin);
  begin = performance.now();
  for (const _ of frames) decoder.conceal(samples, out);
  const conceal = perUnit(begin);
  encoder.close();
  decoder.close();
  return { encode, decode, conceal };
}

function variants(loaded: readonly Codec[]): Variant[] {
  const opus = findCodec('opus', loaded);
  const complexities = [0, 1, 2, 3, 4, 5, 8, 10];
  const bands = [
    { what: 'opus, wide band at 24 kbit/s', fmtp: 'useinbandfec=1;maxplaybackrate=16000;maxaveragebitrate=24000' },
    { what: 'opus, wide band at 32 kbit/s', fmtp: 'useinbandfec=1;maxplaybackrate=16000' },
  ];
  return [
    ...loaded.map((codec) => ({ what: registryName(codec), codec, fmtp: codec.fmtp })),
    ...(opus ? complexities : []).flatMap((complexity) =>
      opus ? [{ what: `opus, complexity ${complexity}`, codec: opus, fmtp: opus.fmtp, complexity }] : [],
    ),
    ...bands.flatMap((band) => (opus ? [{ ...band, codec: opus }] : [])),
  ];
}

export const codecs: Benchmark = {
  name: 'codecs',
  meaning: 'what each codec costs, µs for 20 ms of sound: encode, decode and conceal',
  peers: [],
  async run({ runs, progress }) {
    const measured = variants(await loadCodecs(progress, all));
    const costs = new Map<Variant, Cost[]>(measured.map((variant) => [variant, []]));
    // One after the other in each run, so that what else the machine does meets all alike. The first run warms up.
    for (let run = 0; run <= runs; run++) {
      for (const [variant, found] of costs) {
        const cost = await once(variant);
        if (run > 0) found.push(cost);
      }
    }
    return [...costs].flatMap(([{ what }, found]) =>
      (['encode', 'decode', 'conceal'] as const).map((which): Figure => {
        const result = summary(found.map((cost) => cost[which]));
        progress(`${what}: ${which} ${result.median} µs`);
        return { name: `${what} ${which}`, what: `${what}: ${which} 20 ms`, unit: 'µs', results: { thinline: result } };
      }),
    );
  },
};
