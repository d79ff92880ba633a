/** Certificates for tests, made by the openssl command in a folder of their own. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface CertificateRequest {
  /** As OpenSSL writes them: "DNS:sip.example,URI:sip:example"; '' for a certificate without. */
  names: string;
  commonName?: string;
  expired?: boolean;
}

export interface TestCertificates {
  folder: string;
  /** The PEM file of the authority. */
  authority: string;
  /** The PEM file of a chain with its key. */
  issue(request: CertificateRequest): string;
  /** What node:tls wants. */
  load(path: string): { cert: string; key: string };
  remove(): void;
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

export function makeCertificates(): TestCertificates {
  const folder = mkdtempSync(join(tmpdir(), 'thinline-certificates-'));
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    '-days',
    '2',
    '-subj',
    '/CN=test authority',
  );
  let count = 0;
  return {
    folder,
    authority: join(folder, 'ca.crt'),
    issue: ({ names, commonName = 'test', expired = false }) => {
      const name = `leaf${count++}`;
      const path = join(folder, `${name}.pem`);
      openssl('req', '-new', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${commonName}`);
      writeFileSync(join(folder, `${name}.ext`), names === '' ? '' : `subjectAltName=${names}\n`);
      const signed = ['-req', '-in', `${name}.csr`, '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial'];
      const lifetime = ['-days', expired ? '-1' : '2', '-extfile', `${name}.ext`];
      openssl('x509', ...signed, ...lifetime, '-out', `${name}.pem`);
      appendFileSync(path, readFileSync(join(folder, `${name}.key`)));
      return path;
    },
    load: (path) => ({ cert: readFileSync(path, 'utf8'), key: readFileSync(path, 'utf8') }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
