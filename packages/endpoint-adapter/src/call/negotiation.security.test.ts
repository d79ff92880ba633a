import { describe, expect, it } from 'vitest';
import type { Fingerprint, LocalAddress, LocalIce } from '../media/stream-settings.ts';
import { farSdp, pcmu } from './fakes.ts';
import { type MediaPolicy, plainPolicy, type SrtpMode } from './media-policy.ts';
import { type Agreement, Negotiation, sameAgreement } from './negotiation.ts';

const fingerprint: Fingerprint = { algorithm: 'sha-256', value: Array(32).fill('AB').join(':') };
const ice: LocalIce = {
  ufrag: 'abcd',
  password: 'abcdefghijklmnopqrstuv',
  candidates: ['1 1 UDP 2130706431 192.0.2.1 9000 typ host'],
};

function end(more: Partial<MediaPolicy> = {}, address: Partial<LocalAddress> = {}) {
  const local = { address: '192.0.2.1', rtpPort: 9000, rtcpPort: 9001, ...address };
  const it = new Negotiation(local, { ...plainPolicy([pcmu]), ...more });
  const agreements: Agreement[] = [];
  it.agreed = (agreement) => agreements.push(agreement);
  return { it, agreements, last: () => agreements.at(-1) };
}
type End = ReturnType<typeof end>;

/** One offer and answer; false where there is none. */
function settle(caller: End, called: End): boolean {
  const answer = called.it.answer(caller.it.offer());
  return answer !== null && caller.it.accept(answer);
}

const kindOf = (it: End) => it.last()?.security.kind;
const sdesOf = (it: End) => {
  const security = it.last()?.security;
  if (security?.kind !== 'sdes') throw new Error('not SDES');
  return security;
};
const mLines = (body: string) => body.match(/^m=.*$/gm) ?? [];

describe('use_srtp: what is offered, and what is taken', () => {
  const plain = 'none';
  const secure = 'sdes';
  it.each<[SrtpMode, Record<SrtpMode, string | null>]>([
    ['disabled', { disabled: plain, optional: plain, elective: plain, enabled: plain, force: null }],
    ['optional', { disabled: plain, optional: plain, elective: plain, enabled: plain, force: null }],
    ['elective', { disabled: plain, optional: secure, elective: secure, enabled: secure, force: secure }],
    ['enabled', { disabled: null, optional: secure, elective: secure, enabled: secure, force: secure }],
    ['force', { disabled: null, optional: secure, elective: secure, enabled: secure, force: secure }],
  ])('%s calls %j', (offers, kinds) => {
    const modes: SrtpMode[] = ['disabled', 'optional', 'elective', 'enabled', 'force'];
    for (const answers of modes) {
      const [caller, called] = [end({ srtp: offers }), end({ srtp: answers })];
      expect([answers, settle(caller, called)]).toEqual([answers, kinds[answers] !== null]);
      expect([answers, kindOf(caller), kindOf(called)]).toEqual([
        answers,
        kinds[answers] ?? undefined,
        kinds[answers] ?? undefined,
      ]);
    }
  });
});

describe('keys in SDP (RFC 4568)', () => {
  it('are made anew when they are nearly used up, ours alone', () => {
    const [caller, called] = [end({ srtp: 'force' }), end({ srtp: 'force' })];
    settle(caller, called);
    const before = sdesOf(caller);
    caller.it.renewKeys();
    expect(settle(caller, called)).toBe(true);
    const after = sdesOf(caller);
    expect(after.send.key).not.toEqual(before.send.key);
    expect(sdesOf(called).receive.key).toEqual(after.send.key);
    expect(after.receive.key).toEqual(before.receive.key);
    settle(caller, called);
    expect(sdesOf(caller)).toEqual(after);
  });

  it('are what the other end sends with', () => {
    const [caller, called] = [end({ srtp: 'force' }), end({ srtp: 'optional' })];
    settle(caller, called);
    expect(sdesOf(caller).send).toEqual(sdesOf(called).receive);
    expect(sdesOf(caller).receive).toEqual(sdesOf(called).send);
    expect(sdesOf(caller).send).not.toEqual(sdesOf(caller).receive);
  });

  it('are offered for each suite, the strongest first; one is answered, with its tag', () => {
    const offer = end({ srtp: 'force' }).it.offer();
    expect(offer.match(/^a=crypto:\d \w+/gm)).toEqual([
      'a=crypto:1 AEAD_AES_256_GCM',
      'a=crypto:2 AEAD_AES_128_GCM',
      'a=crypto:3 AES_256_CM_HMAC_SHA1_80',
      'a=crypto:4 AES_CM_128_HMAC_SHA1_80',
      'a=crypto:5 AES_256_CM_HMAC_SHA1_32',
      'a=crypto:6 AES_CM_128_HMAC_SHA1_32',
    ]);
    const weak = offer.replace(/^a=crypto:[1-3].*\r\n/gm, '');
    expect(
      end({ srtp: 'optional' })
        .it.answer(weak)
        ?.match(/^a=crypto:.* inline/gm),
    ).toEqual(['a=crypto:4 AES_CM_128_HMAC_SHA1_80 inline']);
  });

  it('stay, and the agreement with them, through hold, their re-INVITE and ours', () => {
    const [caller, called] = [end({ srtp: 'enabled' }), end({ srtp: 'enabled' })];
    settle(caller, called);
    const [first, theirFirst] = [sdesOf(caller), sdesOf(called)];
    settle(called, caller);
    settle(caller, called);
    expect(sameAgreement(caller.agreements[0] ?? null, caller.last() ?? null)).toBe(true);
    caller.it.held = true;
    settle(caller, called);
    expect([sdesOf(caller), sdesOf(called)]).toEqual([first, theirFirst]);
    expect(sameAgreement(caller.agreements[0] ?? null, caller.last() ?? null)).toBe(false);
    // Only the suite in force is offered again: another one would start the sound anew.
    expect(caller.it.offer().match(/^a=crypto/gm)).toHaveLength(1);
  });

  it('are new ones where the far end takes another suite', () => {
    const caller = end({ srtp: 'force' });
    const called = end({ srtp: 'optional' });
    const offer = caller.it.offer();
    called.it.answer(offer.replace(/^a=crypto:[1-3].*\r\n/gm, ''));
    const before = sdesOf(called).send;
    called.it.answer(offer.replace(/^a=crypto:[2-6].*\r\n/gm, ''));
    expect(sdesOf(called).send.key).not.toEqual(before.key);
    expect(sdesOf(called).send.suite).toBe('AEAD_AES_256_GCM');
  });

  it('stay where the far end offers others before them', () => {
    const caller = end({ srtp: 'force' });
    const called = end({ srtp: 'optional' });
    const offer = caller.it.offer();
    called.it.answer(offer.replace(/^a=crypto:[1-3].*\r\n/gm, ''));
    const before = called.last() ?? null;
    called.it.answer(offer);
    expect(sameAgreement(called.last() ?? null, before)).toBe(true);
  });

  it('are preferred to none, wherever they stand', () => {
    const { it, last } = end({ srtp: 'optional' });
    const lines = farSdp()
      .split(/(?=m=)/)
      .concat(
        'm=audio 40002 RTP/SAVP 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj\r\n',
      );
    expect(mLines(it.answer(lines.join('')) ?? '')).toEqual(['m=audio 0 RTP/AVP 0', 'm=audio 9000 RTP/SAVP 0']);
    expect(last()).toMatchObject({ security: { kind: 'sdes' }, remotePort: 40_002 });
    expect(it.heldByRemote).toBe(false);
  });

  it('are those of our first offer where it is made again', () => {
    const { it } = end({ srtp: 'force' });
    expect(it.offer()).toBe(it.offer());
  });

  it.each([
    [true, true],
    [false, false],
  ])('UNENCRYPTED_SRTCP offered: %s, then RTCP is plain both ways: %s', (plainRtcp, agreed) => {
    const [caller, called] = [end({ srtp: 'force', plainRtcp }), end({ srtp: 'force', plainRtcp: true })];
    settle(caller, called);
    for (const { send, receive } of [sdesOf(caller), sdesOf(called)])
      expect([send.plainRtcp, receive.plainRtcp]).toEqual([agreed, agreed]);
  });

  it('have the MKI of the offer in the answer', () => {
    const { it, last } = end({ srtp: 'optional' });
    const line = 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj|2^31|1:1';
    const answer = it.answer(farSdp('sendrecv', [line]).replace('RTP/AVP', 'RTP/SAVP'));
    expect(answer).toMatch(/^a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:[\w+/]{40}\|1:1\r$/m);
    expect(last()?.security).toMatchObject({ receive: { lifetime: 2 ** 31, mki: new Uint8Array([1]) } });
  });

  it('count in a plain profile too (RFC 8643), which is answered as it was', () => {
    const { it, last } = end({ srtp: 'optional' });
    const line = 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj';
    expect(mLines(it.answer(farSdp('sendrecv', [line])) ?? '')).toEqual(['m=audio 9000 RTP/AVP 0 101']);
    expect(last()?.security.kind).toBe('sdes');
    expect(mLines(it.offer())).toEqual(['m=audio 9000 RTP/AVP 0 101']);
    expect(it.offer()).toContain('a=crypto:1 AES_CM_128_HMAC_SHA1_80');
  });

  it.each([
    ['another tag', (answer: string) => answer.replace('a=crypto:1 ', 'a=crypto:7 ')],
    ['another suite', (answer: string) => answer.replace('a=crypto:1 ', 'a=crypto:2 ')],
    ['no key', (answer: string) => answer.replace(/^a=crypto.*\r\n/m, '')],
    [
      'plain RTCP, unasked',
      (answer: string) => answer.replace(/^a=crypto.*$/m, (it) => `${it.trim()} UNENCRYPTED_SRTCP`),
    ],
    [
      'a plain profile and no key',
      (answer: string) => answer.replace('RTP/SAVP', 'RTP/AVP').replace(/^a=crypto.*\r\n/m, ''),
    ],
  ])('are refused in an answer with %s', (_, change) => {
    const [caller, called] = [end({ srtp: 'force' }), end({ srtp: 'optional' })];
    const answer = called.it.answer(caller.it.offer()) ?? '';
    expect(caller.it.accept(change(answer))).toBe(false);
    expect(caller.agreements).toEqual([]);
  });

  it.each(['RTP/SAVP', 'RTP/SAVPF', 'RTP/AVPF', 'RTP/AVP'])(
    'are answered in the profile that was offered: %s',
    (profile) => {
      const line = 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj';
      const offer = farSdp('sendrecv', [line]).replace('RTP/AVP', profile);
      expect(mLines(end({ srtp: 'force' }).it.answer(offer) ?? '')).toEqual([`m=audio 9000 ${profile} 0 101`]);
    },
  );
});

describe('elective', () => {
  it('offers both at the same ports, the secure one first', () => {
    expect(mLines(end({ srtp: 'elective' }).it.offer())).toEqual([
      'm=audio 9000 RTP/SAVP 0 101',
      'm=audio 9000 RTP/AVP 0 101',
    ]);
  });

  it.each<[SrtpMode, string[]]>([
    ['optional', ['m=audio 9000 RTP/SAVP 0 101', 'm=audio 0 RTP/AVP 0']],
    ['disabled', ['m=audio 0 RTP/SAVP 0', 'm=audio 9000 RTP/AVP 0 101']],
  ])('is answered by %s with one of them, which both hold on to (RFC 3264 §8)', (srtp, lines) => {
    const [caller, called] = [end({ srtp: 'elective' }), end({ srtp })];
    const answer = called.it.answer(caller.it.offer()) ?? '';
    expect(mLines(answer)).toEqual(lines);
    expect(caller.it.accept(answer)).toBe(true);
    expect(mLines(caller.it.offer())).toEqual(lines);
    expect(mLines(called.it.offer())).toEqual(lines);
    expect(settle(called, caller)).toBe(true);
    expect(kindOf(caller)).toBe(kindOf(called));
  });

  it('takes the secure one where a far end takes both', () => {
    const [caller, called] = [end({ srtp: 'elective' }), end({ srtp: 'optional' })];
    const answer = called.it.answer(caller.it.offer()) ?? '';
    expect(caller.it.accept(answer.replace('m=audio 0 ', 'm=audio 9000 '))).toBe(true);
    expect(kindOf(caller)).toBe('sdes');
  });
});

describe('DTLS-SRTP (RFC 5763)', () => {
  const webRtc: Partial<MediaPolicy> = { srtp: 'optional', dtls: true, ice: true, rtcpMux: true };
  const rolesOf = (...ends: End[]) =>
    ends.map((it) => {
      const security = it.last()?.security;
      return security?.kind === 'dtls' ? security.role : null;
    });

  it('is offered with actpass and answered with active', () => {
    const [caller, called] = [end(webRtc, { fingerprint, ice }), end({ srtp: 'optional' }, { fingerprint, ice })];
    const offer = caller.it.offer();
    expect(mLines(offer)).toEqual(['m=audio 9000 UDP/TLS/RTP/SAVPF 0 101']);
    for (const line of [
      'group:BUNDLE 0',
      'mid:0',
      'setup:actpass',
      'rtcp-mux',
      'ice-ufrag:abcd',
      `fingerprint:sha-256 ${fingerprint.value}`,
    ])
      expect(offer).toContain(`a=${line}\r\n`);
    const answer = called.it.answer(offer) ?? '';
    for (const line of ['group:BUNDLE 0', 'mid:0', 'setup:active', 'rtcp-mux'])
      expect(answer).toContain(`a=${line}\r\n`);
    expect(caller.it.accept(answer)).toBe(true);
    expect(rolesOf(caller, called)).toEqual(['server', 'client']);
    expect(caller.last()).toMatchObject({
      rtcpMux: true,
      remoteRtcpPort: 9000,
      security: { fingerprints: [fingerprint] },
      ice: { ...ice, lite: false, controlling: true },
    });
    expect(called.last()?.ice?.controlling).toBe(false);
  });

  it('goes on with the same roles, whoever offers again', () => {
    const [caller, called] = [end(webRtc, { fingerprint, ice }), end(webRtc, { fingerprint, ice })];
    settle(caller, called);
    const [before, theirsBefore] = [caller.last() ?? null, called.last() ?? null];
    for (const [offers, answers] of [
      [called, caller],
      [caller, called],
    ] as const) {
      expect(settle(offers, answers)).toBe(true);
      expect(sameAgreement(caller.last() ?? null, before)).toBe(true);
      expect(sameAgreement(called.last() ?? null, theirsBefore)).toBe(true);
    }
  });

  it('offers the role that it has once there is one', () => {
    const [caller, called] = [end(webRtc, { fingerprint, ice }), end(webRtc, { fingerprint, ice })];
    settle(caller, called);
    expect([caller, called].map(({ it }) => /^a=setup:(\w+)/m.exec(it.offer())?.[1])).toEqual(['passive', 'active']);
  });

  it.each<[string, SrtpMode, Partial<LocalAddress>]>([
    ['off', 'disabled', { fingerprint }],
    ['without a certificate', 'optional', {}],
  ])('is refused where encryption is %s', (_, srtp, address) => {
    expect(end({ srtp }, address).it.answer(end(webRtc, { fingerprint }).it.offer())).toBeNull();
  });

  it('is not offered where encryption is off', () => {
    expect(mLines(end({ ...webRtc, srtp: 'disabled' }, { fingerprint }).it.offer())).toEqual([
      'm=audio 9000 RTP/AVP 0 101',
    ]);
  });

  it('is refused in an answer without fingerprint', () => {
    const [caller, called] = [end(webRtc, { fingerprint }), end(webRtc, { fingerprint })];
    const answer = called.it.answer(caller.it.offer()) ?? '';
    expect(caller.it.accept(answer.replace(/^a=fingerprint.*\r\n/m, ''))).toBe(false);
  });
});

describe('ICE (RFC 8839)', () => {
  const wanted: Partial<MediaPolicy> = { ice: true };

  it('is offered and answered where it is wanted', () => {
    const [caller, called] = [end(wanted, { ice }), end(wanted, { ice })];
    expect(settle(caller, called)).toBe(true);
    expect([caller.last()?.ice?.controlling, called.last()?.ice?.controlling]).toEqual([true, false]);
    // Whoever offers again: ICE goes on as it is.
    settle(called, caller);
    expect([caller.last()?.ice?.controlling, called.last()?.ice?.controlling]).toEqual([true, false]);
  });

  it('is none where the far end has none', () => {
    const [caller, called] = [end(wanted, { ice }), end()];
    expect(settle(caller, called)).toBe(true);
    expect([caller.last()?.ice, called.last()?.ice]).toEqual([null, null]);
    expect(caller.it.offer()).not.toContain('a=ice');
  });

  it('begins anew with other credentials of ours where the far end has others (RFC 8839 §4.4.1.1)', () => {
    const [caller, called] = [end(wanted, { ice }), end(wanted, { ice })];
    settle(caller, called);
    const saidIn = (body: string | null) => ({
      ufrag: /^a=ice-ufrag:(\S+)/m.exec(body ?? '')?.[1],
      password: /^a=ice-pwd:(\S+)/m.exec(body ?? '')?.[1],
    });
    const { ufrag, password } = ice;
    expect(called.last()?.ice?.local).toEqual({ ufrag, password });
    const others = caller.it.offer().replace('a=ice-ufrag:abcd', 'a=ice-ufrag:efgh');
    const answer = called.it.answer(others);
    const local = saidIn(answer);
    expect(local.ufrag).not.toBe(ufrag);
    expect(local.password).not.toBe(password);
    expect(answer).toContain(`a=candidate:${ice.candidates[0]}\r\n`);
    expect(called.last()?.ice).toMatchObject({ ufrag: 'efgh', local });
    // The same again changes nothing, nor does an offer of ours.
    const before = called.last() ?? null;
    expect(saidIn(called.it.answer(others))).toEqual(local);
    expect(sameAgreement(called.last() ?? null, before)).toBe(true);
    expect(saidIn(called.it.offer())).toEqual(local);
  });

  it('is none where somebody on the way has changed the address, and says so', () => {
    const [caller, called] = [end(wanted, { ice }), end(wanted, { ice })];
    const answer = called.it.answer(caller.it.offer().replace('m=audio 9000', 'm=audio 7000'));
    expect(answer).toContain('a=ice-mismatch\r\n');
    expect(called.last()).toMatchObject({ ice: null, remotePort: 7000 });
    expect(caller.it.accept(answer ?? '')).toBe(true);
    expect(caller.last()?.ice).toBeNull();
  });
});
