/** Makes every generated file anew: the contract's types, three pages of docs/. `npm run check` fails where one is stale. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Option, options } from '@thinline/shared/config/options.ts';
import { catalogue } from '@thinline/shared/failures.ts';

const root = join(import.meta.dirname, '..');

export const contractTypes = 'packages/shared/src/contract/generated';
export const pages = {
  failures: 'docs/failures.md',
  configuration: 'docs/configuration.md',
  conformance: 'docs/conformance.md',
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

function values({ type, min, max, unit, choices = [] }: Option): string {
  switch (type) {
    case 'text':
      return 'text';
    case 'boolean':
      return '0 or 1';
    case 'choice':
      return choices.map((it) => `\`${it}\``).join(', ');
    case 'integer':
      return `${min} to ${max}${unit ? ` ${unit}` : ''}`;
  }
}

const defaultOf = ({ type, default: value }: Option): string | number =>
  type === 'boolean' ? Number(value) : String(value);

const name = ({ path, oldPath }: Option): string => `\`${path}\`${oldPath ? ` (before: \`${oldPath}\`)` : ''}`;

function configurationDocument(): string {
  const all: readonly Option[] = options;
  const rows = all.map((it) => `| ${name(it)} | ${values(it)} | ${defaultOf(it)} | ${it.effect} | ${it.meaning} |`);
  return [
    '# Configuration',
    '',
    'Thinline reads a Softphone.config as the vendor ships it: `npm start -- --config FILE`, or',
    '`thinline --standalone --config FILE`. Of it this version uses',
    '',
    '- the Basic container: up to six `<Connectivity user="…" server="HOST[:PORT]" protocol="udp|tcp|tls|wss"/>`, one line',
    '  each, `line0` the first. Without a port, and where the protocol is empty, DNS says the rest (RFC 3263). Servers that',
    '  stand in for each other are written `A;B`; the same user at two servers at once is two lines. A host that ends in',
    '  `.invalid` is an installer\'s placeholder and means "not configured";',
    '- the settings below. `proxyN` belongs to line N; a line without a section of its own takes that of `proxy0`.',
    '  Yes and no are `1` and `0`, `true` and `false`, `yes` and `no`; capitals make no difference, and an empty value is as',
    '  none. "Ours" are those that the vendor does not have.',
    '',
    'Every other setting is named once in the log as not used yet. A value that cannot be used is one line of the log:',
    'where, what is wrong, what is used instead. Only a file that cannot be read, and a port range upside down, stop the phone.',
    '',
    'The file is read when Thinline starts. A line whose settings have changed is then registered anew (`register`), which',
    'ends its calls; the other lines and their calls go on. Other settings of SIP as a whole (`restart`) end all calls.',
    '',
    'The table is generated from `packages/shared/src/config/options.ts` by `npm run generate`.',
    '',
    '| setting | values | default | a change takes effect | meaning |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

/** A program of its own, as the tests' project is built on top of this one. */
const conformanceDocument = (): string =>
  execFileSync(process.execPath, [join(root, 'test/conformance/sipp/page.ts')], { encoding: 'utf8' });

/** Writes all generated files below a folder that mirrors the repository. */
export function generate(into: string): void {
  generateContract(join(into, contractTypes));
  mkdirSync(join(into, 'docs'), { recursive: true });
  writeFileSync(join(into, pages.failures), failuresDocument());
  writeFileSync(join(into, pages.configuration), configurationDocument());
  writeFileSync(join(into, pages.conformance), conformanceDocument());
}

if (import.meta.main) generate(root);
