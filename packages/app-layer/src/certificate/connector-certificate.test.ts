import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logTo } from '@thinline/shared/log/log.ts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { expiryWords, openCertificate } from './connector-certificate.ts';
import { madeFile, writeCertificate } from './find.ts';
import { makeCertificate } from './make.ts';
import { readServerPem, thumbprintOf } from './server-pem.ts';

let folder: string;
let given: string;
let fresh: string;
const records: string[] = [];
const log = logTo({ wants: () => true, record: (level, _name, text) => records.push(`${level} ${text}`) });
const at = (name: string): string => join(folder, name);
const find = (settings: { certificate?: string; thumbprint?: string }, addresses: string[] = []) =>
  openCertificate({ settings: { certificate: '', thumbprint: '', ...settings }, addresses, log, lookMs: 5 });
const shown = async (...request: Parameters<typeof find>) => (await find(...request)).context().cert;

beforeAll(async () => {
  const nowMs = Date.now();
  given = await makeCertificate({ addresses: [], days: 200, nowMs });
  fresh = await makeCertificate({ addresses: [], days: 200, nowMs });
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certificate-'));
  vi.stubEnv('THINLINE_STATE_DIR', at('state'));
  vi.stubEnv('THINLINE_CERTIFICATES', at('certificates'));
  await mkdir(at('certificates'));
  await writeFile(at('given.pem'), given);
  records.length = 0;
});
afterEach(() => rm(folder, { recursive: true }));
afterAll(() => {
  vi.unstubAllEnvs();
});

test('the one that is configured comes first', async () => {
  expect(await shown({ certificate: at('given.pem'), thumbprint: '0'.repeat(40) })).toBe(given);
});

test.each([
  ['is not there', null, 'there is no such file'],
  ['has no certificate', 'x', 'there is no certificate in it'],
  ['has no key', () => given.split('-----BEGIN PRIVATE')[0] ?? '', 'there is no private key in it'],
  [
    'has the key of another',
    () => `${given.split('-----BEGIN P')[0]}-----BEGIN P${fresh.split('-----BEGIN P')[1]}`,
    'belongs to another',
  ],
  ['has a key with a password', () => given.replaceAll('PRIVATE', 'ENCRYPTED PRIVATE'), 'must not have a password'],
])('one that %s is named, without its key', async (_name, content, detail) => {
  await rm(at('given.pem'));
  const text = typeof content === 'function' ? content() : content;
  if (text !== null) await writeFile(at('given.pem'), text);
  const error = await find({ certificate: at('given.pem') }).catch((thrown: unknown) => thrown);
  expect(String(error)).toMatch(/^FailureError: TL6032 /);
  expect(String(error)).toContain(detail);
  expect(String(error)).toContain('given.pem');
  expect(String(error)).not.toMatch(/BEGIN|M[A-Za-z0-9+/]{20}/);
});

test('a thumbprint finds it among the PEM files of the folder, unreadable ones among them', async () => {
  const { certificate } = await readServerPem(at('given.pem'));
  await writeFile(at('certificates/a.pem'), 'no certificate');
  await writeFile(at('certificates/b.pem'), fresh);
  await writeFile(at('certificates/c.pem'), given);
  expect(await shown({ thumbprint: thumbprintOf(certificate) })).toBe(given);
  await expect(find({ thumbprint: '0'.repeat(40) })).rejects.toThrow('TL6029');
});

test('otherwise one is made, for this user alone, and kept', async () => {
  const first = await shown({});
  expect((await stat(madeFile())).mode & 0o777).toBe(0o600);
  expect(await readFile(at('state/connector.crt'), 'utf8')).not.toContain('PRIVATE');
  expect(records[0]).toMatch(/^warning a certificate for the connector is made/);
  expect(await shown({})).toBe(first);
});

test('the one that was made is replaced when no browser would take it: it has expired, or another address is meant', async () => {
  const first = await shown({});
  expect(await shown({}, ['127.0.0.1', '::1'])).toBe(first);
  const second = await shown({}, ['127.9.9.9']);
  expect(second).not.toBe(first);
  expect(await shown({}, ['127.9.9.9'])).toBe(second);
  const nowMs = Date.now() - 3 * 86_400_000;
  await writeCertificate(madeFile(), await makeCertificate({ addresses: [], days: 2, nowMs }));
  expect((await readServerPem(madeFile())).certificate.validToDate.getTime()).toBeLessThan(Date.now());
  await shown({});
  expect((await readServerPem(madeFile())).certificate.validToDate.getTime()).toBeGreaterThan(Date.now());
});

test('where it cannot be kept, that is said', async () => {
  // What stands in the way of a folder stops root, too.
  await writeFile(at('state'), '');
  await expect(find({})).rejects.toThrow('TL6030');
});

test('a certificate that is replaced is shown from then on, a broken one is not', async () => {
  const certificate = await find({ certificate: at('given.pem') });
  const renewed: unknown[] = [];
  let told = () => {};
  const once = () =>
    new Promise<void>((resolve) => {
      told = resolve;
    });
  const stop = certificate.watch(({ cert }) => {
    renewed.push(cert);
    told();
  });
  const first = once();
  // Several writes, as the looks at the file go by its time.
  await writeFile(at('given.pem'), 'broken');
  await vi.waitFor(() => expect(records.join()).toContain('the connector keeps its certificate'));
  await writeFile(at('given.pem'), fresh);
  await first;
  expect(renewed).toEqual([fresh]);
  expect(certificate.context().cert).toBe(fresh);
  stop();
});

test('its end is told of a month before', async () => {
  const now = Date.UTC(2026, 0, 1);
  const day = 86_400_000;
  expect(expiryWords(new Date(now + 31 * day), now)).toBe('');
  expect(expiryWords(new Date(now + 29 * day), now)).toBe('expires on 2026-01-30');
  expect(expiryWords(new Date(now - 1), now)).toBe('expired on 2025-12-31');
  await writeFile(at('soon.pem'), await makeCertificate({ addresses: [], days: 20, nowMs: Date.now() }));
  await find({ certificate: at('soon.pem') });
  expect(records[0]).toMatch(/^warning the certificate of the connector expires on /);
});
