/** The endpoint adapter as a program of this machine: beside us in a package, in its folder in the sources. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isSea } from 'node:sea';
import { fileURLToPath } from 'node:url';

const inSources = new URL('../../endpoint-adapter/bin/thinline-adapter.mjs', import.meta.url);

/** What to run and its first words. Throws an Error in a clause where it isn't installed. */
export function adapterProgram(): { program: string; words: string[] } {
  if (!isSea()) return { program: process.execPath, words: [fileURLToPath(inSources)] };
  const name = process.platform === 'win32' ? 'thinline-adapter.exe' : 'thinline-adapter';
  const program = join(dirname(process.execPath), name);
  if (!existsSync(program)) throw new Error(`the endpoint adapter is not installed here (${program})`);
  return { program, words: [] };
}
