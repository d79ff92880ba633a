import { expect, it } from 'vitest';
import type { SrtpKey } from '../stream-settings.ts';
import { receiverFor } from './srtp-receiver.ts';
import { senderFor } from './srtp-sender.ts';
import { rtcpOverhead, rtpOverhead, sameKey, sameMasterKey } from './suites.ts';
import { testKey } from './testing/packets.ts';

const key = (change: Partial<SrtpKey> = {}, number = 1) => testKey('AES_CM_128_HMAC_SHA1_80', number, change);
const mki = Uint8Array.of(1, 2);

it('tells whether anything has changed', () => {
  expect(sameKey(key(), key())).toBe(true);
  expect(sameKey(key({ mki }), key({ mki: mki.slice() }))).toBe(true);
  const others = [
    key({}, 2),
    key({ salt: key({}, 2).salt }),
    key({ mki }),
    key({ lifetime: 2 ** 20 }),
    key({ plainRtcp: true }),
    testKey('AES_CM_128_HMAC_SHA1_32'),
  ];
  expect(others.map((other) => sameKey(key(), other))).toEqual(others.map(() => false));
  expect(others.map((other) => sameMasterKey(key(), other))).toEqual([false, false, true, true, true, true]);
  expect(sameKey(key({ mki }), key({ mki: Uint8Array.of(1, 3) }))).toBe(false);
});

it('says how much room a packet needs', () => {
  expect([rtpOverhead(key()), rtcpOverhead(key())]).toEqual([10, 14]);
  expect([rtpOverhead(testKey('AES_256_CM_HMAC_SHA1_32')), rtcpOverhead(testKey('AES_256_CM_HMAC_SHA1_32'))]).toEqual([
    ...[4, 14],
  ]);
  const gcm = testKey('AEAD_AES_128_GCM', 1, { mki });
  expect([rtpOverhead(gcm), rtcpOverhead(gcm)]).toEqual([18, 22]);
});

it('takes no key that does not fit its suite', () => {
  for (const wrong of [{ key: new Uint8Array(15) }, { salt: new Uint8Array(12) }, { mki: new Uint8Array(129) }]) {
    expect(() => senderFor(key(wrong), null, () => {})).toThrow(RangeError);
    expect(() => receiverFor(key(wrong), null)).toThrow(RangeError);
  }
});
