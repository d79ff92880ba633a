/**
 * npm run codecs: builds iLBC and iSAC from Debian's sources, on Debian or what is made from it. Needs no rights: apt works
 * in a folder of its own. The sources stay in build/codecs, so that only the first run fetches them (281 MB).
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ilbc } from '@thinline/endpoint-adapter/media/codecs/ilbc.ts';
import { isacSuperWideBand, isacWideBand } from '@thinline/endpoint-adapter/media/codecs/isac.ts';
import { CannotBuild, inFolder, run } from '../build-step.mjs';
import { sourceEntries } from './apt-sources.ts';
import { compilerArguments, inArchive, licences, neededFolders, recipes, sourcePackage } from './recipes.ts';

const root = join(import.meta.dirname, '../..');
const own = import.meta.dirname;
const sources = join(root, 'build/codecs');
const out = join(root, 'packages/endpoint-adapter/codecs-build');

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function need(program: string, debianPackage: string): void {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
  } catch {
    throw new CannotBuild(`${program} is not on this machine (Debian package ${debianPackage})`);
  }
}

function sourceList(): string[] {
  const folder = '/etc/apt/sources.list.d';
  const files = [
    '/etc/apt/sources.list',
    ...(existsSync(folder) ? readdirSync(folder).map((it) => join(folder, it)) : []),
  ];
  return files.filter((file) => /\.(list|sources)$/.test(file) && existsSync(file));
}

/** Fetches the source package into `work`; returns its archive. apt verifies what it fetches. */
function fetchArchive(work: string): string {
  const lists = join(work, 'entries');
  const indexes = join(work, 'indexes');
  for (const folder of [lists, join(indexes, 'partial')]) mkdirSync(folder, { recursive: true });
  for (const file of sourceList()) {
    const entries = sourceEntries(file, readFileSync(file, 'utf8'));
    if (entries !== '') writeFileSync(join(lists, basename(file)), entries);
  }
  if (readdirSync(lists).length === 0) throw new CannotBuild("apt's sources name no archive of Debian");
  const options = [
    ['Dir::Etc::SourceList', '/dev/null'],
    ['Dir::Etc::SourceParts', lists],
    ['Dir::State::Lists', indexes],
    ['Dir::Cache', work],
    ['Dir::Cache::pkgcache', ''],
    ['Dir::Cache::srcpkgcache', ''],
    // Another user could not write into our folder.
    ['APT::Sandbox::User', 'root'],
  ].flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  run('apt-get', [...options, 'update', '-q'], { cwd: work });
  run('apt-get', [...options, 'source', '-q', '--download-only', sourcePackage], { cwd: work });
  const archive = readdirSync(work).find((name) => /\.orig\.tar\.\w+$/.test(name));
  if (archive === undefined) throw new CannotBuild(`apt-get fetched no archive of ${sourcePackage}`);
  return archive;
}

function fetchSources(): void {
  for (const [program, debianPackage] of [
    ['apt-get', 'apt'],
    ['tar', 'tar'],
    ['xz', 'xz-utils'],
  ] as const) {
    need(program, debianPackage);
  }
  inFolder('codecs', (work) => {
    say(`Fetching Debian's source package ${sourcePackage} ...`);
    const archive = fetchArchive(work);
    say('Unpacking what is needed of it ...');
    const part = `${sources}.part`;
    rmSync(part, { recursive: true, force: true });
    mkdirSync(part, { recursive: true });
    // tar takes it for an error when nothing is left for a pattern.
    const apart = licences.filter((file) => !neededFolders.some((folder) => file.startsWith(`${folder}/`)));
    const wanted = [...neededFolders, ...apart].map((path) => `*/${inArchive}/${path}`);
    // The package's own folder comes before, so one more than `inArchive` has.
    const depth = inArchive.split('/').length + 1;
    const options = [`--strip-components=${depth}`, '--wildcards'];
    run('tar', ['-xf', archive, '-C', part, ...options, ...wanted], { cwd: work });
    rmSync(sources, { recursive: true, force: true });
    renameSync(part, sources);
  });
}

function build(): void {
  need('emcc', 'emscripten');
  mkdirSync(out, { recursive: true });
  const webrtc = join(sources, 'webrtc');
  for (const recipe of recipes(own)) {
    say(`Building ${recipe.codec} ...`);
    const part = join(out, `${recipe.codec}.part.cjs`);
    // Where Debian keeps the modules that emcc needs.
    const env = { ...process.env, NODE_PATH: '/usr/share/nodejs' };
    run('emcc', compilerArguments(recipe, webrtc, own, part), { cwd: webrtc, env });
    renameSync(part, join(out, `${recipe.codec}.cjs`));
  }
  const texts = licences.map((file) => `${file}\n\n${readFileSync(join(sources, file), 'utf8').trim()}\n`);
  writeFileSync(join(out, 'LICENSE.txt'), `From Debian's ${sourcePackage}:\n\n${texts.join('\n---\n\n')}`);
}

try {
  if (existsSync(sources)) say(`Debian's sources are in ${sources} already.`);
  else fetchSources();
  build();
  for (const codec of [ilbc, isacWideBand, isacSuperWideBand]) {
    await codec.open();
    say(`${codec.name}/${codec.clockRate} works.`);
  }
  for (const file of readdirSync(out))
    say(`${join(out, file)}: ${Math.ceil(statSync(join(out, file)).size / 1024)} KB`);
} catch (error) {
  if (!(error instanceof CannotBuild)) throw error;
  process.stderr.write(`iLBC and iSAC can't be built here: ${error.message}.\n`);
  process.exitCode = 1;
}
