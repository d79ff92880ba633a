/** npm run test:packages [-- --quick]: builds every package and tries it; --quick: what CI has time for. Root gets what is missing. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const quick = process.argv.includes('--quick');
if (process.platform === 'linux' && process.getuid?.() === 0) {
  const peers = quick ? 'packages-quick' : 'packages';
  spawnSync('sh', ['scripts/install-peers.sh', peers], { cwd: root, stdio: 'inherit' });
}
const { status } = spawnSync(
  join(root, 'node_modules/.bin/vitest'),
  ['run', '--project', 'packages', ...process.argv.slice(2).filter((word) => word !== '--quick')],
  { cwd: root, stdio: 'inherit', env: { ...process.env, THINLINE_PACKAGES: quick ? 'quick' : 'all' } },
);
process.exit(status ?? 1);
