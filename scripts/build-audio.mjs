/**
 * Builds the sound driver's addon (packages/endpoint-adapter/native) with the C compiler of this machine.
 * Plain JavaScript, because it runs at install under any Node. See docs/audio-drivers.md.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CannotBuild, findCompiler, inFolder, reason, run } from './build-step.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const packaging = fileURLToPath(new URL('../packaging', import.meta.url));
const native = fileURLToPath(new URL('../packages/endpoint-adapter/native/', import.meta.url));
const build = join(native, 'build');
const out = join(build, `${process.platform}-${process.arch}`);
const addon = join(out, 'thinline-audio.node');
const original = join(build, 'original', 'miniaudio.h');
const header = join(build, 'miniaudio.h');

/** miniaudio 0.11.25, as this package carries it: only the header is taken, nothing of the package is run. */
const source = {
  package: '@audio/mic@1.1.1',
  member: 'package/native/miniaudio.h',
  sha512:
    'c2c5f98301dafec0a588e9fd96c474d173ce5e5cd937d4a8c85edda4c9000a85bbfd12fc0e746b830ec5e261893a111c0ed15b662568e40b332bfac51ee52bbd',
};

/** What is wrong in that header, each as often as it stands there. */
const mends = [
  {
    // PulseAudio tells a device that was pulled out meanwhile by a negative number, and no device.
    wrong: 'if (endOfList > 0) {',
    right: 'if (endOfList != 0) {',
    times: 6,
  },
  {
    // A device that could not be opened would keep its connection, of which PulseAudio takes 64.
    wrong: 'on_error0:\n    return result;\n',
    right: `on_error0:
    ((ma_pa_context_disconnect_proc)pDevice->pContext->pulse.pa_context_disconnect)((ma_pa_context*)pDevice->pulse.pPulseContext);
    ((ma_pa_context_unref_proc)pDevice->pContext->pulse.pa_context_unref)((ma_pa_context*)pDevice->pulse.pPulseContext);
    ((ma_pa_mainloop_free_proc)pDevice->pContext->pulse.pa_mainloop_free)((ma_pa_mainloop*)pDevice->pulse.pMainLoop);
    return result;
`,
    times: 1,
  },
];

/** What of miniaudio is built; the same for its implementation and for our file, because structures depend on it. */
const definitions = [
  'MA_NO_DECODING',
  'MA_NO_ENCODING',
  'MA_NO_GENERATION',
  'MA_NO_RESOURCE_MANAGER',
  'MA_NO_NODE_GRAPH',
  'MA_NO_ENGINE',
  'MA_ENABLE_ONLY_SPECIFIC_BACKENDS',
  'MA_ENABLE_WASAPI',
  'MA_ENABLE_COREAUDIO',
  'MA_ENABLE_PULSEAUDIO',
  'MA_ENABLE_ALSA',
];

const linking = {
  linux: ['-shared', '-lpthread', '-lm', '-ldl'],
  darwin: ['-bundle', '-undefined', 'dynamic_lookup', ...frameworks('CoreFoundation', 'CoreAudio', 'AudioToolbox')],
};

function frameworks(...names) {
  return names.flatMap((name) => ['-framework', name]);
}

/** Builds what is missing or older than its sources. Returns whether anything was to be done; throws CannotBuild. */
export function buildAudio() {
  const link = linking[process.platform];
  if (!link) throw new CannotBuild(`building it on ${process.platform} is not supported yet`);
  return buildAddon({ out, compiler: findCompiler, flags: [], link });
}

/**
 * For packages: built below `out` with that compiler, for Windows by mingw-w64, else for Linux systems with an older C library.
 * Returns the addon; throws CannotBuild.
 */
export function buildShippedAudio(out, compiler) {
  const common = { out, compiler: () => compiler };
  const samePaths = `-ffile-prefix-map=${root}=.`;
  if (compiler.includes('mingw32')) {
    const hook = join(packaging, 'windows/node-imports.c');
    // The linker would make the address up of the path.
    const same = '-Wl,--no-insert-timestamp,--disable-auto-image-base';
    const link = ['-shared', hook, '-L', out, '-lnode', '-lole32', '-static', '-s', same];
    mkdirSync(out, { recursive: true });
    importNode(out, compiler.replace(/gcc$/, 'dlltool'));
    buildAddon({ ...common, flags: [samePaths], link, standard: 'gnu11' });
  } else {
    const oldest = join(packaging, 'oldest-glibc');
    const link = [`${oldest}.c`, '-Wl,--wrap=fstat', '-Wl,-s', '-Wl,--build-id=none', ...linking.linux];
    buildAddon({ ...common, flags: ['-include', `${oldest}.h`, samePaths], link });
  }
  return join(out, 'thinline-audio.node');
}

const ownSources = () =>
  readdirSync(native)
    .filter((name) => /\.[ch]$/.test(name))
    .map((name) => join(native, name));

/** Files that decide what buildShippedAudio makes. */
export function shippedAudioInputs() {
  const others = ['oldest-glibc.c', 'oldest-glibc.h', 'windows/node-imports.c'].map((name) => join(packaging, name));
  const headers = findNodeHeaders();
  return [
    ...ownSources(),
    ...others,
    join(headers, 'node_api.h'),
    join(dirname(headers), 'package.json'),
    fileURLToPath(import.meta.url),
  ];
}

/** A library that stands for the functions of node.exe: those of Node-API, and the one of libuv that we call. */
function importNode(out, dlltool) {
  const definitions = join(dirname(findNodeHeaders()), 'def');
  const functions = ['js_native_api.def', 'node_api.def']
    .flatMap((name) => readFileSync(join(definitions, name), 'utf8').split(/\r?\n/))
    .filter((line) => /^\w+$/.test(line) && line !== 'EXPORTS');
  writeFileSync(join(out, 'node.def'), ['NAME node.exe', 'EXPORTS', ...functions, 'uv_hrtime', ''].join('\n'));
  run(dlltool, ['-d', join(out, 'node.def'), '-y', join(out, 'libnode.a'), '-D', 'node.exe']);
}

function buildAddon({ out, compiler: find, flags, link, standard = 'c11' }) {
  const addon = join(out, 'thinline-audio.node');
  const implementation = join(out, 'miniaudio.o');
  const script = fileURLToPath(import.meta.url);
  if (isNewer(addon, [...ownSources(), script])) return false;
  const compiler = find();
  const nodeHeaders = findNodeHeaders();
  mkdirSync(out, { recursive: true });
  mkdirSync(build, { recursive: true });
  if (!existsSync(original)) fetchHeader();
  if (!isNewer(header, [original, script])) writeWhole(header, mended(readFileSync(original, 'utf8')));
  const common = ['-O2', '-fPIC', '-fvisibility=hidden', ...definitions.map((name) => `-D${name}`), ...flags];
  if (!isNewer(implementation, [header, script])) {
    // The header is its own implementation; it takes some ten seconds.
    const whole = ['-w', '-DMINIAUDIO_IMPLEMENTATION', '-x', 'c', '-c', header, '-o', `${implementation}.part`];
    run(compiler, [...common, ...whole]);
    renameSync(`${implementation}.part`, implementation);
  }
  const strict = [`-std=${standard}`, '-Wall', '-Wextra', '-Werror'];
  const inputs = ['-isystem', nodeHeaders, '-isystem', build, join(native, 'miniaudio.c'), implementation];
  run(compiler, [...common, ...strict, ...inputs, '-o', `${addon}.part`, ...link]);
  renameSync(`${addon}.part`, addon);
  return true;
}

function isNewer(output, inputs) {
  if (!existsSync(output)) return false;
  const built = statSync(output).mtimeMs;
  return inputs.every((input) => statSync(input).mtimeMs <= built);
}

function findNodeHeaders() {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('node-api-headers/package.json')), 'include');
  } catch {
    throw new CannotBuild('the package node-api-headers is not installed');
  }
}

function fetchHeader() {
  try {
    inFolder('audio', unpackHeader);
  } catch (error) {
    if (error instanceof CannotBuild) throw error;
    throw new CannotBuild(`miniaudio.h could not be fetched (npm pack ${source.package}): ${reason(error)}`);
  }
}

function unpackHeader(folder) {
  npm('pack', source.package, '--ignore-scripts', '--pack-destination', folder);
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (!archive) throw new Error('no archive came');
  // Relative, because tar takes what stands before a colon for a host.
  execFileSync('tar', ['-xzf', archive, source.member], { cwd: folder, stdio: 'pipe' });
  const text = readFileSync(join(folder, source.member));
  if (createHash('sha512').update(text).digest('hex') !== source.sha512) {
    throw new CannotBuild(`miniaudio.h of ${source.package} is not the one that was reviewed (its SHA-512 differs)`);
  }
  mkdirSync(dirname(original), { recursive: true });
  writeWhole(original, text);
}

/** Packages may be made at the same time. */
function writeWhole(file, content) {
  const part = `${file}.${process.pid}.part`;
  writeFileSync(part, content);
  renameSync(part, file);
}

function mended(text) {
  return mends.reduce((before, { wrong, right, times }) => {
    const parts = before.split(wrong);
    if (parts.length - 1 !== times)
      throw new CannotBuild(`miniaudio.h has "${wrong}" ${parts.length - 1} times, not ${times}`);
    return parts.join(right);
  }, text);
}

/** The npm that runs us, if one does: it has the user's own registry and proxy settings. */
function npm(...args) {
  const own = process.env.npm_execpath;
  const options = { cwd: root, stdio: 'pipe', timeout: 120_000, env: { ...process.env, npm_config_loglevel: 'error' } };
  if (own?.endsWith('.js')) execFileSync(process.execPath, [own, ...args], options);
  else execFileSync('npm', args, options);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(buildAudio() ? `The sound driver was built: ${addon}` : 'The sound driver is up to date.');
  } catch (error) {
    console.error(`The sound driver could not be built: ${error.message}.`);
    process.exitCode = 1;
  }
}
