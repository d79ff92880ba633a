/** A minute of fuzzing, the same each time; npm run fuzz does more of it, and other. */
import { expect, test } from 'vitest';
import { told } from './fuzzer.ts';
import { media } from './media.ts';

test('everything that reads sound survives a minute of mutated packets', { timeout: 150_000 }, async () => {
  const result = await media.run({ seed: 1, count: 1_000_000, seconds: 60, progress: () => {} });
  expect(result.faults.map(told)).toEqual([]);
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
    ...['DTLS', 'DTLS: message', 'TURN', 'TURN: sound', 'candidate', 'candidate: refused'],
  ])
    expect(result.outcomes[outcome], outcome).toBeGreaterThan(10);
});
