import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeCertificate, usualDays } from './make.ts';
import { serverIdentity } from './server-pem.ts';

const nowMs = Date.UTC(2026, 10, 22, 12);

describe('a certificate that is made', () => {
  let pem: string;
  let certificate: X509Certificate;
  beforeAll(async () => {
    pem = await makeCertificate({ addresses: ['127.76.12.159', '127.0.0.1'], days: usualDays, nowMs });
    certificate = new X509Certificate(pem);
  });

  test('is for the names of this machine, and no other', () => {
    expect(certificate.checkHost('localhost')).toBe('localhost');
    for (const address of ['127.0.0.1', '::1', '127.76.12.159'])
      expect(certificate.checkIP(address), address).toBeTruthy();
    expect(certificate.checkIP('127.0.0.2')).toBeUndefined();
    expect(certificate.subjectAltName?.split(', ')).toHaveLength(4);
  });

  test('is a server, signs nothing, and has a key on P-256', () => {
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(certificate.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(serverIdentity(pem, 'it').certificate.fingerprint256).toBe(certificate.fingerprint256);
  });

  test('is good since an hour, for as long as browsers take from anybody', () => {
    expect(nowMs - certificate.validFromDate.getTime()).toBe(3_600_000);
    const days = (certificate.validToDate.getTime() - certificate.validFromDate.getTime()) / 86_400_000;
    expect(days).toBe(397);
  });

  test('is another one each time', async () => {
    const other = new X509Certificate(await makeCertificate({ addresses: [], days: 1, nowMs }));
    expect(other.serialNumber).not.toBe(certificate.serialNumber);
    expect(other.fingerprint256).not.toBe(certificate.fingerprint256);
  });
});
