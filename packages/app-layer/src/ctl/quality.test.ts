import type { CallQuality } from '@thinline/shared/contract/types.ts';
import { expect, test } from 'vitest';
import { qualityText } from './quality.ts';

const bare: CallQuality = {
  callId: 'c1',
  packetsSent: 100,
  packetsReceived: 95,
  packetsLost: 5,
  packetsDiscarded: 2,
  concealedMs: 100,
  longestGapMs: 20,
};

test('leaves out what is not known', () => {
  expect(qualityText(bare)).toEqual([
    'c1  sent 100  received 95  lost 5  too late 2',
    '  sound  made up 100.0 ms  longest gap 20.0 ms',
  ]);
});

test('tells what is known, a line for each matter', () => {
  const metrics = {
    lossRate: 0.02,
    discardRate: 0,
    burstDensity: 0,
    gapDensity: 0,
    burstMs: 0,
    gapMs: 0,
    endSystemMs: 0,
  };
  const buffers = { bufferNominalMs: 30, bufferMaxMs: 50, bufferAbsoluteMaxMs: 200 };
  const lines = qualityText({
    ...bare,
    networkLevel: 'POOR',
    lossRate: 0.0123,
    discardRate: 0,
    burstDensity: 0.5,
    burstMs: 80,
    gapDensity: 0,
    roundTripMs: 40,
    jitterMs: 3.5,
    rating: { mosListening: 4.41, r: 90.8, mosConversational: 4.36 },
    intervalRating: { mosListening: 3.2 },
    codec: { name: 'opus', clockRate: 48_000, payloadType: 111, packetMs: 20, bitrate: 32_000, redundancy: 1 },
    security: '',
    sentDbfs: -20,
    remoteLoss: 0.04,
    remoteMetrics: { ...metrics, ...buffers, r: 71 },
  });
  expect(lines).toEqual([
    'c1  sent 100  received 95  lost 5  too late 2  network poor',
    '  MOS  listening 4.4  conversation 4.4  R 91',
    '  MOS, last 5 s  listening 3.2',
    '  missing  lost 1.2 %  discarded 0.0 %  in bursts 50.0 %  of 80.0 ms  between them 0.0 %',
    '  delay  round trip 40.0 ms  jitter 3.5 ms',
    '  sound  made up 100.0 ms  longest gap 20.0 ms',
    '  level  sent -20.0 dBFS',
    '  sends  opus/48000 (111)  20 ms a packet  32 kbit/s  1 earlier in each  not encrypted',
    '  far end  loss 4.0 %',
    '  far end, whole call  loss 2.0 %  discarded 0.0 %  R 71  buffer 30.0 ms',
  ]);
});
