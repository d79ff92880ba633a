import { describe, expect, it } from 'vitest';
import { BurstGap } from '../quality/burst-gap.ts';
import { Ratings } from '../quality/ratings.ts';
import { voipMetrics } from '../quality/voip-metrics.ts';
import { nothingReceived } from './receive-path.ts';
import { FarEnd, type QualityFacts, quality } from './statistics.ts';

const block = {
  ssrc: 1,
  fractionLost: 64,
  lost: 9,
  highestSequence: 0,
  jitter: 80,
  lastReport: 0,
  delaySinceLastReport: 0,
};
const buffer = { delayMs: 40, targetMs: 35, late: 3, duplicate: 1, dropped: 2, restarts: 0, recovered: 0 };
const codec = { name: 'PCMU', payloadType: 0, clockRate: 8_000, packetMs: 20, bitrate: 64_000, redundancy: 0 };

const facts = (change: Partial<QualityFacts> = {}): QualityFacts => ({
  callId: 'one',
  sent: { packets: 100, octets: 16_000 },
  packetsReceived: 0,
  packetsLost: 0,
  jitterMs: 0,
  buffer: null,
  totals: nothingReceived(),
  farEnd: new FarEnd(),
  ...change,
});

/** 100 packets, 5 of them in a burst lost. */
function fullFacts(): QualityFacts {
  const fates = new BurstGap();
  for (let i = 0; i < 100; i++) fates.put(i >= 50 && i < 55 ? 'lost' : 'received');
  const farEnd = new FarEnd();
  farEnd.report(block, 8_000, 60);
  return facts({
    packetsReceived: 95,
    packetsLost: 5,
    jitterMs: 3,
    buffer,
    farEnd,
    nowMs: 1_000,
    fates,
    ratings: new Ratings(),
    codec,
    sentDbfs: -20,
    receivedDbfs: -23,
    security: '',
  });
}

it('leaves out what is not known', () => {
  expect(quality(facts())).toEqual({
    callId: 'one',
    packetsSent: 100,
    packetsReceived: 0,
    packetsLost: 0,
    packetsDiscarded: 0,
    ...nothingReceived(),
    octetsSent: 16_000,
  });
  const empty = { fates: new BurstGap(), ratings: new Ratings(), codec, nowMs: 0 };
  expect(quality(facts(empty))).not.toHaveProperty('lossRate');
  expect(quality(facts(empty))).not.toHaveProperty('rating');
});

it('puts loss, delay and rating together', () => {
  const it = quality(fullFacts());
  expect(it).toMatchObject({
    lossRate: 0.05,
    discardRate: 0,
    burstDensity: 1,
    gapDensity: 0,
    burstMs: 100,
    gapMs: 1_900,
  });
  expect(it).toMatchObject({ packetsDiscarded: 5, remoteLoss: 0.25, remoteJitterMs: 10, remotePacketsLost: 9 });
  expect(it).toMatchObject({ jitterMs: 3, bufferMs: 40, bufferTargetMs: 35, sentDbfs: -20, security: '', codec });
  // Half of 60, 40 in the buffer, a packet of 20, the devices' 30.
  expect(it.oneWayDelayMs).toBe(120);
  expect(it.rating?.mosConversational).toBeLessThan(it.rating?.mosListening ?? 0);
  expect(it.intervals).toBe(0);
});

it('rates intervals as they end', () => {
  const full = fullFacts();
  quality(full);
  const later = quality({ ...full, nowMs: 6_000 });
  expect(later).toMatchObject({ intervals: 1, networkLevel: 'BAD' });
  expect(later.intervalRating).toEqual(later.rating);
});

describe('RTCP XR', () => {
  it('tells the far end what is known', () => {
    expect(voipMetrics(quality(fullFacts()), 7)).toMatchObject({
      ssrc: 7,
      lossRate: 0.05,
      burstMs: 100,
      roundTripMs: 60,
      endSystemMs: 90,
      signalDbm: -23 + 3.14,
      gmin: 16,
      nominalMs: 35,
    });
    expect(voipMetrics(quality(facts()), 7)).toBeNull();
    const silent = { ...quality(fullFacts()), receivedDbfs: -90 };
    expect(voipMetrics(silent, 7)).toMatchObject({ signalDbm: null });
  });

  it('is kept from the far end, without what it did not know', () => {
    const farEnd = new FarEnd();
    const told = voipMetrics(quality(fullFacts()), 7);
    if (told !== null) farEnd.metrics({ ...told, roundTripMs: null, signalDbm: null });
    farEnd.sender({ ntpSeconds: 1, ntpFraction: 2, rtpTimestamp: 3, packets: 44, octets: 55 });
    const { remoteMetrics, remotePacketsSent, remoteOctetsSent } = quality(facts({ farEnd }));
    expect(remoteMetrics).toMatchObject({ lossRate: 0.05, burstMs: 100, endSystemMs: 90 });
    expect(remoteMetrics).not.toHaveProperty('roundTripMs');
    expect(remoteMetrics).not.toHaveProperty('signalDbm');
    expect([remotePacketsSent, remoteOctetsSent]).toEqual([44, 55]);
  });
});
