import { describe, expect, it } from 'vitest';
import { type MediaDirection, plainRtp } from '../media/stream-settings.ts';
import { directionOf, farSdp, opus, pcma, pcmu } from './fakes.ts';
import { type MediaPolicy, plainPolicy } from './media-policy.ts';
import { type Agreement, Negotiation, sameAgreement } from './negotiation.ts';
import type { OfferedCodec } from './sdp.ts';

const address = { address: '192.0.2.1', rtpPort: 9000, rtcpPort: 9001 };

function negotiation(codecs: readonly OfferedCodec[] = [opus, pcmu, pcma]) {
  const it = new Negotiation(address, plainPolicy(codecs));
  const agreements: Agreement[] = [];
  it.agreed = (agreement) => agreements.push(agreement);
  return { it, agreements, last: () => agreements.at(-1) };
}

const versionOf = (body: string): number => Number(/^o=\S+ \S+ (\d+)/m.exec(body)?.[1]);

const sdpOf = (...lines: string[]): string =>
  ['v=0', 'o=far 1 1 IN IP4 192.0.2.2', 's=-', 'c=IN IP4 192.0.2.2', 't=0 0', ...lines, ''].join('\r\n');

describe('offer and answer', () => {
  it('our offer, their answer: we are sent what we asked for and send what they asked for (RFC 3264 §5.1)', () => {
    const { it, agreements } = negotiation();
    it.offer();
    const answer = sdpOf(
      'm=audio 40000 RTP/AVP 120 121',
      'a=rtpmap:120 OPUS/48000/2',
      'a=fmtp:120 stereo=0',
      'a=rtpmap:121 telephone-event/48000',
      'a=rtcp:40009',
    );
    expect(it.accept(answer)).toBe(true);
    expect(agreements).toEqual([
      {
        ...plainRtp,
        remoteAddress: '192.0.2.2',
        remotePort: 40000,
        remoteRtcpPort: 40009,
        direction: 'sendrecv',
        codec: { name: 'opus', sendPayloadType: 120, receivePayloadType: 110, fmtp: 'stereo=0' },
        telephoneEventSend: 121,
        // Ours at 8000 Hz, for want of another.
        telephoneEventReceive: 101,
        telephoneEventClock: 48_000,
        ptime: 20,
      },
    ]);
  });

  it('their offer, our answer: the payload types of the offer go both ways', () => {
    const { it, last } = negotiation();
    const answer = it.answer(
      sdpOf('m=audio 40000 RTP/AVP 120 96', 'a=rtpmap:120 opus/48000/2', 'a=rtpmap:96 telephone-event/8000'),
    );
    expect(answer).toContain('m=audio 9000 RTP/AVP 120 96');
    expect(last()).toMatchObject({
      codec: { name: 'opus', sendPayloadType: 120, receivePayloadType: 120 },
      telephoneEventSend: 96,
      telephoneEventReceive: 96,
      telephoneEventClock: 8_000,
    });
  });

  it('answers with the codec that we prefer, accepts the one that they prefer', () => {
    const offered = negotiation();
    offered.it.answer(sdpOf('m=audio 40000 RTP/AVP 8 0'));
    expect(offered.last()?.codec.name).toBe('PCMU');
    const answered = negotiation();
    answered.it.offer();
    answered.it.accept(sdpOf('m=audio 40000 RTP/AVP 8 0'));
    expect(answered.last()?.codec.name).toBe('PCMA');
  });

  it('has no telephone-event where the far end has none', () => {
    const { it, last } = negotiation();
    it.answer(sdpOf('m=audio 40000 RTP/AVP 0'));
    expect(last()).toMatchObject({ telephoneEventSend: null, telephoneEventReceive: null });
  });

  it('a delayed offer: ours in the 200, their answer in the ACK (RFC 3261 §13.2.1)', () => {
    const { it, agreements } = negotiation();
    const offer = it.offer();
    expect(offer).toContain('m=audio 9000 RTP/AVP 110 0 8 101');
    expect(agreements).toHaveLength(0);
    expect(it.accept(farSdp())).toBe(true);
    expect(agreements).toHaveLength(1);
  });

  it('says once more what is in force, and still is sent those numbers', () => {
    const { it, last } = negotiation();
    const theirs = sdpOf(
      'm=audio 40000 RTP/AVP 120 96',
      'a=rtpmap:120 opus/48000/2',
      'a=rtpmap:96 telephone-event/8000',
    );
    const answer = it.answer(theirs);
    const before = last();
    expect(it.current()).toBe(answer);
    expect(it.accept(theirs)).toBe(true);
    expect(last()).toEqual(before);
    expect(it.current()).toBe(answer);
  });

  it('takes an answer for what was offered, though something else is wanted by now', () => {
    const { it, last } = negotiation();
    it.offer();
    it.held = true;
    it.accept(farSdp());
    expect(last()?.direction).toBe('sendrecv');
  });

  it.each([
    ['no codec in common', sdpOf('m=audio 40000 RTP/AVP 18')],
    ['SRTP only', sdpOf('m=audio 40000 RTP/SAVP 0')],
    ['the stream rejected', sdpOf('m=audio 0 RTP/AVP 0')],
    ['garbage', 'garbage'],
    ['nothing', ''],
  ])('%s: no answer, nothing accepted, all as it was', (_, body) => {
    const { it, agreements } = negotiation();
    it.answer(farSdp('sendonly'));
    const before = it.offer();
    expect(it.answer(body)).toBeNull();
    expect(it.accept(body)).toBe(false);
    expect(agreements).toHaveLength(1);
    expect(it.heldByRemote).toBe(true);
    expect(it.offer()).toBe(before);
  });
});

const g729: OfferedCodec = { name: 'G729', payloadType: 18, clockRate: 8000, channels: 1, fmtp: '' };
const g722: OfferedCodec = { name: 'G722', payloadType: 9, clockRate: 8000, channels: 1, fmtp: '' };

function between(policy: Partial<MediaPolicy>, theirPolicy = policy) {
  const ends = [policy, theirPolicy].map((it) => {
    const end = new Negotiation(address, { ...plainPolicy([opus, pcmu, pcma]), ...it });
    const agreements: Agreement[] = [];
    end.agreed = (agreement) => agreements.push(agreement);
    return { end, last: () => agreements.at(-1) };
  });
  const [ours, theirs] = ends;
  if (!ours || !theirs) throw new Error('no ends');
  const answer = theirs.end.answer(ours.end.offer()) ?? '';
  expect(ours.end.accept(answer)).toBe(true);
  return { answer, ours: ours.last(), theirs: theirs.last() };
}

describe('an offer of ours', () => {
  it('says all that does not go without saying', () => {
    const policy: MediaPolicy = {
      ...plainPolicy([{ ...opus, ptime: 40 }, g722, pcmu]),
      rtcpMux: true,
      redundancy: true,
      discontinuous: true,
    };
    const offer = new Negotiation({ address: '2001:db8::1', rtpPort: 9000, rtcpPort: 9005 }, policy).offer();
    expect(offer.replace(/^o=- \d+/m, 'o=- 7').split('\r\n')).toEqual([
      'v=0',
      'o=- 7 1 IN IP6 2001:db8::1',
      's=-',
      'c=IN IP6 2001:db8::1',
      't=0 0',
      'm=audio 9000 RTP/AVP 110 9 0 13 111 101',
      'a=rtpmap:110 opus/48000/2',
      'a=rtpmap:111 red/48000/2',
      'a=rtpmap:101 telephone-event/8000',
      'a=fmtp:110 useinbandfec=1',
      'a=fmtp:111 110/110',
      'a=fmtp:101 0-15',
      'a=ptime:40',
      'a=rtcp:9005',
      'a=rtcp-mux',
      'a=rtcp-xr:voip-metrics',
      '',
    ]);
  });

  it('says all of it to who speaks WebRTC (RFC 8829 §5.2.1)', () => {
    const policy: MediaPolicy = { ...plainPolicy([pcmu]), dtls: true, srtp: 'optional' };
    const fingerprint = { algorithm: 'sha-256', value: 'AB' };
    const offer = new Negotiation({ ...address, fingerprint }, policy).offer();
    for (const line of ['rtpmap:0 PCMU/8000', 'ptime:20', 'maxptime:60', 'sendrecv'])
      expect(offer).toContain(`a=${line}\r\n`);
  });

  it('says both ways once there was something else to be said', () => {
    const { it } = negotiation();
    expect(it.offer()).not.toContain('a=sendrecv');
    it.accept(farSdp());
    expect(it.offer()).toContain('a=sendrecv\r\n');
  });

  it('goes on with telephone events at 48000 Hz where they are in force', () => {
    const { it } = negotiation();
    it.answer(sdpOf('m=audio 40000 RTP/AVP 120 96', 'a=rtpmap:120 opus/48000/2', 'a=rtpmap:96 telephone-event/48000'));
    const offer = it.offer();
    expect(offer).toContain('a=rtpmap:96 telephone-event/48000\r\n');
    expect(offer).toContain('a=rtpmap:101 telephone-event/8000\r\n');
  });

  it('says where RTCP goes only when that is not the next port (RFC 3605)', () => {
    expect(negotiation().it.offer()).not.toContain('a=rtcp:');
  });

  it('keeps the number of m-lines, whoever has made them (RFC 3264 §8)', () => {
    const { it } = negotiation();
    it.answer(sdpOf('m=video 5000 RTP/AVP 96 97', 'a=mid:v', 'm=audio 40000 RTP/AVP 0', 'a=mid:a'));
    const offer = it.offer();
    expect(offer.match(/^(?:m=|a=mid).*$/gm)).toEqual([
      'm=video 0 RTP/AVP 96',
      'a=mid:v',
      'm=audio 9000 RTP/AVP 0 110 8 101',
      'a=mid:a',
    ]);
    expect(it.accept(sdpOf('m=video 0 RTP/AVP 96', 'm=audio 40000 RTP/AVP 0'))).toBe(true);
  });

  it('goes on with the codec and the numbers of theirs (RFC 3264 §8.3.2)', () => {
    const { it, last } = negotiation();
    it.answer(
      sdpOf('m=audio 40000 RTP/AVP 0 110', 'a=rtpmap:110 telephone-event/8000').replace('192.0.2.2', '192.0.2.3'),
    );
    const offer = it.offer();
    expect(offer).toContain('m=audio 9000 RTP/AVP 0 111 8 110\r\n');
    expect(offer).toContain('a=rtpmap:111 opus/48000/2\r\n');
    expect(offer).toContain('a=rtpmap:110 telephone-event/8000\r\n');
    it.accept(farSdp());
    expect(last()).toMatchObject({ telephoneEventSend: 101, telephoneEventReceive: 110 });
  });

  it('takes no answer in a place where we have offered nothing', () => {
    const { it } = negotiation();
    it.offer();
    expect(it.accept(sdpOf('m=audio 0 RTP/AVP 0', 'm=audio 40000 RTP/AVP 0'))).toBe(false);
  });
});

describe('an answer of ours', () => {
  it('keeps every m-line in its place and rejects all but ours with port 0 (RFC 3264 §6)', () => {
    const { it } = negotiation();
    const answer = it.answer(
      sdpOf(
        'm=video 5000 RTP/AVP 96',
        'm=audio 5002 RTP/SAVP 0',
        'm=audio 5004 RTP/AVP 0 8',
        'm=audio 5006 RTP/AVP 8',
        'm=application 5008 TCP/MRCPv2 1',
      ),
    );
    expect(answer?.match(/^m=.*$/gm)).toEqual([
      'm=video 0 RTP/AVP 96',
      'm=audio 0 RTP/SAVP 0',
      'm=audio 9000 RTP/AVP 0',
      'm=audio 0 RTP/AVP 8',
      'm=application 0 TCP/MRCPv2 1',
    ]);
  });

  it('has one codec and the telephone-event of the offer, with its payload type', () => {
    const { it } = negotiation();
    const answer = it.answer(
      sdpOf('m=audio 5004 RTP/AVP 0 96 97', 'a=rtpmap:96 telephone-event/8000', 'a=rtpmap:97 telephone-event/48000'),
    );
    expect(answer).toContain('m=audio 9000 RTP/AVP 0 96\r\n');
    expect(answer).toContain('a=rtpmap:96 telephone-event/8000');
    expect(it.answer(sdpOf('m=audio 5004 RTP/AVP 0'))).not.toContain('telephone-event');
  });

  it.each<[MediaPolicy['priority'], string]>([
    ['config', 'opus'],
    ['offer', 'PCMA'],
  ])('has the codec that comes first by %s', (priority, name) => {
    const offer = sdpOf('m=audio 40000 RTP/AVP 18 8 0 96', 'a=rtpmap:96 opus/48000/2');
    const it = new Negotiation(address, { ...plainPolicy([opus, pcmu, pcma]), priority });
    let agreement: Agreement | null = null;
    it.agreed = (agreed) => {
      agreement = agreed;
    };
    it.answer(offer);
    expect(agreement).toMatchObject({ codec: { name } });
  });

  it('names what is in it, though its number alone would say so', () => {
    const { it } = negotiation();
    expect(it.answer(sdpOf('m=audio 40000 RTP/AVP 0'))).toContain('a=rtpmap:0 PCMU/8000\r\n');
  });

  it('says what the far end is to keep to where that decides', () => {
    const it = new Negotiation(address, plainPolicy([g729]));
    expect(it.answer(sdpOf('m=audio 40000 RTP/AVP 18', 'a=fmtp:18 annexb=no'))).toContain('a=fmtp:18 annexb=no\r\n');
  });

  it('says reports of call quality are welcome where the far end says so', () => {
    const { it } = negotiation();
    expect(it.answer(sdpOf('m=audio 40000 RTP/AVP 0'))).not.toContain('rtcp-xr');
    expect(it.answer(sdpOf('m=audio 40000 RTP/AVP 0', 'a=rtcp-xr:voip-metrics'))).toContain('a=rtcp-xr:voip-metrics');
  });
});

describe('ptime', () => {
  const ptimeOf = (...lines: string[]) => {
    const { it, last } = negotiation();
    const answer = it.answer(sdpOf('m=audio 40000 RTP/AVP 0', ...lines)) ?? '';
    return [last()?.ptime, Number(/^a=ptime:(\d+)/m.exec(answer)?.[1])];
  };

  it.each([
    [[], 20, 20],
    [['a=ptime:10'], 10, 10],
    [['a=ptime:60'], 60, 60],
    [['a=ptime:200'], 60, 60],
    [['a=ptime:1'], 10, 10],
    [['a=ptime:40', 'a=maxptime:30'], 30, 40],
    [['a=maxptime:10'], 10, 20],
  ])('%j: %s ms are sent, %s asked for', (lines, sent, asked) => {
    expect(ptimeOf(...lines)).toEqual([sent, asked]);
  });

  it('is ours where the answer says nothing', () => {
    const it = new Negotiation(address, plainPolicy([{ ...pcmu, ptime: 40 }]));
    let ptime = 0;
    it.agreed = (agreement) => {
      ptime = agreement.ptime;
    };
    expect(it.offer()).toContain('a=ptime:40');
    it.accept(farSdp());
    expect(ptime).toBe(40);
  });
});

describe('what goes with the codec', () => {
  it('is redundancy where both have it (RFC 2198)', () => {
    const { answer, ours, theirs } = between({ redundancy: true });
    expect(answer).toContain('a=fmtp:111 110/110');
    expect(ours).toMatchObject({ redundancySend: 111, redundancyReceive: 111 });
    expect(theirs).toMatchObject({ redundancySend: 111, redundancyReceive: 111 });
    expect(between({ redundancy: true }, { redundancy: false }).ours).toMatchObject({
      redundancySend: null,
      redundancyReceive: null,
    });
  });

  it('is sent by the numbers of whoever receives it', () => {
    const it = new Negotiation(address, { ...plainPolicy([opus]), redundancy: true });
    const agreements: Agreement[] = [];
    it.agreed = (agreement) => agreements.push(agreement);
    it.offer();
    it.accept(
      sdpOf('m=audio 40000 RTP/AVP 96 97', 'a=rtpmap:96 opus/48000/2', 'a=rtpmap:97 red/48000/2', 'a=fmtp:97 96/96'),
    );
    expect(agreements).toMatchObject([{ redundancySend: 97, redundancyReceive: 111 }]);
  });

  it.each([
    [true, true, true],
    [true, false, false],
    [false, true, false],
  ])('is comfort noise where one offers (%s) and the other answers it (%s): %s', (offers, answers, agreed) => {
    const codecs = [pcmu];
    const { ours, theirs } = between({ codecs, discontinuous: offers }, { codecs, discontinuous: answers });
    expect([ours?.discontinuous, theirs?.discontinuous]).toEqual([agreed, agreed]);
  });

  it.each([
    [true, true, true],
    [true, false, false],
    [false, true, false],
  ])(
    'is RTCP at the port of RTP where one offers (%s) and the other answers it (%s): %s',
    (offers, answers, rtcpMux) => {
      const remoteRtcpPort = rtcpMux ? 9000 : 9001;
      const { ours, theirs } = between({ rtcpMux: offers }, { rtcpMux: answers });
      expect([ours, theirs]).toMatchObject([
        { rtcpMux, remoteRtcpPort },
        { rtcpMux, remoteRtcpPort },
      ]);
    },
  );

  it('is reports of call quality where both say so (RFC 3611 §5)', () => {
    expect(between({}).ours?.voipMetrics).toBe(true);
    const { it, last } = negotiation();
    it.offer();
    it.accept(farSdp());
    expect(last()?.voipMetrics).toBe(false);
  });

  it('is RTCP at the port of RTP where the far end can do nothing else (RFC 8858)', () => {
    const { it, last } = negotiation();
    expect(it.answer(sdpOf('m=audio 40000 RTP/AVP 0', 'a=rtcp-mux-only'))).toContain('a=rtcp-mux\r\n');
    expect(last()).toMatchObject({ rtcpMux: true, remoteRtcpPort: 40_000 });
  });
});

describe('the same agreement', () => {
  it('is reached when nothing has changed, and another when something has', () => {
    const { it, agreements } = negotiation();
    for (const direction of ['sendrecv', 'sendrecv', 'sendonly'] as const) it.answer(farSdp(direction));
    const [first = null, again = null, held = null] = agreements;
    expect(sameAgreement(first, again)).toBe(true);
    expect(sameAgreement(first, held)).toBe(false);
    expect(sameAgreement(null, first)).toBe(false);
  });
});

describe('what a far end may come up with', () => {
  it.each([
    ['as many attributes as fit', sdpOf('m=audio 40000 RTP/AVP 0', ...Array(2500).fill('a=x'))],
    ['as many formats as fit', sdpOf(`m=audio 40000 RTP/AVP ${'0 '.repeat(7000)}`)],
    [
      'as many keys as fit',
      sdpOf('m=audio 40000 RTP/AVP 0', ...Array(300).fill('a=crypto:1 AEAD_AES_128_GCM inline:x')),
    ],
    ['a name as long as fits', sdpOf('m=audio 40000 RTP/AVP 0 96', `a=rtpmap:96 ${'x'.repeat(9000)}/8000`)],
    ['parameters as long as fit', sdpOf('m=audio 40000 RTP/AVP 0', `a=fmtp:0 ${'a=1;'.repeat(3000)}`)],
    ['as many m-lines as are read', sdpOf('m=audio 40000 RTP/AVP 0', ...Array(31).fill('m=video 1 RTP/AVP 96 97'))],
    ['a mid that is none', sdpOf('a=group:BUNDLE \x07', 'm=audio 40000 RTP/AVP 0', 'a=mid:\x07')],
  ])('%s is answered, and the answer is small', (_, offer) => {
    const { it, agreements } = negotiation();
    const answer = it.answer(offer);
    expect(answer?.length).toBeLessThan(2000);
    expect(agreements).toHaveLength(1);
  });

  it('never makes it throw, and its answer keeps the number of m-lines', () => {
    const random = seeded(1);
    const policy: MediaPolicy = {
      ...plainPolicy([opus, pcmu]),
      srtp: 'optional',
      rtcpMux: true,
      redundancy: true,
      ice: true,
    };
    const local = {
      ...address,
      ice: { ufrag: 'abcd', password: 'abcdefghijklmnopqrstuv', candidates: [] },
      fingerprint: { algorithm: 'sha-256', value: Array(32).fill('AB').join(':') },
    };
    const base = sdpOf(
      'm=audio 5004 RTP/SAVP 0 101 96',
      'a=rtpmap:101 telephone-event/8000',
      'a=rtpmap:96 red/8000',
      'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj|2^20|1:4',
      'a=ice-ufrag:8hhY',
      'a=ice-pwd:asd88fgpdd777uzjYhagZg',
      'a=candidate:1 1 UDP 1 192.0.2.2 5004 typ host',
      `a=fingerprint:sha-256 ${Array(32).fill('AB').join(':')}`,
      'm=video 1 x 2',
    );
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
      '|',
      'a=rtpmap:',
      'a=fmtp:',
      '\0',
      'é',
      '__proto__',
      'm=audio 5 RTP/AVP 0\r\n',
    ];
    let taken = 0;
    for (let round = 0; round < 1500; round += 1) {
      let garbled = base;
      for (let change = 0; change <= round % 5; change += 1) {
        const at = Math.floor(random() * garbled.length);
        const word = words[Math.floor(random() * words.length)] ?? '';
        garbled = garbled.slice(0, at) + word + garbled.slice(at + Math.floor(random() * 4));
      }
      const it = new Negotiation(local, policy);
      const answer = it.answer(garbled);
      it.accept(garbled);
      if (answer === null) continue;
      taken += 1;
      expect(answer.match(/^m=/gm)).toHaveLength(garbled.match(/(?:^|[\r\n])m=/g)?.length ?? 0);
      // Keys are random, and may spell anything.
      expect(answer.replace(/^a=crypto.*$/gm, '')).not.toMatch(/undefined|NaN|null/);
    }
    expect(taken).toBeGreaterThan(250);
  });
});

describe('the version in o= (RFC 3264 §8)', () => {
  it('stays while the description stays, and goes up by one when it changes', () => {
    const { it } = negotiation();
    const first = it.offer();
    expect(versionOf(first)).toBe(1);
    expect(it.offer()).toBe(first);
    it.held = true;
    const held = it.offer();
    expect(versionOf(held)).toBe(2);
    expect(it.offer()).toBe(held);
    it.held = false;
    expect(versionOf(it.offer())).toBe(3);
  });

  it('counts answers too, under the same session id', () => {
    const { it } = negotiation();
    const offer = it.offer();
    it.accept(farSdp());
    const answer = it.answer(farSdp()) ?? '';
    expect(versionOf(answer)).toBe(2);
    expect(it.answer(farSdp())).toBe(answer);
    const id = (body: string) => /^o=- (\d+)/m.exec(body)?.[1];
    expect(id(answer)).toBe(id(offer));
  });
});

/** Puts our hold or resume through: our offer, and the answer of a far end that holds or doesn't. */
function renegotiate(it: Negotiation, held: boolean, theirs: MediaDirection): MediaDirection {
  it.held = held;
  const offer = it.offer();
  expect(it.accept(farSdp(theirs))).toBe(true);
  return directionOf(offer);
}

/** Their re-INVITE; what we answer. */
const answerTo = (it: Negotiation, theirs: MediaDirection): MediaDirection =>
  directionOf(it.answer(farSdp(theirs)) ?? '');

describe('hold from both ends', () => {
  const talking = () => {
    const call = negotiation();
    call.it.offer();
    call.it.accept(farSdp());
    return call;
  };

  it('we hold and resume', () => {
    const { it, last } = talking();
    expect(renegotiate(it, true, 'recvonly')).toBe('sendonly');
    expect(it.heldByRemote).toBe(false);
    expect(last()?.direction).toBe('sendonly');
    expect(renegotiate(it, false, 'sendrecv')).toBe('sendrecv');
    expect(last()?.direction).toBe('sendrecv');
  });

  it.each<[MediaDirection, MediaDirection]>([
    ['sendonly', 'recvonly'],
    ['inactive', 'inactive'],
  ])('they hold with %s, and we answer %s', (theirs, ours) => {
    const { it, last } = talking();
    expect(answerTo(it, theirs)).toBe(ours);
    expect(it.heldByRemote).toBe(true);
    expect(last()?.direction).toBe(ours);
    expect(answerTo(it, 'sendrecv')).toBe('sendrecv');
    expect(it.heldByRemote).toBe(false);
  });

  it('both hold, we resume first', () => {
    const { it, last } = talking();
    renegotiate(it, true, 'recvonly');
    expect(answerTo(it, 'inactive')).toBe('inactive');
    expect(renegotiate(it, false, 'sendonly')).toBe('sendrecv');
    expect(it.heldByRemote).toBe(true);
    expect(last()?.direction).toBe('recvonly');
    expect(answerTo(it, 'sendrecv')).toBe('sendrecv');
    expect(last()?.direction).toBe('sendrecv');
  });

  it('both hold, they resume first', () => {
    const { it, last } = talking();
    answerTo(it, 'sendonly');
    expect(renegotiate(it, true, 'inactive')).toBe('sendonly');
    expect(last()?.direction).toBe('inactive');
    expect(answerTo(it, 'recvonly')).toBe('sendonly');
    expect(it.heldByRemote).toBe(false);
    expect(renegotiate(it, false, 'sendrecv')).toBe('sendrecv');
    expect(last()?.direction).toBe('sendrecv');
  });

  it('a far end that answered our hold with inactive is not taken to hold us once we resume', () => {
    const { it, last } = talking();
    renegotiate(it, true, 'inactive');
    expect(renegotiate(it, false, 'sendrecv')).toBe('sendrecv');
    expect(it.heldByRemote).toBe(false);
    expect(last()?.direction).toBe('sendrecv');
  });

  it('an INVITE without offer while they hold gets all that we want, or the hold would last (RFC 6337 §5.3)', () => {
    const { it } = talking();
    answerTo(it, 'sendonly');
    expect(directionOf(it.offer())).toBe('sendrecv');
    it.held = true;
    expect(directionOf(it.offer())).toBe('sendonly');
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
