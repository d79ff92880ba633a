/** `npm start` where it cannot start. */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('a runtime folder that others may enter is one sentence, and no stack', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'thinline-open-'));
  await chmod(folder, 0o755);
  try {
    const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
      const start = join(import.meta.dirname, '../../scripts/start.ts');
      const env = { ...process.env, THINLINE_RUNTIME_DIR: folder };
      execFile(process.execPath, [start], { env }, (error, _, stderr) => resolve({ code: error?.code, stderr }));
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^TL6011: .*\n$/);
    expect(stderr).toContain(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
});
