/** A certificate authority for tests, and the certificates that it issues, made by the openssl command. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** PEM files. */
export interface Certificate {
  certificate: string;
  key: string;
  /** Both in one file, the certificate first. */
  both: string;
}

export interface Wanted {
  /** Subject alternative names as openssl writes them: "DNS:pool.test", "IP:127.0.0.1", "URI:sip:pool.test"; none: no such extension. */
  names: readonly string[];
  /** "test" unless given. */
  commonName?: string;
  /** It was valid once, and ended a day ago. */
  expired?: boolean;
  /** For a phone that is asked who it is, not for a server. */
  client?: boolean;
}

export interface Authority {
  /** A PEM file of its own certificate: who has this, trusts all that it issued. */
  readonly file: string;
  issue(wanted: Wanted): Promise<Certificate>;
  /** Removes all files. */
  stop(): Promise<void>;
}

const run = promisify(execFile);
const openssl = async (...args: readonly string[]): Promise<void> => void (await run('openssl', args));
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** openssl ca only takes dates, as YYMMDDHHMMSSZ; `days` from now. */
function dateIn(days: number): string {
  const date = new Date(Date.now() + days * 86_400_000);
  return `${date.toISOString().slice(2, 19).replaceAll(/[-T:]/g, '')}Z`;
}

export async function startAuthority(name = 'Test Authority'): Promise<Authority> {
  const folder = await mkdtemp(join(tmpdir(), 'thinline-ca-'));
  const at = (file: string): string => join(folder, file);
  const [file, key, settings] = [at('ca.pem'), at('ca.key'), at('ca.cnf')];
  await writeFile(at('index.txt'), '');
  await writeFile(
    settings,
    `[ca]
default_ca = test
[test]
database = ${at('index.txt')}
new_certs_dir = ${folder}
rand_serial = yes
default_md = sha256
unique_subject = no
policy = any
[any]
commonName = supplied
`,
  );
  await openssl(
    ...['req', '-x509', ...newKey, '-keyout', key, '-out', file, '-days', '30', '-subj', `/CN=${name}`],
    ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  );

  let issued = 0;
  return {
    file,
    async issue({ names, commonName = 'test', expired = false, client = false }) {
      const base = at(`issued-${++issued}`);
      const [certificate, ownKey, both] = [`${base}.pem`, `${base}.key`, `${base}.both`];
      const [request, extensions] = [`${base}.csr`, `${base}.ext`];
      await openssl('req', '-new', ...newKey, '-keyout', ownKey, '-out', request, '-subj', `/CN=${commonName}`);
      await writeFile(
        extensions,
        `basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = ${client ? 'clientAuth' : 'serverAuth,clientAuth'}
${names.length === 0 ? '' : `subjectAltName = ${names.join(',')}\n`}`,
      );
      await openssl(
        ...['ca', '-batch', '-notext', '-config', settings, '-cert', file, '-keyfile', key],
        ...['-in', request, '-out', certificate, '-extfile', extensions],
        ...['-startdate', dateIn(expired ? -10 : -1), '-enddate', dateIn(expired ? -1 : 10)],
      );
      await writeFile(both, `${await readFile(certificate, 'utf8')}${await readFile(ownKey, 'utf8')}`, { mode: 0o600 });
      return { certificate, key: ownKey, both };
    },
    stop: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What node:tls wants. path: a PEM file. */
export async function loadPem(path: string): Promise<{ cert: string; key: string }> {
  const pem = await readFile(path, 'utf8');
  return { cert: pem, key: pem };
}
