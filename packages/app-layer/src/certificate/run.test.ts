import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addressOfUser } from '../http/address.ts';
import { writeCertificate } from './find.ts';
import { makeCertificate } from './make.ts';
import { run } from './run.ts';
import { readServerPem, thumbprintOf } from './server-pem.ts';
import { trustText } from './words.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certificate-'));
  vi.stubEnv('THINLINE_STATE_DIR', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

test('create writes one, says how it is trusted, and never over another', async () => {
  const file = join(folder, 'connector.pem');
  const lines = await run(['create']);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const { certificate } = await readServerPem(file);
  expect(lines.join('\n')).toContain(thumbprintOf(certificate));
  expect(lines.join('\n')).toContain(join(folder, 'connector.crt'));
  expect(lines.join('\n')).not.toContain('PRIVATE');
  expect(certificate.checkIP(addressOfUser(userInfo().username))).toBeTruthy();
  const before = await readFile(file, 'utf8');
  await expect(run(['create'])).rejects.toThrow('TL6031');
  expect(await readFile(file, 'utf8')).toBe(before);
  expect(await run(['show'])).toEqual(lines);
});

test('create leaves the certificate beside the file as it is, and writes none that its key is not there for', async () => {
  const [file, beside] = [join(folder, 'server.pem'), join(folder, 'server.crt')];
  await writeFile(beside, 'of another');
  await expect(run(['create', '--out', file])).rejects.toThrow(`TL6031 ${beside}`);
  expect([await readFile(beside, 'utf8'), existsSync(file)]).toEqual(['of another', false]);

  await rm(beside);
  await mkdir(file);
  await expect(writeCertificate(file, await makeCertificate({ addresses: [], days: 1, nowMs: 0 }))).rejects.toThrow();
  expect(existsSync(beside)).toBe(false);
});

test('create takes a file, a time and an address', async () => {
  const file = join(folder, 'deeper', 'a.pem');
  await run(['create', '--out', file, '--days', '2', '--address', '127.9.9.9']);
  const { certificate } = await readServerPem(file);
  expect(certificate.checkIP('127.9.9.9')).toBeTruthy();
  expect(certificate.validToDate.getTime() - certificate.validFromDate.getTime()).toBe(2 * 86_400_000);
  expect((await run(['show', file]))[0]).toContain(file);
});

test.each([
  [['create', 'x'], '--out'],
  [['create', '--days', '0'], '1 to 825'],
  [['create', '--days', '826'], '1 to 825'],
  [['create', '--days', 'many'], '1 to 825'],
  [['create', '--address', '10.0.0.1'], 'no address of this machine alone'],
  [['show', 'a', 'b'], 'one file'],
  [['show', '--days', '2'], 'nothing else'],
  [['trust'], 'There is no "certificate trust"'],
  [['--what'], '--what'],
])('%j is not understood', async (args, words) => {
  await expect(run(args)).rejects.toThrow(words);
});

test('without a verb there is help', async () => {
  expect((await run([])).join()).toContain('thinline certificate create');
});

test('what is not there is said', async () => {
  await expect(run(['show'])).rejects.toThrow('there is no such file');
});

test.each(['linux', 'win32', 'darwin'] as const)('on %s its own way comes first', (platform) => {
  const [, first = ''] = trustText('/a b/c.crt', platform);
  expect(first).toMatch({ linux: /^Linux/, win32: /^Windows/, darwin: /^macOS/ }[platform]);
  expect(trustText('/a b/c.crt', platform).join('\n')).toContain('"/a b/c.crt"');
});
