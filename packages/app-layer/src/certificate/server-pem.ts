/** PEM files with what a server shows: its certificate, the chain behind it, and its key. */
import { X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createSecureContext, type SecureContextOptions } from 'node:tls';

/** Bytes; the largest chains are far below. */
const longestFile = 1 << 20;

export interface ServerIdentity {
  /** The server's own. */
  certificate: X509Certificate;
  /** For node:tls. */
  context: SecureContextOptions;
}

/** 40 hexadecimal digits in lower case, as Windows calls it: of SHA-1. */
export const thumbprintOf = (certificate: X509Certificate): string =>
  certificate.fingerprint.replaceAll(':', '').toLowerCase();

/** Throws Error with a clause for people that has no part of a key. */
export async function readServerPem(file: string): Promise<ServerIdentity> {
  return serverIdentity(await readSmall(file), file);
}

async function readSmall(file: string): Promise<string> {
  try {
    const found = await stat(file);
    if (found.isFile() && found.size <= longestFile) return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw new Error(
      `"${file}": ${code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${String(code)})`}`,
    );
  }
  throw new Error(`"${file}": it is no file, or too long for certificates`);
}

export function serverIdentity(pem: string, file: string): ServerIdentity {
  const fault = (clause: string) => new Error(`"${file}": ${clause}`);
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    throw fault('there is no certificate in it');
  }
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(pem)) {
    throw fault('its key must not have a password');
  }
  if (!/-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/.test(pem)) throw fault('there is no private key in it');
  const context = { cert: pem, key: pem };
  try {
    createSecureContext(context);
  } catch {
    throw fault('the private key in it is damaged, or belongs to another certificate');
  }
  return { certificate, context };
}
