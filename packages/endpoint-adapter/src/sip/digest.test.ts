/** The examples of RFC 7616 §3.9, and what RFC 8760 adds for SIP. */
import { LoggerFactory, OutgoingRequestMessage, URI } from 'sip.js/lib/core/index.js';
import { describe, expect, it } from 'vitest';
import { type Challenge, Credentials, chooseChallenge, digestResponse, readChallenge } from './digest.ts';

const read = (value: string): Challenge => {
  const challenge = readChallenge(value, 'authorization');
  if (!challenge) throw new Error('not understood');
  return challenge;
};

const mufasa = {
  username: 'Mufasa',
  password: 'Circle of Life',
  method: 'GET',
  uri: '/dir/index.html',
  body: '',
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  nc: '00000001',
};

const offer = (algorithm: string): string =>
  'Digest realm="http-auth@example.org", qop="auth, auth-int", ' +
  `algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", ` +
  'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';

describe('digestResponse', () => {
  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('agrees with RFC 7616 §3.9.1 for %s', (algorithm, expected) => {
    expect(digestResponse({ ...mufasa, challenge: read(offer(algorithm)) })).toBe(expected);
  });

  it('agrees with RFC 2617 §3.5', () => {
    const challenge = read(
      'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"',
    );
    const input = { ...mufasa, challenge, password: 'Circle Of Life', cnonce: '0a4f113b' };
    expect(digestResponse(input)).toBe('6629fae49393a05397450978507c4ef1');
  });

  it('agrees with RFC 2069 as corrected, where there is no qop', () => {
    const challenge = read('Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"');
    expect(digestResponse({ ...mufasa, challenge, password: 'CircleOfLife' })).toBe('1949323746fe6a43ef61f9606e7febea');
  });

  it('covers the body with auth-int, the nonces with -sess, and has SHA-512-256', () => {
    const answers = ['MD5', 'MD5-sess', 'SHA-256-sess', 'SHA-512-256', 'SHA-512-256-sess'].map((algorithm) =>
      digestResponse({ ...mufasa, challenge: read(offer(algorithm)) }),
    );
    expect(answers.map((answer) => answer.length)).toEqual([32, 32, 64, 64, 64]);
    expect(new Set(answers).size).toBe(5);
    const whole = read('Digest realm="r", nonce="n", qop="auth-int"');
    const signed = (body: string): string => digestResponse({ ...mufasa, challenge: whole, body });
    expect(whole.qop).toBe('auth-int');
    expect(signed('a')).not.toBe(signed('b'));
  });
});

describe('chooseChallenge', () => {
  const choose = (...values: string[]): Challenge | null => chooseChallenge(values, 'authorization');

  it('takes the topmost that we support (RFC 8760 §2.4)', () => {
    expect(choose(offer('SHA-999'), offer('SHA-256'), offer('MD5'))?.algorithm).toBe('SHA-256');
    expect(choose(offer('MD5'), offer('SHA-256'))?.algorithm).toBe('MD5');
  });

  it.each([
    ['another scheme', 'Basic realm="r"'],
    ['no nonce', 'Digest realm="r"'],
    ['an unknown qop', 'Digest realm="r", nonce="n", qop="auth-conf"'],
    ['too long', `Digest realm="${'r'.repeat(5_000)}", nonce="n"`],
    ['garbage', 'Digest ",,,="'],
  ])('refuses %s', (_, value) => {
    expect(choose(value)).toBeNull();
  });

  it('keeps quotes and commas inside values', () => {
    expect(choose('Digest realm="a, \\"b\\"", nonce="n==", stale=TRUE')).toMatchObject({
      realm: 'a, \\"b\\"',
      nonce: 'n==',
      nonceStale: true,
    });
  });
});

describe('Credentials', () => {
  const request = (): OutgoingRequestMessage => {
    const uri = new URI('sip', 'bob', 'example.org');
    return new OutgoingRequestMessage('INVITE', uri, uri, uri);
  };
  const bye = { method: 'BYE', uri: 'sip:bob@example.org', body: '' };
  const authentication = (credentials: Credentials) => credentials.authentication(new LoggerFactory(), () => true);

  it('counts a nonce up, and uses it for later requests before they are challenged', () => {
    const credentials = new Credentials('alice', 'secret');
    const signer = authentication(credentials);
    expect(signer.authenticate(request(), read('Digest realm="r", nonce="n", qop="auth"'))).toBe(true);
    expect(signer.toString()).toMatch(/nc=00000001/);
    const [later] = credentials.preemptive({ ...bye, to: 'sip:bob@example.org' });
    expect(later?.[1]).toMatch(/nonce="n".*nc=00000002/);
  });

  it('tries a fresh nonce where the old was stale, and no other', () => {
    const signer = authentication(new Credentials('alice', 'secret'));
    expect(signer.authenticate(request(), read('Digest realm="r", nonce="1"'))).toBe(true);
    expect(signer.authenticate(request(), read('Digest realm="r", nonce="2", stale=true'))).toBe(true);
    expect(signer.authenticate(request(), read('Digest realm="r", nonce="2", stale=true'))).toBe(false);
    expect(signer.authenticate(request(), read('Digest realm="r", nonce="3"'))).toBe(false);
  });

  it('takes a new nonce once where the pre-emptive one was refused, but never the same', () => {
    const credentials = new Credentials('alice', 'secret');
    expect(authentication(credentials).authenticate(request(), read('Digest realm="r", nonce="1"'))).toBe(true);
    expect(authentication(credentials).authenticate(request(), read('Digest realm="r", nonce="1"'))).toBe(false);
    expect(credentials.preemptive({ ...bye, to: 'sip:bob@example.org' })).toEqual([]);
    expect(authentication(credentials).authenticate(request(), read('Digest realm="r", nonce="2"'))).toBe(true);
  });

  it('answers a proxy that uses the nonce of a registrar, and counts on', () => {
    const credentials = new Credentials('alice', 'secret');
    const same = 'Digest realm="r", nonce="n", qop="auth"';
    const signer = authentication(credentials);
    expect(authentication(credentials).authenticate(request(), read(same))).toBe(true);
    const proxy = readChallenge(same, 'proxy-authorization');
    expect(proxy && signer.authenticate(request(), proxy)).toBe(true);
    expect(signer.toString()).toContain('nc=00000003');
  });

  it('shows a server’s credentials to no other callee, a proxy’s to the proxy', () => {
    const credentials = new Credentials('alice', 'secret');
    authentication(credentials).authenticate(request(), read('Digest realm="r", nonce="n"'));
    expect(credentials.preemptive({ ...bye, to: 'sip:carol@example.org' })).toEqual([]);
    const proxy = readChallenge('Digest realm="p", nonce="n"', 'proxy-authorization');
    if (proxy) authentication(credentials).authenticate(request(), proxy);
    expect(credentials.preemptive({ ...bye, to: 'sip:carol@example.org' })).toHaveLength(1);
  });

  it('never shows the password', () => {
    const credentials = new Credentials('al"ice', 'secret');
    const signer = authentication(credentials);
    signer.authenticate(request(), read('Digest realm="r", nonce="n"'));
    expect(signer.toString()).toContain('username="al\\"ice"');
    expect(signer.toString()).not.toContain('secret');
  });

  it('ends an endless row of stale nonces', () => {
    const signer = authentication(new Credentials('alice', 'secret'));
    const tries = Array.from({ length: 10 }, (_, i) =>
      signer.authenticate(request(), read(`Digest realm="r", nonce="${i}", stale=true`)),
    );
    expect(tries.filter(Boolean)).toHaveLength(4);
  });
});
