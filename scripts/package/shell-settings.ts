/** The silent installation's settings as shell functions: the part of packaging/unix/settings.sh that comes from the table. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HalfName, halves, root, type Setting, type System, settingsOf, version } from './product.ts';

const forms: Readonly<Record<string, string>> = {
  path: 'an absolute path without . or .. in it',
  switch: 'yes or no',
  port: '1 to 65535',
  digits: 'digits',
  version: 'numbers with points between them',
};

/** Values of the vendor's that are one of ours here. */
const vendors: Readonly<Record<string, string>> = { citrix_elux_5: 'vmware_pro' };

/** `others`: values that mean something to the other half alone, whose file this may be, too. */
function oneSetting({ key, also, form, values }: Setting, others: readonly string[]): string {
  const names = [key, ...also].map((name) => name.toLowerCase()).join(' | ');
  const wanted = values?.join(' or ') ?? forms[form];
  if (!wanted) throw new Error(`The setting ${key} has the form ${form}, which shells can't check.`);
  const check = values
    ? [
        '            value=""',
        '            case $(lower "$2") in',
        ...values.map((value) => `                ${value.toLowerCase()}) value=${value} ;;`),
        ...Object.entries(vendors).flatMap(([theirs, ours]) =>
          values.includes(ours)
            ? [`                ${theirs}) value=${ours}; note "${key}=${theirs} was taken as ${ours}." ;;`]
            : [],
        ),
        ...others.map((value) => `                ${value.toLowerCase()}) return 1 ;;`),
        '            esac',
      ]
    : [`            value=$(in_form ${form} "$2")`];
  return [
    `        ${names})`,
    `            wanted='${wanted}'`,
    ...check,
    '            [ -n "$value" ] || return 2',
    `            setting_${key}=$value`,
    `            taken="\${taken}${key} "`,
    '            ;;',
  ].join('\n');
}

/** A shell text that others begin with. */
export function shellSettings(half: HalfName, system: System): string {
  const settings = settingsOf(half, system);
  // The app layer says where all is to be; the adapter goes with it.
  const others = half === 'adapter' ? settingsOf('app', system) : [];
  const othersValues = ({ key }: Setting): readonly string[] => others.find((it) => it.key === key)?.values ?? [];
  return [
    `program=${halves[half].program}`,
    `version=${version}`,
    ...settings.map((it) => `setting_${it.key}=${it.default}`),
    '',
    '# set_setting KEY VALUE: 1: there is no such setting, 2: not such a value',
    'set_setting() {',
    '    case $1 in',
    ...settings.map((it) => oneSetting(it, othersValues(it))),
    '        *) return 1 ;;',
    '    esac',
    '}',
    '',
    'print_settings() {',
    ...settings.map((it) => `    print_setting ${it.key} "$setting_${it.key}"`),
    '}',
    '',
    readFileSync(join(root, 'packaging/unix/settings.sh'), 'utf8'),
  ].join('\n');
}
