/** The plugin for Windows under Wine, with a host that plays its client (host-windows.c). */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { run } from '../../../../scripts/build-step.mjs';

/** Why what was built for Windows can't be run here, as a clause; null when it can. */
export function wineMissing(): string | null {
  try {
    execFileSync('wine', ['--version'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'Wine is not on this machine';
  }
}

/** Builds the host below `out`; its path. */
export function buildWindowsHost(prefix: string, out: string): string {
  const host = join(out, 'host-windows.exe');
  const flags = ['-std=gnu11', '-O1', '-Wall', '-Wextra', '-Werror', '-D_WIN32_WINNT=0x0601', '-municode'];
  run(`${prefix}-w64-mingw32-gcc`, [
    ...flags,
    join(import.meta.dirname, 'host-windows.c'),
    '-o',
    host,
    '-static',
    '-ladvapi32',
  ]);
  return host;
}
