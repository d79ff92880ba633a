/** Templates of the machine's policy, from the option table: ADMX and ADML for Windows, an example for the others. */
import { longestText, writtenValue } from '@thinline/shared/config/judgement.ts';
import { escaped } from '@thinline/shared/config/markup.ts';
import type { Option } from '@thinline/shared/config/option.ts';
import { defaultText, meaningText, valuesText, whereText } from '@thinline/shared/config/option-words.ts';
import { options } from '@thinline/shared/config/options.ts';

const key = 'SOFTWARE\\Policies\\Thinline\\Options';
const schema = 'http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions';

/**
 * Secrets are refused. Who a line is differs from machine to machine. The parameters of a codec have its name in theirs,
 * which a template can't ask for.
 */
export const inTemplates = ({ secret, path }: Option): boolean =>
  !secret && path !== 'user:N' && !path.startsWith('codecs.NAME.');

const templated = options.filter(inTemplates);

/** Names in ADMX have letters, digits and underscores. */
export const nameOf = (path: string): string => path.replace(/[^a-z\d]/gi, '_');

/** The table's parts, in the order in which they are read. */
export const categories: readonly (readonly [prefix: string, heading: string])[] = [
  ['policy.endpoint.', 'Addresses, ports, protocols'],
  ['policy.session.', 'Calls and their sound'],
  ['policy.device.', 'Devices'],
  ['policy.connector.', 'The connector for agent desktops'],
  ['policy.link.', 'The link between the halves'],
  ['policy.panel.', 'The panel'],
  ['codecs.', 'Codecs'],
  ['proxies.', 'Lines'],
  ['system.', 'Security, logging'],
];

const categoryName = (prefix: string): string => nameOf(prefix.slice(0, -1));

/** Of the attributes of lines, the category of lines. Throws where the table has a section that is not named here. */
function categoryOf(path: string): string {
  if (path.endsWith(':N')) return categoryName('proxies.');
  const [prefix] = categories.find(([it]) => path.startsWith(it)) ?? [];
  if (prefix === undefined) throw new Error(`${path} is in no category of the policy templates.`);
  return categoryName(prefix);
}

const within = (tag: string, attributes: string, body: readonly string[]): string[] => [
  `<${tag}${attributes && ` ${attributes}`}>`,
  ...body.map((line) => `  ${line}`),
  `</${tag}>`,
];

const document = (root: string, body: readonly string[]): string =>
  [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<!-- Generated from packages/shared/src/config/options by "npm run generate". -->`,
    ...within(root, `xmlns="${schema}" revision="1.0" schemaVersion="1.0"`, body),
    '',
  ].join('\n');

const element = (option: Option): string[] => {
  const place = `id="Value" valueName="${escaped(option.path)}"`;
  switch (option.type) {
    case 'boolean':
      return [];
    case 'integer':
      return [`<decimal ${place} required="true" minValue="${option.min}" maxValue="${option.max}"/>`];
    case 'text':
      return [`<text ${place} maxLength="${longestText}"/>`];
    case 'choice':
      return within(
        'enum',
        `${place} required="true"`,
        (option.choices ?? []).map(
          (it, n) =>
            `<item displayName="$(string.${nameOf(option.path)}_${n})"><value><string>${escaped(it)}</string></value></item>`,
        ),
      );
  }
};

function policyElement(option: Option): string[] {
  const name = nameOf(option.path);
  const isSwitch = option.type === 'boolean';
  const words = `displayName="$(string.${name})" explainText="$(string.${name}_Explain)"`;
  const place = isSwitch
    ? `key="${key}" valueName="${escaped(option.path)}"`
    : `presentation="$(presentation.${name})" key="${key}"`;
  return within('policy', `name="${name}" class="Machine" ${words} ${place}`, [
    `<parentCategory ref="${categoryOf(option.path)}"/>`,
    '<supportedOn ref="SUPPORTED_Thinline"/>',
    ...(isSwitch
      ? ['<enabledValue><decimal value="1"/></enabledValue>', '<disabledValue><decimal value="0"/></disabledValue>']
      : within('elements', '', element(option))),
  ]);
}

export const admx = (): string =>
  document('policyDefinitions', [
    ...within('policyNamespaces', '', ['<target prefix="thinline" namespace="Thinline.Policies"/>']),
    '<resources minRequiredRevision="1.0"/>',
    ...within(
      'supportedOn',
      '',
      within('definitions', '', ['<definition name="SUPPORTED_Thinline" displayName="$(string.SUPPORTED_Thinline)"/>']),
    ),
    ...within('categories', '', [
      '<category name="Thinline" displayName="$(string.Thinline)"/>',
      ...categories.flatMap(([prefix]) =>
        within('category', `name="${categoryName(prefix)}" displayName="$(string.Category_${categoryName(prefix)})"`, [
          '<parentCategory ref="Thinline"/>',
        ]),
      ),
    ]),
    ...within('policies', '', templated.flatMap(policyElement)),
  ]);

const plain = (text: string): string => text.replaceAll('`', '"');

function explanation(option: Option): string {
  const { path, type } = option;
  const values =
    type === 'boolean'
      ? 'Enabled is 1, disabled is 0.'
      : `Values: ${valuesText(option)}. By default: ${defaultText(option) || 'empty'}.`;
  const byDefault = type === 'boolean' ? ` By default: ${defaultText(option)}.` : '';
  const lines = /[:x]N/.test(path.replace('proxyN', 'xN')) ? ['It goes for every line.'] : [];
  return [
    plain(meaningText(option)),
    ...lines,
    values + byDefault,
    'Not configured: the configuration file, the agent desktop or the agent says it.',
    `For: ${whereText(option)}. Option: ${path}`,
  ].join('\n\n');
}

const string = (id: string, text: string): string =>
  `<string id="${id}">${text
    .split('\n')
    .map((line) => escaped(line))
    .join('\n')}</string>`;

/** For people: the path without the section that is its category. */
function titleOf({ path }: Option): string {
  const [prefix = ''] = categories.find(([it]) => path.startsWith(it)) ?? [];
  return path
    .slice(prefix.length)
    .replace(/^proxyN\./, '')
    .replace(/:N$/, '');
}

function strings(option: Option): string[] {
  const name = nameOf(option.path);
  const items = option.type === 'choice' ? (option.choices ?? []) : [];
  return [
    string(name, titleOf(option)),
    string(`${name}_Explain`, explanation(option)),
    ...items.map((it, n) => string(`${name}_${n}`, it)),
  ];
}

function presentation(option: Option): string[] {
  const label = escaped(titleOf(option));
  const value = escaped(writtenValue(option.default));
  const box = (): string[] => {
    switch (option.type) {
      case 'boolean':
        return [];
      case 'integer':
        return [`<decimalTextBox refId="Value" defaultValue="${value}">${label}</decimalTextBox>`];
      case 'text':
        return within('textBox', 'refId="Value"', [
          `<label>${label}</label>`,
          ...(value === '' ? [] : [`<defaultValue>${value}</defaultValue>`]),
        ]);
      case 'choice': {
        const at = option.choices?.indexOf(String(option.default)) ?? -1;
        const chosen = at < 0 ? '' : ` defaultItem="${at}"`;
        return [`<dropdownList refId="Value" noSort="true"${chosen}>${label}</dropdownList>`];
      }
    }
  };
  const body = box();
  return body.length === 0 ? [] : within('presentation', `id="${nameOf(option.path)}"`, body);
}

export const adml = (): string =>
  document('policyDefinitionResources', [
    '<displayName>Thinline</displayName>',
    '<description>Settings of the softphone Thinline, whatever its configuration file says</description>',
    ...within('resources', '', [
      ...within('stringTable', '', [
        string('Thinline', 'Thinline'),
        string('SUPPORTED_Thinline', 'Thinline 0.1.0 and later'),
        ...categories.map(([prefix, heading]) => string(`Category_${categoryName(prefix)}`, heading)),
        ...templated.flatMap(strings),
      ]),
      ...within('presentationTable', '', templated.flatMap(presentation)),
    ]),
  ]);

/** Every option with its default: what is not wanted is to be taken out. */
export const policyExample = (): string =>
  `${JSON.stringify(
    { options: Object.fromEntries(templated.map((option) => [option.path, writtenValue(option.default)])) },
    null,
    2,
  )}\n`;
