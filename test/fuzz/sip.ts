/** What strangers could send: everything that reads SIP takes it, in bounded time and memory. */
import { readInbound } from '@thinline/endpoint-adapter/sip/message/inbound.ts';
import { hasTorture, notTested, readTorture, tortureMessages } from '../conformance/torture.ts';
import { ipv6Messages } from '../conformance/torture-ipv6.ts';
import { flows } from './flows.ts';
import type { Fuzzer } from './fuzzer.ts';
import { mutate } from './mutate.ts';
import { makeRandom } from './random.ts';
import { readEverything } from './readings.ts';
import { watch } from './watch.ts';

/** Our flows twice, since they are the deeper ones. */
export function sipCorpus(): [Buffer, ...Buffer[]] {
  const ours = [...flows, ...flows, ...ipv6Messages.map(({ text }) => text)].map((text) => Buffer.from(text));
  const torture = hasTorture() ? tortureMessages.map(({ file }) => readTorture(file)) : [];
  return [Buffer.from(flows[0] ?? ''), ...ours, ...torture];
}

function read(bytes: Buffer, seed: number): string {
  const inbound = readInbound(bytes);
  if (inbound.kind === 'garbage') return `dropped: ${inbound.fault}`;
  readEverything(inbound.message, seed);
  return inbound.kind === 'refused' ? String(inbound.status) : inbound.message.status > 0 ? 'response' : 'request';
}

export const sip: Fuzzer = {
  name: 'sip',
  meaning: 'reads, checks and takes apart mutated SIP messages',
  run(options) {
    if (!hasTorture()) options.progress(`NOT USED: ${notTested}`);
    const corpus = sipCorpus();
    return watch(options, ({ seed, take }) => {
      const bytes = mutate(corpus, makeRandom(seed));
      return take(bytes, () => read(bytes, seed));
    });
  },
};
