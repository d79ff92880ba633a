/** What was fetched or made before, by a name that stands for what it was made of. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildFolder, buildFolders, keptFolder } from './product.ts';

let anew = false;

const ownPlace = (name: string): string => join(buildFolder, 'made', name);

/** From now on this build takes nothing that was made before it. */
export function makeAllAnew(): void {
  anew = true;
}

/** The folder of that name, if it may be taken again. */
export function found(name: string): string | null {
  const places = anew ? [ownPlace(name)] : [join(keptFolder, name), ownPlace(name)];
  return places.find((place) => existsSync(place)) ?? null;
}

/** Moves a folder of this build to where it is found. Others may make the same at the same time. */
export function keep(name: string, folder: string): string {
  const to = anew ? ownPlace(name) : join(keptFolder, name);
  mkdirSync(dirname(to), { recursive: true });
  try {
    renameSync(folder, to);
  } catch (error) {
    // Another build was first.
    if (!existsSync(to)) throw error;
  }
  return to;
}

/** The folder of that name; `make` fills it where there is none. */
export function kept(name: string, make: (folder: string) => void): string {
  const before = found(name);
  if (before !== null) return before;
  const part = join(buildFolder, 'part', name);
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  make(part);
  return keep(name, part);
}

function isRunning(pid: string): boolean {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch {
    return false;
  }
}

/** Removes what builds left that were ended. */
export function removeOrphans(): void {
  if (!existsSync(buildFolders)) return;
  for (const pid of readdirSync(buildFolders)) {
    if (!isRunning(pid)) rmSync(join(buildFolders, pid), { recursive: true, force: true });
  }
}
