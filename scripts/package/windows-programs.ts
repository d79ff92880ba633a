/** Our small programs in C for Windows: thinline-start.exe and thinline-configure.exe. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildFolder, root } from './product.ts';
import { signExecutable } from './sign.ts';

/** Its file. Throws where mingw-w64 isn't installed. */
function build(source: string, name: string): string {
  const folder = join(buildFolder, 'windows');
  const file = join(folder, name);
  mkdirSync(folder, { recursive: true });
  const flags = ['-O2', '-std=gnu11', '-Wall', '-Wextra', '-Werror', '-municode', '-mwindows', '-s'];
  const link = ['-Wl,--no-insert-timestamp,--dynamicbase,--nxcompat'];
  const input = join(root, 'packaging/windows', source);
  execFileSync('x86_64-w64-mingw32-gcc', [...flags, input, '-o', file, ...link], { stdio: 'pipe' });
  signExecutable(file, 'win-x64');
  return file;
}

/** Starts our console programs without a window. */
export const startProgram = (): string => build('start.c', 'thinline-start.exe');
/** Does for Windows Installer what that can't. */
export const configureProgram = (): string => build('configure.c', 'thinline-configure.exe');
