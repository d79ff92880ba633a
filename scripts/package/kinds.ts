/** The kinds of packages. */
import { deb } from './deb.ts';
import { elux } from './elux.ts';
import { msi } from './msi.ts';
import { nsis } from './nsis.ts';
import type { HalfName, TargetName } from './product.ts';
import type { Stage } from './stage.ts';
import { unixArchive } from './unix-archive.ts';

export interface Kind {
  targets: readonly TargetName[];
  /** Makes its files in the folder and returns their paths. Throws an Error in a sentence. */
  make(stages: Readonly<Record<HalfName, Stage>>, out: string, fast: boolean): Promise<string[]> | string[];
}

export const kinds: Readonly<Record<string, Kind>> = {
  'tar.gz': unixArchive,
  deb,
  nsis,
  msi,
  elux,
};
