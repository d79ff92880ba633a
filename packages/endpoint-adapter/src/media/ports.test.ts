import { expect, it } from 'vitest';
import { candidates, openRtpSockets } from './ports.ts';

it('tries every even port with an odd one after it, once', () => {
  expect(candidates(9_000, 9_007, 0)).toEqual([9_000, 9_002, 9_004, 9_006]);
  expect(candidates(9_000, 9_006, 0)).toEqual([9_000, 9_002, 9_004]);
  expect(candidates(9_001, 9_007, 0.99)).toEqual([9_006, 9_002, 9_004]);
  expect(candidates(9_000, 9_000, 0.5)).toEqual([]);
  expect(candidates(65_530, 70_000, 0)).toEqual([65_530, 65_532, 65_534]);
  expect(candidates(0, 2 ** 32 - 1, 0)).toHaveLength(32_768);
  expect(candidates(70_000, 2 ** 32 - 1, 0)).toEqual([]);
});

it('opens a pair, and none where it is taken', async () => {
  const pair = await openRtpSockets({ address: '127.0.0.1', portMin: 0, portMax: 0 });
  if (pair === null) throw new Error('no ports at all');
  const { rtpPort, rtcpPort } = pair.local;
  expect(rtpPort % 2).toBe(0);
  expect(rtcpPort).toBe(rtpPort + 1);
  expect(await openRtpSockets({ address: '127.0.0.1', portMin: rtpPort, portMax: rtcpPort })).toBeNull();
  pair.rtp.close();
  pair.rtcp.close();
});
