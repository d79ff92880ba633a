import { describe, expect, it } from 'vitest';
import type { MediaDirection } from '../media/stream-settings.ts';
import { farSdp, opus, pcma, pcmu } from './fakes.ts';
import {
  type AudioDescription,
  answerDirection,
  chooseCodec,
  type Description,
  readDescription,
  redundancyOf,
  telephoneEventOf,
} from './sdp.ts';

const text = (...lines: string[]): string => [...lines, ''].join('\r\n');
const head = ['v=0', 'o=- 1 1 IN IP4 192.0.2.2', 's=-', 'c=IN IP4 192.0.2.2', 't=0 0'];

function describing(...lines: string[]): Description {
  const description = readDescription(text(...head, ...lines));
  if (!description) throw new Error('not usable');
  return description;
}

/** The first m-line of sound. */
function read(...lines: string[]): AudioDescription {
  const [audio] = describing(...lines).audio;
  if (!audio) throw new Error('no sound');
  return audio;
}

describe('answerDirection (RFC 3264 §6.1)', () => {
  it.each<[MediaDirection, MediaDirection, MediaDirection]>([
    ['sendrecv', 'sendrecv', 'sendrecv'],
    ['sendrecv', 'sendonly', 'sendonly'],
    ['sendrecv', 'recvonly', 'recvonly'],
    ['sendrecv', 'inactive', 'inactive'],
    ['sendonly', 'sendrecv', 'recvonly'],
    ['sendonly', 'sendonly', 'inactive'],
    ['sendonly', 'recvonly', 'recvonly'],
    ['sendonly', 'inactive', 'inactive'],
    ['recvonly', 'sendrecv', 'sendonly'],
    ['recvonly', 'sendonly', 'sendonly'],
    ['recvonly', 'recvonly', 'inactive'],
    ['recvonly', 'inactive', 'inactive'],
    ['inactive', 'sendrecv', 'inactive'],
    ['inactive', 'sendonly', 'inactive'],
    ['inactive', 'recvonly', 'inactive'],
    ['inactive', 'inactive', 'inactive'],
  ])('they offer %s, we want %s: %s', (theirs, wanted, answer) => {
    expect(answerDirection(theirs, wanted)).toBe(answer);
  });
});

describe('telephoneEventOf (RFC 4733 §2.4)', () => {
  const both = read(
    'm=audio 5004 RTP/AVP 0 96 97',
    'a=rtpmap:96 telephone-event/8000',
    'a=rtpmap:97 telephone-event/48000',
  );
  const narrow = read('m=audio 5004 RTP/AVP 0 96', 'a=rtpmap:96 TELEPHONE-EVENT/8000');

  it.each([
    ['the one of the clock rate', both, 48000, { clockRate: 48000, payloadType: 97 }],
    ['the one of the clock rate', both, 8000, { clockRate: 8000, payloadType: 96 }],
    ['that of 8000 Hz for want of another', narrow, 48000, { clockRate: 8000, payloadType: 96 }],
    ['none', read('m=audio 5004 RTP/AVP 0'), 8000, null],
  ])('%s', (_, remote, clockRate, event) => {
    expect(telephoneEventOf(remote, clockRate)).toEqual(event);
  });
});

describe('readDescription', () => {
  it('knows static payload types without rtpmap (RFC 3551 §6)', () => {
    expect(read('m=audio 5004 RTP/AVP 0 8 9 18').codecs.map((it) => `${it.name}/${it.clockRate}`)).toEqual([
      'PCMU/8000',
      'PCMA/8000',
      'G722/8000',
      'G729/8000',
    ]);
  });

  it('leaves out dynamic payload types without rtpmap, and numbers that are none', () => {
    expect(read('m=audio 5004 RTP/AVP 99 0 -1 128 1e1 x').codecs).toEqual([pcmu]);
  });

  it('lets an rtpmap have the last word over the static table', () => {
    const description = read('m=audio 5004 RTP/AVP 0', 'a=rtpmap:0 opus/48000/2', 'a=fmtp:0 stereo=1');
    expect(description.codecs).toEqual([{ ...opus, payloadType: 0, fmtp: 'stereo=1' }]);
  });

  it.each<[string, string[], MediaDirection]>([
    ['none', [], 'sendrecv'],
    ['of the session', ['a=inactive'], 'inactive'],
  ])('direction %s', (_, before, direction) => {
    expect(read(...before, 'm=audio 5004 RTP/AVP 0').direction).toBe(direction);
  });

  it('prefers the direction and the address of the m-line to those of the session', () => {
    const description = read('a=inactive', 'm=audio 5004 RTP/AVP 0', 'c=IN IP4 192.0.2.9', 'a=recvonly');
    expect(description).toMatchObject({ direction: 'recvonly', address: '192.0.2.9' });
  });

  it.each<[string, MediaDirection, MediaDirection]>([
    ['0.0.0.0', 'sendrecv', 'sendonly'],
    ['0.0.0.0', 'sendonly', 'sendonly'],
    ['0.0.0.0', 'recvonly', 'inactive'],
    ['0.0.0.0', 'inactive', 'inactive'],
  ])('takes the address %s as hold, %s as %s (RFC 3264 §8.4)', (address, says, means) => {
    expect(read('m=audio 5004 RTP/AVP 0', `c=IN IP4 ${address}`, `a=${says}`).direction).toBe(means);
  });

  it('takes the IPv6 address :: as hold', () => {
    expect(read('m=audio 5004 RTP/AVP 0', 'c=IN IP6 ::').direction).toBe('sendonly');
  });

  it.each([
    ['the next port', [], 5005],
    ['the port that a=rtcp names', ['a=rtcp:6001'], 6001],
    ['the next port, where a=rtcp names none', ['a=rtcp:0'], 5005],
  ])('sends RTCP to %s (RFC 3605)', (_, more, port) => {
    expect(read('m=audio 5004 RTP/AVP 0', ...more).rtcpPort).toBe(port);
  });

  it.each([
    ['nothing', ''],
    ['no audio', text(...head, 'm=video 5004 RTP/AVP 96')],
    ['port 0', text(...head, 'm=audio 0 RTP/AVP 0')],
    ['a port beyond 65535', text(...head, 'm=audio 65536 RTP/AVP 0')],
    ['another protocol', text(...head, 'm=audio 5004 TCP/RTP/AVP 0')],
    ['no address', text('v=0', 's=-', 't=0 0', 'm=audio 5004 RTP/AVP 0')],
    ['an address that is none', text(...head.slice(0, 3), 'c=IN IP4 12345', 't=0 0', 'm=audio 5004 RTP/AVP 0')],
    ['a name for an address', text(...head.slice(0, 3), 'c=IN IP4 far.example.org', 'm=audio 5004 RTP/AVP 0')],
    ['a malformed m-line', text(...head, 'm=audio')],
    ['more than 32 m-lines', text(...head, ...Array.from({ length: 33 }, () => 'm=audio 5004 RTP/AVP 0'))],
    ['a malformed m-line beside a good one', text(...head, 'm=audio 5004 RTP/AVP 0', 'm=video')],
    ['more than 16 KiB', text(...head, 'm=audio 5004 RTP/AVP 0', `a=x:${'x'.repeat(16_384)}`)],
  ])('finds nothing in a description with %s', (_, description) => {
    expect(readDescription(description)).toBeNull();
  });

  it('has no RTCP port above 65535', () => {
    const text = farSdp().replace('40000', '65535');
    expect(readDescription(text)?.audio).toMatchObject([{ rtpPort: 65_535, rtcpPort: 0 }]);
  });

  it('takes bare line feeds for line ends', () => {
    expect(readDescription([...head, 'm=audio 5004 RTP/AVP 0', ''].join('\n'))?.audio[0]?.codecs).toEqual([pcmu]);
  });

  it('keeps text as text where it looks like a number', () => {
    const description = read('m=audio 5004 RTP/AVP 0 96', 'a=rtpmap:96 123/8000', 'a=fmtp:0 7');
    expect(description.codecs.map((it) => [it.name, it.fmtp])).toEqual([
      ['PCMU', '7'],
      ['123', ''],
    ]);
  });

  it('has every m-line in its place, and of sound those that could be used', () => {
    const description = describing(
      'm=video 5000 RTP/AVP 96 97',
      'm=audio 5002 RTP/SAVP 0',
      'm=audio 0 RTP/AVP 0 8',
      'm=audio 5006/2 RTP/AVP 8',
      'a=mid:four',
      'm=application 5008 TCP/MRCPv2 1',
    );
    expect(description.audio.map((it) => [it.index, it.protocol, it.rtpPort])).toEqual([
      [1, 'RTP/SAVP', 5002],
      [3, 'RTP/AVP', 5006],
    ]);
    expect(description.lines.map((it) => `${it.type} ${it.protocol} ${it.formats} ${it.mid}`)).toEqual([
      'video RTP/AVP 96 ',
      'audio RTP/SAVP 0 ',
      'audio RTP/AVP 0 ',
      'audio RTP/AVP 8 four',
      'application TCP/MRCPv2 1 ',
    ]);
  });

  it('tells apart codecs, comfort noise, redundancy and telephone events', () => {
    const audio = read(
      'm=audio 5004 RTP/AVP 96 0 13 97 98 0',
      'a=rtpmap:96 opus/48000/2',
      'a=rtpmap:97 red/48000/2',
      'a=fmtp:97 96/96',
      'a=rtpmap:98 telephone-event/8000',
      'a=fmtp:98 0-16',
    );
    expect(audio.codecs.map((it) => it.name)).toEqual(['opus', 'PCMU']);
    expect(audio).toMatchObject({ comfortNoise: true, redundancy: [{ payloadType: 97, fmtp: '96/96' }] });
    expect([...audio.telephoneEvents]).toEqual([[8000, 98]]);
  });

  it('takes G722/16000 for what it is meant to be (RFC 3551 §4.5.2)', () => {
    expect(read('m=audio 5004 RTP/AVP 9', 'a=rtpmap:9 G722/16000').codecs).toMatchObject([
      { name: 'G722', clockRate: 8000 },
    ]);
  });

  it.each([
    ['ptime:20', 20],
    ['ptime:20.5', 20],
    ['ptime:0', null],
    ['ptime:-20', null],
    ['ptime:99999999999999999999', null],
    ['ptime:x', null],
    ['x:1', null],
  ])('a=%s says %s', (attribute, ptime) => {
    expect(read('m=audio 5004 RTP/AVP 0', `a=${attribute}`).ptime).toBe(ptime);
  });

  it.each([
    [[], 'no'],
    [['a=rtcp-mux'], 'yes'],
    [['a=rtcp-mux', 'a=rtcp-mux-only'], 'only'],
  ])('%j: RTCP at the port of RTP %s', (lines, rtcpMux) => {
    expect(read('m=audio 5004 RTP/AVP 0', ...lines).rtcpMux).toBe(rtcpMux);
  });

  it('knows of wanted reports of call quality, of the m-line or of the session', () => {
    expect(read('m=audio 5004 RTP/AVP 0').voipMetrics).toBe(false);
    expect(read('m=audio 5004 RTP/AVP 0', 'a=rtcp-xr:pkt-loss-rle voip-metrics').voipMetrics).toBe(true);
    expect(read('a=rtcp-xr:voip-metrics', 'm=audio 5004 RTP/AVP 0').voipMetrics).toBe(true);
  });

  it('does not take an address of zeros for hold where ICE says the address', () => {
    const ice = ['a=ice-ufrag:abcd', 'a=ice-pwd:abcdefghijklmnopqrstuv'];
    expect(read('m=audio 9 RTP/AVP 0', 'c=IN IP4 0.0.0.0', ...ice).direction).toBe('sendrecv');
  });
});

describe('redundancyOf (RFC 2198)', () => {
  const audio = read(
    'm=audio 5004 RTP/AVP 0 8 96 97 98',
    'a=rtpmap:96 red/8000',
    'a=fmtp:96 0/0',
    'a=rtpmap:97 opus/48000/2',
    'a=rtpmap:98 red/48000/2',
  );

  it.each([
    ['that has the codec inside', pcmu, 96],
    ['that says nothing of what is inside', { ...opus, payloadType: 97 }, 98],
    ['none, where it has another inside', pcma, undefined],
  ])('%s', (_, codec, payloadType) => {
    expect(redundancyOf(audio, codec)?.payloadType).toBe(payloadType);
  });
});

describe('chooseCodec', () => {
  it('takes the first of ours that they have, whatever the payload type and the case', () => {
    const theirs = [
      { ...pcma, payloadType: 97 },
      { ...pcmu, name: 'pcmu' },
    ];
    expect(chooseCodec([opus, pcmu, pcma], theirs)).toEqual({ ours: pcmu, theirs: theirs[1] });
  });

  it('tells clock rates and channels apart', () => {
    expect(chooseCodec([opus], [{ ...opus, channels: 1 }])).toBeNull();
    expect(chooseCodec([pcmu], [{ ...pcmu, clockRate: 16000 }])).toBeNull();
  });
});
