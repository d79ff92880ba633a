/** npm run package -- TARGET…: makes everything that is installed on such machines. See docs/packaging.md. */
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeSums } from './archive.ts';
import { makeAllAnew, removeOrphans } from './kept.ts';
import { kinds } from './kinds.ts';
import { names, type Omissions } from './omissions.ts';
import { buildFolder, type HalfName, isTarget, root, type TargetName, targets } from './product.ts';
import { signDetached } from './sign.ts';
import { makeStage, type Stage } from './stage.ts';

const help = `npm run package -- TARGET... [options]

  TARGET          one of ${Object.keys(targets).join(', ')}
  --kind KINDS    only these, with commas between; of ${Object.keys(kinds).join(', ')}
  --without NAMES leaves these out, with commas between; of ${names.join(', ')}
  --fast          for tests: compresses less, and leaves out what of these can't be built here
  --fresh         takes nothing that was made before, and looks at the hashes of fetched packages again
  --out FOLDER    where a folder for each target is made (default: build/packages); it has nothing else afterwards
`;

const wants = (word: string | undefined, list: string): boolean => word === undefined || word.split(',').includes(list);

interface Wanted {
  kind: string | undefined;
  fast: boolean;
  omissions: Omissions;
}

/** The folder of the target is there whole, or as it was before. */
async function make(target: TargetName, out: string, { kind: only, fast, omissions }: Wanted): Promise<void> {
  const stages: Record<HalfName, Stage> = {
    app: await makeStage('app', target, omissions),
    adapter: await makeStage('adapter', target, omissions),
  };
  const part = `${out}.${process.pid}.part`;
  const files: string[] = [];
  try {
    mkdirSync(part, { recursive: true });
    for (const [name, kind] of Object.entries(kinds)) {
      if (kind.targets.includes(target) && wants(only, name)) files.push(...(await kind.make(stages, part, fast)));
    }
    writeSums(part);
    signDetached(join(part, 'SHA256SUMS'));
    rmSync(out, { recursive: true, force: true });
    renameSync(part, out);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  for (const file of files) process.stdout.write(`${join(out, basename(file))}\n`);
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      kind: { type: 'string' },
      without: { type: 'string', default: '' },
      fast: { type: 'boolean', default: false },
      fresh: { type: 'boolean', default: false },
      out: { type: 'string', default: join(root, 'build/packages') },
      help: { type: 'boolean' },
    },
  });
  const without = values.without.split(',').filter((word) => word !== '');
  const unknown = [
    ...positionals.filter((word) => !isTarget(word)),
    ...(values.kind?.split(',') ?? []).filter((word) => !Object.hasOwn(kinds, word)),
    ...without.filter((word) => !names.includes(word)),
  ];
  if (values.help || unknown.length > 0 || positionals.length === 0) {
    process.stderr.write(help);
    return values.help ? 0 : 2;
  }
  if (values.fresh) makeAllAnew();
  removeOrphans();
  const omissions: Omissions = { without: new Set(without), lenient: values.fast };
  const { kind, fast } = values;
  try {
    for (const target of positionals) {
      if (isTarget(target)) await make(target, join(resolve(values.out), target), { kind, fast, omissions });
    }
  } finally {
    rmSync(buildFolder, { recursive: true, force: true });
  }
  return 0;
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
