import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { adapterSocket, certificateFolder, runtimeFolder } from './paths.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it.skipIf(process.platform === 'win32').each([
  ['/run/own', '/run/user/7', '/run/own'],
  ['', '/run/user/7', '/run/user/7/thinline'],
  [undefined, '/run/user/7', '/run/user/7/thinline'],
  ['', '', expect.stringMatching(/thinline-\d+$/)],
])('THINLINE_RUNTIME_DIR %j and XDG_RUNTIME_DIR %j lead to %s', (own, usual, expected) => {
  vi.stubEnv('THINLINE_RUNTIME_DIR', own);
  vi.stubEnv('XDG_RUNTIME_DIR', usual);
  expect(runtimeFolder()).toEqual(expected);
  expect(adapterSocket()).toBe(join(runtimeFolder(), 'adapter.sock'));
});

it('an empty THINLINE_CERTIFICATES is none', () => {
  vi.stubEnv('THINLINE_CERTIFICATES', '');
  expect(certificateFolder()).toMatch(/certificates$/);
});
