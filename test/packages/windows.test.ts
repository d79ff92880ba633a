/** setup.exe and .msi of both halves, in Wine: not on Windows itself. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { version } from '../../scripts/package/product.ts';
import { build, fileIn, isQuick, sumsBuiltTwice, testFolder } from './build.ts';
import { resultOf } from './result-log.ts';
import { buildHolder, forWine, hasWine, openWine, type Wine } from './wine.ts';

if (!hasWine()) console.error('NOT TESTED: packages for Windows (wine is not installed).');

const run = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run';
const own = 'SOFTWARE\\Thinline\\thinline';
const addIns = 'SOFTWARE\\Microsoft\\Terminal Server Client\\Default\\AddIns\\Thinline';
const shortcut = 'ProgramData\\Microsoft\\Windows\\Start Menu\\Programs\\Thinline.lnk';
const citrix = 'SOFTWARE\\Citrix\\ICA Client\\Engine\\Configuration\\Advanced\\Modules';

/** Until the folder has such an entry, or until it hasn't. */
function until(wanted: boolean, folder: string, entry: string): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (existsSync(join(folder, entry)) !== wanted) return;
      watcher.close();
      resolve();
    };
    const watcher = watch(folder, look);
    look();
  });
}

test.skipIf(isQuick)('built twice, the same bytes, of setup.exe and .msi', { timeout: 1_800_000 }, () => {
  const [once, again] = sumsBuiltTwice('win-x64');
  for (const end of ['-setup.exe', '.msi']) {
    expect(Object.keys(once).filter((name) => name.endsWith(end)).length).toBe(2);
  }
  expect(again).toEqual(once);
});

describe.skipIf(!hasWine())('in Wine', () => {
  const folder = testFolder();
  let wine: Wine;

  const at = (path: string): string => join(wine.drive, ...path.split('\\'));
  const log = (path: string) => resultOf(readFileSync(at(path), 'utf8'));
  const ini = (...lines: string[]): void => writeFileSync(at('given.ini'), ['[genesys]', ...lines, ''].join('\r\n'));
  // Windows Installer puts it into the folder of all users, Wine's into the user's.
  const shortcuts = () =>
    ['ProgramData', 'users']
      .flatMap((top) => readdirSync(at(top), { encoding: 'utf8', recursive: true }))
      .filter((path) => path.endsWith('Thinline.lnk'));
  const setup = (...words: string[]) => wine.run('C:\\app-setup.exe', '/S', ...words);
  const silently = () => setup('/CONFIG=C:\\given.ini', '/RESULT=C:\\result.log');

  beforeAll(async () => {
    wine = await openWine(folder);
    const packages = build('win-x64');
    copyFileSync(fileIn(packages, `thinline-${version}-setup.exe`), at('app-setup.exe'));
    copyFileSync(fileIn(packages, `thinline-adapter-${version}-setup.exe`), at('adapter-setup.exe'));
    copyFileSync(fileIn(packages, `thinline-${version}.msi`), at('app.msi'));
    copyFileSync(fileIn(packages, `thinline-adapter-${version}.msi`), at('adapter.msi'));
  });

  afterAll(() => wine?.close());

  test.each([
    ['ConnectorPort=70000', 'ConnectorPort can\'t be "70000": it takes 1 to 65535.'],
    ['CertThumbPrint=abc', 'CertThumbPrint can\'t be "abc": it takes 40 hexadecimal digits.'],
    ['Startup=perhaps', 'Startup can\'t be "perhaps": it takes yes or no.'],
    ['CertificateType=WindowsStore', 'CertificateType=WindowsStore needs CertThumbPrint.'],
    [
      'InstallPath=somewhere',
      'InstallPath can\'t be "somewhere": it takes an absolute path of at most 150 characters.',
    ],
    ['InstallPath="C:\\"', 'InstallPath can\'t be "C:\\": it takes an absolute path of at most 150 characters.'],
    [
      'CertificateFile=C:\\a" /x "b',
      'CertificateFile can\'t be "C:\\a" /x "b": it takes an absolute path of at most 150 characters.',
    ],
    ['IPVersion=1..2', 'IPVersion can\'t be "1..2": it takes numbers with points between them.'],
    ['Startup', '"Startup" is not KEY=VALUE.'],
  ])('%s ends it before anything is touched', async (line, sentence) => {
    ini(line);
    expect((await silently()).code).toBe(3);
    expect(log('result.log')).toMatchObject({ ResultCode: '3', Message: sentence });
    expect(existsSync(at('Program Files\\Thinline'))).toBe(false);
    expect(await wine.value(own, 'Version')).toBe(null);
  });

  const noText = 'C:\\given.ini is not a text of at most 64 KB with lines of at most 1000 characters.';
  test.each<[string, string | Buffer, string]>([
    ['a line that is too long', `InstallPath=C:\\${'a'.repeat(5000)}\r\n`, noText],
    ['too many lines', '; a comment\r\n'.repeat(6000), noText],
    ['a 0 in a line', 'Startup=no\0\r\n', noText],
    ['a carriage return in a line', 'Unheard\rResultCode=0\r\n', noText],
    ['noise', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919 + 13) % 256)), noText],
    ['UTF-16', Buffer.from('\ufeffStartup=perhapß\r\n', 'utf16le'), 'Startup can\'t be "perhapß": it takes yes or no.'],
    ['UTF-8', Buffer.from('Startup=perhapß', 'utf8'), 'Startup can\'t be "perhapß": it takes yes or no.'],
    ['a code page', Buffer.from('Startup=perhapß', 'latin1'), 'Startup can\'t be "perhapß": it takes yes or no.'],
  ])('a file with %s ends it', async (_, bytes, sentence) => {
    writeFileSync(at('given.ini'), bytes);
    expect((await silently()).code).toBe(3);
    expect(log('result.log')).toMatchObject({ ResultCode: '3', Message: sentence });
    expect(existsSync(at('Program Files\\Thinline'))).toBe(false);
  });

  test('names that are not ASCII, many keys of others, and what an upgrade keeps', async () => {
    const before = await wine.registry();
    const given = [
      'InstallPath=C:\\Prögram Ł漢',
      'DeploymentType=citrix',
      'Connector=on',
      'CertificateType=file',
      'CertificateFile="C:\\Schlüssel & Ł.pem"',
      'Startup=no',
      ...Array.from({ length: 60 }, (_, i) => `Unheard${i}${'x'.repeat(40)}=1`),
    ];
    writeFileSync(at('given.ini'), `\ufeff${given.join('\n')}`, 'utf8');
    expect((await silently()).code).toBe(0);
    expect(log('result.log').Note?.match(/Unheard\d+x/g)?.length).toBe(60);
    expect(log('result.log').Note).toContain('THNLINE,C:\\Prögram Ł漢\\thinline.exe');
    const config = at('Prögram Ł漢\\Softphone.config');
    expect(readFileSync(config, 'utf8')).toContain('name="certificate" value="C:\\Schlüssel &amp; Ł.pem"');
    expect(await wine.value(run, 'Thinline')).toBe(null);

    expect((await setup('/RESULT=C:\\result.log')).code).toBe(0);
    expect(log('result.log')).toMatchObject({ Action: 'upgrade', Startup: 'no', DeploymentType: 'Citrix' });
    expect(await wine.value(run, 'Thinline')).toBe(null);
    ini('Startup=yes');
    expect((await silently()).code).toBe(0);
    expect(await wine.value(run, 'Thinline')).toMatch(/thinline\.exe" --config /);
    ini('Startup=no');
    expect((await silently()).code).toBe(0);
    expect(await wine.value(run, 'Thinline')).toBe(null);

    expect(await wine.value(own, 'Command')).toMatch(/^".*thinline-start\.exe" ".*thinline\.exe" --config ".*"$/);
    // Between texts of 8 bits.
    expect(readFileSync(at(shortcut), 'latin1')).toContain(Buffer.from(`.exe" open`, 'utf16le').toString('latin1'));

    const removed = until(false, wine.drive, 'Prögram Ł漢');
    expect((await wine.run('C:\\Prögram Ł漢\\thinline-uninstall.exe', '/S')).code).toBe(0);
    await removed;
    expect(await wine.registry()).toBe(before);
    expect(existsSync(at(shortcut))).toBe(false);
  });

  test("words in quotation marks, a vendor's folder, and two versions' files", async () => {
    mkdirSync(at('a vendor'));
    writeFileSync(at('a vendor\\Softphone.config'), 'theirs');
    writeFileSync(at('a vendor\\Softphone.exe'), 'theirs');
    writeFileSync(at('a vendor\\x.ini'), 'InstallPath=C:\\a vendor\\\r\nConnector=yes\r\n');
    const quoted = '"C:\\app-setup.exe" /S "/CONFIG=C:\\a vendor\\x.ini" "/RESULT=C:\\a vendor\\result.log"';
    expect((await wine.line(quoted)).code).toBe(3);
    expect(log('a vendor\\result.log')).toMatchObject({
      ResultCode: '3',
      Message: 'C:\\a vendor has a program that is not ours. InstallPath takes a folder of its own.',
    });
    rmSync(at('a vendor\\Softphone.exe'));
    expect((await wine.line(quoted)).code).toBe(0);
    expect(readFileSync(at('a vendor\\Softphone.config'), 'utf8')).toBe('theirs');

    ini('InstallPath=C:\\another');
    expect((await silently()).code).toBe(3);
    expect(log('result.log').Message).toContain('is in C:\\a vendor, and InstallPath is C:\\another');
    expect(existsSync(at('another'))).toBe(false);
    expect((await wine.run('msiexec', '/i', 'C:\\app.msi', '/qn')).code).not.toBe(0);
    expect(existsSync(at('Program Files\\Thinline'))).toBe(false);

    for (const [name, folder] of [
      ['FormerFolders', 'thinline-1'],
      ['Folders', 'thinline-2'],
    ] as const) {
      mkdirSync(at(`a vendor\\${folder}`));
      writeFileSync(at(`a vendor\\${folder}\\page.html`), '');
      await wine.setValue(own, name, folder);
    }
    expect((await setup('/RESULT=C:\\result.log')).code).toBe(0);
    expect(existsSync(at('a vendor\\thinline-1'))).toBe(false);
    expect(existsSync(at('a vendor\\thinline-2\\page.html'))).toBe(true);
    expect(await wine.value(own, 'FormerFolders')).toBe('thinline-2');

    const removal = '"C:\\a vendor\\thinline-uninstall.exe" /S "/RESULT=C:\\a vendor\\removal.log" _?=C:\\a vendor';
    expect((await wine.line(removal)).code).toBe(0);
    expect(log('a vendor\\removal.log')).toMatchObject({ ResultCode: '0', Product: 'thinline', Action: 'remove' });
    expect(readFileSync(at('a vendor\\Softphone.config'), 'utf8')).toBe('theirs');
    expect(readdirSync(at('a vendor')).sort()).toEqual(
      ['Softphone.config', 'removal.log', 'result.log', 'thinline-uninstall.exe', 'x.ini'].sort(),
    );
    expect(await wine.value(own, 'InstallPath')).toBe(null);
  });

  test('what a client has loaded is replaced and removed', async () => {
    buildHolder(at('holder.exe'));
    // Of what a process ended with, the system that Wine runs on keeps 8 bits.
    const restart = 3010 % 256;
    const adapter = (...words: string[]) => wine.run('C:\\adapter-setup.exe', '/S', '/RESULT=C:\\result.log', ...words);
    const path = 'Program Files\\Thinline\\plugins\\windows-x64\\thinline-channel.dll';
    const renamed = 'SYSTEM\\CurrentControlSet\\Control\\Session Manager';
    const hold = async (): Promise<() => Promise<void>> => {
      const held = until(true, wine.drive, 'held');
      const holder = wine.run('C:\\holder.exe', `C:\\${path}`);
      await held;
      return async () => {
        await wine.run('C:\\holder.exe');
        expect((await holder).code).toBe(0);
        rmSync(at('held'));
      };
    };
    // The app layer's file says what the app layer is; the adapter leaves it alone.
    writeFileSync(at('given.ini'), 'DeploymentType=Std\r\n');
    expect((await adapter('/CONFIG=C:\\given.ini')).code).toBe(0);
    expect(log('result.log')).toMatchObject({ ResultCode: '0', DeploymentType: 'all' });
    expect(log('result.log').Note).toContain('DeploymentType is not a setting of thinline-adapter here');

    const letGo = await hold();
    const original = readFileSync(at(path));
    expect((await adapter()).code).toBe(restart);
    expect(log('result.log')).toMatchObject({ ResultCode: '3010', Action: 'upgrade' });
    expect(log('result.log').Message).toContain('goes when Windows starts next');
    expect(readFileSync(at(path))).toEqual(original);
    expect(await wine.value(renamed, 'PendingFileRenameOperations')).toContain('Program Files\\Thinline\\ns');
    await letGo();

    const letGoAgain = await hold();
    const removal =
      '"C:\\Program Files\\Thinline\\thinline-adapter-uninstall.exe" /S /RESULT=C:\\removal.log _?=C:\\Program Files\\Thinline';
    expect((await wine.line(removal)).code).toBe(restart);
    expect(log('removal.log')).toMatchObject({ ResultCode: '3010', Product: 'thinline-adapter', Action: 'remove' });
    expect(existsSync(at(path))).toBe(false);
    const left = readdirSync(at('Program Files\\Thinline')).filter((name) => name !== 'thinline-adapter-uninstall.exe');
    expect(left.length).toBeGreaterThan(0);
    expect(left.filter((name) => !/^ns\w*\.tmp$/i.test(name))).toEqual([]);
    await letGoAgain();
    rmSync(at('Program Files\\Thinline'), { recursive: true });
  });

  test('a file with settings that is not there ends it', async () => {
    expect((await setup('/CONFIG=C:\\none.ini', '/RESULT=C:\\result.log')).code).toBe(2);
    expect(log('result.log')).toMatchObject({ ResultCode: '2' });
    expect((await setup('/CONFIG=C:/zone/none.ini', '/RESULT=C:\\result.log')).code).toBe(2);
    expect(log('result.log').Message).toBe("C:/zone/none.ini can't be read.");
    rmSync(at('result.log'));
    expect((await wine.line(`C:\\app-setup.exe /s /z"-sl 'C:\\result.log'"`)).code).toBe(2);
    expect(log('result.log')).toMatchObject({ ResultCode: '2' });
  });

  test.each(['thinline_silent.ini', 'genesys_silent.ini'])(
    '%s beside the setup is taken without being named',
    async (name) => {
      writeFileSync(at(name), 'Startup=perhaps');
      expect((await setup()).code).toBe(3);
      expect(log('install_result.log')).toMatchObject({ ResultCode: '3', Product: 'thinline', Version: version });
      rmSync(at(name));
      rmSync(at('install_result.log'));
    },
  );

  test("InstallShield's form and the vendor's keys", async () => {
    ini(
      'InstallPath=C:\\GCTI\\Thin Line',
      'DeploymentType=Citrix',
      'GenesysEnv=Engage',
      'Startup=1',
      'Connector=true',
      'ConnectorPort=8443',
      'HTTPS=yes',
      'CertificateType=WindowsStore',
      'CertThumbPrint=aa bb cc dd ee ff 00 11 22 33 44 55 66 77 88 99 aa bb cc dd',
      'Unheard=of',
    );
    const { code } = await wine.line(`C:\\app-setup.exe /s /z"-s 'C:\\given.ini' -sl 'C:\\shield.log'"`);
    expect(log('shield.log')).toMatchObject({ ResultCode: '0', Action: 'install', DeploymentType: 'Citrix' });
    expect(log('shield.log').Note).toContain('Unheard is not a setting of thinline');
    expect(log('shield.log').Note).toContain('THNLINE,C:\\GCTI\\Thin Line\\thinline.exe');
    expect(code).toBe(0);
    const config = readFileSync(at('GCTI\\Thin Line\\Softphone.config'), 'latin1');
    expect(config).toContain('<setting name="port" value="8443"/>');
    expect(config).toContain('<setting name="protocol" value="https"/>');
    expect(config).toContain('value="aabbccddeeff00112233445566778899aabbccdd"');
    expect(await wine.value(run, 'Thinline')).toBe(
      '"C:\\GCTI\\Thin Line\\thinline-start.exe" "C:\\GCTI\\Thin Line\\thinline.exe" --config "C:\\GCTI\\Thin Line\\Softphone.config"',
    );
    expect(await wine.value('SOFTWARE\\Classes\\Thinline.tel\\shell\\open\\command', '')).toContain(
      'thinline.exe" open "%1"',
    );
    expect(await wine.value('SOFTWARE\\Thinline\\Capabilities\\URLAssociations', 'sip')).toBe('Thinline.sip');
  });

  test('what is installed runs', async () => {
    forWine(at('GCTI\\Thin Line\\thinline.exe'));
    const { code, output } = await wine.run(
      'C:\\GCTI\\Thin Line\\thinline.exe',
      '--probe',
      '--json',
      '--config',
      'C:\\GCTI\\Thin Line\\Softphone.config',
    );
    const report = JSON.parse(output);
    expect(report).toMatchObject({ works: true, packaged: true, platform: 'win32', version });
    const works = Object.fromEntries(
      report.findings.map((it: { name: string; works: boolean }) => [it.name, it.works]),
    );
    expect(works).toMatchObject({ contract: true, panel: true, configuration: true, 'system calls': true });
    expect(code).toBe(0);
  });

  test('an upgrade from another version than IPVersion says, and a downgrade, end', async () => {
    ini('IPVersion=9.0.014');
    expect((await silently()).code).toBe(4);
    expect(log('result.log')).toMatchObject({ ResultCode: '4', Action: 'upgrade' });
    await wine.setValue(own, 'Version', '99.0.0');
    ini('Startup=no');
    expect((await silently()).code).toBe(5);
    expect(log('result.log')).toMatchObject({ ResultCode: '5' });
    expect(await wine.value(run, 'Thinline')).not.toBe(null);
  });

  test('an upgrade goes to the same folder and keeps what an administrator changed', async () => {
    await wine.setValue(own, 'Version', '0.0.9');
    const changed = '<!-- an administrator was here -->';
    writeFileSync(at('GCTI\\Thin Line\\Softphone.config'), changed, { flag: 'a' });
    ini('IPVersion=0.0.9', 'DeploymentType=Citrix');
    expect((await silently()).code).toBe(0);
    expect(log('result.log')).toMatchObject({ ResultCode: '0', Action: 'upgrade' });
    expect(readFileSync(at('GCTI\\Thin Line\\Softphone.config'), 'latin1')).toContain(changed);
    expect(await wine.value(own, 'Version')).toBe(version);
    expect(existsSync(at('Program Files\\Thinline'))).toBe(false);
  });

  test('uninstalled, it leaves nothing', async () => {
    // _? makes it wait for itself, and leaves its own file behind.
    const { code } = await wine.line('"C:\\GCTI\\Thin Line\\thinline-uninstall.exe" /S _?=C:\\GCTI\\Thin Line');
    expect(code).toBe(0);
    expect(readdirSync(at('GCTI\\Thin Line'))).toEqual(['thinline-uninstall.exe']);
    for (const [key, name] of [
      [own, 'Version'],
      [run, 'Thinline'],
      ['SOFTWARE\\Classes\\Thinline.tel', ''],
      ['SOFTWARE\\RegisteredApplications', 'Thinline'],
      ['SOFTWARE\\Thinline\\Capabilities', 'ApplicationName'],
      ['SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\thinline', 'DisplayName'],
    ] as const) {
      expect([key, await wine.value(key, name)]).toEqual([key, null]);
    }
  });

  test("the adapter registers with the clients, and leaves others' registrations", async () => {
    await wine.setValue(`${citrix}\\DVCAdapter`, 'DvcPlugins', 'DVCPlugin_Other', 32);
    writeFileSync(at('given.ini'), '[x]\r\nDeploymentType=all\r\n');
    const { code } = await wine.run('C:\\adapter-setup.exe', '/S', '/CONFIG=C:\\given.ini', '/RESULT=C:\\result.log');
    expect(log('result.log')).toMatchObject({ ResultCode: '0', Product: 'thinline-adapter' });
    expect(code).toBe(0);
    const dll = (name: string): string => `C:\\Program Files\\Thinline\\plugins\\${name}\\thinline-channel.dll`;
    expect(await wine.value(addIns, 'Name')).toBe(dll('windows-x64'));
    expect(await wine.value(addIns, 'Name', 32)).toBe(dll('windows-ia32'));
    expect(await wine.value(addIns, 'Horizon Enabled')).toBe('0x1');
    const server = 'SOFTWARE\\Classes\\CLSID\\{2e855633-9315-4673-8cf7-f67ce5299b9b}\\InprocServer32';
    expect(await wine.value(server, '', 32)).toBe(dll('windows-ia32'));
    expect(await wine.value(`${citrix}\\DVCAdapter`, 'DvcPlugins', 32)).toBe('DVCPlugin_Other,DVCPlugin_Thinline');
    expect(existsSync(at(dll('windows-x64').slice(3)))).toBe(true);

    forWine(at('Program Files\\Thinline\\thinline-adapter.exe'));
    const probe = await wine.run('C:\\Program Files\\Thinline\\thinline-adapter.exe', '--probe', '--json');
    // Wine has no sound here; the addon is what says so.
    expect(probe.output).not.toContain('was not built');
    const works = Object.fromEntries(
      JSON.parse(probe.output).findings.map((it: { name: string; works: boolean }) => [it.name, it.works]),
    );
    expect(works).toMatchObject({ 'media worker': true, codecs: true, 'system calls': true });

    await wine.line('"C:\\Program Files\\Thinline\\thinline-adapter-uninstall.exe" /S _?=C:\\Program Files\\Thinline');
    expect(await wine.value(`${citrix}\\DVCAdapter`, 'DvcPlugins', 32)).toBe('DVCPlugin_Other');
    expect(await wine.value(addIns, 'Name')).toBe(null);
    expect(await wine.value(server, '', 32)).toBe(null);
    expect(readdirSync(at('Program Files\\Thinline'))).toEqual(['thinline-adapter-uninstall.exe']);
  });

  test('the .msi: refuses values, installs, upgrades, refuses to go back, and leaves nothing', async () => {
    // An earlier and a later one are the same with another version.
    const upgrades = execFileSync('msiinfo', ['export', at('app.msi'), 'Upgrade'], { encoding: 'utf8' });
    const [upgrade = ''] = /^\{[^\t]*(?=.*DOWNGRADE)/m.exec(upgrades) ?? [];
    const number = (file: string, of: string, code: string): void => {
      copyFileSync(at('app.msi'), at(file));
      for (const [property, value] of [
        ['ProductVersion', of],
        ['ProductCode', code],
      ]) {
        const sql = `UPDATE \`Property\` SET \`Value\`='${value}' WHERE \`Property\`='${property}'`;
        execFileSync('msibuild', [at(file), '-q', sql], { stdio: 'pipe' });
      }
      const columns = '`UpgradeCode`, `VersionMin`, `Language`, `Attributes`, `ActionProperty`';
      const sql = `INSERT INTO \`Upgrade\` (${columns}) VALUES ('${upgrade}', '${of}', '', 2, 'WIX_DOWNGRADE_DETECTED')`;
      execFileSync('msibuild', [at(file), '-q', sql], { stdio: 'pipe' });
    };
    number('earlier.msi', '0.0.9', '{11111111-2222-4333-8444-555555555555}');
    const properties = execFileSync('msiinfo', ['export', at('app.msi'), 'Property'], { encoding: 'utf8' });
    expect(properties).toMatch(/^MSIRESTARTMANAGERCONTROL\tDisable\r?$/m);
    const installed = (path = ''): boolean => existsSync(at(`Program Files\\Thinline${path}`));
    const msiexec = (...words: string[]) => wine.run('msiexec', ...words, '/qn');

    expect((await msiexec('/i', 'C:\\app.msi', 'CONNECTORPORT=70000')).code).not.toBe(0);
    expect((await msiexec('/i', 'C:\\app.msi', 'STARTUP=perhaps')).code).not.toBe(0);
    expect((await msiexec('/i', 'C:\\app.msi', 'CERTIFICATETYPE=WindowsStore')).code).not.toBe(0);
    expect((await msiexec('/i', 'C:\\app.msi', 'CERTTHUMBPRINT=abc')).code).not.toBe(0);
    expect((await msiexec('/i', 'C:\\app.msi', 'CERTIFICATETYPE=File', 'CERTIFICATEFILE=key.pem')).code).not.toBe(0);
    expect(installed('\\thinline.exe')).toBe(false);

    const thumbprint = 'CERTTHUMBPRINT=aa bb cc dd ee ff 00 11 22 33 44 55 66 77 88 99 aa bb cc dd';
    const given = [
      'CERTIFICATETYPE=WindowsStore',
      thumbprint,
      'CONNECTOR=yes',
      'CONNECTORPORT=8443',
      'HTTPS=1',
      'DEPLOYMENTTYPE=Citrix',
    ];
    expect((await msiexec('/i', 'C:\\earlier.msi', ...given)).code).toBe(0);
    const config = at('Program Files\\Thinline\\Softphone.config');
    expect(readFileSync(config, 'latin1')).toContain('<setting name="port" value="8443"/>');
    expect(readFileSync(config, 'latin1')).toContain('<setting name="protocol" value="https"/>');
    expect(readFileSync(config, 'latin1')).toContain('value="aabbccddeeff00112233445566778899aabbccdd"');
    expect(await wine.value(run, 'Thinline')).toMatch(/thinline\.exe" --config /);

    // What keeps the configuration is UPGRADINGPRODUCTCODE, which Windows Installer sets and Wine's doesn't.
    expect((await msiexec('/i', 'C:\\app.msi', 'STARTUP=no')).code).toBe(0);
    expect(installed('\\thinline.exe')).toBe(true);
    expect(await wine.value(run, 'Thinline')).toBe(null);
    expect(await wine.value(own, 'DeploymentType')).toBe('Citrix');
    expect(await wine.value(own, 'ConnectorPort')).toBe('8443');
    expect((await msiexec('/i', 'C:\\earlier.msi')).code).not.toBe(0);
    expect(await wine.value(own, 'Command')).toMatch(/thinline-start\.exe" ".*thinline\.exe" --config /);
    expect(shortcuts()).toHaveLength(1);
    expect((await setup('/RESULT=C:\\result.log')).code).toBe(1);
    expect(log('result.log').Message).toBe('Thinline was installed by its .msi. Remove that first.');
    expect(installed('\\thinline.exe')).toBe(true);
    expect((await msiexec('/x', 'C:\\app.msi')).code).toBe(0);
    expect(installed('\\thinline.exe')).toBe(false);
    expect(existsSync(config)).toBe(false);
    expect(shortcuts()).toEqual([]);

    mkdirSync(at('vendor'));
    writeFileSync(at('vendor\\Softphone.config'), 'theirs');
    writeFileSync(at('vendor\\Softphone.exe'), 'theirs');
    expect((await msiexec('/i', 'C:\\app.msi', 'INSTALLPATH=C:\\vendor')).code).not.toBe(0);
    expect(readdirSync(at('vendor')).length).toBe(2);
    rmSync(at('vendor\\Softphone.exe'));
    expect((await msiexec('/i', 'C:\\app.msi', 'INSTALLPATH=C:\\vendor')).code).toBe(0);
    expect((await msiexec('/x', 'C:\\app.msi')).code).toBe(0);
    expect(readFileSync(at('vendor\\Softphone.config'), 'utf8')).toBe('theirs');

    expect((await msiexec('/i', 'C:\\adapter.msi', 'DEPLOYMENTTYPE=citrix_windows')).code).toBe(0);
    expect(await wine.value(`${citrix}\\DVCAdapter`, 'DvcPlugins', 32)).toBe('DVCPlugin_Other,DVCPlugin_Thinline');
    expect(await wine.value(`${citrix}\\DVCPlugin_Thinline`, 'DvcNames', 32)).toBe('thinline.grpc');
    expect(await wine.value(addIns, 'Name')).toBe(null);
    expect((await msiexec('/x', 'C:\\adapter.msi')).code).toBe(0);
    expect(await wine.value(`${citrix}\\DVCAdapter`, 'DvcPlugins', 32)).toBe('DVCPlugin_Other');
    expect(await wine.registry()).not.toMatch(/thinline/i);
    expect(existsSync(at('Program Files\\Thinline\\LICENSE.txt'))).toBe(false);
  });
});
