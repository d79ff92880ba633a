import { describe, expect, it } from 'vitest';
import type { OfferedCodec } from '../sdp.ts';
import { answeredFmtp, ownsSilence, packetTime, sendingFmtp, shortened, withBitrate, withSilence } from './fmtp.ts';

const codec = (name: string, fmtp = '', more: Partial<OfferedCodec> = {}): OfferedCodec => ({
  name,
  payloadType: 96,
  clockRate: 8000,
  channels: 1,
  fmtp,
  ...more,
});

describe('iLBC (RFC 3952)', () => {
  it.each([
    ['mode=20', 'mode=20', 20],
    ['mode=20', 'Mode = 30', 30],
    ['mode=30', 'mode=20', 30],
    ['mode=20', '', 30],
  ])('we "%s", they "%s": frames of %s ms', (ours, theirs, mode) => {
    const pair = [codec('iLBC', ours), codec('ilbc', theirs)] as const;
    expect(answeredFmtp(...pair)).toBe(`mode=${mode}`);
    expect(sendingFmtp(...pair)).toBe(`mode=${mode}`);
    expect(packetTime(10, null, ...pair)).toBe(mode);
    expect(packetTime(60, null, ...pair)).toBe(60);
    expect(packetTime(50, null, ...pair)).toBe(mode === 20 ? 40 : 30);
  });
});

describe('G.729 (RFC 4856)', () => {
  it.each([
    ['', '', true, ''],
    ['annexb=yes', 'annexb=no', false, 'annexb=no'],
    ['annexb=NO', '', false, 'annexb=no'],
    ['annexb=yes', '', true, 'annexb=yes'],
  ])('we "%s", they "%s": silence of its own: %s', (ours, theirs, silence, answered) => {
    const pair = [codec('G729', ours), codec('G729', theirs)] as const;
    expect(ownsSilence(...pair)).toBe(silence);
    expect(answeredFmtp(...pair)).toBe(answered);
    expect(/annexb=no/.test(sendingFmtp(...pair))).toBe(!silence);
  });
});

describe('Opus (RFC 7587)', () => {
  it('is sent as the far end wants it', () => {
    expect(sendingFmtp(codec('opus', 'stereo=0'), codec('opus', 'cbr=1;useinbandfec=1'))).toBe('cbr=1;useinbandfec=1');
  });

  it.each([
    ['', 'maxaveragebitrate=24000'],
    ['maxaveragebitrate=64000; cbr=1', 'maxaveragebitrate=24000;cbr=1'],
    ['maxaveragebitrate=16000; cbr=1', 'maxaveragebitrate=16000; cbr=1'],
    ['maxaveragebitrate=x', 'maxaveragebitrate=24000'],
  ])('is sent with 24000 bit/s at most where they say "%s"', (theirs, sent) => {
    expect(sendingFmtp(codec('opus', '', { bitrate: 24_000 }), codec('opus', theirs))).toBe(sent);
  });

  it.each([
    ['opus', 'useinbandfec=1;maxaveragebitrate=32000;stereo=0', 'useinbandfec=1'],
    ['opus', 'stereo=0', ''],
    ['G729', 'annexb=no', 'annexb=no'],
  ])('%s "%s" is offered as "%s"', (name, fmtp, said) => {
    expect(shortened(name, fmtp)).toBe(said);
  });

  it('has silence of its own where the far end says so', () => {
    expect(ownsSilence(codec('opus', 'usedtx=1'), codec('opus', 'usedtx=1'))).toBe(true);
    expect(ownsSilence(codec('opus', 'usedtx=1'), codec('opus', ''))).toBe(false);
  });

  it.each([
    ['opus', 'cbr=1', 'cbr=1;usedtx=1'],
    ['opus', 'usedtx=0', 'usedtx=0'],
    ['PCMU', '', ''],
  ])('%s "%s" asks for silence as nothing', (name, fmtp, silent) => {
    expect(withSilence(codec(name, fmtp))).toBe(silent);
  });

  it.each([
    ['opus', 'stereo=0', 'stereo=0;maxaveragebitrate=24000'],
    ['opus', 'maxaveragebitrate=32000;stereo=0', 'maxaveragebitrate=24000;stereo=0'],
    ['iSAC', '', 'maxbitrate=24000'],
    ['PCMU', '', ''],
  ])('%s "%s" asks for 24000 bit/s at most', (name, fmtp, with24) => {
    expect(withBitrate(name, fmtp, 24_000)).toBe(with24);
  });
});

describe('packetTime', () => {
  const pcmu = codec('PCMU');

  it.each([
    [20, null, 20],
    [30, null, 30],
    [33, null, 30],
    [5, null, 10],
    [200, null, 60],
    [40, 30, 30],
    [20, 5, 10],
    [60, 9999, 60],
  ])('%s ms, at most %s: %s', (wanted, most, ptime) => {
    expect(packetTime(wanted, most, pcmu, pcmu)).toBe(ptime);
  });

  it('is whole frames of iSAC', () => {
    expect(packetTime(20, null, codec('iSAC'), codec('iSAC'))).toBe(30);
    expect(packetTime(60, null, codec('iSAC'), codec('iSAC'))).toBe(60);
  });

  it('reads no more of hostile fmtp than it has to', () => {
    expect(sendingFmtp(codec('iLBC', 'mode=20'), codec('iLBC', 'a;'.repeat(5000))).length).toBeLessThan(100);
  });
});
