/** .msi of each half, for software distributions that take nothing else: by wixl, and msibuild for what wixl can't say. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { place, placeText, settle, sourceDate } from './archive.ts';
import type { Kind } from './kinds.ts';
import { buildFolder, type HalfName, name, publisher, type Setting, settingsOf, version } from './product.ts';
import { signExecutable } from './sign.ts';
import type { Stage } from './stage.ts';
import { keptSettings, sharedFiles, startCommand, windowsPayload } from './windows-payload.ts';
import { configureProgram } from './windows-programs.ts';
import { type Registration, windowsRegistrations } from './windows-registrations.ts';

/** An EXE that was installed, deferred, as the system, whose exit code counts; */
const runInstalled = 18 | 1024 | 2048;
/** or doesn't: what can't be run must not keep a product from being removed. */
const runAtRemoval = runInstalled | 64;
/** One that the package brings for this alone; its exit code counts. */
const runBrought = 2;
const setProperty = 51;
const localMachine = 2;
const rawValueOf64Bit = 2 | 16;

const xml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The same for the same words, and for nothing else. */
function guid(...words: string[]): string {
  const hex = createHash('sha256')
    .update(['thinline', ...words].join('\0'))
    .digest('hex')
    .toUpperCase();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-A${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const identifier = (path: string): string => `i${createHash('sha256').update(path).digest('hex').slice(0, 30)}`;

const oneOf = (property: string, words: readonly string[]): string =>
  `(${words.map((word) => `${property}~="${word}"`).join(' OR ')})`;
const yes = (property: string): string => oneOf(property, ['yes', 'true', '1', 'on']);
const no = (property: string): string => oneOf(property, ['no', 'false', '0', 'off']);

/** What Windows Installer can check of a setting; null: nothing. */
function condition({ key, form, values }: Setting): { holds: string; words: string } | null {
  const property = key.toUpperCase();
  if (values) return { holds: oneOf(property, values), words: values.join(' or ') };
  if (form === 'switch') return { holds: `${yes(property)} OR ${no(property)}`, words: 'yes or no' };
  if (form === 'port') return { holds: `(${property}>=1 AND ${property}<=65535)`, words: '1 to 65535' };
  return null;
}

/** InstallPath is a folder's name, and the versions are compared by Windows Installer itself. */
const propertiesOf = (half: HalfName): Setting[] =>
  settingsOf(half, 'windows').filter(({ key }) => !['InstallPath', 'IPVersion', 'IPBuildNumber'].includes(key));

/** Settings that need each other. */
const together = [
  ['WindowsStore', 'CertThumbPrint'],
  ['File', 'CertificateFile'],
] as const;

/** Else a silent installation closes what has files in use, and a phone's call with it. */
const closesNothing = '<Property Id="MSIRESTARTMANAGERCONTROL" Value="Disable"/>';

const ownKey = (program: string): string => `SOFTWARE\\${name}\\${program}`;

interface Row {
  action: string;
  type: number;
  source: string;
  target: string;
  when: string;
  at: number;
}

function rowAsSql({ action, type, source, target, when, at }: Row, tables: readonly string[]): string[] {
  return [
    `INSERT INTO \`CustomAction\` (\`Action\`, \`Type\`, \`Source\`, \`Target\`) VALUES ('${action}', ${type}, '${source}', '${target}')`,
    ...tables.map(
      (table) =>
        `INSERT INTO \`${table}\` (\`Action\`, \`Condition\`, \`Sequence\`) VALUES ('${action}', '${when}', ${at})`,
    ),
  ];
}

const searchFor = (program: string, name: string, property: string): string[] => [
  `INSERT INTO \`RegLocator\` (\`Signature_\`, \`Root\`, \`Key\`, \`Name\`, \`Type\`) VALUES ('${property}', ${localMachine}, '${ownKey(program)}', '${name}', ${rawValueOf64Bit})`,
  `INSERT INTO \`AppSearch\` (\`Property\`, \`Signature_\`) VALUES ('${property}', '${property}')`,
];

/** What isn't given is as it was, else the default: before the conditions are looked at. */
function takeSettings(halfName: HalfName, program: string): string[] {
  const kept = new Set(keptSettings(halfName).map(({ key }) => key));
  const sequences = ['InstallExecuteSequence', 'InstallUISequence'];
  const search = sequences.map(
    (table) => `INSERT INTO \`${table}\` (\`Action\`, \`Sequence\`) VALUES ('AppSearch', 50)`,
  );
  const settings = propertiesOf(halfName).flatMap((it, i) => {
    const property = it.key.toUpperCase();
    const rest = { type: setProperty, source: property };
    const when = `NOT ${property}`;
    const byDefault = { ...rest, action: `Default${it.key}`, target: it.default || '-', when, at: 52 + 2 * i };
    if (!kept.has(it.key)) return rowAsSql(byDefault, sequences);
    const before = `KEPT${property}`;
    const keep = {
      ...rest,
      action: `Keep${it.key}`,
      target: `[${before}]`,
      when: `${when} AND ${before}`,
      at: 51 + 2 * i,
    };
    return [...searchFor(program, it.key, before), ...rowAsSql(keep, sequences), ...rowAsSql(byDefault, sequences)];
  });
  const setFolder = { type: setProperty, at: 98 };
  const folder = [
    ...searchFor(program, 'Version', 'SETUPVERSION'),
    ...searchFor(program, 'InstallPath', 'KEPTINSTALLPATH'),
    ...rowAsSql(
      {
        ...setFolder,
        action: 'KeepInstallPath',
        source: 'INSTALLPATH',
        target: '[KEPTINSTALLPATH]',
        when: 'NOT INSTALLPATH AND KEPTINSTALLPATH',
      },
      sequences,
    ),
    // A folder may be given without the \ that Windows Installer puts behind it.
    ...rowAsSql(
      {
        ...setFolder,
        action: 'EndInstallPath',
        source: 'ENDEDPATH',
        target: '[INSTALLPATH]\\',
        when: 'INSTALLPATH',
        at: 99,
      },
      sequences,
    ),
  ];
  return [...search, ...settings, ...folder];
}

interface Components {
  xml: string;
  ids: string[];
}

/** Folders and files below the folder, each file a component. */
function folderXml(payload: string, program: string): Components {
  const ids: string[] = [];
  const walk = (folder: string): string =>
    readdirSync(folder, { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((entry) => {
        const path = join(folder, entry.name);
        const below = relative(payload, path).split(sep).join('/');
        if (entry.isDirectory())
          return `<Directory Id="d${identifier(below)}" Name="${xml(entry.name)}">${walk(path)}</Directory>`;
        const id = identifier(below);
        ids.push(`c${id}`);
        // Both halves have these in one folder: Windows Installer counts who needs a component.
        const owner = sharedFiles.includes(below) ? 'both' : program;
        return `<Component Id="c${id}" Guid="${guid(owner, below)}" Win64="yes"><File Id="${id}" Name="${xml(entry.name)}" Source="${xml(`payload/${below}`)}" KeyPath="yes"/></Component>`;
      })
      .join('\n');
  return { xml: walk(payload), ids };
}

function options(halfName: HalfName): string {
  return halfName === 'app' ? '[STANDALONE]--config "[INSTALLPATH]Softphone.config"' : '';
}

const inInstallDir = (halfName: HalfName, text: string): string =>
  text.replaceAll('@INSTALL_PATH@\\', '[INSTALLPATH]').replaceAll('@OPTIONS@', options(halfName));

/** In the Start menu, and what starts the phone then. */
function shortcutXml(program: string): Components {
  const id = `r${identifier('shortcut')}`;
  const command = xml(inInstallDir('app', startCommand('app')));
  return {
    ids: [id],
    xml: `<Directory Id="ProgramMenuFolder"><Component Id="${id}" Guid="${guid(program, 'shortcut')}" Win64="yes">
<Shortcut Id="Open" Name="${name}" Target="[INSTALLPATH]thinline-start.exe" Arguments="${xml('"[INSTALLPATH]thinline.exe" open')}" WorkingDirectory="INSTALLPATH"/>
<RegistryValue Root="HKLM" Key="${ownKey(program)}" Name="Command" Type="string" Value="${command}" KeyPath="yes"/>
</Component></Directory>`,
  };
}

interface RegistryComponent {
  id: string;
  xml: string;
  condition: string | null;
}

/** One component for each reason to have it. */
function registryXml(halfName: HalfName, program: string): RegistryComponent[] {
  const rows = windowsRegistrations(halfName).filter(({ type }) => type !== 'listed');
  const kept = keptSettings(halfName).map(({ key }) => [key, `[${key.toUpperCase()}]`]);
  const values = [['InstallPath', '[INSTALLPATH]'], ['ProductCode', '[ProductCode]'], ...kept].map(
    ([key = '', value = ''], i) =>
      `<RegistryValue Root="HKLM" Key="${ownKey(program)}" Name="${key}" Type="string" Value="${value}"${i === 0 ? ' KeyPath="yes"' : ''}/>`,
  );
  const id = `r${identifier('kept')}`;
  const keeping = {
    id,
    xml: `<Component Id="${id}" Guid="${guid(program, 'kept')}" Win64="yes">${values.join('')}</Component>`,
    condition: null,
  };
  const groups = Map.groupBy(rows, (row: Registration) => `${row.for} ${row.view}`);
  const registered = [...groups].map(([key, group]) => {
    const id = `r${identifier(key)}`;
    const [first] = group;
    const values = group.map((row, i) => {
      const text = inInstallDir(halfName, String(row.value));
      const named = row.name === '' ? '' : ` Name="${xml(row.name)}"`;
      const type = row.type === 'number' ? 'integer' : 'string';
      return `<RegistryValue Root="HKLM" Key="${xml(row.key)}"${named} Type="${type}" Value="${xml(text)}"${i === 0 ? ' KeyPath="yes"' : ''}/>`;
    });
    const wanted =
      first?.for === 'links'
        ? null
        : first?.for === 'startup'
          ? yes('STARTUP')
          : oneOf('DEPLOYMENTTYPE', ['all', ...(first?.for.split(' ') ?? [])]);
    const win64 = first?.view === 64 ? 'yes' : 'no';
    return {
      id,
      xml: `<Component Id="${id}" Guid="${guid(program, 'registry', key)}" Win64="${win64}">${values.join('')}</Component>`,
      condition: wanted,
    };
  });
  return [...registered, keeping];
}

/** Rows of tables that wixl doesn't write, as SQL. */
function actions(halfName: HalfName, program: string): string[] {
  const listed = windowsRegistrations(halfName).filter(({ type }) => type === 'listed');
  const quoted = (word: string): string => `"${word}"`;
  const write = [
    '[CONNECTOR]',
    '[CONNECTORPORT]',
    '[HTTPS]',
    '[CERTIFICATETYPE]',
    '[CERTTHUMBPRINT]',
    '[CERTIFICATEFILE]',
    '[PRESERVECONFIGFILE]',
    ownKey(program),
  ];
  const file = '"[INSTALLPATH]Softphone.config"';
  const leaves = 'REMOVE="ALL" AND NOT UPGRADINGPRODUCTCODE';
  const configure = identifier('thinline-configure.exe');
  const prefix = program.replace('-', '');
  const rows: Omit<Row, 'type' | 'source'>[] = [
    {
      action: 'Protect',
      target: 'protect "[INSTALLPATH]."',
      when: 'NOT Installed AND NOT INSTALLPATH~<<ProgramFiles64Folder',
      at: 4005,
    },
    ...(halfName === 'app'
      ? [
          {
            action: 'WriteConfiguration',
            target: `write "[INSTALLPATH]Softphone.config.template" ${file} ${write.map(quoted).join(' ')}`,
            when: 'NOT REMOVE="ALL"',
            at: 4010,
          },
          {
            action: 'RemoveConfiguration',
            target: `remove ${file} ${quoted(ownKey(program))}`,
            when: leaves,
            at: 3400,
          },
        ]
      : []),
    ...listed.flatMap((row, i) => {
      const words = [row.key, row.name, String(row.value)].map(quoted).join(' ');
      const client = oneOf('DEPLOYMENTTYPE', ['all', row.for]);
      return [
        { action: `List${i}`, target: `list-add ${words}`, when: `NOT REMOVE="ALL" AND ${client}`, at: 5010 + i },
        { action: `Unlist${i}`, target: `list-remove ${words}`, when: leaves, at: 3410 + i },
      ];
    }),
  ];
  const check: Row = {
    action: `${prefix}Check`,
    type: runBrought,
    source: 'configure',
    target: `check ${['[CERTIFICATETYPE]', '[CERTTHUMBPRINT]', '[CERTIFICATEFILE]'].map(quoted).join(' ')}`,
    when: 'NOT REMOVE="ALL"',
    at: 1020,
  };
  const checkFolder: Row = {
    ...check,
    action: `${prefix}CheckFolder`,
    target: 'check-folder "[INSTALLPATH]."',
    when: 'NOT Installed',
    at: 1021,
  };
  const checks = [...(halfName === 'app' ? [check] : []), checkFolder].flatMap((row) =>
    rowAsSql(row, ['InstallExecuteSequence']),
  );
  const sequence = ['InstallExecuteSequence'];
  return [
    ...checks,
    ...rows.flatMap((row) =>
      rowAsSql(
        {
          ...row,
          action: `${prefix}${row.action}`,
          type: row.when === leaves ? runAtRemoval : runInstalled,
          source: configure,
        },
        sequence,
      ),
    ),
  ];
}

/** Of all that is in it. */
function payloadHash(payload: string): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync(payload, { encoding: 'utf8', recursive: true }).sort()) {
    const path = join(payload, entry);
    if (statSync(path).isFile()) hash.update(`${entry}\0`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** wixl makes a number up, and writes when it ran: both into the summary, as property 9 and as properties 12 and 13. */
function settleMsi(file: string, code: string): void {
  const bytes = readFileSync(file);
  const text = Buffer.from([0x1e, 0, 0, 0, 39, 0, 0, 0, 0x7b]);
  const at = bytes.indexOf(text);
  if (at < 0 || bytes.indexOf(text, at + 1) >= 0) throw new Error(`${file} has no summary as wixl writes it.`);
  bytes.write(`{${code}}`, at + 8, 'latin1');
  const time = Buffer.alloc(8);
  // In steps of 100 ns since 1601.
  time.writeBigUInt64LE((BigInt(sourceDate()) + 11_644_473_600n) * 10_000_000n);
  let from = at + text.length + 38;
  for (let i = 0; i < 2; i++) {
    from = bytes.indexOf(Buffer.from([0x40, 0, 0, 0]), from) + 4;
    time.copy(bytes, from);
  }
  writeFileSync(file, bytes);
}

function makeMsi(stage: Stage, out: string): string {
  const { half, halfName } = stage;
  const work = join(buildFolder, 'msi', half.program);
  const payload = join(work, 'payload');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  windowsPayload(stage, payload);
  // Each half has one of its own, as Windows Installer runs it before it knows whether the other half stays.
  place(configureProgram(), join(payload, 'thinline-configure.exe'));
  settle(payload);
  const files = folderXml(payload, half.program);
  const registry = registryXml(halfName, half.program);
  const settings = propertiesOf(halfName);
  const title = halfName === 'app' ? name : `${name} endpoint adapter`;
  const upgrade = guid(half.program, 'upgrade');
  const shortcut = halfName === 'app' ? shortcutXml(half.program) : { ids: [], xml: '' };
  // Windows Installer takes packages with one code for one file.
  const packageCode = guid(half.program, version, 'package', payloadHash(payload));
  const text = `<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
<Product Id="${guid(half.program, version)}" UpgradeCode="${upgrade}" Name="${title}" Version="${version}" Manufacturer="${publisher}" Language="1033">
<Package Id="${packageCode}" InstallerVersion="500" Compressed="yes" InstallScope="perMachine" Description="${title}"/>
<MajorUpgrade DowngradeErrorMessage="A later version is installed. Remove it first."/>
${closesNothing}
<Media Id="1" Cabinet="files.cab" EmbedCab="yes"/>
<Condition Message="${title} was installed by its setup.exe. Remove that first.">Installed OR NOT SETUPVERSION</Condition>
<Condition Message="${title} is in [KEPTINSTALLPATH], and INSTALLPATH is another folder. Remove it first.">Installed OR NOT KEPTINSTALLPATH OR INSTALLPATH~=KEPTINSTALLPATH OR ENDEDPATH~=KEPTINSTALLPATH</Condition>
<Binary Id="configure" SourceFile="payload/thinline-configure.exe"/>
${settings
  .flatMap((it) => {
    const check = condition(it);
    return check
      ? [`<Condition Message="${it.key} takes ${check.words}.">${xml(`Installed OR ${check.holds}`)}</Condition>`]
      : [];
  })
  .join('\n')}
${(halfName === 'app' ? together : [])
  .map(([type, needed]) => {
    const holds = `Installed OR NOT CERTIFICATETYPE~="${type}" OR NOT ${needed.toUpperCase()}="-"`;
    return `<Condition Message="CertificateType=${type} needs ${needed}.">${xml(holds)}</Condition>`;
  })
  .join('\n')}
<Directory Id="TARGETDIR" Name="SourceDir"><Directory Id="ProgramFiles64Folder"><Directory Id="INSTALLPATH" Name="${name}">
${files.xml}
${registry.map((it) => it.xml).join('\n')}
</Directory></Directory>
${shortcut.xml}</Directory>
<Feature Id="Main" Level="1">
${[...files.ids, ...registry.map(({ id }) => id), ...shortcut.ids].map((id) => `<ComponentRef Id="${id}"/>`).join('\n')}
</Feature>
</Product>
</Wix>
`;
  placeText(text, join(work, 'product.wxs'));
  // msibuild leaves files of its own beside it.
  const file = join(work, `${half.program}-${version}.msi`);
  const env = { ...process.env, SOURCE_DATE_EPOCH: String(sourceDate()) };
  execFileSync('wixl', ['-a', 'x64', '-o', file, 'product.wxs'], {
    cwd: work,
    stdio: ['ignore', 'inherit', 'inherit'],
    env,
  });
  const conditions = registry.flatMap(({ id, condition: wanted }) =>
    wanted === null ? [] : [`UPDATE \`Component\` SET \`Condition\`='${wanted}' WHERE \`Component\`='${id}'`],
  );
  const standalone =
    halfName === 'app'
      ? [
          "INSERT INTO `CustomAction` (`Action`, `Type`, `Source`, `Target`) VALUES ('SetStandalone', 51, 'STANDALONE', '--standalone ')",
          "INSERT INTO `InstallExecuteSequence` (`Action`, `Condition`, `Sequence`) VALUES ('SetStandalone', 'DEPLOYMENTTYPE~=\"Std\"', 1010)",
        ]
      : [];
  // What an ordinary user's client may hand on to the service that installs.
  const secure = [
    'WIX_UPGRADE_DETECTED',
    'WIX_DOWNGRADE_DETECTED',
    'INSTALLPATH',
    ...settings.map((it) => it.key.toUpperCase()),
  ];
  const taken = takeSettings(halfName, half.program);
  const handedOn = `UPDATE \`Property\` SET \`Value\`='${secure.join(';')}' WHERE \`Property\`='SecureCustomProperties'`;
  for (const sql of [handedOn, ...conditions, ...standalone, ...taken, ...actions(halfName, half.program)]) {
    execFileSync('msibuild', [file, '-q', sql], { stdio: ['ignore', 'inherit', 'inherit'], env });
  }
  settleMsi(file, packageCode);
  signExecutable(file, stage.targetName);
  const made = join(out, basename(file));
  place(file, made);
  return made;
}

export const msi: Kind = {
  targets: ['win-x64'],
  make: (stages, out) => Object.values(stages).map((stage) => makeMsi(stage, out)),
};
