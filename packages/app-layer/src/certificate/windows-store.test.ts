import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { script, windowsIdentity } from './windows-store.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

test('the script asks for that certificate, with the password for its way', () => {
  const text = script('00112233445566778899aabbccddeeff00112233', 'secret');
  expect(text).toContain("'Cert:\\LocalMachine\\My\\00112233445566778899aabbccddeeff00112233'");
  expect(text).toContain(", 'secret')");
  expect(text.split('\r\n').at(-1)).toBe('');
});

test.each(['', "0' ; calc '", 'g'.repeat(40), 'A'.repeat(40)])('%j gets into no script', async (thumbprint) => {
  expect(String(await windowsIdentity(thumbprint))).toContain('no thumbprint');
});

/** A program that answers with lines, in place of PowerShell. */
async function standIn(file: string, lines: readonly string[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\ncat > /dev/null\nprintf '%s\\n' ${lines.join(' ')}\n`);
  await chmod(file, 0o700);
}
const system = (): string => join(folder, 'System32/WindowsPowerShell/v1.0/powershell.exe');

test.skipIf(process.platform === 'win32')(
  "it is Windows' own PowerShell that is asked, whatever PATH has",
  async () => {
    vi.stubEnv('SystemRoot', folder);
    vi.stubEnv('PATH', `${join(folder, 'path')}:${process.env.PATH}`);
    await standIn(join(folder, 'path', 'powershell.exe'), ['Y2VydA==', 'cGZ4']);
    expect(String(await windowsIdentity('0'.repeat(40)))).toContain('It is not in the Local Computer');
    await standIn(system(), ['Y2VydA==', 'cGZ4']);
    expect(String(await windowsIdentity('0'.repeat(40)))).toContain("Its key can't be used");
  },
);
