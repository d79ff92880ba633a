/** What is packaged: packaging/product.json, with its types. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import product from '../../packaging/product.json' with { type: 'json' };

export const root = join(import.meta.dirname, '../..');
/** What is taken again by builds after this one. */
export const keptFolder = join(root, 'build/package');
/** Where builds make what is theirs; each a folder by its process's number. */
export const buildFolders = join(keptFolder, 'builds');
/** Where this build makes everything: others may build at the same time. Never part of the sources. */
export const buildFolder = join(buildFolders, String(process.pid));

/** A package of the npm registry, of which nothing but these bytes is taken. */
export interface Pinned {
  /** NAME@VERSION */
  package: string;
  /** Of the archive, as lock files have it. */
  integrity: string;
  /** Beginnings of paths in it that aren't shipped. */
  leaveOut?: string[];
}

export interface NodeBinary extends Pinned {
  /** Its path in the package. */
  binary: string;
}

export interface Half {
  program: string;
  entry: string;
  /** The module that runs in a worker thread, if there is one. */
  worker?: string;
  /** Globs of what is shipped as files, from the root of the sources. */
  files: string[];
  /** The same, for what a machine may have built. */
  filesIfBuilt: string[];
  /** Packages that are shipped as they are, because they load files of theirs; beginnings of paths that aren't needed. */
  external: Record<string, string[]>;
  /** Packages that are part of those files. */
  inFiles: string[];
}

export interface Target {
  node: NodeBinary;
  /** The program that takes symbols out, where this machine may have one. */
  strip?: string;
  /** Whether our sound driver can be built for it on this system. */
  soundDriver: boolean;
  /** Native parts of the external packages. */
  native: Partial<Record<string, Pinned>>;
}

export type System = 'windows' | 'macos' | 'linux' | 'debian';

/** A row of the silent installation's settings. */
export interface Setting {
  key: string;
  /** Other names that it goes by. */
  also: string[];
  halves: string[];
  systems: string[];
  form: string;
  /** Of the form `word`. */
  values?: string[];
  /** Empty: none, or the system's own. */
  default: string;
  meaning: string;
}

export type HalfName = keyof typeof product.halves;
export type TargetName = keyof typeof product.targets;

export const halves: Readonly<Record<HalfName, Half>> = product.halves;
export const targets: Readonly<Record<TargetName, Target>> = product.targets;
/** Node.js for this machine, in each version that a target has: it makes the blobs. */
export const generators: Readonly<Partial<Record<string, NodeBinary>>> = product.generators;
export const { name, publisher, summary, registrations } = product;
/** Names of the file with the settings, ours first; exit codes of every installer. */
export const { files: silentFiles, exitCodes } = product.silent;
const settings: readonly Setting[] = product.silent.settings;

export const settingsOf = (half: HalfName, system: System): Setting[] =>
  settings.filter((it) => it.halves.includes(half) && it.systems.includes(system));

export const versionOf = (pinned: Pinned): string => pinned.package.slice(pinned.package.lastIndexOf('@') + 1);
export const nameOf = (pinned: Pinned): string => pinned.package.slice(0, pinned.package.lastIndexOf('@'));

const manifest: { version: string } = JSON.parse(readFileSync(join(root, 'packages/shared/package.json'), 'utf8'));
export const version = manifest.version;

export const isTarget = (word: string): word is TargetName => Object.hasOwn(targets, word);
