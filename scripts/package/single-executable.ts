/** Makes one executable of Node.js for the target, a bundle, and what that needs as files. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inject } from 'postject';
import { rolldown } from 'rolldown';
import { type Bundle, bundle } from './bundle.ts';
import { type Contents, codeAsset, contentsAsset, fileAsset, type ShippedFile } from './contents.ts';
import { type Files, filesOf } from './files.ts';
import { found, keep } from './kept.ts';
import { withoutSignature } from './macho.ts';
import { fetchPackage } from './npm-package.ts';
import type { Omissions } from './omissions.ts';
import {
  buildFolder,
  generators,
  type Half,
  type HalfName,
  halves,
  root,
  type Target,
  type TargetName,
  targets,
  versionOf,
} from './product.ts';
import { signExecutable } from './sign.ts';
import { makeWindowsExecutable } from './windows-executable.ts';

export interface Executable {
  file: string;
  /** What an installer puts beside it, so that nothing is unpacked later: name of the folder, and its files. */
  folder: string;
  files: Files;
  bundle: Bundle;
}

/** What Node.js looks for in itself; the tools that inject put the 1 behind it. */
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

const hash = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

async function startScript(): Promise<string> {
  const build = await rolldown({
    input: join(root, 'scripts/package/start-executable.ts'),
    cwd: root,
    platform: 'node',
  });
  const { output } = await build.generate({ format: 'cjs' });
  await build.close();
  return output[0].code;
}

function describe(made: Bundle, files: Files): Contents {
  const shipped: ShippedFile[] = [...files].map(([path, file]) => ({ path, sha256: hash(readFileSync(file)) }));
  return {
    main: made.main,
    code: [...made.code.keys()].sort(),
    files: shipped,
    folder: `${made.main.replace('.mjs', '')}-${hash(JSON.stringify(shipped)).slice(0, 16)}`,
  };
}

/** What Node.js makes of the scripts and files. Paths are written into it, so they don't say where this runs. */
function makeBlob(work: string, target: Target, start: string, contents: Contents, made: Bundle, files: Files): Buffer {
  const assets: Record<string, string> = {};
  const put = (key: string, text: string): void => {
    const file = join(work, 'assets', key);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    assets[key] = join('assets', key);
  };
  put(contentsAsset, JSON.stringify(contents));
  for (const [name, text] of made.code) put(codeAsset(name), text);
  for (const [path, file] of files) assets[fileAsset(path)] = file;
  writeFileSync(join(work, 'start.cjs'), start);
  const settings = {
    main: 'start.cjs',
    output: 'blob',
    disableExperimentalSEAWarning: true,
    useCodeCache: false,
    useSnapshot: false,
    // Else NODE_OPTIONS would put a stranger's code before ours.
    execArgvExtension: 'none',
    assets,
  };
  writeFileSync(join(work, 'sea.json'), JSON.stringify(settings));
  const wanted = versionOf(target.node);
  const generator = generators[wanted];
  // One of another version makes blobs that crash.
  if (!generator) throw new Error(`No Node.js ${wanted} is pinned that could make a blob.`);
  const maker = join(fetchPackage(generator), generator.binary);
  execFileSync(maker, ['--experimental-sea-config', 'sea.json'], { cwd: work, stdio: 'pipe' });
  return readFileSync(join(work, 'blob'));
}

async function injectBlob(half: Half, targetName: TargetName, target: Target, blob: Buffer, to: string): Promise<void> {
  const node = join(fetchPackage(target.node), target.node.binary);
  if (targetName === 'win-x64') {
    writeFileSync(to, makeWindowsExecutable(half, readFileSync(node), blob));
    return;
  }
  if (targetName.startsWith('darwin')) writeFileSync(to, withoutSignature(readFileSync(node)));
  else copyFileSync(node, to);
  chmodSync(to, 0o755);
  if (target.strip) execFileSync(target.strip, ['--strip-all', to], { stdio: 'pipe' });
  const machoSegmentName = targetName.startsWith('darwin') ? { machoSegmentName: 'NODE_SEA' } : {};
  await inject(to, 'NODE_SEA_BLOB', blob, { sentinelFuse: fuse, ...machoSegmentName });
}

/** Before their hashes are taken. */
function signAddons(files: Files, targetName: TargetName, work: string): void {
  if (targetName !== 'win-x64') return;
  for (const [path, file] of [...files].filter(([path]) => path.endsWith('.node'))) {
    const signed = join(work, 'addons', path);
    mkdirSync(dirname(signed), { recursive: true });
    copyFileSync(file, signed);
    signExecutable(signed, targetName);
    files.set(path, signed);
  }
}

/** Throws an Error in a sentence. */
export async function makeExecutable(
  halfName: HalfName,
  targetName: TargetName,
  omissions: Omissions,
): Promise<Executable> {
  const half = halves[halfName];
  const target = targets[targetName];
  const work = join(buildFolder, 'work', `${half.program}-${targetName}`);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });

  const made = await bundle(half);
  const files = filesOf(half, targetName, target, omissions);
  signAddons(files, targetName, work);
  if (made.worker) {
    const file = join(work, made.worker.name);
    writeFileSync(file, made.worker.text);
    files.set(made.worker.name, file);
  }
  const contents = describe(made, files);
  const start = await startScript();
  const name = target.node.binary.endsWith('.exe') ? `${half.program}.exe` : half.program;
  const ingredients = [contents, [...made.code], start, target, readFileSync(import.meta.filename, 'utf8')];
  const kept = join('executables', hash(JSON.stringify(ingredients)));
  const before = found(kept);
  if (before !== null) return { file: join(before, name), folder: contents.folder, files, bundle: made };
  const part = join(work, 'executable');
  mkdirSync(part);
  const blob = makeBlob(work, target, start, contents, made, files);
  await injectBlob(half, targetName, target, blob, join(part, name));
  chmodSync(join(part, name), 0o755);
  return { file: join(keep(kept, part), name), folder: contents.folder, files, bundle: made };
}
