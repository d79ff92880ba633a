import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildPlugin } from '../../../scripts/build-plugins.mjs';
import { CannotBuild } from '../../../scripts/build-step.mjs';
import { buildWindowsHost, wineMissing } from './testing/windows.ts';

const out = mkdtempSync(join(tmpdir(), 'thinline-windows-'));
afterAll(() => rmSync(out, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 }));

const architectures = [
  ['windows-x64', 'x86_64', 'pei-x86-64'],
  ['windows-ia32', 'i686', 'pei-i386'],
] as const;

/** Why it can't be built here, as a sentence. */
function missing(build: () => string): string | null {
  try {
    build();
    return null;
  } catch (error) {
    if (!(error instanceof CannotBuild)) throw error;
    return `the plugin for Windows can't be built here: ${error.message}`;
  }
}

const noWine = wineMissing();
if (noWine !== null) console.warn(`The plugin for Windows is built and not run: ${noWine}.`);

/** Wine is more than every machine should install for one test. */
const whenWine: (name: string, test: () => void, ms: number) => void = noWine === null ? it : () => {};

describe.each(architectures)('the plugin for %s', (name, prefix, format) => {
  const cannot = missing(() => buildPlugin(name, out));
  const library = join(out, name, 'thinline-channel.dll');

  it.skipIf(cannot !== null)(cannot ?? 'exports what clients look for, by these names', () => {
    const dump = execFileSync(`${prefix}-w64-mingw32-objdump`, ['-p', library], { encoding: 'utf8' });
    expect(dump).toContain(format);
    const names = /\[Ordinal\/Name Pointer\] Table[^\n]*\n((?:\s+\[.*\n)+)/.exec(dump)?.[1] ?? '';
    expect(
      names
        .trim()
        .split('\n')
        .map((line) => line.trim().split(/\s+/).at(-1)),
    ).toEqual(['DllCanUnloadNow', 'DllGetClassObject', 'VirtualChannelEntry', 'VirtualChannelGetInstance']);
    // Nothing that a bare Windows doesn't have.
    const needed = [...dump.matchAll(/DLL Name: (\S+)/g)].map((match) => match[1]?.toLowerCase());
    expect(needed.sort()).toEqual(['advapi32.dll', 'kernel32.dll', 'msvcrt.dll']);
  });

  // The 32-bit one needs a Wine that is rarely there.
  if (name !== 'windows-x64' || cannot !== null) return;

  whenWine(
    'carries bytes between a client and the adapter, and leaves nothing behind',
    () => {
      const host = buildWindowsHost(prefix, out);
      const said = execFileSync('wine', [host, library], {
        encoding: 'utf8',
        timeout: 280_000,
        // Without a screen it would wait for somebody to say whether it may install these.
        env: {
          ...process.env,
          WINEPREFIX: join(out, 'wine'),
          // What is freed is overwritten.
          WINEDEBUG: '-all,warn+heap',
          WINEDLLOVERRIDES: 'mscoree=;mshtml=',
          DISPLAY: '',
        },
      });
      expect(said.trimEnd().split('\n').at(-1)?.trim()).toBe('all right');
    },
    300_000,
  );
});
