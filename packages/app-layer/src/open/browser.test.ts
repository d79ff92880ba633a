import { expect, test } from 'vitest';
import { hasScreen, openBrowser } from './browser.ts';

test.each([
  [{}, false],
  [{ DISPLAY: '' }, false],
  [{ DISPLAY: ':10' }, true],
  [{ WAYLAND_DISPLAY: 'wayland-0' }, true],
  [{ BROWSER: 'w3m' }, true],
] as const)('on Linux %j is a screen: %s', (env, is) => {
  expect(hasScreen('linux', env)).toBe(is);
});

test('on Windows and macOS there is always one', () => {
  expect([hasScreen('win32', {}), hasScreen('darwin', {})]).toEqual([true, true]);
});

test.each([
  'file:///etc/passwd',
  'calc.exe',
  '--help',
  'http://127.0.0.1:8000/',
  'http://127.0.0.1:8000/?token=a"\nb',
  'http://127.0.0.1:8000/?token=a&b',
  'https://user@127.0.0.1/?token=a',
])('%j is no address of a panel, and is not opened', async (url) => {
  await expect(openBrowser(url)).rejects.toThrow('The phone said no address of a panel.');
});
