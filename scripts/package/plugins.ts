/** The plugins for remoting clients that go with an adapter: path below plugins/, to the file. */
import { join } from 'node:path';
import { buildPlugin, type PluginName, plugins as records } from '../build-plugins.mjs';
import { madeOrLeftOut, type Omissions } from './omissions.ts';
import { buildFolder, root, type TargetName } from './product.ts';

const wanted: Readonly<Partial<Record<TargetName, { names: PluginName[]; compiler?: string }>>> = {
  'linux-x64': { names: ['freerdp2', 'freerdp3', 'horizon'] },
  'linux-arm64': { names: ['freerdp2', 'freerdp3'], compiler: 'aarch64-linux-gnu-gcc' },
  'win-x64': { names: ['windows-x64', 'windows-ia32'] },
};

/** Without the folder of the system, except on Windows, where a client's bitness decides. */
const pathBelow = (name: PluginName): string =>
  name.startsWith('windows') ? records[name].file : records[name].file.slice(records[name].file.indexOf('/') + 1);

/** For clients on systems that are older than this one, and the same wherever it is built. */
const onLinux = [
  '-include',
  join(root, 'packaging/oldest-glibc.h'),
  `-ffile-prefix-map=${root}=.`,
  '-Wl,-s',
  '-Wl,--build-id=none',
];

/** Throws an Error in a sentence where one can't be built here that isn't left out. */
export function plugins(target: TargetName, omissions: Omissions): Map<string, string> {
  const found = new Map<string, string>();
  const { names, compiler } = wanted[target] ?? { names: [] };
  const before = process.env.CC;
  if (compiler) process.env.CC = compiler;
  try {
    for (const name of names) {
      const flags = name.startsWith('windows') ? [`-ffile-prefix-map=${root}=.`] : onLinux;
      const out = join(buildFolder, 'plugins', target);
      const file = madeOrLeftOut(name, omissions, () => buildPlugin(name, out, flags));
      if (file !== null) found.set(pathBelow(name), file);
    }
  } finally {
    if (before === undefined) delete process.env.CC;
    else process.env.CC = before;
  }
  return found;
}
