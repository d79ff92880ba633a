/**
 * Windows: a file of ours that DPAPI has encrypted for this user, by PowerShell. Proven with a program that stands in for
 * PowerShell, not yet on Windows.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stateFolder } from '@thinline/shared/paths.ts';
import type { Keyring, KeyringKind } from './keyring.ts';
import { isKeepable, keepLimit, recallLimit } from './limits.ts';
import { powerShell } from './power-shell.ts';
import { runProgram } from './run-program.ts';

const longestFile = 16_384;

/**
 * Base64 in, base64 out, past PowerShell's own pipeline: policies of Windows can have the parameters of its commands and
 * what it prints logged.
 */
const script = (call: 'Protect' | 'Unprotect'): string =>
  [
    "$ErrorActionPreference = 'Stop'",
    'Add-Type -AssemblyName System.Security',
    '$in = [Convert]::FromBase64String([Console]::In.ReadLine())',
    `$out = [Security.Cryptography.ProtectedData]::${call}($in, $null, 'CurrentUser')`,
    '[Console]::Out.Write([Convert]::ToBase64String($out))',
  ].join('\n');

const argvFor = (call: 'Protect' | 'Unprotect'): string[] => [
  ...['-NoLogo', '-NoProfile', '-NonInteractive', '-EncodedCommand'],
  Buffer.from(script(call), 'utf16le').toString('base64'),
];

async function readBounded(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(longestFile), 0, longestFile, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The places of DPAPI's files and of the program that calls it. */
export interface DataProtectionOptions {
  program: string;
  folder: string;
}

class DataProtection implements Keyring {
  readonly name = 'the data protection of Windows';
  readonly #options: DataProtectionOptions;

  constructor(options: DataProtectionOptions) {
    this.#options = options;
  }

  async keep(account: string, secret: string): Promise<boolean> {
    if (!isKeepable(account, secret)) return false;
    const encrypted = await this.protect(secret);
    if (encrypted === null) return false;
    const file = this.#fileOf(account);
    try {
      await mkdir(this.#options.folder, { recursive: true, mode: 0o700 });
      await writeFile(`${file}.new`, encrypted, { mode: 0o600 });
      await rename(`${file}.new`, file);
      return true;
    } catch {
      return false;
    }
  }

  async recall(account: string): Promise<string | null> {
    const encrypted = await readBounded(this.#fileOf(account)).catch(() => '');
    if (encrypted === '') return null;
    const secret = await this.#call('Unprotect', encrypted, recallLimit);
    return secret === null ? null : Buffer.from(secret, 'base64').toString() || null;
  }

  async forget(account: string): Promise<void> {
    await rm(this.#fileOf(account), { force: true }).catch(() => {});
  }

  /** Null: it can't be done here. */
  protect(secret: string): Promise<string | null> {
    return this.#call('Protect', Buffer.from(secret).toString('base64'), keepLimit);
  }

  async #call(call: 'Protect' | 'Unprotect', input: string, limit: number): Promise<string | null> {
    const { code, output } = await runProgram(this.#options.program, argvFor(call), { input: `${input}\n`, limit });
    return code === 0 && output !== '' ? output : null;
  }

  #fileOf(account: string): string {
    return join(this.#options.folder, `${createHash('sha256').update(account).digest('hex')}.dpapi`);
  }
}

export const dataProtection = (given?: DataProtectionOptions): KeyringKind => ({
  platform: 'win32',
  async open() {
    const keyring = new DataProtection(given ?? { program: powerShell(), folder: join(stateFolder(), 'keyring') });
    return (await keyring.protect('probe')) === null ? null : keyring;
  },
});
