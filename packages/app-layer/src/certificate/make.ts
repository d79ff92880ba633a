/** A certificate of one's own for the connector, as no authority signs one for addresses of loopback. */
import { randomBytes, webcrypto } from 'node:crypto';

/** What desktops have in their `uri`. */
const usualNames = [
  { type: 'dns', value: 'localhost' },
  { type: 'ip', value: '127.0.0.1' },
  { type: 'ip', value: '::1' },
] as const;

/** Browsers take no more from public authorities (CA/Browser Forum, Baseline Requirements §6.3.2), so no more is usual. */
export const usualDays = 397;
/** What Apple takes from anybody (https://support.apple.com/en-us/103769). */
export const mostDays = 825;

const dayMs = 86_400_000;
/** Clocks of one machine differ by less, those of its virtual desktops sometimes by more than nothing. */
const backdatedMs = 3_600_000;

export interface Wanted {
  /** Besides localhost, 127.0.0.1 and ::1. */
  addresses: readonly string[];
  days: number;
  /** ms since 1970. */
  nowMs: number;
}

/** PEM: the certificate, and its key. It can't sign others, so who is told to trust it trusts nothing else by that. */
export async function makeCertificate({ addresses, days, nowMs }: Wanted): Promise<string> {
  // Takes long to load, and is needed once a year.
  const x509 = await import('@peculiar/x509');
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const more = addresses.filter((address) => !usualNames.some(({ value }) => value === address));
  const names = [...usualNames, ...more.map((value) => ({ type: 'ip', value }) as const)];
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      // RFC 5280 §4.1.2.2: positive, at most 20 octets.
      serialNumber: `01${randomBytes(15).toString('hex')}`,
      name: 'CN=localhost',
      notBefore: new Date(nowMs - backdatedMs),
      notAfter: new Date(nowMs - backdatedMs + days * dayMs),
      signingAlgorithm: algorithm,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(names),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    },
    webcrypto,
  );
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return `${certificate.toString('pem')}\n${x509.PemConverter.encode(key, 'PRIVATE KEY')}\n`;
}
