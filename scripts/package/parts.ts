/** What an executable is made of, for its bill of materials (CycloneDX 1.6) and its licences. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { sourceDate } from './archive.ts';
import { packagesOf, readManifest } from './bundle.ts';
import { type Inside, insideOf, insideTarget, ownText, textsIn } from './licences.ts';
import { fetchPackage } from './npm-package.ts';
import {
  generators,
  type Half,
  nameOf,
  name as product,
  publisher,
  root,
  type TargetName,
  targets,
  version,
  versionOf,
} from './product.ts';
import type { Executable } from './single-executable.ts';

export interface Part {
  name: string;
  /** null: not known. */
  version: string | null;
  /** SPDX expression, where there is one. */
  licence: string | null;
  /** Package URL, where there is one. */
  purl: string | null;
  /** SHA-512 of the archive that it came in, or of its file, in hexadecimal, where there is one. */
  sha512: string | null;
  licenceText: string;
  /** The reference of the part that it is inside of. */
  within: string | null;
}

const lock: { packages: Partial<Record<string, { integrity?: string }>> } = JSON.parse(
  readFileSync(join(root, 'package-lock.json'), 'utf8'),
);

const hexOf = (integrity: string | undefined): string | null =>
  integrity?.startsWith('sha512-') ? Buffer.from(integrity.slice(7), 'base64').toString('hex') : null;

const nameAndVersion = (part: Pick<Part, 'name' | 'version'>): string =>
  part.version === null ? part.name : `${part.name}@${part.version}`;

/** One of a kind in a bill of materials. */
export const reference = (part: Part): string =>
  part.within === null ? nameAndVersion(part) : `${part.within}/${nameAndVersion(part)}`;

const inside = (it: Inside, within: string | null): Part => ({
  ...it,
  sha512: null,
  licenceText: ownText(it.text),
  within,
});

/** The package in that folder, and what is inside it. `otherText`: for one that brings no text of its licence. */
function partsIn(folder: string, integrity: string | undefined, otherText = ''): Part[] {
  const manifest = readManifest(folder);
  const name = String(manifest.name);
  const number = String(manifest.version);
  const part: Part = {
    name,
    version: number,
    licence: typeof manifest.license === 'string' ? manifest.license : null,
    purl: `pkg:npm/${name.replace('@', '%40')}@${number}`,
    sha512: hexOf(integrity),
    licenceText: textsIn(folder) || ownText(`${name}@${number}`) || otherText,
    within: null,
  };
  return [part, ...insideOf(name, number).map((it) => inside(it, reference(part)))];
}

const installed = (path: string): Part[] => partsIn(join(root, path), lock.packages[path]?.integrity);

function place(half: Half, name: string): string {
  const own = `${half.entry.split('/').slice(0, 2).join('/')}/node_modules/${name}`;
  return existsSync(join(root, own)) ? own : `node_modules/${name}`;
}

/** Native parts of the external packages, whose licence may be with the package that they belong to. */
function nativeParts(half: Half, targetName: TargetName, made: Executable): Part[] {
  return Object.keys(half.external).flatMap((name) => {
    const native = targets[targetName].native[name];
    if (!native || ![...made.files.keys()].some((path) => path.startsWith(`node_modules/${nameOf(native)}/`)))
      return [];
    const [owner] = installed(place(half, name));
    return partsIn(fetchPackage(native), native.integrity, owner?.licenceText);
  });
}

function nodePart(targetName: TargetName): Part {
  const { node } = targets[targetName];
  const generator = generators[versionOf(node)];
  return {
    name: 'node',
    version: versionOf(node),
    licence: 'MIT',
    purl: `pkg:npm/${node.package}`,
    sha512: hexOf(node.integrity),
    licenceText: textsIn(fetchPackage(node)) || (generator ? textsIn(fetchPackage(generator)) : ''),
    within: null,
  };
}

const miniaudio: Part = {
  name: 'miniaudio',
  version: '0.11.25',
  licence: 'Unlicense OR MIT-0',
  purl: 'pkg:github/mackron/miniaudio@0.11.25',
  sha512: null,
  licenceText: ownText('miniaudio@0.11.25'),
  within: null,
};

const codecsFolder = 'packages/endpoint-adapter/codecs-build';

/** iLBC and iSAC of WebRTC, with what they need of it and of Abseil. */
const builtCodecs = (made: Executable): Part[] =>
  [...made.files]
    .filter(([path]) => path.startsWith(`${codecsFolder}/`) && path.endsWith('.cjs'))
    .map(([path, file]) => ({
      name: `webrtc-${basename(path, '.cjs')}`,
      version: null,
      licence: null,
      purl: 'pkg:deb/debian/qtwebengine-opensource-src',
      sha512: createHash('sha512').update(readFileSync(file)).digest('hex'),
      licenceText: textsIn(join(root, codecsFolder)),
      within: null,
    }));

const byReference = (a: Part, b: Part): number => Buffer.compare(Buffer.from(reference(a)), Buffer.from(reference(b)));

/** Everything of others that ships in it, each once, in the order of their references. Throws an Error in a sentence. */
export function partsOf(half: Half, targetName: TargetName, made: Executable): Part[] {
  const paths = new Set([
    ...packagesOf(made.bundle.modules),
    ...[...Object.keys(half.external), ...half.inFiles].map((name) => place(half, name)),
  ]);
  const parts: Part[] = [
    ...[...paths].flatMap(installed),
    ...nativeParts(half, targetName, made),
    nodePart(targetName),
    ...(half.worker && targets[targetName].soundDriver ? [miniaudio] : []),
    ...builtCodecs(made),
    ...insideTarget(targetName).map((it) => inside(it, null)),
  ];
  const without = parts.find(({ licenceText }) => licenceText === '');
  if (without) {
    const file = nameAndVersion(without).replaceAll('/', '+');
    throw new Error(
      `${nameAndVersion(without)} brings no licence: its text belongs in packaging/licences/${file}.txt.`,
    );
  }
  // Packages may be installed at several places.
  return [...new Map(parts.map((part) => [reference(part), part])).values()].sort(byReference);
}

/** An identifier of SPDX's list, or an expression of them. */
const licencesOf = ({ licence }: Part): object[] =>
  licence === null
    ? [{ license: { name: 'in the text of its licence' } }]
    : [/[ ()]/.test(licence) ? { expression: licence } : { license: { id: licence } }];

export function billOfMaterials(half: Half, targetName: TargetName, parts: readonly Part[]): string {
  const uuid = createHash('sha256')
    .update(`${half.program} ${targetName} ${version} ${JSON.stringify(parts)}`)
    .digest('hex');
  const partsWithin = (within: string | null): string[] =>
    parts.filter((part) => part.within === within).map(reference);
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuid.slice(0, 8)}-${uuid.slice(8, 12)}-8${uuid.slice(13, 16)}-a${uuid.slice(17, 20)}-${uuid.slice(20, 32)}`,
    version: 1,
    metadata: {
      timestamp: new Date(sourceDate() * 1000).toISOString(),
      component: {
        type: 'application',
        'bom-ref': half.program,
        supplier: { name: publisher },
        name: half.program,
        version,
        description: `${product} for ${targetName}`,
        licenses: [{ license: { id: 'Apache-2.0' } }],
      },
    },
    components: parts.map((part) => ({
      type: part.name === 'node' ? 'platform' : 'library',
      'bom-ref': reference(part),
      name: part.name,
      ...(part.version !== null && { version: part.version }),
      licenses: licencesOf(part),
      ...(part.purl && { purl: part.purl }),
      ...(part.sha512 && { hashes: [{ alg: 'SHA-512', content: part.sha512 }] }),
    })),
    dependencies: [
      { ref: half.program, dependsOn: partsWithin(null) },
      ...parts
        .map((part) => ({ ref: reference(part), dependsOn: partsWithin(reference(part)) }))
        .filter(({ dependsOn }) => dependsOn.length > 0),
    ],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Ours, and then each text once, below the parts that it is of. */
export function licencesText(parts: readonly Part[]): string {
  const own = readFileSync(join(root, 'LICENSE'), 'utf8').trim();
  const each = [...Map.groupBy(parts, ({ licenceText }) => licenceText)].map(([text, those]) => {
    const heads = those.map((part) => {
      const words = [part.name, part.version, part.licence && `(${part.licence})`];
      return [...words, part.within && `in ${part.within}`].filter((word) => word !== null).join(' ');
    });
    const line = '-'.repeat(Math.max(...heads.map(({ length }) => length)));
    return `${heads.join('\n')}\n${line}\n\n${text}`;
  });
  return `${[`${product} ${version}\n\n${own}`, ...each].join('\n\n\n')}\n`;
}
