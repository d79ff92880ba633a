/** What is measured of a call, in tests: nothing but what is given. */
import type { CallQuality } from '../../../src/panel/api.ts';

export const qualityOf = (said: Partial<CallQuality> = {}): CallQuality => ({
  callId: 'call1',
  packetsSent: 0,
  packetsReceived: 0,
  packetsLost: 0,
  packetsDiscarded: 0,
  concealedMs: 0,
  longestGapMs: 0,
  ...said,
});
