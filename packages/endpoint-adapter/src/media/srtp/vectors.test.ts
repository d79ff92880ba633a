import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SrtpSuite } from '../stream-settings.ts';
import { CounterMode } from './counter-mode.ts';
import { GcmProtection } from './gcm-protection.ts';
import { digestBytes, HmacSha1 } from './hmac-sha1.ts';
import { deriveKeys } from './key-derivation.ts';
import { bytesOf, hexOf } from './testing/packets.ts';

/** RFC 3711 B.3, RFC 6188 §7. */
const derivations: { suite: SrtpSuite; master: string; masterSalt: string; key: string; salt: string; auth: string }[] =
  [
    {
      suite: 'AES_CM_128_HMAC_SHA1_80',
      master: 'e1f97a0d3e018be0d64fa32c06de4139',
      masterSalt: '0ec675ad498afeebb6960b3aabe6',
      key: 'c61e7a93744f39ee10734afe3ff7a087',
      salt: '30cbbc08863d8c85d49db34a9ae1',
      auth: 'cebe321f6ff7716b6fd4ab49af256a156d38baa4',
    },
    {
      suite: 'AES_256_CM_HMAC_SHA1_80',
      master: 'f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6',
      masterSalt: '3b04803de51ee7c96423ab5b78d2',
      key: '5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4',
      salt: 'fa31791685ca444a9e07c6c64e93',
      auth: 'fd9c32d39ed5fbb5a9dc96b30818454d1313dc05',
    },
  ];

it.each(derivations)('derives the keys of $suite', ({ suite, master, masterSalt, key, salt, auth }) => {
  const rest = { lifetime: null, mki: null, plainRtcp: false };
  const keys = deriveKeys({ suite, key: bytesOf(master), salt: bytesOf(masterSalt), ...rest }, 'rtp');
  expect(hexOf(keys.key)).toBe(key);
  expect(hexOf(keys.salt)).toBe(salt);
  expect(hexOf(keys.auth)).toBe(auth);
});

/** RFC 3711 B.2, RFC 6188 §7: SSRC and index are 0. */
const keystreams = [
  {
    bits: 128,
    key: '2b7e151628aed2a6abf7158809cf4f3c',
    stream: 'e03ead0935c95e80e166b16dd92b4eb4 d23513162b02d0f72a43a2fe4a5f97ab 41e95b3bb0a2e8dd477901e4fca894c0',
  },
  {
    bits: 256,
    key: '57f82fe3613fd170a85ec93c40b1f0922ec4cb0dc025b58272147cc438944a98',
    stream: '92bdd28a93c3f52511c677d08b5515a4 9da71b2378a854f67050756ded165bac 63c4868b7096d88421b563b8c94c9a31',
  },
];

it.each(keystreams)('makes the keystream of AES-$bits in counter mode', ({ key, stream }) => {
  const cipher = new CounterMode(bytesOf(key), bytesOf('f0f1f2f3f4f5f6f7f8f9fafbfcfd'));
  for (const length of [48, 1, 16, 17, 48]) {
    const bytes = new Uint8Array(length + 4);
    cipher.apply(bytes, 2, length + 2, 0, 0, 0);
    expect(hexOf(bytes)).toBe(`0000${stream.replaceAll(' ', '').slice(0, length * 2)}0000`);
  }
});

it('authenticates as HMAC-SHA1 does, whatever the length', () => {
  const key = bytesOf('cebe321f6ff7716b6fd4ab49af256a156d38baa4');
  const hmac = new HmacSha1(key);
  const bytes = Uint8Array.from({ length: 300 }, (_, i) => i * 31);
  const code = new Uint8Array(digestBytes);
  for (let length = 0; length <= bytes.length; length++) {
    const message = bytes.subarray(0, length);
    hmac.compute(bytes, length, null, code);
    expect(hexOf(code)).toBe(createHmac('sha1', key).update(message).digest('hex'));
    hmac.compute(bytes, length, 0xfedc_ba98, code);
    expect(hexOf(code)).toBe(createHmac('sha1', key).update(message).update(bytesOf('fedcba98')).digest('hex'));
  }
});

/** RFC 7714 §16 and §17: with the session keys themselves. */
describe.each([
  {
    bits: 128,
    key: '000102030405060708090a0b0c0d0e0f',
    rtp: 'f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce',
    rtcp: '63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade',
    plainRtcpTag: '841dd9683dd78ec92ae58790125f62b3',
  },
  {
    bits: 256,
    key: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
    rtp: '32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b7aa3db36dfffd6b0f9bb7878d7a76c13',
    rtcp: 'd50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de0476f1b6fad1d1eb30c4446839f57ff6f6cb26ac3be',
    plainRtcpTag: '91db4afbfeee5a978fab4393ed2615fe',
  },
])('AES-$bits-GCM', ({ key, rtp, rtcp, plainRtcpTag }) => {
  const session = { key: bytesOf(key), salt: bytesOf('517569642070726f2071756f'), auth: new Uint8Array(0) };
  const protection = new GcmProtection(session, session, new Uint8Array(0));
  const rtpHeader = '8040f17b8041f8d35501a0b2';
  const rtpPlain = `${rtpHeader}47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573`;
  const rtcpHeader = '81c8000d4d617273';
  const rtcpPlain = `${rtcpHeader}4e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef`;
  const inBuffer = (hex: string) => {
    const buffer = new Uint8Array(128);
    buffer.set(bytesOf(hex));
    return { buffer, length: hex.length / 2 };
  };

  it('protects RTP', () => {
    const { buffer, length } = inBuffer(rtpPlain);
    const protectedLength = protection.protectRtp(buffer, 12, length, 0x5501a0b2, 0, 0xf17b);
    expect(hexOf(buffer.subarray(0, protectedLength))).toBe(rtpHeader + rtp);
    expect(protection.unprotectRtp(buffer, 12, protectedLength, 0x5501a0b2, 0, 0xf17b)).toBe(length);
    expect(hexOf(buffer.subarray(0, length))).toBe(rtpPlain);
  });

  it.each([
    { name: 'encrypted', encrypted: true, expected: `${rtcpHeader}${rtcp}800005d4` },
    { name: 'authenticated', encrypted: false, expected: `${rtcpPlain}${plainRtcpTag}000005d4` },
  ])('protects RTCP, $name', ({ encrypted, expected }) => {
    const { buffer, length } = inBuffer(rtcpPlain);
    const protectedLength = protection.protectRtcp(buffer, length, 0x4d617273, 0x5d4, encrypted);
    expect(hexOf(buffer.subarray(0, protectedLength))).toBe(expected);
    expect(protection.unprotectRtcp(buffer, protectedLength, 0x4d617273, 0x5d4, encrypted)).toBe(length);
    expect(hexOf(buffer.subarray(0, length))).toBe(rtcpPlain);
  });
});
