import { describe, expect, it } from 'vitest';
import { readDtls, roleAfterAnswer, roleInAnswer, type Setup } from './dtls.ts';
import { readText } from './text.ts';

const digest = (bytes: number) => Array.from({ length: bytes }, () => 'ab').join(':');

function read(session: string[], media: string[]) {
  const read = readText([...session, 'm=audio 5004 RTP/AVP 0', ...media].join('\n'));
  const [first] = read?.media ?? [];
  return read && first ? readDtls(first, read) : null;
}

describe('readDtls (RFC 8122, RFC 4145)', () => {
  it('reads fingerprints and who begins, of the m-line or of the session', () => {
    const expected = {
      setup: 'actpass',
      fingerprints: [{ algorithm: 'sha-256', value: digest(32).toUpperCase() }],
    };
    const lines = [`a=fingerprint:SHA-256 ${digest(32)}`, 'a=setup:actpass'];
    expect(read([], lines)).toEqual(expected);
    expect(read(lines, [])).toEqual(expected);
    expect(read([`a=fingerprint:sha-512 ${digest(64)}`], lines)).toEqual(expected);
  });

  it.each([
    ['none', []],
    ['MD5, which RFC 8122 §5 forbids', [`a=fingerprint:md5 ${digest(16)}`]],
    ['one that is too short', [`a=fingerprint:sha-256 ${digest(31)}`]],
    ['one that is no digest', ['a=fingerprint:sha-256 xx:yy']],
    ['one of a digest that is none', [`a=fingerprint:__proto__ ${digest(32)}`]],
  ])('finds nothing with %s', (_, lines) => {
    expect(read([], lines)).toBeNull();
  });

  it('has an end', () => {
    expect(read([], Array(100).fill(`a=fingerprint:sha-1 ${digest(20)}`))?.fingerprints).toHaveLength(8);
  });
});

describe('who begins', () => {
  it.each<[Setup | null, 'client' | 'server' | null, 'client' | 'server' | null]>([
    ['actpass', null, 'client'],
    ['actpass', 'server', 'server'],
    ['actpass', 'client', 'client'],
    ['active', 'client', 'server'],
    ['passive', null, 'client'],
    [null, null, 'server'],
    ['holdconn', null, null],
  ])('offered %s, before that %s: we are %s', (offered, before, role) => {
    expect(roleInAnswer(offered, before)).toBe(role);
  });

  it.each<[Setup, Setup | null, 'client' | 'server' | null]>([
    ['actpass', 'active', 'server'],
    ['actpass', 'passive', 'client'],
    ['actpass', 'actpass', 'server'],
    ['actpass', null, 'client'],
    ['actpass', 'holdconn', null],
    ['active', 'passive', 'client'],
    ['active', 'actpass', 'client'],
    ['passive', 'active', 'server'],
    ['passive', 'holdconn', null],
  ])('we offered %s, answered %s: we are %s', (offered, answered, role) => {
    expect(roleAfterAnswer(offered, answered)).toBe(role);
  });
});
