import { describe, expect, it } from 'vitest';
import { opus, pcma, pcmu } from '../fakes.ts';
import { type OfferedCodec, readDescription } from '../sdp.ts';
import { answeredFormats, freeTypes, offeredFormats } from './formats.ts';

const all = { discontinuous: true, redundancy: true };
const nothing = { discontinuous: false, redundancy: false };
const g722: OfferedCodec = { name: 'G722', payloadType: 9, clockRate: 8000, channels: 1, fmtp: '' };
const shown = (formats: readonly OfferedCodec[]) =>
  formats.map((it) => `${it.payloadType} ${it.name}/${it.clockRate}${it.fmtp && ` ${it.fmtp}`}`);

describe('offeredFormats', () => {
  it('has codecs, comfort noise, redundancy for the first that can be redundant, and telephone events', () => {
    expect(shown(offeredFormats([opus, g722, pcmu, pcma], all))).toEqual([
      '110 opus/48000 useinbandfec=1',
      '9 G722/8000',
      '0 PCMU/8000',
      '8 PCMA/8000',
      '13 CN/8000',
      '111 red/48000 110/110',
      '101 telephone-event/8000 0-15',
    ]);
  });

  it('has codecs and telephone events alone where nothing else is wanted', () => {
    expect(shown(offeredFormats([pcmu], nothing))).toEqual(['0 PCMU/8000', '101 telephone-event/8000 0-15']);
  });

  it('has telephone events at 8000 Hz alone, whatever the codecs, and comfort noise only with codecs of that clock', () => {
    expect(shown(offeredFormats([{ ...opus, payloadType: 101 }], { ...all, redundancy: false }))).toEqual([
      '101 opus/48000 useinbandfec=1',
      '110 telephone-event/8000 0-15',
    ]);
  });

  it('gives no number twice, and none that there isn’t', () => {
    const many = Array.from({ length: 31 }, (_, index) => ({ ...pcmu, payloadType: 96 + index }));
    const types = offeredFormats(many, all).map((it) => it.payloadType);
    expect(new Set(types).size).toBe(types.length);
    expect(Math.max(...types)).toBeLessThan(128);
  });
});

describe('freeTypes', () => {
  it('is 110 to 127 and 96 to 109 without what has a custom, each once', () => {
    const free = freeTypes([111]);
    const types = Array.from({ length: 40 }, () => free()).filter((it) => it !== undefined);
    expect(types.slice(0, 3)).toEqual([110, 112, 113]);
    expect(new Set(types).size).toBe(30);
    expect(types).not.toContain(101);
  });
});

describe('answeredFormats', () => {
  const offer = readDescription(
    [
      'c=IN IP4 192.0.2.2',
      'm=audio 5004 RTP/AVP 0 8 96 13 97 98 99',
      'a=rtpmap:96 opus/48000/2',
      'a=rtpmap:97 red/8000',
      'a=fmtp:97 8/8',
      'a=rtpmap:98 telephone-event/8000',
      'a=rtpmap:99 telephone-event/48000',
    ].join('\n'),
  )?.audio[0];
  const answered = (ours: OfferedCodec, payloadType: number, policy = all) =>
    offer && shown(answeredFormats({ ours, theirs: { ...ours, payloadType, fmtp: '' } }, offer, policy));

  it.each<[string, OfferedCodec, number, string[]]>([
    ['PCMA', pcma, 8, ['8 PCMA/8000', '13 CN/8000', '97 red/8000 8/8', '98 telephone-event/8000 0-15']],
    ['PCMU, which is in no redundancy', pcmu, 0, ['0 PCMU/8000', '13 CN/8000', '98 telephone-event/8000 0-15']],
    ['Opus', opus, 96, ['96 opus/48000 useinbandfec=1', '99 telephone-event/48000 0-15']],
  ])('%s, and what goes with it, by the numbers of the offer', (_, ours, payloadType, formats) => {
    expect(answered(ours, payloadType)).toEqual(formats);
  });

  it('has neither comfort noise nor redundancy where they are not wanted', () => {
    expect(answered(pcma, 8, nothing)).toEqual(['8 PCMA/8000', '98 telephone-event/8000 0-15']);
  });
});
