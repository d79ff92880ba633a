/**
 * Where libraries of others are on Windows. koffi would load one that Windows doesn't find from the current folder, where
 * anybody may have put it.
 */
import { existsSync } from 'node:fs';
import { win32 } from 'node:path';

export interface Places {
  platform: NodeJS.Platform;
  /** The program that runs. */
  program: string;
  env: NodeJS.ProcessEnv;
  exists: (path: string) => boolean;
}

const ours = (): Places => ({
  platform: process.platform,
  program: process.execPath,
  env: process.env,
  exists: existsSync,
});

/**
 * What to load for a bare name: on Windows the absolute path beside the program, in System32, or in a folder of PATH, in that
 * order; null where it is in none of them. Paths, and names on other systems, are as they were.
 */
export function libraryPath(name: string, { platform, program, env, exists }: Places = ours()): string | null {
  if (platform !== 'win32' || /[\\/]/.test(name)) return name;
  const system = env.SystemRoot === undefined ? [] : [win32.join(env.SystemRoot, 'System32')];
  const folders = [win32.dirname(program), ...system, ...(env.PATH ?? '').split(';')];
  // Not a drive's current folder (C:), nor a folder of the current drive (\folder).
  const absolute = folders.filter((folder) => /^([A-Za-z]:[\\/]|\\\\)/.test(folder));
  return absolute.map((folder) => win32.join(folder, name)).find(exists) ?? null;
}
