/** The files of one half for one target, as every kind of package has them. */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { place, placeText } from './archive.ts';
import { forTests, type Omissions } from './omissions.ts';
import { billOfMaterials, licencesText, partsOf } from './parts.ts';
import { plugins } from './plugins.ts';
import { buildFolder, type Half, type HalfName, halves, root, type TargetName, version } from './product.ts';
import { signExecutable } from './sign.ts';
import { makeExecutable } from './single-executable.ts';

export interface Stage {
  half: Half;
  halfName: HalfName;
  targetName: TargetName;
  /** The program, its folder, plugins/, and what it is made of (PROGRAM.cdx.json, PROGRAM.licenses.txt). */
  folder: string;
  /** The program's file name. */
  program: string;
  /** The name of the folder that the program looks for beside it. */
  besides: string;
}

/** NAME-VERSION-TARGET, of which file names are made. */
export const fileStem = ({ half, targetName }: Stage): string => `${half.program}-${version}-${targetName}`;

/** Throws an Error in a sentence. */
export async function makeStage(
  halfName: HalfName,
  targetName: TargetName,
  omissions: Omissions = forTests,
): Promise<Stage> {
  const half = halves[halfName];
  const made = await makeExecutable(halfName, targetName, omissions);
  const folder = join(buildFolder, 'stage', `${half.program}-${targetName}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const program = basename(made.file);
  place(made.file, join(folder, program), 0o755);
  signExecutable(join(folder, program), targetName);
  for (const [path, file] of made.files) place(file, join(folder, made.folder, path));
  if (halfName === 'app') cpSync(join(root, 'packaging/policies'), join(folder, 'policies'), { recursive: true });
  if (halfName === 'adapter') {
    for (const [path, file] of plugins(targetName, omissions)) {
      place(file, join(folder, 'plugins', path));
      signExecutable(join(folder, 'plugins', path), targetName);
    }
  }
  const parts = partsOf(half, targetName, made);
  placeText(billOfMaterials(half, targetName, parts), join(folder, `${half.program}.cdx.json`));
  placeText(licencesText(parts), join(folder, `${half.program}.licenses.txt`));
  return { half, halfName, targetName, folder, program, besides: made.folder };
}
