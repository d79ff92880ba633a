/** Who this endpoint is, at this start of the adapter. */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { EndpointIdentity } from '@thinline/shared/contract/types.ts';
import { version } from '@thinline/shared/version.ts';

export const identify = (): EndpointIdentity => ({
  epoch: randomBytes(8).toString('hex'),
  host: hostname(),
  platform: `${process.platform}-${process.arch}`,
  productVersion: version,
  pid: process.pid,
  endpointId: endpointId(),
});

/**
 * The same at each start on this machine. machine-id(5) asks that the id itself be kept from others: they get a hash of it.
 * Thin clients are often copies of one image, with one id; their names differ.
 */
function endpointId(): string {
  return createHash('sha256').update(`thinline ${machineId()} ${hostname()}`).digest('hex').slice(0, 16);
}

/** Empty where the system has none. */
function machineId(): string {
  try {
    return readFileSync('/etc/machine-id', 'utf8').trim();
  } catch {
    return '';
  }
}
