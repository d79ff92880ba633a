/** Makes one half's sources and what they import into few files, and tells which modules went into them. */
import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { type OutputChunk, type Plugin, rolldown } from 'rolldown';
import { type Half, root } from './product.ts';

export interface Bundle {
  /** The file that is run first. */
  main: string;
  /** Name to text; they import each other by their names. */
  code: Map<string, string>;
  /** The worker's file, whole. */
  worker: { name: string; text: string } | null;
  /** Paths of every module inside, from the root of the sources. */
  modules: string[];
}

const workerName = 'media-worker.mjs';

/**
 * Our modules look for files relative to their own place. In a bundle, that place is where they were in the sources, below
 * the folder of the bundle.
 */
function keepPlaces(half: Half): Plugin {
  return {
    name: 'keep-places',
    transform(text, id) {
      const file = relative(root, id).split(sep).join('/');
      if (!file.startsWith('packages/') || file.includes('node_modules/') || !text.includes('import.meta')) return null;
      const worker = half.worker && relative(dirname(file), half.worker);
      const toRoot = relative(dirname(file), '.');
      const code = worker ? text.replaceAll(`'./${worker}'`, `'${toRoot}/${workerName}'`) : text;
      return code
        .replaceAll('import.meta.url', `new URL('./${file}', import.meta.url).href`)
        .replaceAll('import.meta.dirname', `(import.meta.dirname + '/${dirname(file)}')`);
    },
  };
}

async function bundleOne(half: Half, entry: string, name: string, split: boolean): Promise<OutputChunk[]> {
  const build = await rolldown({
    input: { [name]: join(root, entry) },
    cwd: root,
    platform: 'node',
    external: Object.keys(half.external).flatMap((it) => [it, new RegExp(`^${it}/`)]),
    plugins: [keepPlaces(half)],
    onwarn: (warning) => {
      throw new Error(`Bundling ${entry}: ${warning.message}`);
    },
  });
  const { output } = await build.generate({
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name]-[hash].mjs',
    codeSplitting: split,
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    comments: { legal: true, annotation: false, jsdoc: false },
  });
  await build.close();
  return output.map((it) => {
    if (it.type !== 'chunk') throw new Error(`Bundling ${entry} made the file ${it.fileName}, which nobody ships.`);
    return it;
  });
}

export async function bundle(half: Half): Promise<Bundle> {
  const chunks = await bundleOne(half, half.entry, half.program, true);
  const worker = half.worker ? await bundleOne(half, half.worker, workerName.replace('.mjs', ''), false) : [];
  const modules = new Set([...chunks, ...worker].flatMap((chunk) => Object.keys(chunk.modules)));
  return {
    main: `${half.program}.mjs`,
    code: new Map(chunks.map((chunk) => [chunk.fileName, chunk.code])),
    worker: worker[0] ? { name: workerName, text: worker[0].code } : null,
    modules: [...modules]
      .filter((id) => id.startsWith(root))
      .map((id) => relative(root, id))
      .sort(),
  };
}

/** The packages of npm that modules come from: folder of each, from the root of the sources. */
export function packagesOf(modules: readonly string[]): string[] {
  const folders = modules.flatMap((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  return [...new Set(folders)].sort();
}

export const readManifest = (folder: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
