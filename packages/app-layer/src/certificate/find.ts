/** Which certificate the connector shows: the one that is configured, the one with the thumbprint, or one that is made. */
import { X509Certificate } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ConnectorSettings } from '@thinline/shared/config/connector.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import { certificateFolder, stateFolder } from '@thinline/shared/paths.ts';
import { makeCertificate, usualDays } from './make.ts';
import { readServerPem, type ServerIdentity, thumbprintOf } from './server-pem.ts';
import { windowsIdentity } from './windows-store.ts';

/** PEM files that are looked at for a thumbprint. */
const mostFiles = 100;

export interface Sought extends Pick<ConnectorSettings, 'certificate' | 'thumbprint'> {
  /** That the certificate has to be good for. */
  addresses: readonly string[];
  log: Log;
}

export interface Found extends ServerIdentity {
  /** Empty: it is in the store of Windows. */
  file: string;
}

/** Where the one is that Thinline makes: this user's alone. */
export const madeFile = (): string => join(stateFolder(), 'connector.pem');

/** Rejects with FailureError connectorCertificate, certificateNotFound or certificateNotMade. */
export async function findCertificate(sought: Sought): Promise<Found> {
  const { certificate: file, thumbprint } = sought;
  if (file !== '') return { file, ...(await read(file)) };
  return thumbprint === '' ? made(sought) : byThumbprint(thumbprint);
}

async function read(file: string): Promise<ServerIdentity> {
  try {
    return await readServerPem(file);
  } catch (error) {
    throw new FailureError('connectorCertificate', { detail: error instanceof Error ? error.message : String(error) });
  }
}

async function byThumbprint(thumbprint: string): Promise<Found> {
  const folders = [certificateFolder(), stateFolder()];
  for (const folder of folders) {
    const names = await readdir(folder).catch((): string[] => []);
    for (const name of names.filter((it) => it.endsWith('.pem')).slice(0, mostFiles)) {
      const file = join(folder, name);
      const identity = await readServerPem(file).catch(() => null);
      if (identity && thumbprintOf(identity.certificate) === thumbprint) return { file, ...identity };
    }
  }
  if (process.platform === 'win32') {
    const identity = await windowsIdentity(thumbprint);
    if (!(identity instanceof Error)) return { file: '', ...identity };
    throw new FailureError('certificateNotFound', { thumbprint, detail: identity.message });
  }
  const detail = `No PEM file in ${folders.join(' or ')} has it`;
  throw new FailureError('certificateNotFound', { thumbprint, detail });
}

async function made({ addresses, log }: Sought): Promise<Found> {
  const file = madeFile();
  const there = await readServerPem(file).catch(() => null);
  if (there && isGoodFor(there, addresses)) return { file, ...there };
  try {
    await writeCertificate(file, await makeCertificate({ addresses, days: usualDays, nowMs: Date.now() }));
    log.warning(
      `a certificate for the connector is made: ${file}. Browsers have to be told to trust it: see "thinline certificate show"`,
    );
    return { file, ...(await readServerPem(file)) };
  } catch (error) {
    throw new FailureError('certificateNotMade', { detail: error instanceof Error ? error.message : String(error) });
  }
}

/** One that is not is refused by every browser, so nothing is lost by making another. */
function isGoodFor({ certificate }: ServerIdentity, addresses: readonly string[]): boolean {
  if (certificate.validToDate.getTime() < Date.now()) return false;
  return addresses.every((address) => certificate.checkIP(address) !== undefined);
}

/** Beside a PEM file the certificate without its key: that is what others may have, and are told to trust. */
export const publicFile = (file: string): string => `${file.replace(/\.pem$/, '')}.crt`;

/** For this user alone, and never half. */
export async function writeCertificate(file: string, pem: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}`;
  try {
    await writeFile(fresh, pem, { mode: 0o600, flag: 'wx' });
    await rename(fresh, file);
    await writeFile(publicFile(file), new X509Certificate(pem).toString());
  } finally {
    await rm(fresh, { force: true });
  }
}
