import { describe, expect, it } from 'vitest';
import { type MediaDirection, plainRtp } from '../media/stream-settings.ts';
import { directionOf, farSdp, opus, pcma, pcmu } from './fakes.ts';
import { type Agreement, Negotiation } from './negotiation.ts';
import type { OfferedCodec } from './sdp.ts';

const address = { address: '192.0.2.1', rtpPort: 9000, rtcpPort: 9001 };

function negotiation(codecs: readonly OfferedCodec[] = [opus, pcmu, pcma]) {
  const it = new Negotiation(address, codecs);
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
        telephoneEventReceive: 102,
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
    expect(offer).toContain('m=audio 9000 RTP/AVP 110 0 8 101 102');
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
