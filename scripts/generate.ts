/** Makes every generated file anew: the contract's types, docs/failures.md. `npm run check` fails where one is stale. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { catalogue } from '@thinline/shared/failures.ts';

const root = join(import.meta.dirname, '..');

export const contractTypes = 'packages/shared/src/contract/generated';
export const failuresPage = 'docs/failures.md';

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
      `--includeDirs=${join(root, 'proto')}`,
      `--outDir=${target}`,
      'thinline/v1/session.proto',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
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

/** Writes all generated files below a folder that mirrors the repository. */
export function generate(into: string): void {
  generateContract(join(into, contractTypes));
  const page = join(into, failuresPage);
  mkdirSync(dirname(page), { recursive: true });
  writeFileSync(page, failuresDocument());
}

if (import.meta.main) generate(root);
