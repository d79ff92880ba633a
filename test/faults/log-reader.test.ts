/** Whoever reads the log may go: that ends neither half. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const program = fileURLToPath(new URL('../../packages/app-layer/bin/thinline.mjs', import.meta.url));

test('the app layer goes on when nobody reads its log any more', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'thinline-test-'));
  const child = spawn(process.execPath, [program, '--port', '0', '--socket', join(folder, 'adapter.sock')], {
    cwd: folder,
    env: { ...process.env, THINLINE_RUNTIME_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr.destroy();
  const ended = once(child, 'exit');
  // Its first words go to the log, so by this one it has met the closed pipe.
  const said = await Promise.race([once(child.stdout, 'data'), ended]);
  const [address = ''] = /http:\S+/.exec(String(said[0])) ?? [];
  const page = await fetch(address, { redirect: 'manual' });
  expect(page.status).toBeLessThan(400);
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  rmSync(folder, { recursive: true, force: true });
});
