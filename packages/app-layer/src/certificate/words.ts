/** What `thinline certificate` says of a certificate. */
import type { X509Certificate } from 'node:crypto';
import { thumbprintOf } from './server-pem.ts';

const date = (it: Date): string => it.toISOString().slice(0, 10);

export function certificateText(certificate: X509Certificate, file: string): string[] {
  return [
    `file:        ${file}`,
    `subject:     ${certificate.subject.replaceAll('\n', ', ')}`,
    `names:       ${certificate.subjectAltName ?? 'none'}`,
    `good:        ${date(certificate.validFromDate)} to ${date(certificate.validToDate)}`,
    `thumbprint:  ${thumbprintOf(certificate)} (SHA-1, as certificate_search_value and Windows have it)`,
    `SHA-256:     ${certificate.fingerprint256}`,
  ];
}

const quoted = (file: string): string => `"${file}"`;

/** By platform, this one first. file: that of the certificate without its key. */
export function trustText(file: string, platform: NodeJS.Platform): string[] {
  const ways: { platforms: readonly NodeJS.Platform[]; lines: readonly string[] }[] = [
    {
      platforms: ['win32'],
      lines: [
        'Windows, for Edge and Chrome, as an administrator (for this user alone: with -user before -addstore):',
        `  certutil -addstore Root ${quoted(file)}`,
      ],
    },
    {
      platforms: ['linux'],
      lines: [
        "Linux, for Chromium and Chrome, as the user (certutil is in Debian's libnss3-tools):",
        `  certutil -d sql:$HOME/.pki/nssdb -A -t "P,," -n "Thinline connector" -i ${quoted(file)}`,
      ],
    },
    {
      platforms: ['darwin'],
      lines: [
        'macOS, for Safari, Chrome and Edge, as the user:',
        `  security add-trusted-cert -r trustAsRoot -p ssl -k ~/Library/Keychains/login.keychain-db ${quoted(file)}`,
      ],
    },
    {
      platforms: [],
      lines: [
        'Firefox on Windows and macOS takes what the system trusts (policy Certificates.ImportEnterpriseRoots); elsewhere',
        'open the address of the connector once and accept the certificate.',
      ],
    },
  ];
  const here = ways.filter((way) => way.platforms.includes(platform));
  const others = ways.filter((way) => !way.platforms.includes(platform));
  return [
    'Browsers use the connector when they trust this certificate:',
    ...[...here, ...others].flatMap(({ lines }) => lines),
  ];
}
