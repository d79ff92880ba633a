/**
 * What a single executable runs first. Its modules are run from memory; what Node.js can load only from files (addons, the
 * worker, pages) is taken from the folder beside the executable, where an installer put it, else from a folder of this
 * user's own, which is made at the first start.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { homedir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { getAsset, getRawAsset } from 'node:sea';
import { pathToFileURL } from 'node:url';
import { type Contents, codeAsset, contentsAsset, fileAsset } from './contents.ts';

/** THINLINE_CACHE, else where this system keeps what can be made anew. */
function cacheFolder(): string {
  const given = process.env.THINLINE_CACHE;
  if (given) return given;
  if (process.platform === 'win32') return join(process.env.LOCALAPPDATA || homedir(), 'Thinline', 'Cache');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'Thinline');
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'thinline');
}

/** Code is loaded from there: nobody else may write to it. */
function ownFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform === 'win32') return;
  const { uid, mode } = lstatSync(folder);
  if (uid !== userInfo().uid || (mode & 0o077) !== 0) {
    throw new Error(`${folder} must belong to this user alone (chmod 700), as programs are loaded from it`);
  }
}

const importerText = 'module.exports = (url) => import(url);';

const isWhole = (folder: string, { files }: Contents): boolean =>
  files.every(({ path, sha256 }) => {
    const file = join(folder, path);
    return existsSync(file) && createHash('sha256').update(readFileSync(file)).digest('hex') === sha256;
  });

function unpack(contents: Contents): string {
  const cache = cacheFolder();
  ownFolder(cache);
  const folder = join(cache, contents.folder);
  if (existsSync(folder)) {
    if (isWhole(folder, contents)) return folder;
    rmSync(folder, { recursive: true });
  }
  const part = mkdtempSync(join(cache, 'part-'));
  for (const { path } of contents.files) {
    mkdirSync(dirname(join(part, path)), { recursive: true, mode: 0o700 });
    writeFileSync(join(part, path), new Uint8Array(getRawAsset(fileAsset(path))), { mode: 0o600 });
  }
  try {
    renameSync(part, folder);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    // Another one of ours that starts just now was first.
    if (!existsSync(folder) || !isWhole(folder, contents)) throw error;
  }
  return folder;
}

/**
 * Whether only who could change the executable, too, can have put it there. Windows has no owner and mode to look at, and
 * downloads lie in one folder: there each file must be the one that the executable has, too.
 */
function isInstalled(folder: string, contents: Contents): boolean {
  const there = lstatSync(folder, { throwIfNoEntry: false });
  if (!there?.isDirectory()) return false;
  if (process.platform === 'win32') return isWhole(folder, contents);
  return (there.uid === 0 || there.uid === statSync(process.execPath).uid) && (there.mode & 0o022) === 0;
}

function start(): Promise<unknown> {
  const contents: Contents = JSON.parse(getAsset(contentsAsset, 'utf8'));
  const beside = join(dirname(process.execPath), contents.folder);
  const folder = isInstalled(beside, contents) ? beside : unpack(contents);
  const url = (name: string): string => pathToFileURL(join(folder, name)).href;
  const ours = new Map(contents.code.map((name) => [url(name), codeAsset(name)]));
  const importerPath = join(folder, 'importer.cjs');
  const importer = pathToFileURL(importerPath).href;
  registerHooks({
    resolve(specifier, context, next) {
      const target =
        context.parentURL && specifier.startsWith('./') ? new URL(specifier, context.parentURL).href : specifier;
      if (specifier === importerPath) return { url: importer, format: 'commonjs', shortCircuit: true };
      return ours.has(target) ? { url: target, format: 'module', shortCircuit: true } : next(specifier, context);
    },
    load(target, context, next) {
      const asset = ours.get(target);
      if (target === importer) return { format: 'commonjs', source: importerText, shortCircuit: true };
      if (asset === undefined) return next(target, context);
      return { format: 'module', source: getAsset(asset, 'utf8'), shortCircuit: true };
    },
  });
  // The main script of a single executable can import built-in modules only; another script can import what it likes.
  const load: (url: string) => Promise<unknown> = createRequire(process.execPath)(importerPath);
  return load(url(contents.main));
}

try {
  start().catch(fail);
} catch (error) {
  fail(error);
}

function fail(error: unknown): never {
  process.stderr.write(`Thinline could not be started: ${error instanceof Error ? error.message : String(error)}.\n`);
  process.exit(1);
}
