/** log_file: where the log is written. */
import { posix, win32 } from 'node:path';

/** What the names in log_file depend on, at the half that writes. */
export interface Surroundings {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  temporary: string;
  /** The working folder. */
  folder: string;
}

export type Output =
  | { kind: 'stdout' | 'stderr' }
  /** name: without ".log" and time. */
  | { kind: 'file'; folder: string; name: string };

export interface Outputs {
  outputs: Output[];
  /** Names with variables that the environment does not have. */
  unresolved: string[];
}

const mostOutputs = 8;
const mostText = 8192;

/** suffix: keeps the files of one half apart from those of the other, as in "Softphone-adapter". */
export function outputsFrom(text: string, suffix: string, where: Surroundings): Outputs {
  const names = text
    .slice(0, mostText)
    .split(',', mostOutputs)
    .map((it) => it.trim());
  const outputs = new Map<string, Output>();
  const unresolved: string[] = [];
  for (const name of names.filter((it) => it !== '')) {
    const word = name.toLowerCase();
    if (word === 'stdout' || word === 'stderr') outputs.set(word, { kind: word });
    else {
      const path = pathFrom(name, where);
      if (path === null) unresolved.push(name);
      else {
        const output = fileOutput(path, suffix, where);
        outputs.set(JSON.stringify(output), output);
      }
    }
  }
  return { outputs: outputs.size > 0 ? [...outputs.values()] : [{ kind: 'stderr' }], unresolved };
}

function fileOutput(path: string, suffix: string, where: Surroundings): Output {
  const { dirname, basename } = pathsOf(where);
  return { kind: 'file', folder: dirname(path), name: `${basename(path).replace(/\.log$/i, '')}${suffix}` };
}

const pathsOf = ({ platform }: Surroundings) => (platform === 'win32' ? win32 : posix);

/** null: a variable is not set. */
function pathFrom(text: string, where: Surroundings): string | null {
  const windows = where.platform === 'win32';
  // The file is written for desktops with Windows, and goes for endpoints that have another system.
  const written = windows ? text : text.replaceAll('\\', '/').replace(/^~(?=\/|$)/, where.home);
  let missing = false;
  const path = written.replace(windows ? /%([^%]+)%/g : /%([^%/]+)%|\$\{(\w+)\}|\$(\w+)/g, (_, ...names: unknown[]) => {
    const name = names.slice(0, windows ? 1 : 3).find((it) => typeof it === 'string');
    const value = variable(String(name), where);
    missing ||= value === undefined;
    return value ?? '';
  });
  return missing ? null : pathsOf(where).resolve(where.folder, path);
}

/** Where other systems have what Windows calls so. */
function variable(name: string, { env, platform, home, temporary }: Surroundings): string | undefined {
  const said = env[name] || undefined;
  if (said !== undefined || platform === 'win32') return said;
  switch (name.toUpperCase()) {
    case 'LOCALAPPDATA':
      return env.XDG_STATE_HOME || `${home}/.local/state`;
    case 'APPDATA':
      return env.XDG_CONFIG_HOME || `${home}/.config`;
    case 'USERPROFILE':
      return home;
    case 'TEMP':
    case 'TMP':
      return temporary;
    default:
      return undefined;
  }
}
