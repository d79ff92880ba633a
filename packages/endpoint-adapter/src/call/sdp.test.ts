import { describe, expect, it } from 'vitest';
import type { MediaDirection } from '../media/stream-settings.ts';
import { farSdp, opus, pcma, pcmu } from './fakes.ts';
import {
  answerDirection,
  chooseCodec,
  type LocalDescription,
  type RemoteDescription,
  readDescription,
  telephoneEventOf,
  writeAnswer,
  writeOffer,
} from './sdp.ts';

const local: LocalDescription = {
  address: '192.0.2.1',
  rtpPort: 9000,
  rtcpPort: 9001,
  sessionId: 7,
  version: 3,
  direction: 'sendrecv',
  ptime: 20,
};

const text = (...lines: string[]): string => [...lines, ''].join('\r\n');
const head = ['v=0', 'o=- 1 1 IN IP4 192.0.2.2', 's=-', 'c=IN IP4 192.0.2.2', 't=0 0'];

function read(...lines: string[]): RemoteDescription {
  const description = readDescription(text(...head, ...lines));
  if (!description) throw new Error('not usable');
  return description;
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

describe('writeOffer', () => {
  it('names every codec in order, and a telephone-event for each clock rate among them', () => {
    expect(writeOffer(local, [opus, pcmu, pcma])).toBe(
      text(
        'v=0',
        'o=- 7 3 IN IP4 192.0.2.1',
        's=Thinline',
        'c=IN IP4 192.0.2.1',
        't=0 0',
        'm=audio 9000 RTP/AVP 110 0 8 101 102',
        'a=rtpmap:110 opus/48000/2',
        'a=rtpmap:0 PCMU/8000',
        'a=rtpmap:8 PCMA/8000',
        'a=rtpmap:101 telephone-event/8000',
        'a=rtpmap:102 telephone-event/48000',
        'a=fmtp:110 useinbandfec=1',
        'a=fmtp:101 0-16',
        'a=fmtp:102 0-16',
        'a=ptime:20',
        'a=sendrecv',
      ),
    );
  });

  it('says where RTCP goes when that is not the next port (RFC 3605)', () => {
    expect(writeOffer(local, [pcmu])).not.toContain('a=rtcp:');
    expect(writeOffer({ ...local, rtcpPort: 9005 }, [pcmu])).toContain('a=rtcp:9005');
  });

  it('speaks of IPv6 where the address is one', () => {
    const offer = writeOffer({ ...local, address: '2001:db8::1' }, [pcmu]);
    expect(offer).toContain('c=IN IP6 2001:db8::1');
    expect(readDescription(offer)?.address).toBe('2001:db8::1');
  });

  it('is read back as it was meant', () => {
    const description = readDescription(writeOffer({ ...local, direction: 'sendonly' }, [opus, pcmu, pcma]));
    expect(description).toMatchObject({
      address: '192.0.2.1',
      rtpPort: 9000,
      rtcpPort: 9001,
      direction: 'sendonly',
      codecs: [opus, pcmu, pcma],
    });
    expect([...(description?.telephoneEvents ?? [])]).toEqual([
      [8000, 101],
      [48000, 102],
    ]);
  });
});

describe('writeAnswer', () => {
  it('keeps every m-line in its place and rejects all but ours with port 0 (RFC 3264 §6)', () => {
    const remote = read(
      'm=video 5000 RTP/AVP 96',
      'a=rtpmap:96 VP8/90000',
      'm=audio 5002 RTP/SAVP 0',
      'm=audio 5004 RTP/AVP 0 8',
      'm=audio 5006 RTP/AVP 8',
      'm=application 5008 TCP/MRCPv2 1',
    );
    const answer = writeAnswer(local, remote, pcmu);
    expect(answer.match(/^m=.*$/gm)).toEqual([
      'm=video 0 RTP/AVP 96',
      'm=audio 0 RTP/SAVP 0',
      'm=audio 9000 RTP/AVP 0',
      'm=audio 0 RTP/AVP 8',
      'm=application 0 TCP/MRCPv2 1',
    ]);
  });

  it('has one codec and the telephone-event of the offer, with its payload type', () => {
    const remote = read(
      'm=audio 5004 RTP/AVP 0 96 97',
      'a=rtpmap:96 telephone-event/8000',
      'a=rtpmap:97 telephone-event/48000',
    );
    const answer = writeAnswer(local, remote, pcmu);
    expect(answer).toContain('m=audio 9000 RTP/AVP 0 96\r\n');
    expect(answer).toContain('a=rtpmap:96 telephone-event/8000');
  });

  it('has no telephone-event that was not offered', () => {
    expect(writeAnswer(local, read('m=audio 5004 RTP/AVP 0'), pcmu)).not.toContain('telephone-event');
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
    ['SRTP only', text(...head, 'm=audio 5004 RTP/SAVP 0', 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x')],
    ['DTLS only', text(...head, 'm=audio 5004 UDP/TLS/RTP/SAVPF 0')],
    ['no address', text('v=0', 's=-', 't=0 0', 'm=audio 5004 RTP/AVP 0')],
    ['an address that is none', text(...head.slice(0, 3), 'c=IN IP4 12345', 't=0 0', 'm=audio 5004 RTP/AVP 0')],
    ['a name for an address', text(...head.slice(0, 3), 'c=IN IP4 far.example.org', 'm=audio 5004 RTP/AVP 0')],
    ['a malformed m-line', text(...head, 'm=audio')],
    ['a malformed m-line beside a good one', text(...head, 'm=audio 5004 RTP/AVP 0', 'm=video')],
    ['more than 16 KiB', text(...head, 'm=audio 5004 RTP/AVP 0', `a=x:${'x'.repeat(16_384)}`)],
  ])('finds nothing in a description with %s', (_, description) => {
    expect(readDescription(description)).toBeNull();
  });

  it('has no RTCP port above 65535', () => {
    const text = farSdp().replace('40000', '65535');
    expect(readDescription(text)).toMatchObject({ rtpPort: 65_535, rtcpPort: 0 });
  });

  it('takes bare line feeds for line ends', () => {
    expect(readDescription([...head, 'm=audio 5004 RTP/AVP 0', ''].join('\n'))?.codecs).toEqual([pcmu]);
  });

  it('keeps text as text where it looks like a number', () => {
    const description = read('m=audio 5004 RTP/AVP 0 96', 'a=rtpmap:96 123/8000', 'a=fmtp:0 7');
    expect(description.codecs.map((it) => [it.name, it.fmtp])).toEqual([
      ['PCMU', '7'],
      ['123', ''],
    ]);
  });

  it('never throws on garbage, and its answer to what it took keeps the number of m-lines', () => {
    const random = seeded(1);
    const base = text(...head, 'm=audio 5004 RTP/AVP 0 101', 'a=rtpmap:101 telephone-event/8000', 'm=video 1 x 2');
    const words = [
      'm=',
      'a=',
      'c=IN IP4 ',
      '\r\n',
      '0',
      '-1',
      '1e9',
      '/',
      ' ',
      ':',
      'a=rtpmap:',
      'a=fmtp:',
      '\0',
      'é',
      '__proto__',
      'm=audio 5 RTP/AVP 0\r\n',
    ];
    let taken = 0;
    for (let round = 0; round < 3000; round += 1) {
      let garbled = base;
      for (let change = 0; change <= round % 5; change += 1) {
        const at = Math.floor(random() * garbled.length);
        const word = words[Math.floor(random() * words.length)] ?? '';
        garbled = garbled.slice(0, at) + word + garbled.slice(at + Math.floor(random() * 4));
      }
      const remote = readDescription(garbled);
      if (!remote) continue;
      taken += 1;
      const answer = writeAnswer(local, remote, pcmu);
      expect(answer.match(/^m=/gm)).toHaveLength(remote.mediaLines.length);
      expect(answer).not.toContain('undefined');
    }
    expect(taken).toBeGreaterThan(500);
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

/** A repeatable source of numbers from 0 to 1 (a linear congruential generator). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
