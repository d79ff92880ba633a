/** What this machine can't run, or only by an emulator: arm64, macOS, eLux; and signatures. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCommands, segmentName } from '../../scripts/package/macho.ts';
import { version } from '../../scripts/package/product.ts';
import { build, fileIn, isQuick, sumsBuiltTwice, sumsOf, testFolder } from './build.ts';
import { testAuthority } from './test-authority.ts';

const folder = testFolder();
const has = (program: string): boolean => spawnSync('which', [program], { stdio: 'ignore' }).status === 0;
/** Whether that can't be tried here; says so. */
function lacks(what: string, ...programs: string[]): boolean {
  const missing = programs.filter((it) => !has(it));
  if (missing.length > 0) console.error(`NOT TESTED: ${what} (${missing.join(', ')} not installed).`);
  return missing.length > 0;
}
const noArm64 = lacks(
  'packages for linux-arm64',
  'aarch64-linux-gnu-gcc',
  'aarch64-linux-gnu-strip',
  'qemu-aarch64-static',
);
const noElux = lacks('packages for eLux', 'mksquashfs', 'unsquashfs', 'openssl');
const noSignatures = lacks(
  'signatures of setups',
  'makensis',
  'x86_64-w64-mingw32-gcc',
  'i686-w64-mingw32-gcc',
  'osslsigncode',
);
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:';

function unpacked(archive: string): string {
  const to = join(folder, archive.slice(archive.lastIndexOf('/') + 1).replace('.tar.gz', ''));
  mkdirSync(to);
  execFileSync('tar', ['-xzf', archive, '-C', to, '--strip-components=1']);
  return to;
}

/** Two builds of everything on a busy machine, ms. */
const twice = { timeout: 900_000 };

describe.skipIf(isQuick)('other systems', () => {
  const probesByEmulator = (program: string, ...more: string[]): void => {
    const words = ['-L', '/usr/aarch64-linux-gnu', program, '--probe', '--json', ...more];
    const { stdout, status } = spawnSync('qemu-aarch64-static', words, {
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', HOME: folder, THINLINE_RUNTIME_DIR: folder },
    });
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ works: true, arch: 'arm64', packaged: true });
    expect(report.findings.find((it: { name: string }) => it.name === 'system calls')).toMatchObject({ works: true });
    expect(status).toBe(0);
  };
  const kindOf = (file: string): string => execFileSync('file', ['-b', file], { encoding: 'utf8' });

  test.skipIf(noArm64)('linux-arm64: the archives run, by an emulator', () => {
    const packages = build('linux-arm64', { kind: 'tar.gz' });
    const files = (program: string): string =>
      join(unpacked(fileIn(packages, `${program}-${version}-linux-arm64.tar.gz`)), 'files');
    probesByEmulator(join(files('thinline'), 'thinline'));
    const adapter = files('thinline-adapter');
    probesByEmulator(join(adapter, 'thinline-adapter'), '--audio', 'virtual');
    const addon = execFileSync('find', [adapter, '-name', 'thinline-audio.node'], { encoding: 'utf8' });
    expect(kindOf(addon.trim())).toContain('ARM aarch64');
  });

  test.skipIf(noArm64)(
    'linux-arm64: both .deb have what theirs for amd64 have, for arm64, and run by an emulator',
    () => {
      const packages = build('linux-arm64', { kind: 'deb' });
      const installed = join(folder, 'arm64-deb');
      const paths = (file: string): string[] =>
        execFileSync('dpkg-deb', ['-c', file], { encoding: 'utf8' })
          .match(/ \.\/\S+/g)
          ?.map((it) => it.slice(2)) ?? [];
      for (const [name, wanted] of [
        [
          'thinline',
          [
            '/usr/bin/thinline',
            '/usr/lib/thinline/Softphone.config.template',
            '/usr/lib/systemd/user/thinline.service',
            '/usr/share/applications/thinline.desktop',
            '/usr/share/icons/hicolor/scalable/apps/thinline.svg',
            '/usr/share/doc/thinline/copyright',
            '/usr/share/doc/thinline/thinline.cdx.json',
            '/usr/share/doc/thinline/thinline_silent.ini',
          ],
        ],
        [
          'thinline-adapter',
          [
            '/usr/bin/thinline-adapter',
            '/usr/lib/thinline/register-clients',
            '/usr/lib/systemd/user/thinline-adapter.service',
            '/usr/share/doc/thinline-adapter/copyright',
          ],
        ],
      ] as const) {
        const file = fileIn(packages, `${name}_${version}_arm64.deb`);
        const field = (of: string): string => execFileSync('dpkg-deb', ['-f', file, of], { encoding: 'utf8' }).trim();
        expect([field('Package'), field('Version'), field('Architecture')]).toEqual([name, version, 'arm64']);
        expect(paths(file)).toEqual(expect.arrayContaining([...wanted]));
        execFileSync('dpkg-deb', ['-x', file, installed]);
      }
      const library = join(installed, 'usr/lib/thinline');
      expect(readFileSync(join(library, 'register-clients'), 'utf8')).toContain('/usr/lib/aarch64-linux-gnu/freerdp2');
      const programs = execFileSync('find', [library, '-name', '*.node', '-o', '-name', '*.so'], { encoding: 'utf8' });
      for (const file of programs.trim().split('\n'))
        expect([file, kindOf(file)]).toEqual([file, expect.stringContaining('ARM aarch64')]);
      probesByEmulator(join(library, 'thinline'));
      probesByEmulator(join(library, 'thinline-adapter'), '--audio', 'virtual');
    },
  );

  test.each([...(noArm64 ? [] : (['linux-arm64'] as const)), 'darwin-x64' as const, 'darwin-arm64' as const])(
    '%s: built twice, the same bytes',
    twice,
    (target) => {
      const [once, again] = sumsBuiltTwice(target);
      expect(Object.keys(once).length).toBe(target === 'linux-arm64' ? 4 : 2);
      expect(again).toEqual(once);
    },
  );

  test.each(['darwin-x64', 'darwin-arm64'] as const)(
    '%s: a program with our part in it, and no broken signature',
    (target) => {
      const packages = build(target, { kind: 'tar.gz' });
      const files = join(unpacked(fileIn(packages, `thinline-${version}-${target}.tar.gz`)), 'files');
      const program = readFileSync(join(files, 'thinline'));
      const commands = loadCommands(program);
      expect(commands.map(({ kind }) => kind)).not.toContain(0x1d);
      const segments = commands.filter(({ kind }) => kind === 0x19).map((it) => segmentName(program, it));
      expect(segments).toContain('NODE_SEA');
      expect(program.includes(`${fuse}1`)).toBe(true);
      expect(program.includes(`${fuse}0`)).toBe(false);
    },
  );

  test.skipIf(noElux)(
    'eLux: sources for epkg, and a provisional package whose parts fit each other; signed where there is a key',
    () => {
      const { key, certificate, authority } = testAuthority(folder);
      const env = { THINLINE_SIGNING_KEY: key, THINLINE_SIGNING_CERTIFICATE: certificate };
      const packages = build('linux-x64', { kind: 'elux', env });
      const sources = unpacked(fileIn(packages, '-elux-epkg.tar.gz'));
      expect(readFileSync(join(sources, 'input/ebkepm'), 'utf8')).toMatch(
        /^\[EPM\]\n[\s\S]*\ncontainers=3072\n[\s\S]*^\[FPM1\]$/m,
      );
      const feature = fileIn(packages, '.fpm');
      const list = readFileSync(fileIn(packages, '.epm'), 'utf8');
      expect(list).toContain(`\nsha256=${sumsOf(packages)[feature.slice(packages.length + 1)]}\n`);
      const inside = execFileSync('unsquashfs', ['-l', feature], { encoding: 'utf8', maxBuffer: 1 << 26 });
      expect(inside).toContain('squashfs-root/opt/thinline/thinline-adapter\n');
      expect(inside).toContain('/default.target.wants/thinline-adapter.service\n');
      const unit = execFileSync('unsquashfs', ['-cat', feature, 'usr/lib/systemd/user/thinline-adapter.service'], {
        encoding: 'utf8',
      });
      expect(unit.match(/^Condition.*$/gm)).toEqual(['ConditionUser=!root']);
      for (const file of [feature, fileIn(packages, '.epm'), join(packages, 'SHA256SUMS')]) {
        const words = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', `${file}.sig`, '-content', file];
        const verify = (authorities: string) =>
          spawnSync('openssl', [...words, '-CAfile', authorities, '-purpose', 'any', '-out', '/dev/null'], {
            stdio: 'ignore',
          }).status;
        expect(verify(authority)).toBe(0);
        expect(verify(certificate)).not.toBe(0);
      }
      expect(readdirSync(packages).filter((name) => name.endsWith('.sig')).length).toBe(3);
    },
  );

  test.skipIf(noSignatures)('Windows: each setup has a signature, where there is a key', () => {
    const { key, certificate, authority } = testAuthority(folder);
    const env = { THINLINE_SIGNING_KEY: key, THINLINE_SIGNING_CERTIFICATE: certificate };
    const signed = build('win-x64', { kind: 'nsis', env });
    const setups = readdirSync(signed).filter((it) => it.endsWith('.exe'));
    expect(setups.length).toBe(2);
    for (const name of setups) {
      const words = ['verify', '-CAfile', authority, '-in', join(signed, name)];
      expect(execFileSync('osslsigncode', words, { encoding: 'utf8' })).toContain('Signature verification: ok');
    }
  });
});
