/** What protecting sound costs: CPU time of the thread, each suite, each way. */
import { receiverFor } from '@thinline/endpoint-adapter/media/srtp/srtp-receiver.ts';
import { senderFor } from '@thinline/endpoint-adapter/media/srtp/srtp-sender.ts';
import { suiteNames, testKey } from '@thinline/endpoint-adapter/media/srtp/testing/packets.ts';
import type { SrtpSuite } from '@thinline/endpoint-adapter/media/stream-settings.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { summary } from './statistics.ts';

/** In one sample: the clock of CPU time ticks every few ms. */
const packets = 10_000;
const perThousand = packets / 1_000;
/** RTP with 20 ms of G.711. */
const plainBytes = 172;
/** What is compiled is fast only then. */
const warmUps = 2;

const cpuMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** ms of CPU time for 1,000 packets, which is µs for one. */
function measure(suite: SrtpSuite, samples: number): { protecting: number[]; checking: number[] } {
  const sender = senderFor(testKey(suite), null, () => {});
  const receiver = receiverFor(testKey(suite), null);
  const buffers = Array.from({ length: packets }, () => new Uint8Array(256));
  const lengths = new Uint16Array(packets);
  const [protecting, checking]: [number[], number[]] = [[], []];
  let sequence = 0;
  for (let sample = -warmUps; sample < samples; sample++) {
    for (const buffer of buffers) {
      buffer[0] = 0x80;
      buffer[2] = sequence >>> 8;
      buffer[3] = sequence;
      sequence = (sequence + 1) & 0xffff;
    }
    const began = cpuMs();
    for (const [i, buffer] of buffers.entries()) lengths[i] = sender.protectRtp(buffer, plainBytes);
    const between = cpuMs();
    for (const [i, buffer] of buffers.entries())
      if (receiver.unprotectRtp(buffer, lengths[i] ?? 0) !== plainBytes) throw new Error(`${suite} doesn't come back`);
    const ended = cpuMs();
    if (sample < 0) continue;
    protecting.push((between - began) / perThousand);
    checking.push((ended - between) / perThousand);
  }
  return { protecting, checking };
}

export const srtp: Benchmark = {
  name: 'srtp',
  meaning: 'what SRTP costs a packet, in CPU time',
  peers: [],
  async run({ runs, progress }) {
    return suiteNames.flatMap((suite): Figure[] => {
      const { protecting, checking } = measure(suite, runs);
      progress(suite);
      const what = `1,000 RTP packets of ${plainBytes} bytes with ${suite}, CPU time`;
      return [
        {
          name: `${suite}.protect`,
          what: `protecting ${what}`,
          unit: 'ms',
          results: { thinline: summary(protecting) },
        },
        { name: `${suite}.check`, what: `checking ${what}`, unit: 'ms', results: { thinline: summary(checking) } },
      ];
    });
  },
};
