/** The examples of RFC 7616 §3.9, and what RFC 8760 adds for SIP. */
import { describe, expect, it } from 'vitest';
import { type Challenge, Challenges, Credentials, chooseChallenge, digestResponse, readChallenge } from './digest.ts';
import type { SipMessage } from './message/message.ts';
import { field, makeResponse } from './message/response.ts';
import { read as readRequest } from './testing/wire.ts';

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
      stale: true,
    });
  });
});

/** A line that asks somebody, and signs with what it knows by then. */
function line(username = 'alice') {
  const credentials = new Credentials(username, 'secret');
  const send = (to: string): SipMessage => {
    const request = readRequest(
      `INVITE ${to} SIP/2.0\r\nFrom: <sip:alice@example.org>;tag=1\r\nTo: <${to}>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n\r\n`,
    );
    const signed = credentials.preemptive({ to, method: 'INVITE', uri: to, body: '' });
    return { ...request, fields: [...request.fields, ...signed.map(([name, value]) => field(name, value))] };
  };
  return {
    send,
    /** What a request there carries. */
    carried: (to = bob): string[] =>
      send(to)
        .fields.filter(({ name }) => name.endsWith('authorization'))
        .map(({ name, value }) => `${name}: ${value}`),
    /** One request; each call is a refusal, true where it is tried again. */
    asking: (to = bob) => {
      const challenges = new Challenges(credentials);
      let request = send(to);
      return (...values: string[]): boolean => {
        const again = challenges.take(refusal(request, ...values), to, request);
        request = send(to);
        return again;
      };
    },
  };
}

const bob = 'sip:bob@example.org';
const carol = 'sip:carol@example.org';

/** A value that begins with "proxy" is a proxy's. */
const refusal = (request: SipMessage, ...values: string[]): SipMessage =>
  makeResponse(request, 401, {
    fields: values.map((value) =>
      value.startsWith('proxy ')
        ? field('proxy-authenticate', value.slice('proxy '.length))
        : field('www-authenticate', value),
    ),
  });

describe('Challenges', () => {
  it('counts a nonce up, and uses it for later requests before they are challenged', () => {
    const { asking, carried } = line();
    expect(carried()).toEqual([]);
    expect(asking()('Digest realm="r", nonce="n", qop="auth"')).toBe(true);
    const [later] = carried();
    expect(later).toMatch(/^authorization: Digest username="alice", realm="r", nonce="n".*, nc=00000002, /);
    expect(carried()[0]).toContain('nc=00000003');
  });

  it('takes the topmost of several that we support, and one of each field', () => {
    const { asking, carried } = line();
    const again = asking()(offer('SHA-999'), offer('SHA-256'), offer('MD5'), 'proxy Digest realm="p", nonce="q"');
    expect(again).toBe(true);
    expect(carried()).toEqual([
      expect.stringContaining('algorithm=SHA-256'),
      expect.stringMatching(/^proxy-authorization: .*realm="p"/),
    ]);
  });

  it('gives up where there is nothing that we support', () => {
    expect(line().asking()('Basic realm="r"', offer('SHA-999'))).toBe(false);
    expect(line().asking()()).toBe(false);
  });

  it('tries a fresh nonce where the old was stale, and no other', () => {
    const refused = line().asking();
    expect(refused('Digest realm="r", nonce="1"')).toBe(true);
    expect(refused('Digest realm="r", nonce="2", stale=true')).toBe(true);
    expect(refused('Digest realm="r", nonce="2", stale=true')).toBe(false);
    expect(refused('Digest realm="r", nonce="3"')).toBe(false);
  });

  it('takes a new nonce once where the pre-emptive one was refused, but never the same', () => {
    const { asking, carried } = line();
    expect(asking()('Digest realm="r", nonce="1"')).toBe(true);
    expect(asking()('Digest realm="r", nonce="1"')).toBe(false);
    expect(carried()).toEqual([]);
    expect(asking()('Digest realm="r", nonce="1"')).toBe(true);
    const third = asking();
    expect(third('Digest realm="r", nonce="2"')).toBe(true);
    expect(third('Digest realm="r", nonce="3"')).toBe(false);
  });

  it('takes one nonce for two requests that were under way at once', () => {
    const { asking } = line();
    const [first, second] = [asking(), asking()];
    expect(first('Digest realm="r", nonce="n", qop="auth"')).toBe(true);
    expect(second('Digest realm="r", nonce="n", qop="auth"')).toBe(true);
    expect(second('Digest realm="r", nonce="n", qop="auth"')).toBe(false);
  });

  it('answers a proxy that uses the nonce of a registrar, and counts on', () => {
    const { asking, carried } = line();
    const same = 'Digest realm="r", nonce="n", qop="auth"';
    const refused = asking();
    expect(refused(same)).toBe(true);
    expect(refused(`proxy ${same}`)).toBe(true);
    const counts = carried().map((value) => /nc=(\d+)/.exec(value)?.[1]);
    expect(counts).toEqual(['00000004', '00000005']);
  });

  it('shows a server’s credentials to no other callee, a proxy’s to the proxy', () => {
    const { asking, carried } = line();
    asking()('Digest realm="r", nonce="n"');
    expect(carried(carol)).toEqual([]);
    asking()('proxy Digest realm="p", nonce="n"');
    expect(carried(carol)).toEqual([expect.stringMatching(/^proxy-authorization: /)]);
  });

  it('remembers eight realms at most', () => {
    const { asking, carried } = line();
    for (let i = 0; i < 20; i++) asking()(`proxy Digest realm="${i}", nonce="n${i}"`);
    expect(carried().map((value) => /realm="(\d+)"/.exec(value)?.[1])).toEqual(
      Array.from({ length: 8 }, (_, i) => String(i + 12)),
    );
  });

  it('never shows the password', () => {
    const { asking, carried } = line('al"ice');
    asking()('Digest realm="r", nonce="n"');
    expect(carried()[0]).toContain('username="al\\"ice"');
    expect(carried()[0]).not.toContain('secret');
  });

  it('ends an endless row of stale nonces', () => {
    const refused = line().asking();
    const tries = Array.from({ length: 10 }, (_, i) => refused(`Digest realm="r", nonce="${i}", stale=true`));
    expect(tries.filter(Boolean)).toHaveLength(4);
  });
});
