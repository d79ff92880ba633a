/** docs/install/settings.md: what a silent installation can be told, from packaging/product.json. Run, it writes the page. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes, type HalfName, root, type Setting, type System, settingsOf, silentFiles } from './product.ts';

export const settingsPage = join(root, 'docs/install/settings.md');

const systems: readonly System[] = ['windows', 'macos', 'linux', 'debian'];
const systemNames: Readonly<Record<System, string>> = {
  windows: 'Windows',
  macos: 'macOS',
  linux: 'Linux (tar.gz)',
  debian: 'Debian, ThinPro',
};
const forms: Readonly<Record<string, string>> = {
  path: 'an absolute path',
  switch: 'yes or no; also true, false, 1, 0, on, off',
  port: '1 to 65535',
  digits: 'digits',
  version: 'numbers with points between them',
  thumbprint: '40 hexadecimal digits, blanks allowed',
};

const valuesOf = ({ values, form }: Setting): string =>
  values?.map((it) => `\`${it}\``).join(', ') ?? forms[form] ?? form;

/** Each row once, with the systems that it is for. */
function table(half: HalfName): string[] {
  const rows = new Map<string, { setting: Setting; on: System[] }>();
  for (const system of systems) {
    for (const setting of settingsOf(half, system)) {
      const key = JSON.stringify(setting);
      rows.set(key, { setting, on: [...(rows.get(key)?.on ?? []), system] });
    }
  }
  return [
    '| key | values | default | on | meaning |',
    '|---|---|---|---|---|',
    ...[...rows.values()].map(({ setting, on }) => {
      const names = [setting.key, ...setting.also].map((it) => `\`${it}\``).join(', ');
      const where = on.length === systems.length ? 'all' : on.map((it) => systemNames[it]).join('; ');
      return `| ${names} | ${valuesOf(setting)} | ${setting.default || 'none'} | ${where} | ${setting.meaning} |`;
    }),
  ];
}

export function settingsText(): string {
  return [
    '# Settings of a silent installation',
    '',
    'Generated from `packaging/product.json` by `node scripts/package/settings-page.ts`.',
    '',
    `The file is called \`${silentFiles.join('` or `')}\`, or whatever the command line says. A line is \`KEY=VALUE\`, in any section or in`,
    'none, as the sections of the vendor differ from product to product; upper and lower case of keys and of the values below are the same. `;`',
    'and `#` begin comments. A key without a value counts as not there; one that an installer does not know is left alone, and the',
    'result log says so. Every value is looked at before anything is touched.',
    '',
    '## The app layer (`thinline`)',
    '',
    ...table('app'),
    '',
    '## The endpoint adapter (`thinline-adapter`)',
    '',
    ...table('adapter'),
    '',
    '## Result log and exit codes',
    '',
    'The log has the same form on every system: `[ResponseResult]` with `ResultCode`; `[Result]` with `Product`, `Version`, `Action`',
    '(`install`, `upgrade` or `remove`) and `Message`, a sentence; `[Settings]` with what is in force (what stands in a file that was kept is left out, with a note); and `[Notes]`, where there',
    'are any, with lines `Note=`. The code is also that of the process, except with dpkg, which has codes of its own.',
    '',
    '| code | meaning |',
    '|---|---|',
    ...Object.entries(exitCodes).map(([code, meaning]) => `| ${code} | ${meaning} |`),
    '',
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) writeFileSync(settingsPage, settingsText());
