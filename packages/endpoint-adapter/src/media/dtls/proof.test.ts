import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { expect, it } from 'vitest';
import { dtlsCertificate } from './certificate.ts';
import { isCertificateProven, isFinishedProven, isKeyExchangeProven, matchesFingerprint } from './proof.ts';

const certificate = Buffer.from('a certificate');
const of = (algorithm: string) => createHash(algorithm).update(certificate).digest('hex').toUpperCase();
const colons = (hex: string) => hex.replaceAll(/(..)(?=.)/g, '$1:');

it('knows a certificate by any hash that RFC 8122 has, but MD5', () => {
  for (const [algorithm, hash] of [
    ['sha-1', 'sha1'],
    ['SHA-256', 'sha256'],
    ['sha-384', 'sha384'],
    ['sha-512', 'sha512'],
  ] as const) {
    expect(matchesFingerprint(certificate, [{ algorithm, value: colons(of(hash)) }])).toBe(true);
    expect(matchesFingerprint(certificate, [{ algorithm, value: colons(of(hash)).slice(0, -1) }])).toBe(false);
  }
  expect(matchesFingerprint(certificate, [{ algorithm: 'md5', value: colons(of('md5')) }])).toBe(false);
  expect(matchesFingerprint(certificate, [])).toBe(false);
});

it('reads at most 16 fingerprints', () => {
  const right = { algorithm: 'sha-256', value: of('sha256') };
  const wrong = Array<typeof right>(16).fill({ algorithm: 'sha-256', value: '00' });
  expect(matchesFingerprint(certificate, [...wrong.slice(1), right])).toBe(true);
  expect(matchesFingerprint(certificate, [...wrong, right])).toBe(false);
});

it('takes a signature of the right key over the right bytes alone', async () => {
  const { certificate: pem, key } = await dtlsCertificate();
  const der = Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
  const signed = (data: Buffer, by: string | ReturnType<typeof generateKeyPairSync>['privateKey'], scheme = 0x0403) => {
    const signature = sign('sha256', data, by);
    const head = Buffer.alloc(4);
    head.writeUInt16BE(scheme, 0);
    head.writeUInt16BE(signature.length, 2);
    return Buffer.concat([head, signature]);
  };
  const transcript = Buffer.from('all that was said');
  expect(isCertificateProven(signed(transcript, key), transcript, der)).toBe(true);
  expect(isCertificateProven(signed(transcript, key), Buffer.from('something else'), der)).toBe(false);
  expect(isCertificateProven(signed(transcript, key, 0x0401), transcript, der)).toBe(false);
  expect(isCertificateProven(signed(transcript, key, 0x0503), transcript, der)).toBe(false);
  expect(isCertificateProven(signed(transcript, key).subarray(1), transcript, der)).toBe(false);
  expect(isCertificateProven(signed(transcript, key), transcript, Buffer.from('no certificate'))).toBe(false);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  expect(isCertificateProven(signed(transcript, privateKey), transcript, der)).toBe(false);

  const [client, server] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const parameters = Buffer.from([3, 0, 29, 2, 7, 8]);
  const body = Buffer.concat([parameters, signed(Buffer.concat([client, server, parameters]), key)]);
  expect(isKeyExchangeProven(body, client, server, der)).toBe(true);
  expect(isKeyExchangeProven(body, server, client, der)).toBe(false);
  for (let length = 0; length < body.length; length++) {
    expect(isKeyExchangeProven(body.subarray(0, length), client, server, der)).toBe(false);
  }
});

it('takes a Finished of the right side, secret and messages alone', () => {
  const [secret, transcript] = [Buffer.alloc(48, 5), Buffer.from('all that was said')];
  const seed = Buffer.concat([Buffer.from('server finished'), createHash('sha256').update(transcript).digest()]);
  const hmac = (data: Buffer) => createHmac('sha256', secret).update(data).digest();
  const body = hmac(Buffer.concat([hmac(seed), seed])).subarray(0, 12);
  expect(isFinishedProven(body, 'server', secret, transcript)).toBe(true);
  expect(isFinishedProven(body, 'client', secret, transcript)).toBe(false);
  expect(isFinishedProven(body, 'server', Buffer.alloc(48), transcript)).toBe(false);
  expect(isFinishedProven(body, 'server', secret, Buffer.from('something else'))).toBe(false);
  expect(isFinishedProven(body.subarray(1), 'server', secret, transcript)).toBe(false);
});
