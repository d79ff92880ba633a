/** setup.exe of each half for Windows, by NSIS. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { place, placeText, settle, sourceDate } from './archive.ts';
import type { Kind } from './kinds.ts';
import {
  buildFolder,
  type HalfName,
  name,
  publisher,
  root,
  type Setting,
  settingsOf,
  silentFiles,
  version,
} from './product.ts';
import { signExecutable, uninstallerSignature } from './sign.ts';
import type { Stage } from './stage.ts';
import { keptSettings, longestPath, sharedFiles, startCommand, windowsPayload } from './windows-payload.ts';
import { configureProgram } from './windows-programs.ts';
import { type Registration, windowsRegistrations } from './windows-registrations.ts';

const sources = join(root, 'packaging/windows');

/** Within quotation marks of NSIS. */
export const quoted = (text: string): string => text.replaceAll('$', () => '$$').replaceAll('"', () => '$\\"');

const checks: Readonly<Record<string, string>> = {
  path: 'CheckPath',
  switch: 'CheckSwitch',
  port: 'CheckPort',
  digits: 'CheckDigits',
  version: 'CheckVersion',
  thumbprint: 'CheckThumbprint',
};

/** `others`: the other half's settings, in whose file this half may be installed, too. */
function setting({ key, also, form, values }: Setting, others: readonly Setting[]): string[] {
  const othersValues = others.find((it) => it.key === key)?.values ?? [];
  const words = values?.map((value, i) => `  !insertmacro ${i === 0 ? 'Begin' : 'Else'}Word "${value}"`);
  const othersWords = othersValues.map((value) => `  !insertmacro OtherWord "${value}"`);
  const check = words
    ? [`  StrCpy $Wanted "${values?.join(' or ')}"`, ...words, ...othersWords, '  !insertmacro EndWords']
    : [`  Call ${checks[form]}`];
  return [
    `  !insertmacro BeginSetting "${key}"`,
    ...also.map((other) => `  !insertmacro OrSetting "${other}"`),
    ...check,
    `  !insertmacro EndSetting $Setting_${key}`,
  ];
}

function settingsFunctions(half: HalfName): string {
  const settings = settingsOf(half, 'windows');
  // The app layer says where all is to be; the adapter goes with it.
  const others = half === 'adapter' ? settingsOf('app', 'windows') : [];
  return [
    ...settings.map(({ key }) => `Var Setting_${key}`),
    'Function DefaultSettings',
    ...settings.map((it) => `  StrCpy $Setting_${it.key} "${it.default}"`),
    'FunctionEnd',
    'Function KeptSettings',
    ...keptSettings(half).map(({ key }) => `  !insertmacro KeptSetting ${key}`),
    'FunctionEnd',
    'Function SetSetting',
    ...settings.flatMap((it) => setting(it, others)),
    '  StrCpy $Known 0',
    'FunctionEnd',
    'Function SettingsToLog',
    '  Pop $2',
    ...settings.map((it) => `  FileWriteUTF16LE $2 "${it.key}=$Setting_${it.key}$\\r$\\n"`),
    'FunctionEnd',
  ].join('\n');
}

/** Where it is to be, which nothing here can tell. */
const deployments: readonly (readonly [string, string])[] = [
  ['Std', 'This is a workstation: the endpoint adapter is on it, too'],
  ['Citrix', 'This is a virtual desktop: the adapter is at the endpoint'],
];

/** The page between folder and installation: what people are asked. */
function askSettings(half: HalfName): string {
  const connector: [string, string][] = [
    ['Connector', 'Let an agent desktop configure the phone (port 8000)'],
    ['HTTPS', 'The connector is reached by https'],
  ];
  const asked: [string, string][] = [
    ['Startup', 'Start it when a user signs in'],
    ...(half === 'app' ? connector : []),
  ];
  const words = half === 'app' ? deployments : [];
  return [
    ...asked.map(([key]) => `Var Box_${key}`),
    ...words.map(([word]) => `Var Button_${word}`),
    'Function AskSettings',
    `  !insertmacro MUI_HEADER_TEXT "Settings" "Running the setup again changes them."`,
    '  nsDialogs::Create 1018',
    '  Pop $0',
    ...asked.map(([key, words], i) => `  !insertmacro AskBox $Setting_${key} $Box_${key} ${i * 16} "${words}"`),
    ...words.map(
      ([word, says], i) =>
        `  !insertmacro AskButton $Setting_DeploymentType $Button_${word} ${(asked.length + i) * 16 + 8} "${word}" "${says}"`,
    ),
    '  nsDialogs::Show',
    'FunctionEnd',
    'Function TakeSettings',
    ...asked.map(([key]) => `  !insertmacro TakeBox $Setting_${key} $Box_${key}`),
    ...words.map(([word]) => `  !insertmacro TakeButton $Setting_DeploymentType $Button_${word} "${word}"`),
    'FunctionEnd',
  ].join('\n');
}

const inInstallDir = (text: string): string =>
  quoted(text).replaceAll('@INSTALL_PATH@', '$INSTDIR').replaceAll('@OPTIONS@', '$Options');

/** Which setting wants it. */
function wanted({ for: reason }: Registration): string {
  if (reason === 'links') return 'BeginAlways';
  if (reason === 'startup') return 'BeginStartup';
  const [first = '', second = first] = reason.split(' ');
  return `BeginClients "${first}" "${second}"`;
}

const kindsOfValues: Readonly<Record<string, string>> = { string: 'String', number: 'Number', listed: 'Listed' };

function register(one: Registration): string[] {
  const place = `${one.view} "${one.key}" "${one.name}"`;
  return [
    `  !insertmacro ${wanted(one)}`,
    `  !insertmacro Register${kindsOfValues[one.type]} ${place} "${inInstallDir(String(one.value))}"`,
    '  !insertmacro End',
  ];
}

function unregister(one: Registration): string {
  const value = `${one.view} "${one.key}" "${one.name}"`;
  if (one.type === 'listed') return `  !insertmacro UnregisterListed ${value} "${one.value}"`;
  return one.shared
    ? `  !insertmacro UnregisterValue ${value}`
    : `  !insertmacro UnregisterKey ${one.view} "${one.key}"`;
}

/** Keys, and those above them, from below: they may have been made for ours alone. That of what starts is Windows' own. */
function unregisterEmpty(rows: readonly Registration[]): string[] {
  const keys = rows.flatMap(({ for: reason, view, key }) => {
    if (reason === 'startup') return [];
    const parts = key.split('\\');
    return parts.slice(1).map((_, i) => `${view} "${parts.slice(0, parts.length - i).join('\\')}"`);
  });
  return [...new Set(keys)]
    .sort((a, b) => b.split('\\').length - a.split('\\').length)
    .map((key) => `  !insertmacro UnregisterEmpty ${key}`);
}

function makeSetup(stage: Stage, out: string, fast: boolean): string {
  const { half, halfName, besides } = stage;
  const work = join(buildFolder, 'nsis', half.program);
  const folder = join(work, 'payload');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  windowsPayload(stage, folder);
  // NSIS keeps the times of files.
  const brought = join(work, 'brought');
  const configure = join(brought, 'configure.exe');
  place(configureProgram(), configure);
  settle(brought);
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const inUse = readdirSync(folder, { encoding: 'utf8', recursive: true })
    .filter((path) => /\.(exe|dll|node)$/.test(path))
    .sort();
  const makeWay = (path: string): string => `  !insertmacro MakeWay "${path.replaceAll('/', '\\')}"`;
  const installed = entries.map((entry) => {
    const file = join(folder, entry.name);
    return `  !insertmacro Put '${entry.isDirectory() ? '/r ' : ''}"${file}"'`;
  });
  const removed = entries
    .filter((entry) => !sharedFiles.includes(entry.name))
    .map((entry) =>
      entry.isDirectory() ? `  RMDir /r "$INSTDIR\\${entry.name}"` : `  Delete /REBOOTOK "$INSTDIR\\${entry.name}"`,
    );
  const goes = inUse.filter((path) => !sharedFiles.includes(path));
  const rows = windowsRegistrations(halfName);
  const file = join(out, `${half.program}-${version}-setup.exe`);
  const facts: Record<string, string> = {
    PROGRAM: half.program,
    VERSION: version,
    NAME: name,
    TITLE: halfName === 'app' ? name : `${name} endpoint adapter`,
    FIRST_FILE: silentFiles[0] ?? '',
    SECOND_FILE: silentFiles[1] ?? '',
    OUT: file,
    SIGN_UNINSTALLER: uninstallerSignature(),
    COMPRESSOR: fast ? 'zlib' : '/SOLID lzma',
    DICTIONARY: fast ? '' : 'SetCompressorDictSize 32',
    PUBLISHER: publisher,
    SETTINGS_FUNCTIONS: settingsFunctions(halfName),
    SOURCES: sources,
    LICENSE: join(root, 'LICENSE'),
    ASK_SETTINGS: askSettings(halfName),
    INSTALL_FILES: ['  SetOutPath "$INSTDIR"', ...inUse.map(makeWay), ...installed].join('\n'),
    CONFIGURE: configure,
    LONGEST_PATH: String(longestPath),
    COMMAND: inInstallDir(startCommand(halfName)),
    KEEP_SETTINGS: keptSettings(halfName)
      .map(({ key }) => `  !insertmacro KeepSetting ${key}`)
      .join('\n'),
    REGISTER: rows.flatMap(register).join('\n'),
    UNREGISTER: rows.toReversed().map(unregister).join('\n'),
    UNREGISTER_EMPTY: unregisterEmpty(rows).join('\n'),
    REMOVE_FILES: [...goes.map(makeWay), ...removed].join('\n'),
    REMOVE_SHARED: sharedFiles.map((it) => `    Delete /REBOOTOK "$INSTDIR\\${it}"`).join('\n'),
    OTHER: halfName === 'app' ? 'thinline-adapter' : 'thinline',
    DEFINES: halfName === 'app' ? '!define APP' : '',
    BESIDES: besides,
  };
  const script = readFileSync(join(sources, 'setup.nsi'), 'utf8').replace(
    /@([A-Z_]+)@/g,
    (word, fact: string) => facts[fact] ?? word,
  );
  placeText(script, join(work, 'setup.nsi'));
  execFileSync('makensis', ['-V2', '-WX', '-INPUTCHARSET', 'UTF8', join(work, 'setup.nsi')], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, SOURCE_DATE_EPOCH: String(sourceDate()) },
  });
  signExecutable(file, stage.targetName);
  return file;
}

export const nsis: Kind = {
  targets: ['win-x64'],
  make: (stages, out, fast) => Object.values(stages).map((stage) => makeSetup(stage, out, fast)),
};
