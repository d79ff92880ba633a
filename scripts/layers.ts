/** The layer rule: the halves don't import each other, and what they share imports neither. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

const halves = ['app-layer', 'endpoint-adapter', 'shared'] as const;
type Package = (typeof halves)[number];

const mayImport: Record<Package, readonly Package[]> = {
  'app-layer': ['app-layer', 'shared'],
  'endpoint-adapter': ['endpoint-adapter', 'shared'],
  shared: ['shared'],
};

const importOf = /(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g;

/** The package that an import in `file` leads to, or null when it leaves the three. */
function packageOf(specifier: string, file: string, root: string): Package | null {
  const named = /^@thinline\/([^/]+)/.exec(specifier)?.[1];
  if (named) return halves.find((it) => it === named) ?? null;
  if (!specifier.startsWith('.')) return null;
  const [folder, name] = relative(root, resolve(file, '..', specifier)).split(sep);
  return folder === 'packages' ? (halves.find((it) => it === name) ?? null) : null;
}

/** One sentence for each import that breaks the rule. Tests beside their file obey it too. */
export function layerFaults(root: string): string[] {
  return halves.flatMap((half) =>
    readdirSync(join(root, 'packages', half), { recursive: true, withFileTypes: true })
      .filter(
        (entry) => entry.isFile() && /\.(ts|tsx|mts)$/.test(entry.name) && !entry.parentPath.includes('node_modules'),
      )
      .map((entry) => join(entry.parentPath, entry.name))
      .flatMap((file) =>
        [...readFileSync(file, 'utf8').matchAll(importOf)]
          .map((match) => packageOf(match[1] ?? '', file, root))
          .filter((target) => target !== null && !mayImport[half].includes(target))
          .map((target) => `${relative(root, file)} imports ${target}, which ${half} may not.`),
      ),
  );
}
