/** --probe of both programs: what an administrator asks first. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../packages');
const thinline = join(root, 'app-layer/bin/thinline.mjs');
const adapter = join(root, 'endpoint-adapter/bin/thinline-adapter.mjs');
const folder = mkdtempSync(join(tmpdir(), 'thinline-probe-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

const probe = (program: string, ...words: string[]): Promise<Ran> =>
  promisify(execFile)(process.execPath, [program, '--probe', ...words], {
    env: { ...process.env, THINLINE_RUNTIME_DIR: folder },
  }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code?: number; stdout?: string; stderr?: string }) => ({
      code: error.code ?? -1,
      stdout: error.stdout ?? '',
      stderr: error.stderr ?? '',
    }),
  );

test('the app layer says what it finds, one line each', async () => {
  const { code, stdout } = await probe(thinline);
  expect(stdout).toMatch(/^thinline \d+\.\d+\.\d+, Node\.js \d+.*, from sources\n/);
  expect(stdout).toMatch(/^ok {6}contract: protocol versions 1 to \d+$/m);
  expect(stdout).toMatch(/^without adapter that runs here: /m);
  expect(code).toBe(0);
});

test('a configuration that cannot be used, and words that make no sense, end it with 1 and 2', async () => {
  const file = join(folder, 'Softphone.config');
  writeFileSync(file, '<Softphone>');
  const broken = await probe(thinline, '--config', file);
  expect(broken.stdout).toMatch(/^FAILED {2}configuration: /m);
  expect(broken.code).toBe(1);
  expect((await probe(thinline, '--channel', 'pigeon')).stdout).toMatch(/^FAILED {2}way to the endpoint: .*pigeon/m);
  expect(await probe(thinline, '--unheard')).toMatchObject({ code: 2, stdout: '' });
  expect(await probe(adapter, '--audio', 'gramophone')).toMatchObject({ code: 2, stdout: '' });
});

test('the adapter says which codecs and devices it has, for programs', async () => {
  const { code, stdout } = await probe(adapter, '--audio', 'virtual', '--json');
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ program: 'thinline-adapter', works: true, packaged: false });
  const details = Object.fromEntries(
    report.findings.map((it: { name: string; detail: string }) => [it.name, it.detail]),
  );
  expect(details.codecs).toContain('opus');
  expect(details.microphones).toBe('Virtual microphone');
  expect(code).toBe(0);
});
