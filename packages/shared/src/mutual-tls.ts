/** What both ends of a link over TLS have in common: TLS 1.3, a certificate on either side, and nobody who shows none. */
import { X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';

/** Bytes; the largest chains are far below. */
const longestFile = 1 << 20;

/**
 * What the listening end says first, once the other's certificate is found good: in TLS 1.3 the connecting end is through with
 * its handshake before anybody has looked at that (RFC 8446 §4.4).
 */
export const welcome = 0x06;

/** Paths of PEM files. */
export interface TlsFiles {
  /** Chain, the own certificate first, and its private key. */
  certificate: string;
  /** Who may have signed what the other end shows. */
  authorities: string;
}

/** For node:tls. */
export interface TlsIdentity {
  cert: string;
  key: string;
  ca: string[];
  minVersion: 'TLSv1.3';
  maxVersion: 'TLSv1.3';
}

const words = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${String(code ?? 'unknown error')})`;
};

async function readPem(path: string): Promise<string> {
  let size: number;
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new Error('it is no file');
    size = found.size;
  } catch (error) {
    throw new Error(`"${path}": ${error instanceof Error && !('code' in error) ? error.message : words(error)}`);
  }
  if (size > longestFile) throw new Error(`"${path}": it is too long for certificates`);
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw new Error(`"${path}": ${words(error)}`);
  });
}

const certificateIn = (pem: string): X509Certificate | null => {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
};

const withinDates = ({ validFromDate, validToDate }: X509Certificate, now: number): string => {
  if (validToDate.getTime() < now) return `it expired on ${validToDate.toISOString().slice(0, 10)}`;
  if (validFromDate.getTime() > now) return `it is not valid before ${validFromDate.toISOString().slice(0, 10)}`;
  return '';
};

/** Throws Error with a clause for people that has no part of a key. */
export async function readTlsIdentity({ certificate, authorities }: TlsFiles): Promise<TlsIdentity> {
  const [pem, trusted] = await Promise.all([readPem(certificate), readPem(authorities)]);
  const fault = ownFault(pem);
  if (fault !== '') throw new Error(`"${certificate}": ${fault}`);
  const ca = trusted.split(/(?=-----BEGIN CERTIFICATE-----)/).filter((part) => certificateIn(part) !== null);
  if (ca.length === 0) throw new Error(`"${authorities}": there is no certificate in it`);
  return { cert: pem, key: pem, ca, minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' };
}

/** '' where a certificate can be shown to the other end. */
function ownFault(pem: string): string {
  const own = certificateIn(pem);
  if (!own) return 'there is no certificate in it';
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(pem))
    return 'its key must not have a password';
  if (!/-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/.test(pem)) return 'there is no private key in it';
  try {
    createSecureContext({ cert: pem, key: pem });
  } catch {
    return 'the private key in it is damaged, or belongs to another certificate';
  }
  return withinDates(own, Date.now());
}

/** "host:port" and "[address]:port"; null for anything else. */
export function readHostPort(text: string): { host: string; port: number } | null {
  const [, bracketed, plain, digits = ''] =
    /^(?:\[([0-9A-Fa-f:.]{2,45})\]|([^\s:[\]/@]{1,253})):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  return host === undefined || port > 65_535 ? null : { host, port };
}
