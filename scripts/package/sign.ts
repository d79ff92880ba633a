/** Signatures. Who packages gives the key by environment variables; nothing of it is written anywhere. */
import { execFileSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { sourceDate } from './archive.ts';
import { name, type TargetName } from './product.ts';

/** PEM files: THINLINE_SIGNING_KEY, and THINLINE_SIGNING_CERTIFICATE with its chain. null: nothing is signed. */
export function signingKey(): { key: string; certificate: string } | null {
  const { THINLINE_SIGNING_KEY: key, THINLINE_SIGNING_CERTIFICATE: certificate } = process.env;
  if (!key && !certificate) return null;
  if (!key || !certificate) throw new Error('THINLINE_SIGNING_KEY and THINLINE_SIGNING_CERTIFICATE go together.');
  return { key, certificate };
}

/** osslsigncode's words, but for the files; null where nothing is signed. */
function authenticode(): string[] | null {
  const given = signingKey();
  if (!given) return null;
  // A server's time (RFC 3161) holds when the certificate has ended; ours is no more than a statement.
  const server = process.env.THINLINE_SIGNING_TIMESTAMP;
  const time = server ? ['-ts', server] : ['-time', String(sourceDate())];
  return ['sign', '-h', 'sha256', '-certs', given.certificate, '-key', given.key, '-n', name, ...time];
}

/** Authenticode on an executable, library or installer for Windows. */
export function signExecutable(file: string, target: TargetName): void {
  const words = target === 'win-x64' ? authenticode() : null;
  if (!words) return;
  execFileSync('osslsigncode', [...words, '-in', file, '-out', `${file}.signed`], { stdio: 'pipe' });
  renameSync(`${file}.signed`, file);
}

/** The line for NSIS that signs the uninstaller, which only NSIS makes; empty where nothing is signed. */
export function uninstallerSignature(): string {
  const words = authenticode();
  if (!words) return '';
  if (words.some((word) => /['"`$%\\\r\n]/.test(word)))
    throw new Error('Paths of the signing key and its certificate may have no quotation marks, $, %, or backslashes.');
  const sign = ['osslsigncode', ...words].map((word) => `"${word}"`).join(' ');
  return `!uninstfinalize '${sign} -in "%1" -out "%1.signed" > /dev/null && mv "%1.signed" "%1"' = 0`;
}

/** A detached CMS signature (RFC 5652) beside the file, FILE.sig; null where nothing is signed. */
export function signDetached(file: string): string | null {
  const given = signingKey();
  if (!given) return null;
  const words = ['cms', '-sign', '-binary', '-outform', 'DER', '-md', 'sha256', '-noattr'];
  const key = ['-signer', given.certificate, '-inkey', given.key];
  execFileSync('openssl', [...words, ...key, '-in', file, '-out', `${file}.sig`], { stdio: 'pipe' });
  return `${file}.sig`;
}
