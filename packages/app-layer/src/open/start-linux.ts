/** Linux: the phone by its unit of systemd; where that doesn't look after users' programs, as the unit would start it. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSea } from 'node:sea';
import { runProgram } from '../keyring/run-program.ts';

const limit = 20_000;

/** Of the unit's EnvironmentFile; null: it has none. Nothing of it has blanks or quotation marks within. */
export function readOptions(text: string): string[] | null {
  const options = /^THINLINE_OPTIONS=(["']?)(.*)\1[ \t]*$/m.exec(text)?.[2];
  return options === undefined ? null : options.split(/\s+/).filter(Boolean);
}

/** Of what is installed: beside the program, or where a .deb has them. */
function installedOptions(): string[] | null {
  const file = [`${process.execPath}.options`, '/etc/default/thinline'].find((path) => existsSync(path));
  return file === undefined ? null : readOptions(readFileSync(file, 'utf8'));
}

/** Whether there is one of systemd's managers for this user: what it doesn't start is not to be started past it. */
const isManaged = (): boolean => existsSync(join(process.env.XDG_RUNTIME_DIR || '/none', 'systemd'));

/** Whether there was a phone to start. */
export async function startByLinux(): Promise<boolean> {
  const { code } = await runProgram('systemctl', ['--user', '--quiet', 'start', 'thinline.service'], { limit });
  if (code === 0) return true;
  const options = isSea() && !isManaged() ? installedOptions() : null;
  if (!options) return false;
  const child = spawn(process.execPath, options, { cwd: '/', detached: true, stdio: 'ignore' });
  return new Promise((resolve) => {
    child.once('spawn', () => resolve(true)).once('error', () => resolve(false));
    child.unref();
  });
}
