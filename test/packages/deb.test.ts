/** The packages for Debian and HP ThinPro, in a Debian 11. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { version } from '../../scripts/package/product.ts';
import { startPhone } from '../phone.ts';
import { build, fileIn, testFolder } from './build.ts';
import { debianFolder, pathsIn, runIn, startIn, whyNoChroot } from './chroot.ts';
import { resultOf } from './result-log.ts';
import { expectCall, expectPanel, expectServed } from './served.ts';

const why = whyNoChroot();
if (why) console.error(`NOT TESTED: packages for Debian (${why}).`);

const validator = '/usr/bin/desktop-file-validate';
const hasValidator = existsSync(validator);
if (!hasValidator) console.error('NOT TESTED: the desktop entry (desktop-file-utils not installed).');

const conditions = existsSync('/usr/bin/systemd-analyze') && existsSync('/usr/bin/setpriv');
if (!conditions) console.error('NOT TESTED: for whom units start (systemd or util-linux not installed).');

/** Folders of clients that come and go here. */
const clients = ['usr/lib/omnissa', 'usr/lib/vmware', 'usr/lib/x86_64-linux-gnu/freerdp2'];

describe.skipIf(why !== null)('the .deb', () => {
  const folder = testFolder();
  let root = '';
  let before: string[] = [];
  /** Paths as the chroot sees them, below /tmp. */
  let app = '';
  let adapter = '';

  const dpkg = (words: string[], env?: Record<string, string>) => runIn(root, ['dpkg', ...words], env);
  const at = (path: string): string => join(root, path);
  const log = (program = 'thinline') => resultOf(readFileSync(at(`/var/log/${program}-install.log`), 'utf8'));
  const ini = (...lines: string[]): string => {
    const file = join(folder, 'given.ini');
    writeFileSync(file, ['[genesys]', ...lines, ''].join('\r\n'));
    return file;
  };

  /** The name of the folder with the files of the app layer's version. */
  const setOf = (number: string): string =>
    `thinline-${createHash('sha256').update(number).digest('hex').slice(0, 16)}`;
  const isSet = (name: string): boolean => /^thinline-[0-9a-f]{16}$/.test(name);
  const sets = (): string[] => readdirSync(at('/usr/lib/thinline')).filter(isSet).sort();

  /** The same package with another number, and another name of that folder: its program has to unpack its own. */
  function as(number: string, file: string): string {
    const tree = join(folder, `tree-${number}`);
    execFileSync('dpkg-deb', ['-R', file, tree]);
    const library = join(tree, 'usr/lib/thinline');
    const set = readdirSync(library).find(isSet) ?? 'none';
    renameSync(join(library, set), join(library, setOf(number)));
    for (const name of readdirSync(join(tree, 'DEBIAN'))) {
      const path = join(tree, 'DEBIAN', name);
      const text = readFileSync(path, 'utf8').replace(/^(Version: |version=).*$/m, `$1${number}`);
      writeFileSync(path, text.replaceAll(set, setOf(number)));
    }
    const made = join(folder, `thinline_${number}.deb`);
    execFileSync('dpkg-deb', ['--root-owner-group', '-Zgzip', '-z1', '-b', tree, made], { stdio: 'pipe' });
    rmSync(tree, { recursive: true });
    return made;
  }

  beforeAll(async () => {
    root = debianFolder();
    await dpkg(['--purge', 'thinline', 'thinline-adapter']);
    // Of a run that failed.
    for (const path of ['etc/thinline', 'etc/default/thinline', 'etc/default/thinline-adapter', ...clients]) {
      rmSync(at(path), { recursive: true, force: true });
    }
    const packages = build('linux-x64', { kind: 'deb' });
    app = join(folder, 'app.deb');
    adapter = join(folder, 'adapter.deb');
    copyFileSync(fileIn(packages, `thinline_${version}_amd64.deb`), app);
    copyFileSync(fileIn(packages, `thinline-adapter_${version}_amd64.deb`), adapter);
    before = pathsIn(root);
  });
  afterAll(async () => {
    if (root) await dpkg(['--purge', 'thinline', 'thinline-adapter']);
    if (root) for (const client of clients) rmSync(at(client), { recursive: true, force: true });
  });

  test('nothing that a virtual desktop has no use for comes along', () => {
    const field = (name: string): string => execFileSync('dpkg-deb', ['-f', app, name], { encoding: 'utf8' }).trim();
    expect(field('Recommends')).toBe('xdg-utils');
    expect(field('Suggests')).toBe('thinline-adapter, libnotify-bin');
  });

  test('a bad value ends it before anything is touched', async () => {
    const { code, stderr } = await dpkg(['-i', app], { THINLINE_SILENT: ini('Connector=yes', 'ConnectorPort=99999') });
    expect(code).not.toBe(0);
    expect(stderr).toContain('ConnectorPort can\'t be "99999": it takes 1 to 65535.');
    expect(log()).toMatchObject({ ResultCode: '3' });
    expect(pathsIn(root)).toEqual(before);
  });

  test('a file with settings that is not there ends it', async () => {
    expect((await dpkg(['-i', app], { THINLINE_SILENT: '/tmp/none.ini' })).code).not.toBe(0);
    expect(log()).toMatchObject({ ResultCode: '2' });
    expect(pathsIn(root)).toEqual(before);
  });

  test("is installed with the vendor's file and keys", async () => {
    mkdirSync(at('/etc/thinline'), { recursive: true });
    copyFileSync(
      ini('InstallPath=/opt/elsewhere', 'EnableConnector=1', 'ConnectorPort=8443', 'HTTPS=true', 'DeploymentType=std'),
      at('/etc/thinline/genesys_silent.ini'),
    );
    const { code, stderr } = await dpkg(['-i', as('0.0.9', app)]);
    expect([code, stderr]).toEqual([0, '']);
    rmSync(at('/etc/thinline/genesys_silent.ini'));
    expect(log()).toMatchObject({ ResultCode: '0', Action: 'install', ConnectorPort: '8443', HTTPS: 'yes' });
    expect(log().Note).toContain('InstallPath is not a setting of thinline here');
    expect(readlinkSync(at('/etc/systemd/user/default.target.wants/thinline.service'))).toBe(
      '/usr/lib/systemd/user/thinline.service',
    );
    const words = ['thinline', 'config', 'diff', '/etc/thinline/Softphone.config', '--json'];
    const differences = await runIn(root, words, { THINLINE_CACHE: join(folder, 'cache') });
    expect(differences.stdout).toContain('8443');
    expect(differences.stdout).toContain('https');
    expect(readFileSync(at('/etc/default/thinline'), 'utf8')).toContain(
      'THINLINE_OPTIONS=--standalone --config /etc/thinline/Softphone.config\n',
    );
    const entry = at('/usr/share/applications/thinline.desktop');
    expect(readFileSync(entry, 'utf8')).toMatch(
      /^Exec=\/usr\/bin\/thinline open %u$[\s\S]*x-scheme-handler\/tel;x-scheme-handler\/sip;/m,
    );
    if (hasValidator) execFileSync(validator, [entry], { stdio: 'pipe' });
  });

  test('an upgrade from another version than IPVersion says ends', async () => {
    expect((await dpkg(['-i', app], { THINLINE_SILENT: ini('IPVersion=9.0.014') })).code).not.toBe(0);
    expect(log()).toMatchObject({ ResultCode: '4', Action: 'upgrade' });
    expect((await dpkg(['-s', 'thinline'])).stdout).toContain('\nVersion: 0.0.9\n');
  });

  test('an upgrade keeps what an administrator changed', async () => {
    const changed = '<!-- an administrator was here -->\n';
    writeFileSync(at('/etc/thinline/Softphone.config'), changed, { flag: 'a' });
    const started = 'THINLINE_OPTIONS=--config /etc/thinline/Softphone.config --log-level debug\n';
    writeFileSync(at('/etc/default/thinline'), started);
    rmSync(at('/etc/systemd/user/default.target.wants/thinline.service'));
    const { code } = await dpkg(['-i', app], { THINLINE_SILENT: ini('IPVersion=0.0.9', 'ConnectorPort=8001') });
    expect(code).toBe(0);
    expect(log()).toMatchObject({ ResultCode: '0', Action: 'upgrade' });
    expect(readFileSync(at('/etc/thinline/Softphone.config'), 'utf8')).toContain(changed);
    expect(readFileSync(at('/etc/default/thinline'), 'utf8')).toBe(started);
    expect(existsSync(at('/etc/systemd/user/default.target.wants/thinline.service'))).toBe(false);
  });

  test.skipIf(!conditions)('it starts for users, and neither for root nor for the screen where they sign in', () => {
    const unit = readFileSync(at('/usr/lib/systemd/user/thinline.service'), 'utf8');
    const [condition = 'none'] = /^Condition.*$/m.exec(unit) ?? [];
    const holdsFor = (user: number): boolean => {
      const words = [`--reuid=${user}`, `--regid=${user}`, '--clear-groups', 'systemd-analyze', 'condition', condition];
      return spawnSync('setpriv', words, { stdio: 'ignore' }).status === 0;
    };
    expect([0, 101, 999, 1000, 1_234_567].map(holdsFor)).toEqual([false, false, false, true, true]);
  });

  test('what dpkg asks to be undone needs no settings, and a log that cannot be written holds nothing up', async () => {
    const script = (name: string, ...words: string[]) =>
      runIn(root, [`/var/lib/dpkg/info/thinline.${name}`, ...words], { THINLINE_SILENT: ini('ConnectorPort=8001') });
    const none = { THINLINE_SILENT: '/tmp/none.ini' };
    const undone = await runIn(root, ['/var/lib/dpkg/info/thinline.preinst', 'abort-upgrade', '0.2.0'], none);
    expect([undone.code, undone.stderr]).toEqual([0, '']);
    rmSync(at('/var/log/thinline-install.log'));
    mkdirSync(at('/var/log/thinline-install.log'));
    const { code, stderr } = await script('postinst', 'configure', version);
    rmdirSync(at('/var/log/thinline-install.log'));
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining("thinline: /var/log/thinline-install.log can't be written.\n"),
    ]);
  });

  test('a downgrade is refused, and what is there stays', async () => {
    expect((await dpkg(['-i', join(folder, 'thinline_0.0.9.deb')])).code).not.toBe(0);
    expect(log()).toMatchObject({ ResultCode: '5' });
    expect((await runIn(root, ['thinline', '--version'])).stdout).toBe(`${version}\n`);
  });

  test('the adapter gives its plugins to the clients that are there, and to those that come', async () => {
    mkdirSync(at('/usr/lib/omnissa'), { recursive: true });
    // The file of the app layer, on a workstation.
    const { code, stderr } = await dpkg(['-i', adapter], { THINLINE_SILENT: ini('DeploymentType=Std', 'HTTPS=yes') });
    expect([code, stderr]).toEqual([0, '']);
    expect(log('thinline-adapter').Note).toContain('DeploymentType is not a setting of thinline-adapter here');
    const plugin = '/usr/lib/thinline/plugins/horizon/libthinline-horizon.so';
    expect(readlinkSync(at('/usr/lib/omnissa/rdpvcbridge/libthinline-horizon.so'))).toBe(plugin);
    expect(existsSync(at('/usr/lib/vmware'))).toBe(false);
    expect(existsSync(at(plugin))).toBe(true);

    const client = join(folder, 'client');
    mkdirSync(join(client, 'DEBIAN'), { recursive: true });
    mkdirSync(join(client, 'usr/lib/vmware'), { recursive: true });
    writeFileSync(join(client, 'usr/lib/vmware/client'), '');
    mkdirSync(join(client, 'usr/lib/x86_64-linux-gnu/freerdp2'), { recursive: true });
    writeFileSync(join(client, 'usr/lib/x86_64-linux-gnu/freerdp2/libother-client.so'), '');
    writeFileSync(
      join(client, 'DEBIAN/control'),
      'Package: some-client\nVersion: 1\nArchitecture: all\nMaintainer: tests <tests@localhost.invalid>\nDescription: a client\n',
    );
    execFileSync('dpkg-deb', ['-Zgzip', '-b', client, join(folder, 'client.deb')], { stdio: 'pipe' });
    expect((await dpkg(['-i', join(folder, 'client.deb')])).code).toBe(0);
    expect(readlinkSync(at('/usr/lib/vmware/rdpvcbridge/libthinline-horizon.so'))).toBe(plugin);
    expect(readlinkSync(at('/usr/lib/x86_64-linux-gnu/freerdp2/libthinline-client.so'))).toBe(
      '/usr/lib/thinline/plugins/freerdp2/libthinline-client.so',
    );
    await dpkg(['--purge', 'some-client']);
  });

  test('both programs work on Debian 11', async () => {
    const probe = await runIn(root, ['thinline', '--probe', '--config', '/etc/thinline/Softphone.config']);
    expect(probe.stdout).toContain('ok      adapter on this machine: /usr/lib/thinline/thinline-adapter\n');
    expect(probe.code).toBe(0);
    const sound = await runIn(root, ['thinline-adapter', '--probe', '--json']);
    const works = Object.fromEntries(
      JSON.parse(sound.stdout).findings.map((it: { name: string; works: boolean }) => [it.name, it.works]),
    );
    // It has neither sound nor libopus, and needs neither to start.
    expect(works).toMatchObject({
      'media worker': true,
      codecs: true,
      'echo, noise, gain': true,
      'system calls': true,
    });
    expect(sound.stdout).toContain('no sound service answers');
    expect(sound.code).toBe(0);
  });

  test('it serves the panel in each language, the connector and its pages, and its commands work', () =>
    expectServed({
      start: (_node, [, ...words], options) => startIn(root, ['thinline', ...words], options),
      run: (words, env) => runIn(root, ['thinline', ...words], env),
    }));

  test('a call through the installed phone is heard', async () => {
    await expectCall((_node, [, ...words], options) => startIn(root, ['thinline', ...words], options));
  });

  test('upgraded while it runs, it serves on; what stays on the machine for that goes with the upgrade after', async () => {
    const [own = 'none'] = sets().filter((name) => name !== setOf('0.0.9'));
    expect(sets()).toEqual([own, setOf('0.0.9')].sort());
    const phone = await startPhone({
      lines: [],
      start: (_node, [, ...words], options) => startIn(root, ['thinline', ...words], options),
    });
    try {
      await phone.waitFor('the adapter answers', (it) => it.phone !== null);
      copyFileSync(ini('IPVersion=9.0.014'), at('/etc/thinline/thinline_silent.ini'));
      const { code, stderr } = await dpkg(['-i', as('99.0.0', app)]);
      rmSync(at('/etc/thinline/thinline_silent.ini'));
      expect([code, stderr]).toEqual([0, '']);
      expect(log()).toMatchObject({ ResultCode: '0', Action: 'upgrade', Version: '99.0.0' });
      expect(log().Note).toContain('IPVersion was left alone');
      expect(sets()).toEqual([own, setOf('99.0.0')].sort());
      await expectPanel(phone.url);
    } finally {
      await phone.stop();
    }
    expect(readdirSync(at('/usr/lib/thinline')).filter((name) => name.endsWith('.former'))).toEqual([]);
  });

  test('removed, it keeps its configuration, and whether it starts, until it comes back', async () => {
    const { code, stdout } = await dpkg(['-r', 'thinline', 'thinline-adapter']);
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('Where thinline runs, it goes on until its user signs out.\n'),
    ]);
    expect(existsSync(at('/usr/lib/thinline'))).toBe(false);
    const changed = readFileSync(at('/etc/thinline/Softphone.config'), 'utf8');
    expect((await dpkg(['-i', app, adapter])).code).toBe(0);
    expect(readFileSync(at('/etc/thinline/Softphone.config'), 'utf8')).toBe(changed);
    // Somebody switched the first one off before.
    expect(readdirSync(at('/etc/systemd/user/default.target.wants'))).toEqual(['thinline-adapter.service']);
  });

  test('purged, it leaves nothing', async () => {
    expect((await dpkg(['-r', 'thinline', 'thinline-adapter'])).code).toBe(0);
    expect(lstatSync(at('/usr/lib/omnissa')).isDirectory()).toBe(true);
    expect((await dpkg(['--purge', 'thinline', 'thinline-adapter'])).code).toBe(0);
    // Of clients that went before the adapter.
    for (const client of clients) rmSync(at(client), { recursive: true, force: true });
    expect(pathsIn(root)).toEqual(before);
  });
});
