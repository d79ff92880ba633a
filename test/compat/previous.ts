/** The build of the previous protocol, from the history of the repository. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

/** The last commit of protocol 1. */
const lastOfProtocol1 = 'f537affdeb05e05fc90d20019a6d1c17e535ca76';

export interface Build {
  /** Has packages/ and proto/ like this one. */
  folder: string;
  remove(): Promise<void>;
}

/** Rejects with a sentence where the history doesn't reach so far back. */
export async function previousBuild(commit = lastOfProtocol1): Promise<Build> {
  await run('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: root }).catch(() => {
    throw new Error(
      `The commit ${commit}, the last of the previous protocol, is not in this clone. Get it with: git fetch --unshallow`,
    );
  });
  const folder = await mkdtemp(join(tmpdir(), 'thinline-previous-'));
  const archive = join(folder, 'previous.tar');
  await run('git', ['archive', '--output', archive, commit, 'packages', 'proto', 'package.json'], { cwd: root });
  await run('tar', ['-xf', archive, '-C', folder]);
  await linkModules(folder);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Others' packages are those of this build; ours are the old ones. */
async function linkModules(folder: string): Promise<void> {
  const [there, here] = [join(root, 'node_modules'), join(folder, 'node_modules')];
  await mkdir(join(here, '@thinline'), { recursive: true });
  for (const name of await readdir(there)) {
    if (name !== '@thinline' && name !== '.bin') await symlink(join(there, name), join(here, name), 'junction');
  }
  for (const name of await readdir(join(folder, 'packages'))) {
    await symlink(join(folder, 'packages', name), join(here, '@thinline', name), 'junction');
    const own = join(root, 'packages', name, 'node_modules');
    await symlink(own, join(folder, 'packages', name, 'node_modules'), 'junction');
  }
}
