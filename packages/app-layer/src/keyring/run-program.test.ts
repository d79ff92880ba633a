import { describe, expect, test } from 'vitest';
import { runProgram } from './run-program.ts';

describe.skipIf(process.platform === 'win32')('a program', () => {
  test('gets its input, and is heard to its end', async () => {
    expect(await runProgram('sh', ['-c', 'cat; exit 3'], { input: 'a\nb', limit: 5000 })).toEqual({
      code: 3,
      output: 'a\nb',
      complained: false,
    });
  });

  test('may complain, and may end without reading', async () => {
    const input = 'x'.repeat(1 << 20);
    const { code, complained } = await runProgram('sh', ['-c', 'echo no >&2'], { input, limit: 5000 });
    expect([code, complained]).toEqual([0, true]);
  });

  test('that is not there has failed', async () => {
    expect((await runProgram('/nowhere/secret-tool', [], { limit: 5000 })).code).toBeNull();
  });

  test('that the system does not even try to start has failed', async () => {
    expect((await runProgram('sh', ['-c', 'true', 'x'.repeat(8 << 20)], { limit: 5000 })).code).toBeNull();
    expect((await runProgram('sh', ['\0'], { limit: 5000 })).code).toBeNull();
  });

  test('that never ends is ended, even if a child of its own holds its output', async () => {
    const { code } = await runProgram('sh', ['-c', 'sleep 2 & echo hello; wait'], { limit: 50 });
    expect(code).toBeNull();
  });

  test('that never stops talking is ended', async () => {
    const { code, output } = await runProgram('sh', ['-c', 'yes'], { limit: 5000 });
    expect([code, output]).toEqual([null, '']);
  });
});
