/** The archives for Linux, as somebody has them who unpacks them. */
import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { version } from '../../scripts/package/product.ts';
import { startPeer } from '../peers/process.ts';
import { startPhone } from '../phone.ts';
import { build, fileIn, isQuick, sumsBuiltTwice, testFolder } from './build.ts';
import { expectCall, expectServed } from './served.ts';

const folder = testFolder();
const installed = join(folder, 'installed');
const program = join(installed, 'thinline');
const adapter = join(installed, 'thinline-adapter');
let packages: string;

const env = (more: Record<string, string>) => ({ PATH: '/usr/bin:/bin', HOME: join(folder, 'home'), ...more });

/** Exit code and both outputs. */
async function run(file: string, words: string[], more: Record<string, string> = {}) {
  const options = { env: env(more), timeout: 60_000 };
  return promisify(execFile)(file, words, options).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code?: number; stdout?: string; stderr?: string }) => ({
      code: error.code ?? -1,
      stdout: error.stdout ?? '',
      stderr: error.stderr ?? String(error),
    }),
  );
}

beforeAll(() => {
  packages = build('linux-x64', { kind: 'tar.gz' });
  mkdirSync(installed);
  for (const stem of readdirSync(packages).filter((name) => name.endsWith('.tar.gz'))) {
    execFileSync('tar', [
      '-xzf',
      join(packages, stem),
      '-C',
      installed,
      '--strip-components=2',
      '--wildcards',
      '*/files/*',
    ]);
  }
});

test('SHA256SUMS says what the files are', () => {
  const said = execFileSync('sha256sum', ['--check', 'SHA256SUMS'], { cwd: packages, encoding: 'utf8' });
  expect(said.match(/: OK$/gm)?.length).toBe(2);
});

test.skipIf(isQuick)('built twice, the same bytes, of each kind', { timeout: 900_000 }, () => {
  const [once, again] = sumsBuiltTwice('linux-x64');
  const ends = ['.tar.gz', '_amd64.deb', '-elux-epkg.tar.gz', '.provisional.fpm', '.provisional.epm'];
  for (const end of ends) expect(Object.keys(once).filter((name) => name.endsWith(end))).not.toEqual([]);
  expect(again).toEqual(once);
});

test('both programs say that all works, and leave nothing in the home folder', async () => {
  const runtime = { THINLINE_RUNTIME_DIR: join(folder, 'run') };
  const app = await run(program, ['--probe', '--json'], runtime);
  const sound = await run(adapter, ['--probe', '--json', '--audio', 'virtual'], runtime);
  expect([app.code, sound.code, app.stderr, sound.stderr]).toEqual([0, 0, '', '']);
  const findings = (text: string) => JSON.parse(text).findings as { name: string; works: boolean; detail: string }[];
  const failing = [...findings(app.stdout), ...findings(sound.stdout)].filter((it) => !it.works).map((it) => it.name);
  // A virtual device was asked for, and no adapter runs.
  expect(failing).toEqual(['adapter that runs here', 'sound driver', 'adapter that runs here']);
  expect(findings(sound.stdout).find((it) => it.name === 'codecs')?.detail).toContain('opus');
  expect(JSON.parse(app.stdout)).toMatchObject({ packaged: true, works: true });
  expect(existsSync(join(folder, 'home'))).toBe(false);
});

test('what NODE_OPTIONS asks for is not done', async () => {
  const foreign = join(folder, 'foreign.cjs');
  writeFileSync(foreign, "process.stdout.write('foreign\\n');");
  for (const file of [program, adapter]) {
    const { code, stdout, stderr } = await run(file, ['--version'], { NODE_OPTIONS: `--require=${foreign}` });
    expect([code, stdout, stderr]).toEqual([0, `${version}\n`, '']);
  }
});

describe('an executable all alone', () => {
  const alone = join(folder, 'alone', 'thinline-adapter');
  const cache = join(folder, 'cache');
  const probe = () => run(alone, ['--probe', '--audio', 'virtual'], { THINLINE_CACHE: cache });
  const addon = (): string => {
    const [set = ''] = readdirSync(cache);
    return join(cache, set, 'packages/endpoint-adapter/native/build/linux-x64/thinline-audio.node');
  };

  beforeAll(() => {
    mkdirSync(join(folder, 'alone'));
    copyFileSync(adapter, alone);
  });

  test('unpacks what it needs to a folder of its own, once', async () => {
    expect((await probe()).code).toBe(0);
    expect(statSync(cache).mode & 0o777).toBe(0o700);
    expect(readdirSync(cache)).toEqual([expect.stringMatching(/^thinline-adapter-[0-9a-f]{16}$/)]);
    const made = statSync(addon()).mtimeMs;
    expect((await probe()).code).toBe(0);
    expect(statSync(addon()).mtimeMs).toBe(made);
  });

  test('does not load what somebody changed', async () => {
    const genuine = readFileSync(addon());
    writeFileSync(addon(), 'nothing that could be loaded');
    expect((await probe()).code).toBe(0);
    expect(readFileSync(addon())).toEqual(genuine);
  });

  test('does not take a folder beside it that others may write to', async () => {
    const [set = ''] = readdirSync(cache);
    const planted = join(folder, 'alone', set);
    mkdirSync(planted);
    writeFileSync(join(planted, 'media-worker.mjs'), 'process.exit(9);');
    chmodSync(planted, 0o777);
    expect((await probe()).code).toBe(0);
    rmSync(planted, { recursive: true });
  });

  test('refuses a folder that others may write to', async () => {
    chmodSync(cache, 0o777);
    const { code, stderr } = await probe();
    chmodSync(cache, 0o700);
    expect(code).toBe(1);
    expect(stderr).toContain(`${cache} must belong to this user alone`);
  });
});

test('a bill of materials has what the executable has', () => {
  const bill = JSON.parse(readFileSync(fileIn(installed, 'thinline-adapter.cdx.json'), 'utf8'));
  const names = bill.components.map((it: { name: string }) => it.name);
  expect(names).toEqual(expect.arrayContaining(['node', 'koffi', '@koromix/koffi-linux-x64', 'werift', 'miniaudio']));
  expect(names).not.toContain('vitest');
  const licences = readFileSync(fileIn(installed, 'thinline-adapter.licenses.txt'), 'utf8').split('\n');
  for (const part of bill.components) {
    const words = [part.name, part.version].filter(Boolean).join(' ');
    expect([words, licences.some((line) => line === words || line.startsWith(`${words} `))]).toEqual([words, true]);
  }
});

test('it serves the panel in each language, the connector and its pages, and its commands work', () =>
  expectServed({
    start: (_node, [, ...words], options) => startPeer(program, words, options),
    run: (words, more) => run(program, words, more),
  }));

test('a running phone whose files were taken away says so', async () => {
  const phone = await startPhone({
    lines: [],
    start: (_node, [, ...words], options) => startPeer(program, words, options),
  });
  const set = join(installed, readdirSync(installed).find((name) => /^thinline-[0-9a-f]{16}$/.test(name)) ?? 'none');
  try {
    await phone.waitFor('the adapter answers', (it) => it.phone !== null);
    const entered = await fetch(phone.url, { redirect: 'manual' });
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = () => fetch(new URL('/', phone.url), { headers: { cookie } });
    expect((await page()).status).toBe(200);
    renameSync(set, `${set}.away`);
    const answer = await page();
    renameSync(`${set}.away`, set);
    expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('TL6035')]);
  } finally {
    await phone.stop();
  }
});

test('a call through the packaged phone is heard', async () => {
  await expectCall((_node, [, ...words], options) => startPeer(program, words, options));
});
