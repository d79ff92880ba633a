/** packaging/licences: texts that packages don't bring (NAME@VERSION.txt), and what is inside packages (inside.json). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import inside from '../../packaging/licences/inside.json' with { type: 'json' };
import { root, type TargetName } from './product.ts';

/** A part of others that no package's manifest names; what isn't known of it is null. */
export interface Inside {
  name: string;
  version: string | null;
  /** SPDX expression. */
  licence: string | null;
  purl: string | null;
  /** The name of its file with the licence. */
  text: string;
}

const folder = join(root, 'packaging/licences');
const ofPackages: Readonly<Partial<Record<string, Inside[]>>> = inside.packages;
const ofTargets: Readonly<Partial<Record<string, Inside[]>>> = inside.targets;

const settled = (text: string): string => text.replaceAll('\r\n', '\n').trim();

/** Empty where there is none. */
export function ownText(name: string): string {
  const file = join(folder, `${name.replaceAll('/', '+')}.txt`);
  return existsSync(file) ? settled(readFileSync(file, 'utf8')) : '';
}

const isLicence = (name: string): boolean => /^(licen[cs]e|copying|notice|third_party_notices)/i.test(name);

/** What the package in that folder brings. Empty where that is nothing. */
export const textsIn = (packageFolder: string): string =>
  readdirSync(packageFolder)
    .filter(isLicence)
    .sort()
    .map((name) => settled(readFileSync(join(packageFolder, name), 'utf8')))
    .join('\n\n');

/** What is inside a package. Throws an Error where only another version of it was looked into. */
export function insideOf(name: string, version: string): Inside[] {
  const known = ofPackages[`${name}@${version}`];
  if (known) return known;
  const other = Object.keys(ofPackages).find((it) => it.slice(0, it.lastIndexOf('@')) === name);
  if (other) throw new Error(`packaging/licences/inside.json says what is in ${other}, and not in ${name}@${version}.`);
  return [];
}

/** What installers and our own programs in C have inside. */
export const insideTarget = (target: TargetName): Inside[] => ofTargets[target] ?? [];
