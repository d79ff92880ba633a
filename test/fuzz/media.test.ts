/** 20 s of fuzzing, the same each time; npm run fuzz does more of it, and other. */
import { expect, test } from 'vitest';
import { media } from './media.ts';

test('everything that reads sound survives 20 s of mutated packets', { timeout: 60_000 }, async () => {
  const result = await media.run({ seed: 1, count: 1_000_000, seconds: 20, progress: () => {} });
  expect(result.faults.map(({ seed, what }) => `${seed}: ${what}`)).toEqual([]);
  // Otherwise nothing of it were fuzzed but the first look at it.
  for (const outcome of [
    ...[
      'RTP',
      'RTP: event',
      'RTP: redundant',
      'RTCP',
      'RTCP: metrics',
      'STUN',
      'STUN: authentic',
      'SDP',
      'SDP: secure',
    ],
    ...['SRTP: taken', 'SRTP: refused', 'stream: RTP', 'stream: RTCP'],
  ])
    expect(result.outcomes[outcome], outcome).toBeGreaterThan(10);
});
