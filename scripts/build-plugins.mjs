/**
 * Builds the plugins for remoting clients (packages/endpoint-adapter/plugins): those that this machine has a compiler and headers
 * for. See docs/plugins.md.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CannotBuild, findCompiler, reason, run } from './build-step.mjs';

const sources = fileURLToPath(new URL('../packages/endpoint-adapter/plugins/', import.meta.url));
const build = fileURLToPath(new URL('../build/plugins/', import.meta.url));

const onLinux = {
  core: ['relay.c', 'platform-linux.c', 'static-channel.c'],
  compiler: () => {
    if (process.platform !== 'linux') throw new CannotBuild('it is for Linux, and built there');
    return findCompiler();
  },
  flags: [
    '-std=c11',
    '-fPIC',
    '-fstack-clash-protection',
    '-U_FORTIFY_SOURCE',
    '-D_FORTIFY_SOURCE=2',
    '-fvisibility=hidden',
  ],
  // It stays in memory when a client lets it go: a thread of it could still be in its last instructions.
  link: ['-shared', '-pthread', '-Wl,-z,relro,-z,now,-z,noexecstack,-z,nodelete'],
};

const onWindows = (prefix) => ({
  core: ['relay.c', 'platform-windows.c', 'static-channel.c', 'cchannel-sessions.c', 'windows.c'],
  compiler: () => findProgram(`${prefix}-w64-mingw32-gcc`, 'mingw-w64'),
  // Its headers say _stdcall, which is not in the standard.
  flags: ['-std=gnu11', '-D_WIN32_WINNT=0x0601'],
  // Exported names are not decorated in 32 bits either. libgcc and the stack protector come along.
  // The linker would make the address up of the path.
  link: [
    '-shared',
    '-static',
    '-Wl,--kill-at,--dynamicbase,--nxcompat,--no-insert-timestamp,--disable-auto-image-base',
    '-s',
    '-ladvapi32',
  ],
});

/** Every plugin that there is: what it is made of, and where it comes to lie below build/plugins. */
export const plugins = {
  freerdp2: {
    ...onLinux,
    file: `linux-${process.arch}/freerdp2/libthinline-client.so`,
    sources: ['freerdp.c'],
    packages: ['freerdp2', 'winpr2'],
  },
  freerdp3: {
    ...onLinux,
    file: `linux-${process.arch}/freerdp3/libthinline-client.so`,
    sources: ['freerdp.c'],
    packages: ['freerdp3', 'winpr3'],
  },
  horizon: {
    ...onLinux,
    file: `linux-${process.arch}/horizon/libthinline-horizon.so`,
    sources: ['horizon-linux.c', 'cchannel-sessions.c'],
  },
  'windows-x64': { ...onWindows('x86_64'), file: 'windows-x64/thinline-channel.dll' },
  'windows-ia32': { ...onWindows('i686'), file: 'windows-ia32/thinline-channel.dll' },
};

const strict = ['-O2', '-Wall', '-Wextra', '-Werror', '-fstack-protector-strong'];

function findProgram(name, debianPackage) {
  try {
    execFileSync(name, ['--version'], { stdio: 'ignore' });
    return name;
  } catch {
    throw new CannotBuild(`${name} is not on this machine (Debian: ${debianPackage})`);
  }
}

/** Where the headers of the packages are, for the compiler; warnings in them are not ours. */
export function headersOf(packages) {
  if (packages.length === 0) return [];
  const pkgConfig = findProgram('pkg-config', 'pkg-config');
  try {
    const words = execFileSync(pkgConfig, ['--cflags', ...packages], { encoding: 'utf8', stdio: 'pipe' });
    return words
      .split(/\s+/)
      .filter((word) => word.startsWith('-I'))
      .flatMap((word) => ['-isystem', word.slice(2)]);
  } catch (error) {
    throw new CannotBuild(`its headers are not on this machine: ${reason(error).replace(/\.$/, '')}`);
  }
}

/** Builds one below `out`, with more flags when it is for a test. Returns its path; throws CannotBuild. */
export function buildPlugin(name, out = build, moreFlags = []) {
  const { file, compiler, core, sources: own = [], packages = [], flags, link } = plugins[name];
  const program = compiler();
  const inputs = [...core, ...own].map((source) => join(sources, source));
  const output = join(out, file);
  const headers = headersOf(packages);
  mkdirSync(dirname(output), { recursive: true });
  // Tests build at the same time; a DLL has its file's name in it.
  const work = mkdtempSync(join(dirname(output), 'part-'));
  try {
    const part = join(work, basename(output));
    run(program, [...strict, ...flags, ...moreFlags, ...headers, ...inputs, '-o', part, ...link]);
    renameSync(part, output);
  } finally {
    rmSync(work, { recursive: true });
  }
  return output;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(plugins);
  for (const name of names) {
    try {
      if (!Object.hasOwn(plugins, name)) throw new CannotBuild(`there are only ${Object.keys(plugins).join(', ')}`);
      console.log(`${name} was built: ${buildPlugin(name)}`);
    } catch (error) {
      if (!(error instanceof CannotBuild)) throw error;
      console.error(`${name} was NOT built: ${error.message}.`);
      // Whoever names one wants it.
      if (process.argv.length > 2) process.exitCode = 1;
    }
  }
}
