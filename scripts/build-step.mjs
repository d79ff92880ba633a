/** What the build scripts have in common. Plain JavaScript, because one of them runs at install under any Node. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A reason for people why something can't be built here. */
export class CannotBuild extends Error {}

/** Throws CannotBuild with what the program said. */
export function run(program, args, options = {}) {
  try {
    execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 64 * 1024 * 1024, ...options });
  } catch (error) {
    throw new CannotBuild(`${program} failed: ${reason(error)}`);
  }
}

/** The line of a failed program that says what happened. */
export function reason(error) {
  const linesOf = (text) =>
    String(text ?? '')
      .split('\n')
      .filter((line) => line.trim() !== '');
  const written = linesOf(error.stderr);
  // npm tells codes and numbers first.
  const telling = (line) => /error|^E:|not found/i.test(line) && !/error (code|syscall|errno|type) /i.test(line);
  return (written.find(telling) ?? written.at(-1) ?? linesOf(error.message)[0] ?? String(error)).trim();
}

/** A folder of its own that is gone afterwards. */
export function inFolder(name, work) {
  const folder = mkdtempSync(join(tmpdir(), `thinline-${name}-`));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The C compiler of this machine. Throws CannotBuild when there is none. */
export function findCompiler() {
  const candidates = [process.env.CC, 'cc', 'gcc', 'clang'].filter(Boolean);
  for (const candidate of candidates) {
    try {
      execFileSync(candidate, ['--version'], { stdio: 'ignore' });
      return candidate;
    } catch {}
  }
  throw new CannotBuild('there is no C compiler (cc, gcc or clang) on this machine');
}
