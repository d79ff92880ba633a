/** install.sh of the archives for Linux and macOS, by two shells, into a folder instead of the system, with stubs. */
import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, test } from 'vitest';
import { configurationTemplate } from '../../scripts/package/configuration.ts';
import { installScript } from '../../scripts/package/install-script.ts';
import { registerClients } from '../../scripts/package/linux-registrations.ts';
import { type TargetName, version } from '../../scripts/package/product.ts';
import { testFolder } from './build.ts';
import { resultOf } from './result-log.ts';

const sources = join(import.meta.dirname, '../../packaging/linux');
const folder = testFolder();
const system = join(folder, 'system');
const archive = join(folder, 'archive');
const stubs = join(folder, 'stubs');
const temporary = join(folder, 'tmp');
const at = (path: string): string => join(system, path);

const write = (path: string, text: string | Uint8Array, mode = 0o644): void => {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, mode);
};

/** An archive with little in it. */
function unpack(half: 'app' | 'adapter', target: TargetName): void {
  rmSync(archive, { recursive: true, force: true });
  const program = half === 'app' ? 'thinline' : 'thinline-adapter';
  write(join(archive, 'install.sh'), installScript(half, target), 0o755);
  write(join(archive, 'files', program), '#!/bin/sh\n', 0o755);
  write(join(archive, 'files', `${program}-0123`, 'packages/one'), 'one');
  if (half === 'app') write(join(archive, 'files/Softphone.config.template'), configurationTemplate());
  if (half === 'adapter') write(join(archive, 'files/plugins/horizon/libthinline-horizon.so'), 'plugin');
  write(join(archive, 'system/register-clients'), registerClients('linux-x64'), 0o755);
  for (const name of readdirSync(sources)) {
    if (name.endsWith('.sh') || name === 'register-clients') continue;
    write(join(archive, 'system', name), readFileSync(join(sources, name), 'utf8'));
  }
}

const ini = (...lines: string[]): string => {
  const file = join(folder, 'given.ini');
  writeFileSync(file, ['[setup]', ...lines, ''].join('\r\n'));
  return file;
};

const entriesBelow = (path: string) =>
  existsSync(path) ? readdirSync(path, { recursive: true, withFileTypes: true }) : [];

const filesBelow = (path: string): string[] =>
  entriesBelow(path)
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length))
    .sort();

/** The next version of the archive's app layer: other files, and the installed one is called 0.0.N. */
function renew(set: string, installedAs: string, installPath = 'opt/thinline'): void {
  for (const name of readdirSync(join(archive, 'files'))) {
    if (name.startsWith('thinline-')) rmSync(join(archive, 'files', name), { recursive: true });
  }
  write(join(archive, 'files', `thinline-${set}`, 'packages/two'), set);
  const file = at(`${installPath}/thinline.version`);
  writeFileSync(file, readFileSync(file, 'utf8').replace(/.*/, installedAs));
}

describe.each(['dash', 'bash --posix'])('by %s', (shell) => {
  const [program = '', ...options] = shell.split(' ');
  const log = join(folder, 'result.log');
  /** By the last one, on standard error. */
  let said = '';

  /** The image, or, without it, a system of which only stubs and what is below the folder are touched. */
  async function installIn(env: Record<string, string>, ...words: string[]): Promise<number> {
    const all = { PATH: `${stubs}:/usr/bin:/bin`, HOME: folder, TMPDIR: temporary, ...env };
    const script = ['-c', 'umask 077; exec "$@"', 'sh', program, ...options, join(archive, 'install.sh')];
    const logWords = words.includes('-fl') ? [] : ['-fl', log];
    return new Promise((resolve) => {
      execFile('/bin/sh', [...script, ...words, ...logWords], { env: all }, (error, _printed, problems) => {
        said = problems;
        resolve(error ? Number(error.code) : 0);
      });
    });
  }
  const install = (...words: string[]): Promise<number> => installIn({ THINLINE_ROOT: system }, ...words);
  const result = () => resultOf(readFileSync(log, 'utf8'));

  beforeEach(() => {
    for (const path of [system, temporary, stubs, log]) rmSync(path, { recursive: true, force: true });
    for (const path of [system, temporary]) mkdirSync(path);
    write(join(stubs, 'launchctl'), `#!/bin/sh\necho "$@" >> ${folder}/launchctl.txt\n`, 0o755);
    write(join(stubs, 'stat'), '#!/bin/sh\necho 501\n', 0o755);
    // Unsigned until it is signed.
    write(join(stubs, 'codesign'), `#!/bin/sh\necho "$@" >> ${folder}/codesign.txt\n[ "$1" != --verify ]\n`, 0o755);
    for (const name of ['launchctl.txt', 'codesign.txt']) rmSync(join(folder, name), { force: true });
  });

  test.each([
    ['darwin-arm64', 'ConnectorPort=0', 3, 'ConnectorPort can\'t be "0": it takes 1 to 65535.'],
    ['darwin-arm64', 'EnableConnector=perhaps', 3, 'EnableConnector can\'t be "perhaps": it takes yes or no.'],
    [
      'darwin-arm64',
      'InstallPath=here',
      3,
      'InstallPath can\'t be "here": it takes an absolute path without . or .. in it.',
    ],
    ['darwin-arm64', 'InstallPath=/', 3, 'InstallPath can\'t be "/": it takes an absolute path without . or .. in it.'],
    [
      'darwin-arm64',
      'InstallPath=/opt/../usr',
      3,
      'InstallPath can\'t be "/opt/../usr": it takes an absolute path without . or .. in it.',
    ],
    [
      'darwin-arm64',
      'InstallPath=/opt/.',
      3,
      'InstallPath can\'t be "/opt/.": it takes an absolute path without . or .. in it.',
    ],
    ['linux-x64', 'ConnectorPort=00080', 3, 'ConnectorPort can\'t be "00080": it takes 1 to 65535.'],
    ['linux-x64', 'Startup=\\chidden', 3, 'Startup can\'t be "\\chidden": it takes yes or no.'],
    [
      'linux-x64',
      'InstallPath=/opt/a;touch b',
      3,
      'InstallPath can\'t be "/opt/a;touch b": it takes letters, digits and /._+- here.',
    ],
    ['linux-x64', 'CertificateType=File', 3, 'CertificateType=File needs CertificateFile.'],
    [
      'linux-x64',
      'InstallPath=/opt/Soft Phone',
      3,
      'InstallPath can\'t be "/opt/Soft Phone": it takes letters, digits and /._+- here.',
    ],
    ['linux-x64', 'nothing at all', 3, '"nothing at all" is not KEY=VALUE.'],
  ] as const)('%s: %s ends it before anything is touched', async (target, line, code, sentence) => {
    unpack('app', target);
    expect(await install('-s', '-fr', ini(line))).toBe(code);
    expect(result()).toMatchObject({ ResultCode: String(code), Message: sentence });
    expect(said).toBe(`thinline: ${sentence}\n`);
    expect(filesBelow(system)).toEqual([]);
  });

  test('without the file with settings it ends', async () => {
    unpack('app', 'darwin-arm64');
    expect(await install('-s')).toBe(2);
    expect(await install('-s', '-fr', '/nowhere.ini')).toBe(2);
    expect(filesBelow(system)).toEqual([]);
  });

  test('macOS: installed with the keys of the vendor, upgraded, removed', async () => {
    unpack('app', 'darwin-arm64');
    const given = ini(
      'InstallPath=/Applications/Soft & Phone',
      'AutoStart=yes',
      'EnableConnector=yes',
      'ConnectorPort=8001',
      'SecuredCommunication=yes',
      'PreserveConfigFile=no',
    );
    expect(await install('-s', '-fr', given)).toBe(0);
    expect(result()).toMatchObject({ ResultCode: '0', Action: 'install', Startup: 'yes', HTTPS: 'yes' });
    const config = at('Applications/Soft & Phone/Softphone.config');
    expect(readFileSync(config, 'utf8')).toContain('<setting name="port" value="8001"/>');
    expect(readFileSync(config, 'utf8')).toContain('<setting name="protocol" value="https"/>');
    const agent = at('Library/LaunchAgents/org.thinline.thinline.plist');
    expect(readFileSync(agent, 'utf8')).toContain('<string>/Applications/Soft &amp; Phone/thinline</string>');

    const installed = at('Applications/Soft & Phone/thinline');
    expect(readFileSync(join(folder, 'codesign.txt'), 'utf8')).toBe(
      `--verify ${installed}\n--force --sign - ${installed}\n`,
    );

    // The next version has other files, and an administrator changed something.
    writeFileSync(config, '<!-- changed -->', { flag: 'a' });
    renew('4567', '0.0.9', 'Applications/Soft & Phone');
    expect(await install('-s', '-fr', given)).toBe(0);
    expect(result()).toMatchObject({ Action: 'upgrade' });
    expect(result().Note).toContain(`${config} was kept as it is.`);
    expect(readFileSync(config, 'utf8')).toContain('<!-- changed -->');
    expect(existsSync(at('Applications/Soft & Phone/thinline-4567/packages/two'))).toBe(true);

    expect(await install('-s', '-fr', given, '-u')).toBe(0);
    expect(entriesBelow(system)).toEqual([]);
    // It went into an image.
    expect(existsSync(join(folder, 'launchctl.txt'))).toBe(false);
  });

  test('another installed version than IPVersion says, and a later one, end it', async () => {
    unpack('app', 'linux-x64');
    expect(await install('-s', '-fr', ini('Startup=no'))).toBe(0);
    expect(await install('-s', '-fr', ini('IPVersion=7.1'))).toBe(4);
    writeFileSync(at('opt/thinline/thinline.version'), '10.0.0\n');
    expect(await install('-s', '-fr', ini('Startup=no'))).toBe(5);
    expect(result()).toMatchObject({ ResultCode: '5', Version: version });
  });

  test('Linux: the adapter starts with the user and is known to the clients, until it is removed', async () => {
    unpack('adapter', 'linux-x64');
    mkdirSync(at('usr/lib/omnissa'), { recursive: true });
    expect(await install('-s', '-fr', ini('DeploymentType=citrix_windows'))).toBe(3);
    expect(await install('-s', '-fr', ini('DeploymentType=vmware_pro'))).toBe(0);
    expect(filesBelow(system)).toContain('/usr/lib/omnissa/rdpvcbridge/libthinline-horizon.so');
    expect(filesBelow(system)).toContain('/etc/systemd/user/default.target.wants/thinline-adapter.service');
    const unit = readFileSync(at('etc/systemd/user/thinline-adapter.service'), 'utf8');
    expect(unit).toContain('ExecStart=/opt/thinline/thinline-adapter $THINLINE_ADAPTER_OPTIONS\n');
    // A thin client's only user may have a number of the system's.
    expect(unit).toContain('ConditionUser=!root\n');
    expect(await install('-s', '-u')).toBe(0);
    expect(filesBelow(system)).toEqual([]);
  });

  test.each([
    ['app', 'adapter'],
    ['adapter', 'app'],
  ] as const)('one file serves both halves of a workstation; %s goes first', async (first, second) => {
    const both = ini('DeploymentType=Std', 'Startup=no', 'ConnectorPort=8001');
    for (const half of ['app', 'adapter'] as const) {
      unpack(half, 'linux-x64');
      expect(await install('-s', '-fr', both)).toBe(0);
    }
    expect(result()).toMatchObject({ Product: 'thinline-adapter', DeploymentType: 'vmware_pro', Startup: 'no' });
    expect(result().Note).toContain('DeploymentType is not a setting of thinline-adapter here');
    for (const half of [first, second]) {
      expect(filesBelow(system)).not.toEqual([]);
      unpack(half, 'linux-x64');
      expect(await install('-s', '-u')).toBe(0);
    }
    expect(entriesBelow(system)).toEqual([]);
  });

  test('an image of another machine takes it: units, links and options as that one will have them', async () => {
    const other = process.arch === 'arm64' ? 'linux-x64' : 'linux-arm64';
    unpack('app', other);
    expect(await install('-s', '-fr', ini('InstallPath=/usr/lib/phone', 'DeploymentType=Citrix'))).toBe(0);
    expect(readFileSync(at('usr/lib/phone/thinline.options'), 'utf8')).toBe(
      'THINLINE_OPTIONS=--config /usr/lib/phone/Softphone.config\n',
    );
    const entry = readFileSync(at('usr/share/applications/thinline.desktop'), 'utf8');
    expect(entry).toContain('\nExec=/usr/lib/phone/thinline open %u\nIcon=/usr/lib/phone/thinline.svg\n');
    expect(entry).toContain('x-scheme-handler/tel;x-scheme-handler/sip;');
  });

  test('a folder that is a file ends it', async () => {
    unpack('app', 'linux-x64');
    write(at('opt'), 'in the way');
    expect(await install('-s', '-fr', ini('Startup=no'))).toBe(6);
  });

  test('an upgrade finds the folder, however its path is written', async () => {
    unpack('app', 'linux-x64');
    expect(await install('-s', '-fr', ini('InstallPath=/opt/x/'))).toBe(0);
    const before = filesBelow(system);
    expect(await install('-s', '-fr', ini('InstallPath=/opt//x'))).toBe(0);
    expect(result()).toMatchObject({ Action: 'upgrade', InstallPath: '/opt/x' });
    expect(filesBelow(system)).toEqual(before);
  });

  test('a folder that came under another path is left alone', async () => {
    unpack('app', 'linux-x64');
    expect(await install('-s', '-fr', ini('InstallPath=/opt/x'))).toBe(0);
    rmSync(at('etc/thinline/thinline.folder'));
    symlinkSync('x', at('opt/y'));
    const before = filesBelow(system);
    expect(await install('-s', '-fr', ini('InstallPath=/opt/y'))).toBe(3);
    expect(result().Message).toContain('what is there was installed by another path');
    expect(filesBelow(system)).toEqual(before);
  });

  test('everybody may read it, whatever the umask is', async () => {
    unpack('adapter', 'linux-x64');
    chmodSync(join(archive, 'files/thinline-adapter'), 0o700);
    chmodSync(join(archive, 'files/thinline-adapter-0123/packages/one'), 0o600);
    mkdirSync(at('usr/lib/omnissa'), { recursive: true });
    expect(await install('-s', '-fr', ini('Startup=yes'))).toBe(0);
    const closed = entriesBelow(system)
      .filter((entry) => !entry.isSymbolicLink())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => (statSync(path).mode & 0o055) !== (statSync(path).isDirectory() ? 0o055 : 0o044))
      .map((path) => path.slice(system.length));
    expect(closed).toEqual([
      '/opt/thinline/register-clients',
      '/opt/thinline/thinline-adapter',
      '/opt/thinline/thinline-adapter-session',
    ]);
    for (const path of closed) expect(statSync(at(path)).mode & 0o777).toBe(0o755);
  });

  test("a folder with another's program is refused, and left as it is", async () => {
    unpack('app', 'linux-x64');
    write(at('opt/Genesys/Softphone.config'), 'theirs');
    write(at('opt/Genesys/genesys_softphone'), 'theirs');
    const before = filesBelow(system);
    expect(await install('-s', '-fr', ini('InstallPath=/opt/Genesys'))).toBe(3);
    expect(result().Message).toBe('InstallPath can\'t be "/opt/Genesys": something else is there (genesys_softphone).');
    expect(filesBelow(system)).toEqual(before);
  });

  test('what was there before is neither written over nor removed', async () => {
    unpack('app', 'linux-x64');
    const theirs = ['opt/thinline/Softphone.config', 'usr/share/applications/thinline.desktop'];
    for (const path of theirs) write(at(path), 'theirs');
    mkdirSync(at('etc/systemd/user'), { recursive: true });
    expect(await install('-s', '-fr', ini('Startup=yes', 'ConnectorPort=8001'))).toBe(0);
    expect(result().Note).toBe(
      [
        `${at('opt/thinline/Softphone.config')} was kept as it is.`,
        `ConnectorPort was left as it is in ${at('opt/thinline/Softphone.config')}.`,
        '/usr/share/applications/thinline.desktop was there before, and was left as it is.',
      ].join('\n'),
    );
    expect(await install('-s', '-fr', ini('Startup=yes'))).toBe(0);
    expect(await install('-s', '-u')).toBe(0);
    expect(result().Note).toBe('What runs goes on until its user signs out.');
    expect(filesBelow(system)).toEqual(theirs.map((path) => `/${path}`));
    for (const path of theirs) expect(readFileSync(at(path), 'utf8')).toBe('theirs');
    // Folders, too, that were empty.
    expect(existsSync(at('etc/systemd/user'))).toBe(true);
    expect(existsSync(at('etc/thinline'))).toBe(false);
  });

  test('it is in one folder, and an upgrade and a removal know which', async () => {
    unpack('app', 'linux-x64');
    expect(await install('-s', '-fr', ini('InstallPath=/opt/a'))).toBe(0);
    const before = filesBelow(system);
    expect(await install('-s', '-fr', ini('InstallPath=/opt/b'))).toBe(3);
    expect(result().Message).toContain('thinline is in /opt/a.');
    expect(await install('-s', '-fr', ini('InstallPath=/opt/b'), '-u')).toBe(1);
    expect(filesBelow(system)).toEqual(before);

    renew('4567', '10.0.0', 'opt/a');
    expect(await install('-s', '-fr', ini('Startup=yes'))).toBe(5);
    renew('4567', '0.0.9', 'opt/a');
    expect(await install('-s', '-fr', ini('Startup=yes'))).toBe(0);
    expect(result()).toMatchObject({ Action: 'upgrade', InstallPath: '/opt/a' });
    expect(await install('-u')).toBe(0);
    expect(filesBelow(system)).toEqual([]);
  });

  test('a folder that was deleted by hand is no obstacle', async () => {
    unpack('app', 'linux-x64');
    expect(await install('-s', '-fr', ini('InstallPath=/opt/a'))).toBe(0);
    rmSync(at('opt/a'), { recursive: true });
    expect(await install('-s', '-fr', ini('InstallPath=/opt/b'))).toBe(0);
    expect(readFileSync(at('etc/systemd/user/thinline.service'), 'utf8')).toContain('ExecStart=/opt/b/thinline ');
    expect(await install('-s', '-u')).toBe(0);
    expect(filesBelow(system)).toEqual([]);
  });

  test('what ended half way can be tried again, and removed', async () => {
    unpack('app', 'linux-x64');
    write(at('usr/share/applications'), 'in the way');
    expect(await install('-s', '-fr', ini('ConnectorPort=8001', 'Connector=yes'))).toBe(6);
    expect(readdirSync(temporary)).toEqual([]);
    expect(await install('-s', '-u')).toBe(0);
    expect(filesBelow(system)).toEqual(['/usr/share/applications']);

    expect(await install('-s', '-fr', ini('ConnectorPort=8001', 'Connector=yes'))).toBe(6);
    rmSync(at('usr/share/applications'));
    expect(await install('-s', '-fr', ini('ConnectorPort=8002', 'Connector=yes'))).toBe(0);
    expect(result().Action).toBe('install');
    expect(readFileSync(at('opt/thinline/Softphone.config'), 'utf8')).toContain('value="8002"');
    expect(await install('-s', '-u')).toBe(0);
    expect(filesBelow(system)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('where the result log cannot be written, nothing is done', async () => {
    unpack('app', 'linux-x64');
    expect(await install('-s', '-fr', ini('Startup=no'), '-fl', join(folder, 'none/result.log'))).toBe(6);
    expect(filesBelow(system)).toEqual([]);
  });

  test('-u reads the file that it is given, without -s, too', async () => {
    unpack('app', 'linux-x64');
    const given = ini('InstallPath=/opt/x');
    expect(await install('-s', '-fr', given)).toBe(0);
    rmSync(at('etc/thinline'), { recursive: true });
    expect(await install('-u', '-fr', given)).toBe(0);
    expect(filesBelow(system)).toEqual([]);
  });

  test('a file with settings may begin with a byte order mark, and be in Latin-1', async () => {
    unpack('app', 'linux-x64');
    // As macOS's sed does, which stops at bytes that are no characters of the locale.
    write(join(stubs, 'sed'), '#!/bin/sh\n[ "$LC_ALL" = C ] || exit 1\nexec /usr/bin/sed --posix "$@"\n', 0o755);
    const file = join(folder, 'given.ini');
    const text = '\xef\xbb\xbfStartup=no\r\n; f\xfcr alle\r\nInstallPath=/opt/x\r\nGru\xdf=1\r\n';
    writeFileSync(file, Buffer.from(text, 'latin1'));
    expect(await install('-s', '-fr', file)).toBe(0);
    expect(result()).toMatchObject({ Startup: 'no', InstallPath: '/opt/x' });
  });

  test('the result log says of an upgrade what was left as it was', async () => {
    unpack('app', 'linux-x64');
    expect(await install('-s', '-fr', ini('Startup=yes', 'DeploymentType=Citrix', 'ConnectorPort=8001'))).toBe(0);
    expect(await install('-s', '-fr', ini('Startup=no', 'DeploymentType=Std', 'ConnectorPort=9999'))).toBe(0);
    expect(result()).toMatchObject({ Startup: 'yes', DeploymentType: 'Citrix' });
    expect(result().Note?.split('\n')).toEqual([
      'Startup was left as it was: yes.',
      'DeploymentType was left as it was: Citrix.',
      'Who is signed in has the new version from the next sign-in on.',
      `${at('opt/thinline/Softphone.config')} was kept as it is.`,
      `ConnectorPort was left as it is in ${at('opt/thinline/Softphone.config')}.`,
    ]);
    // What is in force is in that file.
    expect(result()).not.toHaveProperty('ConnectorPort');
    // What nobody asked for is no news.
    expect(await install('-s', '-fr', ini('IPVersion='))).toBe(0);
    expect(result()).toMatchObject({ Startup: 'yes', DeploymentType: 'Citrix' });
    expect(result().Note).not.toContain('was left');
  });

  test('macOS: an upgrade keeps what the phone is started with', async () => {
    unpack('app', 'darwin-arm64');
    expect(await install('-s', '-fr', ini('DeploymentType=Citrix'))).toBe(0);
    expect(await install('-s', '-fr', ini('Startup=no'))).toBe(0);
    expect(result()).toMatchObject({ DeploymentType: 'Citrix', Startup: 'yes' });
    const agent = at('Library/LaunchAgents/org.thinline.thinline.plist');
    expect(readFileSync(agent, 'utf8')).not.toContain('--standalone');
  });

  test('the files of the version that may still run stay until the upgrade after', async () => {
    unpack('app', 'linux-x64');
    expect(await install('-s', '-fr', ini('Startup=yes'))).toBe(0);
    const sets = () => readdirSync(at('opt/thinline')).filter((name) => /^thinline-\d/.test(name));
    renew('4567', '0.0.8');
    for (const _time of [1, 2]) {
      expect(await install('-s', '-fr', ini('Startup=yes'))).toBe(0);
      expect(sets()).toEqual(['thinline-0123', 'thinline-4567']);
      expect(readFileSync(at('opt/thinline/thinline-0123/packages/one'), 'utf8')).toBe('one');
    }
    renew('89ab', '0.0.9');
    expect(await install('-s', '-fr', ini('Startup=yes'))).toBe(0);
    expect(sets()).toEqual(['thinline-4567', 'thinline-89ab']);
    expect(await install('-s', '-u')).toBe(0);
    expect(entriesBelow(system)).toEqual([]);
  });

  test("the vendor's type for eLux is taken", async () => {
    unpack('adapter', 'linux-x64');
    expect(await install('-s', '-fr', ini('DeploymentType=citrix_elux_5'))).toBe(0);
    expect(result()).toMatchObject({ DeploymentType: 'vmware_pro' });
    expect(result().Note).toBe('DeploymentType=citrix_elux_5 was taken as vmware_pro.');
  });

  test("an ordinary user's own installation, which a session starts without systemd", async () => {
    unpack('app', process.arch === 'arm64' ? 'linux-arm64' : 'linux-x64');
    write(join(stubs, 'id'), '#!/bin/sh\necho 1000\n', 0o755);
    write(join(archive, 'files/thinline'), `#!/bin/sh\nprintf '%s\\n' "$@" > ${folder}/started.txt\n`, 0o755);
    const given = ini(`InstallPath=${at('phone')}`, 'DeploymentType=Citrix');
    expect(await installIn({ HOME: at('home') }, '-s', '-fr', given)).toBe(0);
    const managed = existsSync('/run/systemd/system');
    expect(result().Note).toBe(
      managed
        ? undefined
        : `systemd does not run here: a desktop's session starts it by ${at('home/.config/autostart/thinline.desktop')}.`,
    );
    expect(readlinkSync(at('home/.config/systemd/user/default.target.wants/thinline.service'))).toBe(
      at('home/.config/systemd/user/thinline.service'),
    );
    const entry = readFileSync(at('home/.config/autostart/thinline.desktop'), 'utf8');
    const [, session = ''] = /^Exec=(.*)$/m.exec(entry) ?? [];
    const started = join(folder, 'started.txt');
    rmSync(started, { force: true });
    mkdirSync(at('run/systemd'), { recursive: true });
    await promisify(execFile)(session, { env: { PATH: '/usr/bin:/bin', XDG_RUNTIME_DIR: at('run') } });
    expect(existsSync(started)).toBe(false);
    await promisify(execFile)(session, { env: { PATH: '/usr/bin:/bin' } });
    expect(readFileSync(started, 'utf8')).toBe(`--config\n${at('phone/Softphone.config')}\n`);

    rmSync(at('run'), { recursive: true });
    expect(await installIn({ HOME: at('home') }, '-s', '-u')).toBe(0);
    expect(entriesBelow(system)).toEqual([]);
  });

  test('macOS: it starts at once, and neither an upgrade nor a removal ends a call', async () => {
    unpack('app', 'darwin-arm64');
    write(join(stubs, 'id'), '#!/bin/sh\necho 0\n', 0o755);
    const script = join(archive, 'install.sh');
    const places = /"?(\/Library\/(?:LaunchAgents|Application Support))/g;
    writeFileSync(
      script,
      readFileSync(script, 'utf8').replace(places, (word, place) => word.replace(place, at(place))),
    );
    const given = ini(`InstallPath=${at('Applications/Thinline')}`);
    expect(await installIn({}, '-s', '-fr', given)).toBe(0);
    renew('4567', '0.0.9', 'Applications/Thinline');
    expect(await installIn({}, '-s', '-fr', given)).toBe(0);
    expect(await installIn({}, '-s', '-fr', given, '-u')).toBe(0);
    expect(entriesBelow(system)).toEqual([]);
    expect(readFileSync(join(folder, 'launchctl.txt'), 'utf8')).toBe(
      `bootstrap gui/501 ${at('Library/LaunchAgents/org.thinline.thinline.plist')}\n`,
    );
  });
});

describe('register-clients', () => {
  const script = at('my plugins/register-clients');
  const ini = at('opt/Citrix/ICAClient/config/module.ini');
  const run = async (what: string): Promise<string> =>
    (await promisify(execFile)('sh', [script, what, `${system}/`])).stderr;

  beforeEach(() => {
    rmSync(system, { recursive: true, force: true });
    write(script, registerClients('linux-x64'), 0o755);
    for (const plugin of ['freerdp2/libthinline-client.so', 'horizon/libthinline-horizon.so', 'VDTHNLINE.DLL']) {
      write(at(`my plugins/plugins/${plugin}`), 'plugin');
    }
  });

  test('links to the plugins beside it; folders of clients stay, and those that it made go', async () => {
    const theirs = ['usr/lib/freerdp2', 'usr/lib/omnissa/rdpvcbridge', 'usr/lib/vmware'];
    for (const path of theirs) mkdirSync(at(path), { recursive: true });
    expect(await run('add')).toBe('');
    expect(readlinkSync(at('usr/lib/vmware/rdpvcbridge/libthinline-horizon.so'))).toBe(
      '/my plugins/plugins/horizon/libthinline-horizon.so',
    );
    await run('remove');
    for (const path of theirs) expect(readdirSync(at(path))).toEqual([]);
    expect(readdirSync(at('my plugins'))).toEqual(['plugins', 'register-clients']);
  });

  test("replaces links that lead to our plugins or to nothing, and nobody else's file", async () => {
    write(at('usr/lib/freerdp2/libthinline-client.so'), 'theirs');
    write(at('elsewhere/plugin.so'), 'theirs');
    for (const [client, target] of [
      ['omnissa', '/elsewhere/plugin.so'],
      ['vmware', '/opt/gone/libthinline-horizon.so'],
    ] as const) {
      mkdirSync(at(`usr/lib/${client}/rdpvcbridge`), { recursive: true });
      symlinkSync(target, at(`usr/lib/${client}/rdpvcbridge/libthinline-horizon.so`));
    }
    expect((await run('add')).split('\n')).toEqual([
      "/usr/lib/freerdp2/libthinline-client.so is another's, and was left alone.",
      "/usr/lib/omnissa/rdpvcbridge/libthinline-horizon.so is another's, and was left alone.",
      '',
    ]);
    await run('remove');
    expect(readFileSync(at('usr/lib/freerdp2/libthinline-client.so'), 'utf8')).toBe('theirs');
    expect(readlinkSync(at('usr/lib/omnissa/rdpvcbridge/libthinline-horizon.so'))).toBe('/elsewhere/plugin.so');
    expect(lstatSync(at('usr/lib/vmware/rdpvcbridge')).isDirectory()).toBe(true);
    expect(readdirSync(at('usr/lib/vmware/rdpvcbridge'))).toEqual([]);
  });

  test("a driver for Citrix's client is listed in module.ini once, and taken out again", async () => {
    const modules =
      '[ICA 3.0]\nVirtualDriver = Thinwire3.0, Clipboard\nThinwire3.0=On\n[Clipboard]\nDriverName=VDCLIP.DLL\n';
    write(ini, modules);
    rmSync(at('my plugins/plugins/VDTHNLINE.DLL'));
    await run('add');
    expect(readFileSync(ini, 'utf8')).toBe(modules);

    write(at('my plugins/plugins/VDTHNLINE.DLL'), '');
    await run('add');
    await run('add');
    expect(readFileSync(ini, 'utf8')).toBe(
      '[ICA 3.0]\nVirtualDriver = Thinwire3.0, Clipboard, THNLINE\nTHNLINE=On\nThinwire3.0=On\n[Clipboard]\nDriverName=VDCLIP.DLL\n[THNLINE]\nDriverName=VDTHNLINE.DLL\n',
    );
    await run('remove');
    expect(readFileSync(ini, 'utf8')).toBe(modules);
  });

  test('names in module.ini are the same in capitals, and its lines end as they did', async () => {
    const modules = '; \xfc\r\n[ica 3.0]\r\nvirtualdriver=Thinwire3.0,Clipboard\r\n[WFClient]\r\nVirtualDriver=x\r\n';
    write(ini, Buffer.from(modules, 'latin1'));
    await run('add');
    await run('add');
    expect(readFileSync(ini, 'latin1')).toBe(
      '; \xfc\r\n[ica 3.0]\r\nvirtualdriver=Thinwire3.0,Clipboard, THNLINE\r\nTHNLINE=On\r\n[WFClient]\r\nVirtualDriver=x\r\n[THNLINE]\r\nDriverName=VDTHNLINE.DLL\r\n',
    );
    // As what comes after ours in the list.
    writeFileSync(ini, readFileSync(ini, 'latin1').replace(', THNLINE', ', thnline,Another'), 'latin1');
    await run('remove');
    expect(readFileSync(ini, 'latin1')).toBe(modules.replace('Clipboard', 'Clipboard,Another'));
  });

  test.each([
    ['no list of drivers', '[ICA 3.0]\nThinwire3.0=On\n'],
    ['its list elsewhere', '[WFClient]\nVirtualDriver=Thinwire3.0\n[ICA 3.0]\n'],
  ])('module.ini with %s is left alone', async (_what, modules) => {
    write(ini, modules);
    expect(await run('add')).toBe(
      '/opt/Citrix/ICAClient/config/module.ini has no list of drivers in [ICA 3.0], and was left alone.\n',
    );
    expect(readFileSync(ini, 'utf8')).toBe(modules);
  });

  test('a driver that somebody switched off stays so', async () => {
    const modules = '[ICA 3.0]\nVirtualDriver=Thinwire3.0, THNLINE\nTHNLINE=Off\n[THNLINE]\nDriverName=VDTHNLINE.DLL\n';
    write(ini, modules);
    await run('add');
    expect(readFileSync(ini, 'utf8')).toBe(modules);
    await run('remove');
    expect(readFileSync(ini, 'utf8')).toBe('[ICA 3.0]\nVirtualDriver=Thinwire3.0\n');
  });

  test('what versions before left over in module.ini is taken out', async () => {
    write(ini, '[Other]\nA=1\n[THNLINE]\nDriverName=VDTHNLINE.DLL\n[THNLINE]\nDriverName=VDTHNLINE.DLL\n');
    await run('remove');
    expect(readFileSync(ini, 'utf8')).toBe('[Other]\nA=1\n');
  });
});
