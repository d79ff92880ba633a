/** Archives whose bytes depend on nothing but what is in them. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { root } from './product.ts';

/** The time that files in packages have, s: SOURCE_DATE_EPOCH, else that of the last change of the sources. */
export function sourceDate(): number {
  const given = process.env.SOURCE_DATE_EPOCH;
  if (given !== undefined) {
    if (!/^\d{1,10}$/.test(given)) throw new Error(`SOURCE_DATE_EPOCH is "${given}", and not a number of seconds.`);
    return Number(given);
  }
  return Number(execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' }));
}

/** A copy at that path, with its folders. */
export function place(file: string, to: string, mode = 0o644): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
  copyFileSync(file, to);
  chmodSync(to, mode);
}

export function placeText(text: string, to: string, mode = 0o644): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
  writeFileSync(to, text);
  chmodSync(to, mode);
}

/** Gives all below the folder the time of the sources, and permissions that don't depend on who builds. */
export function settle(folder: string): void {
  const date = sourceDate();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    chmodSync(path, entry.isDirectory() || statSync(path).mode & 0o111 ? 0o755 : 0o644);
    utimesSync(path, date, date);
  }
  chmodSync(folder, 0o755);
  utimesSync(folder, date, date);
}

/** `fast`: for tests. */
export function tarGz(folder: string, to: string, fast: boolean): void {
  settle(folder);
  mkdirSync(dirname(to), { recursive: true });
  const words = [
    '--sort=name',
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--format=gnu',
    `--mtime=@${sourceDate()}`,
  ];
  execFileSync('tar', [...words, `--use-compress-program=gzip -n -${fast ? 1 : 9}`, '-cf', to, basename(folder)], {
    cwd: dirname(folder),
    stdio: 'pipe',
  });
}

/** SHA256SUMS of everything in the folder, as sha256sum(1) checks it. */
export function writeSums(folder: string): void {
  const lines = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('SHA256SUMS'))
    .map(({ name }) => name)
    .sort()
    .map(
      (name) =>
        `${createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex')}  ${name}\n`,
    );
  writeFileSync(join(folder, 'SHA256SUMS'), lines.join(''));
}
