import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAuthorities, readCertificate, readThumbprint } from './certificate-file.ts';
import { type Authority, startAuthority } from './testing/certificates.ts';

let certificates: Authority;
let folder: string;
let path: string;
let otherKey: string;
let pem: string;
let leaf: X509Certificate;
beforeAll(async () => {
  certificates = await startAuthority();
  folder = mkdtempSync(join(tmpdir(), 'thinline-certificates-'));
  const other = await certificates.issue({ names: ['DNS:other.example'] });
  otherKey = readFileSync(other.key, 'utf8');
  write('other.pem', readFileSync(other.both, 'utf8'));
  pem = readFileSync((await certificates.issue({ names: ['DNS:sip.example'] })).both, 'utf8');
  path = write('sip.pem', pem);
  leaf = new X509Certificate(pem);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await certificates.stop();
});

const write = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

describe('readThumbprint', () => {
  it.each([
    ['ab'.repeat(20), 'ab'.repeat(20)],
    ['\u200eAB '.repeat(20), 'ab'.repeat(20)],
    [Array(32).fill('Cd').join(':'), 'cd'.repeat(32)],
    ['ab'.repeat(19), ''],
    ['xy'.repeat(20), ''],
    ['phone.pem', ''],
    ['', ''],
  ])('%j', (text, digits) => {
    expect(readThumbprint(text)).toBe(digits);
  });
});

describe('readCertificate', () => {
  it('reads a file', async () => {
    expect(await readCertificate(path, '')).toBe(pem);
  });

  it('finds a thumbprint in the folder, as it is written in many ways', async () => {
    const { fingerprint, fingerprint256 } = leaf;
    for (const text of [fingerprint, fingerprint256, fingerprint.replaceAll(':', ' ').toLowerCase()])
      expect(await readCertificate(text, folder)).toBe(pem);
  });

  it('says what is wrong', async () => {
    const certificate = pem.slice(0, pem.indexOf('-----BEGIN PRIVATE'));
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const encrypted = '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n-----END ENCRYPTED PRIVATE KEY-----\n';
    for (const [text, clause] of [
      [join(empty, 'none.pem'), 'there is no file'],
      [empty, 'cannot be read (EISDIR)'],
      [write('garbage.pem', 'x'), 'there is no certificate in'],
      [write('bare.pem', certificate), 'the key is missing'],
      [write('encrypted.pem', certificate + encrypted), 'must not have a password'],
      [write('mixed.pem', certificate + otherKey), 'is not its key'],
      [write('long.pem', 'x'.repeat((1 << 20) + 1)), 'is too long'],
      ['00'.repeat(20), `no certificate in "${empty}"`],
    ] as const)
      await expect(readCertificate(text, empty), text).rejects.toThrow(clause);
  });

  it('finds nothing in a folder that is not there', async () => {
    await expect(readCertificate('00'.repeat(20), join(folder, 'nowhere'))).rejects.toThrow('thumbprint');
  });
});

describe('readAuthorities', () => {
  it('reads each of a bundle, and wants one at least', async () => {
    const one = readFileSync(certificates.file, 'utf8');
    expect(await readAuthorities(write('bundle.crt', `# two\n${one}\n# again\n${one}`))).toHaveLength(2);
    await expect(readAuthorities(write('none.crt', 'x'))).rejects.toThrow('there is no certificate in');
  });
});
