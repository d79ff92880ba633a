/** The certificates of a Windows machine (Local Computer, Personal), by PowerShell. Not yet run on Windows. */
import { randomBytes, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { powerShell } from '../keyring/power-shell.ts';
import { runProgram } from '../keyring/run-program.ts';
import type { ServerIdentity } from './server-pem.ts';

const patienceMs = 20_000;
const longestAnswer = 1 << 20;

/** thumbprint: 40 hexadecimal digits. The password is for the way from there to here. */
export const script = (thumbprint: string, password: string): string =>
  [
    "$ErrorActionPreference = 'Stop'",
    `$found = Get-Item -LiteralPath 'Cert:\\LocalMachine\\My\\${thumbprint}'`,
    `$bytes = $found.Export([System.Security.Cryptography.X509Certificates.X509ContentType]::Pfx, '${password}')`,
    '[Console]::Out.WriteLine([Convert]::ToBase64String($found.RawData))',
    '[Console]::Out.WriteLine([Convert]::ToBase64String($bytes))',
    'exit 0',
    '',
  ].join('\r\n');

/** Resolves to an Error with a clause for people where there is none that can be used. */
export async function windowsIdentity(thumbprint: string): Promise<ServerIdentity | Error> {
  if (!/^[0-9a-f]{40}$/.test(thumbprint)) return new Error('It is no thumbprint');
  const password = randomBytes(24).toString('hex');
  const answer = await ask(script(thumbprint, password));
  const [certificate = '', pfx = ''] = answer.split(/\r?\n/);
  if (pfx === '') {
    return new Error(
      "It is not in the Local Computer's Personal store, or this user may not export its key: a PEM file will do",
    );
  }
  const context = { pfx: Buffer.from(pfx, 'base64'), passphrase: password };
  try {
    createSecureContext(context);
    return { certificate: new X509Certificate(Buffer.from(certificate, 'base64')), context };
  } catch (error) {
    return new Error(`Its key can't be used (${error instanceof Error ? error.message : String(error)})`);
  }
}

/** The script goes in by stdin: what is on a command line is seen by everybody. Answers '' where it fails. */
async function ask(input: string): Promise<string> {
  const argv = ['-NoProfile', '-NonInteractive', '-Command', '-'];
  const { code, output } = await runProgram(powerShell(), argv, { input, limit: patienceMs, mostBytes: longestAnswer });
  return code === 0 ? output.trim() : '';
}
