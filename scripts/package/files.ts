/** What of one half is shipped as files, for one target: path below the set's folder, to the file it comes from. */
import { existsSync, globSync, readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { CannotBuild } from '../build-step.mjs';
import { fetchPackage } from './npm-package.ts';
import { codecs, leavesOutNative, madeOrLeftOut, type Omissions } from './omissions.ts';
import { type Half, nameOf, root, type Target, type TargetName } from './product.ts';
import { soundDriver } from './sound-driver.ts';

export type Files = Map<string, string>;

const slashed = (path: string): string => path.split(sep).join('/');

function filesBelow(folder: string, leaveOut: readonly string[] = []): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => slashed(relative(folder, join(entry.parentPath, entry.name))))
    .filter((path) => !leaveOut.some((beginning) => path.startsWith(beginning)));
}

/** Of a package that is shipped as it is: what runs, and its licence. */
const isNeeded = (path: string): boolean =>
  /(\.(c|m)?js|\.node|\.wasm|^package\.json)$|licen[cs]e|copying|notice/i.test(path) &&
  !/\.d\.|^(doc|vendor|src\/(core|cnoke)|lib)\/|cnoke/.test(path);

function packageFolder(half: Half, name: string): string {
  const own = join(root, half.entry, '../../node_modules', name);
  return existsSync(own) ? own : join(root, 'node_modules', name);
}

const filesAt = (pattern: string): string[] =>
  globSync(pattern, { cwd: root }).filter((path) => statSync(join(root, path)).isFile());

function builtFiles(pattern: string): string[] {
  const found = filesAt(pattern);
  if (found.length === 0) throw new CannotBuild(`there is nothing at ${pattern}; "npm run codecs" builds it`);
  return found;
}

/** Throws an Error in a sentence where something is missing. */
export function filesOf(half: Half, targetName: TargetName, target: Target, omissions: Omissions): Files {
  const files: Files = new Map();
  const add = (path: string): Files => files.set(slashed(path), join(root, path));
  for (const pattern of half.files) {
    const found = filesAt(pattern);
    if (found.length === 0) throw new Error(`There is nothing at ${pattern}.`);
    found.forEach(add);
  }
  for (const pattern of half.filesIfBuilt) madeOrLeftOut(codecs, omissions, () => builtFiles(pattern))?.forEach(add);
  for (const [name, leaveOut] of Object.entries(half.external)) {
    const folder = packageFolder(half, name);
    if (!existsSync(folder)) throw new Error(`The package ${name} is not installed; run "npm install".`);
    for (const path of filesBelow(folder, leaveOut).filter(isNeeded))
      files.set(`node_modules/${name}/${path}`, join(folder, path));
    const native = target.native[name];
    if (!native || leavesOutNative(name, omissions)) continue;
    const fetched = fetchPackage(native);
    for (const path of filesBelow(fetched, native.leaveOut).filter(isNeeded)) {
      files.set(`node_modules/${nameOf(native)}/${path}`, join(fetched, path));
    }
  }
  if (half.worker) {
    const driver = soundDriver(targetName, target);
    if (driver) files.set(driver.path, driver.file);
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}
