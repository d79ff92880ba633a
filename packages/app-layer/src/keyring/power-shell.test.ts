import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { powerShell } from './power-shell.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('the program is where Windows says that it is installed', () => {
  vi.stubEnv('SystemRoot', 'D:\\Windows');
  expect(powerShell()).toBe(join('D:\\Windows', 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe'));
  vi.stubEnv('SystemRoot', undefined);
  expect(powerShell()).toMatch(/^C:\\Windows/);
});
