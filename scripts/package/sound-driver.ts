/** Our sound driver's addon for a target that this machine has a compiler for. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildShippedAudio, shippedAudioInputs } from '../build-audio.mjs';
import { CannotBuild } from '../build-step.mjs';
import { kept } from './kept.ts';
import type { Target, TargetName } from './product.ts';

const compilers: Readonly<Partial<Record<TargetName, string>>> = {
  'linux-x64': process.arch === 'x64' ? 'cc' : 'x86_64-linux-gnu-gcc',
  'linux-arm64': process.arch === 'arm64' ? 'cc' : 'aarch64-linux-gnu-gcc',
  'win-x64': 'x86_64-w64-mingw32-gcc',
};

/** Stands for all that decides what comes out. */
function hashOf(name: TargetName, compiler: string): string {
  const hash = createHash('sha256').update(`${name} ${versionOf(compiler)}`);
  for (const file of shippedAudioInputs()) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

function versionOf(compiler: string): string {
  try {
    return execFileSync(compiler, ['--version'], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    throw new CannotBuild(`${compiler} is not on this machine`);
  }
}

/** Where the adapter looks for it, and the file itself; null for targets where it can't be built. Throws CannotBuild. */
export function soundDriver(name: TargetName, target: Target): { path: string; file: string } | null {
  if (!target.soundDriver) return null;
  const compiler = compilers[name];
  if (!compiler) throw new CannotBuild(`there is no compiler for ${name}`);
  const folder = kept(join('sound', hashOf(name, compiler)), (to) => void buildShippedAudio(to, compiler));
  const path = `packages/endpoint-adapter/native/build/${name.replace('win-', 'win32-')}/thinline-audio.node`;
  return { path, file: join(folder, 'thinline-audio.node') };
}
