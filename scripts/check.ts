/** npm run check: format and lint, types, layers, stale generated files. Ends non-zero at the first that fails. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { contractTypes, generate, pages } from './generate.ts';
import { layerFaults } from './layers.ts';

const root = join(import.meta.dirname, '..');

function run(name: string, ...argv: string[]): boolean {
  const { status } = spawnSync(join(root, 'node_modules/.bin', name), argv, { cwd: root, stdio: 'inherit' });
  return status === 0;
}

function filesBelow(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Generated files that are not what they would be if they were made now. */
function staleFiles(): string[] {
  const fresh = mkdtempSync(join(tmpdir(), 'thinline-generated-'));
  try {
    generate(fresh);
    const expected = new Map(filesBelow(fresh).map((file) => [relative(fresh, file), readFileSync(file, 'utf8')]));
    const present = [
      ...filesBelow(join(root, contractTypes)).map((it) => relative(root, it)),
      ...Object.values(pages).filter((page) => existsSync(join(root, page))),
    ];
    const differs = (file: string) =>
      !present.includes(file) || readFileSync(join(root, file), 'utf8') !== expected.get(file);
    return [...[...expected.keys()].filter(differs), ...present.filter((file) => !expected.has(file))];
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function layers(): boolean {
  const faults = layerFaults(root);
  for (const fault of faults) console.error(fault);
  return faults.length === 0;
}

function generated(): boolean {
  const stale = staleFiles();
  for (const file of stale) console.error(`${file} is stale: run "npm run generate" and commit it.`);
  return stale.length === 0;
}

const checks: [string, () => boolean][] = [
  ['format and lint', () => run('biome', 'check', '.')],
  ['types', () => run('tsc', '-b')],
  ['layers', layers],
  ['generated files', generated],
];

for (const [name, check] of checks) {
  const passed = check();
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name}`);
  if (!passed) process.exit(1);
}
