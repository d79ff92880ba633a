import type { CodecSettings } from '@thinline/shared/contract/types.ts';
import { describe, expect, it } from 'vitest';
import { configuredCodecs, missingCodecs, offeredCodecs, workerName } from './codecs.ts';

const wanted = (name: string, more: Partial<CodecSettings> = {}): CodecSettings => ({
  name,
  clockRate: 8000,
  channels: 1,
  payloadType: 0,
  fmtp: '',
  ptime: 0,
  bitrate: 0,
  ...more,
});
const opus = (more: Partial<CodecSettings> = {}) => wanted('opus', { clockRate: 48_000, channels: 2, ...more });

describe('offeredCodecs', () => {
  it('has those of the registry, in the order that was asked for', () => {
    expect(offeredCodecs(['pcmu', 'speex', 'opus']).map((it) => [it.name, it.payloadType])).toEqual([
      ['PCMU', 0],
      ['opus', 110],
    ]);
  });
});

describe('configuredCodecs', () => {
  const available = ['opus', 'PCMA', 'PCMU'];

  it('has what is configured and there, in the order of the configuration', () => {
    const codecs = configuredCodecs([wanted('pcmu'), wanted('iLBC'), opus(), wanted('PCMA')], available);
    expect(codecs.map((it) => [it.name, it.payloadType])).toEqual([
      ['PCMU', 0],
      ['opus', 110],
      ['PCMA', 8],
    ]);
    expect(codecs[1]?.fmtp).toContain('useinbandfec=1');
  });

  it('keeps configured numbers, and gives others those that are left', () => {
    const codecs = configuredCodecs([opus(), wanted('PCMU', { payloadType: 110 })], available);
    expect(codecs.map((it) => it.payloadType)).toEqual([111, 110]);
  });

  it('gives no number twice', () => {
    const codecs = configuredCodecs([opus({ payloadType: 96 }), wanted('PCMU', { payloadType: 96 })], available);
    expect(codecs.map((it) => it.payloadType)).toEqual([96, 110]);
  });

  it('says what is configured about a codec instead of what it says of itself', () => {
    const [codec] = configuredCodecs([opus({ fmtp: 'cbr=1', ptime: 40, bitrate: 24_000 })], available);
    expect(codec).toMatchObject({ fmtp: 'cbr=1;maxaveragebitrate=24000', ptime: 40, bitrate: 24_000 });
  });

  it('tells codecs of one name apart by their clock rate', () => {
    const isac = [wanted('iSAC', { clockRate: 32_000 }), wanted('iSAC', { clockRate: 16_000 })];
    expect(configuredCodecs(isac, ['iSAC/16000'])).toMatchObject([{ name: 'iSAC', clockRate: 16_000 }]);
    expect(configuredCodecs(isac, ['iSAC/16000', 'iSAC/32000']).map(workerName)).toEqual(['iSAC/32000', 'iSAC/16000']);
    expect(missingCodecs(isac, ['iSAC/16000'])).toEqual(['iSAC/32000']);
  });

  it('knows what is missing', () => {
    expect(missingCodecs([wanted('pcmu'), wanted('iLBC'), opus()], available)).toEqual(['iLBC/8000']);
  });
});
