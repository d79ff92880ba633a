import { describe, expect, it } from 'vitest';
import type { SrtpKey } from '../../media/stream-settings.ts';
import { keyTowards, newKey, offeredSuites, readCrypto, writeCrypto } from './crypto.ts';

/** From the examples of RFC 4568: 16 bytes of key, 14 of salt. */
const secret = 'd0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj';
const aes = (more: string, suite = 'AES_CM_128_HMAC_SHA1_80') => readCrypto(`1 ${suite} inline:${secret}${more}`);

describe('readCrypto (RFC 4568 §9.1)', () => {
  it('reads tag, suite, key and salt', () => {
    expect(readCrypto(`12 AES_CM_128_HMAC_SHA1_32 inline:${secret}`)).toEqual({
      tag: 12,
      key: {
        suite: 'AES_CM_128_HMAC_SHA1_32',
        key: new Uint8Array(Buffer.from('wDfvg&T+)xG7@fb5')),
        salt: new Uint8Array(Buffer.from('jU,RaA}\\|p0%*#')),
        lifetime: null,
        mki: null,
        plainRtcp: false,
      },
    });
  });

  it.each<[string, number | null, number[] | null]>([
    ['|2^20|1:4', 2 ** 20, [0, 0, 0, 1]],
    ['|2^31', 2 ** 31, null],
    ['|1000', 1000, null],
    ['|66051:3', null, [1, 2, 3]],
    ['|2^48|255:1', 2 ** 48, [255]],
  ])('reads lifetime and MKI: %s', (more, lifetime, mki) => {
    expect(aes(more)?.key).toMatchObject({ lifetime, mki: mki && new Uint8Array(mki) });
  });

  it.each([
    ['a lifetime of nothing', '|0'],
    ['a lifetime longer than any', '|2^49'],
    ['a lifetime beyond numbers', `|2^${'9'.repeat(15)}`],
    ['an MKI that is longer than its length', '|256:1'],
    ['an MKI of no length', '|1:0'],
    ['an MKI longer than 128 bytes', '|1:129'],
    ['MKI and lifetime the wrong way round', '|1:4|2^20'],
    ['too many parts', '|2^20|1:4|x'],
    ['a part that is nothing', '|'],
    ['several keys', `|2^20|1:4;inline:${secret}|2^20|2:4`],
    ['a key that is too long', 'AAAA'],
    ['a key that is no Base64', '*'],
    ['another suite', '', 'F8_128_HMAC_SHA1_80'],
    ['no suite', '', '__proto__'],
    ['KDR', ' KDR=1'],
    ['UNENCRYPTED_SRTP', ' UNENCRYPTED_SRTP'],
    ['UNAUTHENTICATED_SRTP', ' UNENCRYPTED_SRTCP UNAUTHENTICATED_SRTP'],
    ['FEC_ORDER', ' FEC_ORDER=SRTP_FEC'],
    ['a parameter that nobody knows', ' TOMORROW'],
  ])('is nothing with %s', (_, more, suite?: string) => {
    expect(aes(more, suite)).toBeNull();
  });

  it.each([' WSH=128', ' -TOMORROW=1', ' KDR=0', '   '])('pays no attention to "%s" (RFC 4568 §6.3)', (more) => {
    expect(aes(more)?.key.plainRtcp).toBe(false);
  });

  it.each([
    '',
    '1',
    `x AES_CM_128_HMAC_SHA1_80 inline:${secret}`,
    `1 AES_CM_128_HMAC_SHA1_80 ${secret}`,
    '1'.repeat(9999),
  ])('is nothing where it is malformed: %s', (value) => {
    expect(readCrypto(value)).toBeNull();
  });
});

describe('writeCrypto', () => {
  it.each(offeredSuites)('is read as it was meant: %s', (suite) => {
    const key = newKey(suite, true);
    expect(readCrypto(writeCrypto({ tag: 3, key }))).toEqual({ tag: 3, key });
  });

  it.each(['|2^20|1:4', '|1000', '|66051:3', ' UNENCRYPTED_SRTCP'])('writes "%s" as it was', (more) => {
    const read = aes(more);
    expect(read && writeCrypto(read)).toBe(`1 AES_CM_128_HMAC_SHA1_80 inline:${secret}${more}`);
  });
});

describe('our keys', () => {
  it('are new ones each time', () => {
    const [a, b] = [newKey('AEAD_AES_256_GCM', false), newKey('AEAD_AES_256_GCM', false)];
    expect([a.key.length, a.salt.length]).toEqual([32, 12]);
    expect(a.key).not.toEqual(b.key);
    expect(a.salt).not.toEqual(b.salt);
  });

  it('stay while the suite does, and have an MKI where theirs have', () => {
    const theirs: SrtpKey = { ...newKey('AES_CM_128_HMAC_SHA1_80', true), mki: new Uint8Array([7]) };
    const ours = newKey('AES_CM_128_HMAC_SHA1_80', false);
    expect(keyTowards(theirs, ours)).toEqual({ ...ours, mki: theirs.mki, plainRtcp: true });
    expect(keyTowards(theirs, newKey('AEAD_AES_128_GCM', false))).toMatchObject({ suite: theirs.suite });
    expect(keyTowards(theirs, undefined).key).not.toEqual(theirs.key);
  });
});
