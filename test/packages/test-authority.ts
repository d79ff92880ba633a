/** Keys for signing, for tests. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** A certificate that nobody trusts, with its key, and the one that signed it. */
export function testAuthority(folder: string): { key: string; certificate: string; authority: string } {
  const at = (name: string): string => join(folder, name);
  const openssl = (...words: string[]) => execFileSync('openssl', words, { stdio: 'pipe' });
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    '/CN=Tests',
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
  );
  openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    '/CN=Packages',
    '-keyout',
    at('code.key'),
    '-out',
    at('code.csr'),
  );
  execFileSync('sh', [
    '-c',
    'printf "extendedKeyUsage=codeSigning\\nkeyUsage=digitalSignature\\n" > "$1"',
    'sh',
    at('ext'),
  ]);
  const signed = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-extfile', at('ext')];
  openssl('x509', '-req', '-in', at('code.csr'), ...signed, '-out', at('code.pem'));
  return { key: at('code.key'), certificate: at('code.pem'), authority: at('ca.pem') };
}
