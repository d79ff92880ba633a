/** Packages of the npm registry, fetched by npm and taken only when their bytes are the pinned ones. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { kept } from './kept.ts';
import { buildFolder, keptFolder, type Pinned } from './product.ts';

/** The folder of the unpacked package. Throws an Error in a sentence. */
export function fetchPackage(pinned: Pinned): string {
  const name = createHash('sha256').update(pinned.integrity).digest('hex').slice(0, 16);
  return kept(join('fetched', name), (folder) => {
    const archive = fetchArchive(pinned, name);
    const integrity = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
    if (integrity !== pinned.integrity) throw new Error(`${archive} is not the pinned ${pinned.package}: remove it.`);
    const words = ['-xzf', archive, '--no-same-owner', '--strip-components=1', '-C', folder];
    execFileSync('tar', words, { stdio: 'pipe' });
    if (readdirSync(folder).length === 0) throw new Error(`The archive of ${pinned.package} is empty.`);
  });
}

/** It is kept, so that what is made of it can be made anew. */
function fetchArchive(pinned: Pinned, name: string): string {
  const archives = join(keptFolder, 'archives');
  const archive = join(archives, `${name}.tgz`);
  if (existsSync(archive)) return archive;
  const work = join(buildFolder, 'fetching', name);
  mkdirSync(work, { recursive: true });
  mkdirSync(archives, { recursive: true });
  const env = { ...process.env, npm_config_loglevel: 'error' };
  execFileSync('npm', ['pack', pinned.package, '--ignore-scripts'], { cwd: work, stdio: 'pipe', env });
  const fetched = readdirSync(work).find((it) => it.endsWith('.tgz'));
  if (!fetched) throw new Error(`npm brought no archive of ${pinned.package}.`);
  renameSync(join(work, fetched), archive);
  return archive;
}
