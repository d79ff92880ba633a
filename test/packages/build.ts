/** Packages for the tests: made as `npm run package` makes them, compressed fast. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { TargetName } from '../../scripts/package/product.ts';

const root = join(import.meta.dirname, '../..');

export const isQuick = process.env.THINLINE_PACKAGES === 'quick';
/** Of nobody's interest but reproducibility's. */
const date = '1790000000';
/** Other files, and others, may build at the same time. */
const own = `build/packages-tested/${process.pid}`;
afterAll(() => rmSync(join(root, own), { recursive: true, force: true }));

export interface BuildOptions {
  kind?: string;
  env?: Record<string, string>;
  out?: string;
  fresh?: boolean;
}

/** The folder of the packages, made anew. */
export function build(target: TargetName, { kind, env = {}, out = `${own}/usual`, fresh }: BuildOptions = {}): string {
  const words = [
    'scripts/package/main.ts',
    target,
    '--fast',
    '--out',
    join(root, out),
    ...(kind ? ['--kind', kind] : []),
    ...(fresh ? ['--fresh'] : []),
  ];
  execFileSync(process.execPath, words, {
    cwd: root,
    stdio: 'pipe',
    env: { ...process.env, SOURCE_DATE_EPOCH: date, ...env },
    maxBuffer: 1 << 26,
  });
  return join(root, out, target);
}

export const sumsOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => !name.startsWith('SHA256SUMS'))
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]),
  );

/** Of everything for the target but its checksums; made anew each time, and the second time in another time zone. */
export function sumsBuiltTwice(target: TargetName, kind?: string): [Record<string, string>, Record<string, string>] {
  const made = (out: string, env: Record<string, string>): Record<string, string> => {
    const folder = build(target, { ...(kind !== undefined && { kind }), env, out, fresh: true });
    const sums = sumsOf(folder);
    rmSync(folder, { recursive: true });
    return sums;
  };
  return [made(`${own}/once`, { TZ: 'UTC' }), made(`${own}/twice`, { TZ: 'Pacific/Auckland' })];
}

/** A folder for as long as the file's tests run. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'thinline-packages-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The one file whose name ends so. */
export function fileIn(folder: string, end: string): string {
  const found = readdirSync(folder).filter((name) => name.endsWith(end));
  if (found.length !== 1 || !found[0]) throw new Error(`${folder} has ${found.length} files *${end}`);
  return join(folder, found[0]);
}
