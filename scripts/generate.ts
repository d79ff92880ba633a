/** Makes every generated file anew: the contract's types, five pages of docs/, the templates of policies. `npm run check` fails where one is stale. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Option } from '@thinline/shared/config/option.ts';
import { defaultText, meaningText, valuesText } from '@thinline/shared/config/option-words.ts';
import { options } from '@thinline/shared/config/options.ts';
import { catalogue } from '@thinline/shared/failures.ts';
import { optionTests, optionTestsPage } from './option-tests.ts';
import { adml, admx, categories, policyExample } from './policy-templates.ts';

const root = join(import.meta.dirname, '..');

export const contractTypes = 'packages/shared/src/contract/generated';
export const pages = {
  failures: 'docs/failures.md',
  configuration: 'docs/configuration.md',
  conformance: 'docs/conformance.md',
  optionsTested: 'docs/options-tested.md',
  openapi: 'docs/openapi.json',
  policyDefinitions: 'packaging/policies/thinline.admx',
  policyWords: 'packaging/policies/en-US/thinline.adml',
  policyExample: 'packaging/policies/thinline.json',
} as const;

function generateContract(target: string): void {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  execFileSync(
    join(root, 'node_modules/.bin/proto-loader-gen-types'),
    [
      '--longs=Number',
      '--enums=String',
      '--defaults',
      '--oneofs',
      '--arrays',
      '--includeComments',
      '--grpcLib=@grpc/grpc-js',
      '--importFileExtension=.ts',
      '--inputTemplate=%sInput',
      '--outputTemplate=%s',
      // Relative, as the files' first lines name their source.
      '--includeDirs=proto',
      `--outDir=${target}`,
      'thinline/v1/session.proto',
    ],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
  );
}

function failuresDocument(): string {
  const rows = Object.values(catalogue).map((row) => `| ${row.code} | ${row.message} | ${row.cause} | ${row.remedy} |`);
  return [
    '# Failures',
    '',
    'Every failure that panel, `thinline ctl` and the log can show. Words in braces are filled in with the facts of the case.',
    'Generated from `packages/shared/src/failures.ts` by `npm run generate`.',
    '',
    '| code | what happened | cause | remedy |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

const name = ({ path, oldPath }: Option): string =>
  `\`${path.replace(':N', '')}\`${oldPath ? ` (before: \`${oldPath}\`)` : ''}`;

/** As a cell of a table. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

const optionRow = (it: Option): string =>
  `| ${[name(it), valuesText(it, '`'), defaultText(it), it.effect, it.where, meaningText(it)].map(cell).join(' | ')} |`;

function optionTable(prefix: string, heading: string): string[] {
  const rows = options.filter(({ path }) => path.startsWith(prefix) || (prefix === ':N' && path.endsWith(prefix)));
  return [
    `## ${heading}`,
    '',
    '| setting | values | default | a change takes effect | for | meaning |',
    '|---|---|---|---|---|---|',
    ...rows.map(optionRow),
    '',
  ];
}

const configurationDocument = (): string =>
  [
    '# Configuration',
    '',
    'Thinline reads a Softphone.config as the vendor ships it: `npm start -- --config FILE`, or',
    '`thinline --standalone --config FILE`. On the command line,',
    '',
    '- `thinline config init FILE` writes a new one with every setting and its meaning;',
    '- `thinline config check FILE` says what is wrong in one, and what is used instead;',
    '- `thinline config diff FILE` says what is not the default in one;',
    '- `thinline config explain SETTING` says what a setting means.',
    '',
    'The Basic container has up to six `<Connectivity user="…" server="…" protocol="…"/>`, one line each, `line0` the first;',
    'the same user at two servers at once is two lines. The section `proxyN` belongs to line N; a line without one takes that',
    'of `proxy0`. The root may be named anything, and names of elements may be written in capitals or not.',
    '',
    'Yes and no are `1` and `0`, `true` and `false`, `yes` and `no`; capitals make no difference, and an empty value is as',
    'none. Of a setting that stands there twice, the last one counts. "Ours" are those that the vendor does not have.',
    '',
    'A value that cannot be used is one line of the log: where, what is wrong, what is used instead. So is a file that is not',
    'XML at all: the phone then starts without a configuration. A port range upside down is the only thing in a file that',
    'stops the phone. Settings that are not in the tables are left alone and named once. Those that say "No effect" are read',
    'and judged, and do nothing yet.',
    '',
    'A file may be in UTF-8, UTF-16 or Windows-1252, and has 1 MiB at most. A document type declaration is refused, and with',
    'it all entities but those of XML itself; nothing that the file names is opened for reading it.',
    '',
    'The file is read when Thinline starts. No call is lost by it: a line whose settings have changed (`register`) is',
    'registered anew once the last call on it has ended, the other lines at once; other settings of SIP as a whole (`restart`)',
    'wait for the end of all calls. What is read meanwhile takes the place of what waits.',
    '',
    "An administrator's [policy of the machine](install/policies.md) wins over the file, over what an agent desktop sets and over",
    'what an agent types at sign-in; `thinline config policy` says what it sets.',
    '',
    'The tables are generated from `packages/shared/src/config/options` by `npm run generate`. `for` is the half that acts',
    'on a setting: the app layer in the desktop, the endpoint adapter beside the headset, or both. [Options and their',
    'tests](options-tested.md) names the test that shows what each one does.',
    '',
    ...optionTable(':N', 'The Basic container'),
    ...categories.flatMap(([prefix, heading]) => optionTable(prefix, heading)),
  ].join('\n');

/** A program of its own, as the tests' project is built on top of this one. */
const conformanceDocument = (): string =>
  execFileSync(process.execPath, [join(root, 'test/conformance/sipp/page.ts')], { encoding: 'utf8' });

/** As the formatter writes JSON. */
function apiDescription(): string {
  const program = join(root, 'packages/app-layer/src/phone-api/description.ts');
  const input = execFileSync(process.execPath, [program], { encoding: 'utf8' });
  const biome = join(root, 'node_modules/.bin/biome');
  return execFileSync(biome, ['format', `--stdin-file-path=${pages.openapi}`], { cwd: root, input, encoding: 'utf8' });
}

/** Writes all generated files below a folder that mirrors the repository. */
export function generate(into: string): void {
  generateContract(join(into, contractTypes));
  mkdirSync(join(into, 'docs'), { recursive: true });
  writeFileSync(join(into, pages.failures), failuresDocument());
  writeFileSync(join(into, pages.configuration), configurationDocument());
  writeFileSync(join(into, pages.conformance), conformanceDocument());
  writeFileSync(join(into, pages.optionsTested), optionTestsPage(optionTests(root)));
  writeFileSync(join(into, pages.openapi), apiDescription());
  mkdirSync(join(into, 'packaging/policies/en-US'), { recursive: true });
  writeFileSync(join(into, pages.policyDefinitions), admx());
  writeFileSync(join(into, pages.policyWords), adml());
  writeFileSync(join(into, pages.policyExample), policyExample());
}

if (import.meta.main) generate(root);
