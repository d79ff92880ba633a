/** Finds certificates and authorities on disk. What is thrown is a clause for people. */
import { X509Certificate } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { codeOf } from '../thrown.ts';

/** Bytes; a bundle of every public authority is a fifth of that. */
const MAX_FILE = 1 << 20;
const MAX_FILES = 1_000;

/** Hex digits of a SHA-1 or SHA-256 thumbprint as people copy them, or '' where it is none. */
export function readThumbprint(text: string): string {
  // Windows puts a left-to-right mark before what it has people copy.
  const digits = text.replace(/[\s:\u200e\u200f\ufeff]/g, '').toLowerCase();
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(digits) ? digits : '';
}

const leafOf = (pem: string): X509Certificate | null => {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
};

const hasThumbprint = (certificate: X509Certificate, wanted: string): boolean =>
  [certificate.fingerprint, certificate.fingerprint256].some((it) => readThumbprint(it) === wanted);

async function readPem(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > MAX_FILE) throw new Error(`"${basename(path)}" is too long to be a certificate`);
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = codeOf(error);
    if (code === '') throw error;
    throw new Error(code === 'ENOENT' ? `there is no file "${path}"` : `"${path}" cannot be read (${code})`);
  }
}

async function findThumbprint(thumbprint: string, folder: string): Promise<string> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((it) => /\.(?:pem|crt|cer)$/i.test(it)).slice(0, MAX_FILES)) {
    const pem = await readPem(join(folder, name)).catch(() => '');
    const leaf = leafOf(pem);
    if (leaf && hasThumbprint(leaf, thumbprint)) return pem;
  }
  throw new Error(`no certificate in "${folder}" has the thumbprint ${thumbprint}`);
}

/** The certificate chain, leaf first, with its key, as PEM; certificate: a path, or a thumbprint in that folder. */
export async function readCertificate(certificate: string, folder: string): Promise<string> {
  const thumbprint = readThumbprint(certificate);
  const pem = thumbprint === '' ? await readPem(certificate) : await findThumbprint(thumbprint, folder);
  if (!leafOf(pem)) throw new Error(`there is no certificate in "${certificate}"`);
  if (pem.includes('-----BEGIN ENCRYPTED PRIVATE KEY-----') || pem.includes('Proc-Type: 4,ENCRYPTED'))
    throw new Error('the key of the certificate must not have a password');
  if (!/-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/.test(pem))
    throw new Error('the key is missing beside the certificate');
  try {
    createSecureContext({ cert: pem, key: pem });
  } catch {
    throw new Error('the key beside the certificate is not its key, or is damaged');
  }
  return pem;
}

/** Every certificate of a PEM file, one each. */
export async function readAuthorities(path: string): Promise<string[]> {
  const pem = await readPem(path);
  const parts = pem.split(/(?=-----BEGIN CERTIFICATE-----)/).filter((part) => leafOf(part) !== null);
  if (parts.length === 0) throw new Error(`there is no certificate in "${path}"`);
  return parts;
}
