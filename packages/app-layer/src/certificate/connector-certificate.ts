/** The certificate that the connector shows, for as long as it runs: it is read again when its file changes. */
import { unwatchFile, watchFile } from 'node:fs';
import type { SecureContextOptions } from 'node:tls';
import type { Log } from '@thinline/shared/log/log.ts';
import { type Found, findCertificate, type Sought } from './find.ts';
import { readServerPem } from './server-pem.ts';

const dayMs = 86_400_000;
const warningDays = 30;
/** How often the file is looked at, and the calendar. */
const lookMs = 60_000;

export interface ConnectorCertificate {
  context(): SecureContextOptions;
  /** Calls back with what its file has since; answers what ends that. */
  watch(renew: (context: SecureContextOptions) => void): () => void;
}

export interface CertificateRequest {
  settings: Pick<Sought, 'certificate' | 'thumbprint'>;
  addresses: readonly string[];
  log: Log;
  /** ms between two looks at the file, for tests. */
  lookMs?: number;
}

/** Empty: it is good for a while. */
export function expiryWords(validTo: Date, nowMs: number): string {
  const days = Math.floor((validTo.getTime() - nowMs) / dayMs);
  if (days > warningDays) return '';
  const date = validTo.toISOString().slice(0, 10);
  return days < 0 ? `expired on ${date}` : `expires on ${date}`;
}

/** Rejects as findCertificate does. */
export async function openCertificate(request: CertificateRequest): Promise<ConnectorCertificate> {
  const { settings, addresses, log } = request;
  let found: Found = await findCertificate({ ...settings, addresses, log });
  const sayExpiry = () => {
    const words = expiryWords(found.certificate.validToDate, Date.now());
    if (words !== '') log.warning(`the certificate of the connector ${words}: ${found.file || 'in the store'}`);
  };
  sayExpiry();

  return {
    context: () => found.context,
    watch(renew) {
      const { file } = found;
      const daily = setInterval(sayExpiry, dayMs);
      daily.unref();
      const look = async () => {
        try {
          found = { file, ...(await readServerPem(file)) };
          renew(found.context);
          log.info(`the connector shows the new certificate in ${file}`);
          sayExpiry();
        } catch (error) {
          log.warning(`the connector keeps its certificate: ${error instanceof Error ? error.message : String(error)}`);
        }
      };
      const onChange = () => void look();
      // By looking, not by being told: what replaces files and folders in whatever way is seen so.
      if (file !== '') watchFile(file, { interval: request.lookMs ?? lookMs, persistent: false }, onChange);
      return () => {
        clearInterval(daily);
        if (file !== '') unwatchFile(file, onChange);
      };
    },
  };
}
