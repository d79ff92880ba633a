/** What the packages are made of, and what is said of it: bills of materials, licences, signatures, the oldest glibc. */
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CannotBuild } from '../../scripts/build-step.mjs';
import { insideOf } from '../../scripts/package/licences.ts';
import { fetchPackage } from '../../scripts/package/npm-package.ts';
import { madeOrLeftOut } from '../../scripts/package/omissions.ts';
import { buildFolder, keptFolder, root } from '../../scripts/package/product.ts';
import { makeStage, type Stage } from '../../scripts/package/stage.ts';
import { windowsPayload } from '../../scripts/package/windows-payload.ts';
import { isQuick, sumsOf, testFolder } from './build.ts';
import { testAuthority } from './test-authority.ts';

interface Component {
  'bom-ref': string;
  name: string;
  version?: string;
  licenses: { license?: { id?: string; name?: string }; expression?: string }[];
  purl?: string;
  hashes?: { alg: string; content: string }[];
}

interface Bill {
  specVersion: string;
  serialNumber: string;
  metadata: { component: { 'bom-ref': string } };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

const folder = testFolder();
const has = (program: string): boolean => spawnSync('which', [program], { stdio: 'ignore' }).status === 0;
const filesBelow = (of: string): string[] =>
  readdirSync(of, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
const billOf = (stage: Stage): Bill =>
  JSON.parse(readFileSync(join(stage.folder, `${stage.half.program}.cdx.json`), 'utf8'));
const beginsWith = (file: string, magic: string): boolean =>
  readFileSync(file).toString('latin1', 0, 4).startsWith(magic);

afterAll(() => rmSync(buildFolder, { recursive: true, force: true }));

describe.each(['app', 'adapter'] as const)('linux-x64, %s', (halfName) => {
  let stage: Stage;
  let bill: Bill;

  beforeAll(async () => {
    stage = await makeStage(halfName, 'linux-x64');
    bill = billOf(stage);
  });

  test('the bill of materials names each part once, and what it belongs to', () => {
    expect(bill.specVersion).toBe('1.6');
    expect(bill.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    const references = bill.components.map((it) => it['bom-ref']);
    expect(references).toEqual([...new Set(references)].sort());
    const product = bill.metadata.component['bom-ref'];
    expect(references).not.toContain(product);
    expect(bill.dependencies.flatMap(({ dependsOn }) => dependsOn).sort()).toEqual(references);
    for (const { ref } of bill.dependencies) expect([product, ...references]).toContain(ref);
  });

  test('each package of npm has its hash, and each part a licence and its text', () => {
    const text = readFileSync(join(stage.folder, `${stage.half.program}.licenses.txt`), 'utf8');
    expect(text).not.toContain('brings no text');
    for (const { name, version, purl, hashes, licenses } of bill.components) {
      if (purl?.startsWith('pkg:npm/')) {
        expect([purl, hashes?.map(({ alg }) => alg)]).toEqual([purl, ['SHA-512']]);
        expect(hashes?.[0]?.content).toMatch(/^[0-9a-f]{128}$/);
      }
      expect(licenses.length).toBe(1);
      const words = licenses[0]?.expression ?? licenses[0]?.license?.id ?? licenses[0]?.license?.name ?? '';
      expect([name, words]).toEqual([name, expect.stringMatching(/^[A-Za-z0-9]/)]);
      expect(licenses[0]?.license?.id ?? 'MIT').toMatch(/^[A-Za-z0-9.+-]+$/);
      expect(words).not.toContain('NOASSERTION');
      expect(`\n${text}`).toContain(`\n${[name, version].filter(Boolean).join(' ')}`);
    }
  });

  test('each file is ours, or of a part that the bill of materials names', () => {
    const names = bill.components.map((it) => it.name);
    const references = bill.components.map((it) => it['bom-ref']);
    const own = /^(policies|plugins)\/|^thinline(-adapter)?(\.cdx\.json|\.licenses\.txt)?$/;
    const ownBesides = /^(packages|proto)\/|^media-worker\.mjs$/;
    const stranger = filesBelow(stage.folder).find((file) => {
      const path = relative(stage.folder, file);
      if (own.test(path)) return false;
      const below = path.startsWith(`${stage.besides}/`) ? path.slice(stage.besides.length + 1) : '';
      const [, inPackages] = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(below) ?? [];
      if (inPackages !== undefined) {
        const manifest = JSON.parse(
          readFileSync(join(stage.folder, stage.besides, 'node_modules', inPackages, 'package.json'), 'utf8'),
        );
        return !references.includes(`${inPackages}@${manifest.version}`);
      }
      if (below.endsWith('thinline-audio.node')) return !names.includes('miniaudio');
      const [, codec] = /\/codecs-build\/(\w+)\.cjs$/.exec(below) ?? [];
      if (codec !== undefined) return !names.includes(`webrtc-${codec}`);
      return !ownBesides.test(below);
    });
    expect(stranger).toBeUndefined();
    expect(names).toContain('node');
  });
});

test('what is inside a package is known for the version that ships', () => {
  expect(insideOf('libopus-wasm', '0.4.0').map(({ name }) => name)).toEqual(['libopus']);
  expect(insideOf('ws', '8.23.0')).toEqual([]);
  expect(() => insideOf('libopus-wasm', '0.4.1')).toThrow('libopus-wasm@0.4.0, and not in libopus-wasm@0.4.1');
});

test('what a release must have, is there or left out by name', () => {
  const fails = (): never => {
    throw new CannotBuild('its headers are not on this machine');
  };
  const strict = { without: new Set<string>(), lenient: false };
  expect(madeOrLeftOut('freerdp3', strict, () => 'made')).toBe('made');
  expect(() => madeOrLeftOut('freerdp3', strict, fails)).toThrow('--without freerdp3');
  expect(madeOrLeftOut('freerdp3', { ...strict, without: new Set(['freerdp3']) }, () => 'made')).toBeNull();
  const { status, stderr } = spawnSync(process.execPath, ['scripts/package/main.ts', 'linux-x64', '--without', 'all'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([2, expect.stringContaining('--without NAMES')]);
});

test('an archive that is not the pinned one is not unpacked', () => {
  const integrity = `sha512-${createHash('sha512').update('the pinned one').digest('base64')}`;
  const name = createHash('sha256').update(integrity).digest('hex').slice(0, 16);
  const archive = join(keptFolder, 'archives', `${name}.tgz`);
  mkdirSync(join(keptFolder, 'archives'), { recursive: true });
  writeFileSync(archive, 'another one');
  try {
    expect(() => fetchPackage({ package: 'a@1.0.0', integrity })).toThrow('is not the pinned a@1.0.0');
    expect(existsSync(join(keptFolder, 'fetched', name))).toBe(false);
  } finally {
    rmSync(archive);
  }
});

test.each(
  isQuick || !has('aarch64-linux-gnu-gcc') ? (['linux-x64'] as const) : (['linux-x64', 'linux-arm64'] as const),
)('%s needs nothing newer than glibc 2.28 and the libstdc++ of GCC 8', async (target) => {
  // Of GCC 8, as its manual says (libstdc++ ABI policy).
  const newest = { GLIBC: [2, 28, 0], GLIBCXX: [3, 4, 25] } as const;
  let seen = 0;
  for (const halfName of ['app', 'adapter'] as const) {
    const stage = await makeStage(halfName, target);
    for (const file of filesBelow(stage.folder).filter((it) => beginsWith(it, '\x7fELF'))) {
      seen++;
      const said = execFileSync('readelf', ['-VW', file], { encoding: 'utf8', maxBuffer: 1 << 26 });
      for (const [word, library, major, minor, patch = '0'] of said.matchAll(
        /\b(GLIBC|GLIBCXX)_(\d+)\.(\d+)(?:\.(\d+))?/g,
      )) {
        const [a, b, c] = library === 'GLIBC' ? newest.GLIBC : newest.GLIBCXX;
        const difference = Number(major) - a || Number(minor) - b || Number(patch) - c;
        expect([relative(stage.folder, file), word, difference <= 0]).toEqual([expect.anything(), word, true]);
      }
    }
  }
  expect(seen).toBeGreaterThanOrEqual(target === 'linux-x64' ? 7 : 5);
});

const signs = !isQuick && has('osslsigncode') && has('x86_64-w64-mingw32-gcc') && has('i686-w64-mingw32-gcc');
if (!isQuick && !signs) console.error('NOT TESTED: signatures of what is inside setups (osslsigncode, mingw-w64).');

describe.skipIf(!signs)('win-x64 with a key', () => {
  afterAll(() => vi.unstubAllEnvs());

  test.each(['app', 'adapter'] as const)('%s: all that Windows runs is signed', async (halfName) => {
    const { key, certificate, authority } = testAuthority(folder);
    vi.stubEnv('THINLINE_SIGNING_KEY', key);
    vi.stubEnv('THINLINE_SIGNING_CERTIFICATE', certificate);
    const payload = join(folder, `payload-${halfName}`);
    windowsPayload(await makeStage(halfName, 'win-x64'), payload);
    const programs = filesBelow(payload).filter((it) => beginsWith(it, 'MZ'));
    const names = programs.map((it) => relative(payload, it).replace(/.*\//, ''));
    expect(names).toEqual(expect.arrayContaining(['thinline-start.exe', 'koffi.node']));
    if (halfName === 'adapter') expect(names.filter((it) => it === 'thinline-channel.dll').length).toBe(2);
    for (const file of programs) {
      const said = spawnSync('osslsigncode', ['verify', '-CAfile', authority, '-in', file], { encoding: 'utf8' });
      expect([file, said.stdout]).toEqual([file, expect.stringContaining('Signature verification: ok')]);
    }
  });
});

test.skipIf(isQuick)('two builds at the same time make the same', async () => {
  const outs = ['one', 'other'].map((name) => join(folder, name));
  const words = (out: string) => ['scripts/package/main.ts', 'linux-x64', '--fast', '--kind', 'tar.gz', '--out', out];
  await Promise.all(
    outs.map((out) =>
      promisify(execFile)(process.execPath, words(out), {
        cwd: root,
        env: { ...process.env, SOURCE_DATE_EPOCH: '1790000000' },
      }),
    ),
  );
  const [one, other] = outs.map((out) => sumsOf(join(out, 'linux-x64')));
  expect(Object.keys(one ?? {}).length).toBe(2);
  expect(other).toEqual(one);
});
