/** Whether a certificate is somebody's (RFC 5922 §7). */
import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';

export interface AltName {
  /** As Node.js writes it: DNS, URI, IP Address, email, … */
  kind: string;
  value: string;
}

const MAX_NAMES = 256;

/** Reads X509Certificate.subjectAltName, in which values that could be taken for something else are JSON strings. */
export function readAltNames(text: string): AltName[] {
  const names: AltName[] = [];
  const pattern = /([A-Za-z ]{1,32}):("(?:[^"\\]|\\.)*"|[^,"]*)(?:, |$)/y;
  for (let match = pattern.exec(text); match && names.length < MAX_NAMES; match = pattern.exec(text)) {
    const [, kind = '', value = ''] = match;
    names.push({ kind, value: value.startsWith('"') ? readJson(value) : value });
  }
  return names;
}

function readJson(value: string): string {
  try {
    return String(JSON.parse(value));
  } catch {
    return '';
  }
}

/** Lower case, in the form of the DNS, without the root's dot. */
const normal = (name: string): string => (domainToASCII(name) || name).toLowerCase().replace(/\.$/, '');

/** RFC 5922 §7.1: a sip: URI without a user names a domain; others name something else. */
const domainOf = (uri: string): string => {
  const match = /^sip:([^@;?:]+)(?::\d{1,5})?(?:[;?]|$)/i.exec(uri);
  return match?.[1] && !uri.includes('@') ? normal(match[1]) : '';
};

/** What the certificate names, for people and for the check; the common name only where there is nothing else. */
export function namesOf(certificate: Pick<X509Certificate, 'subject' | 'subjectAltName'>): string[] {
  const { subject, subjectAltName } = certificate;
  if (subjectAltName === undefined) {
    const commonName = /(?:^|\n)CN=([^\n]*)/.exec(subject)?.[1] ?? '';
    return commonName === '' ? [] : [normal(commonName)];
  }
  const names = readAltNames(subjectAltName).map(({ kind, value }) => {
    if (kind === 'DNS') return normal(value);
    if (kind === 'URI') return domainOf(value);
    return kind === 'IP Address' ? value.toLowerCase() : '';
  });
  return [...new Set(names)].filter((name) => name !== '');
}

/** wildcards: as HTTPS has them (RFC 9525 §6.3), for WebSockets; SIP has none (RFC 5922 §7.2). */
export function isNamed(certificate: X509Certificate, name: string, wildcards: boolean): boolean {
  if (name === '') return false;
  if (isIP(name) !== 0 && certificate.checkIP(name) !== undefined) return true;
  const wanted = normal(name);
  const names = namesOf(certificate);
  if (names.includes(wanted)) return true;
  const parent = /^[^.]+(\..+)$/.exec(wanted)?.[1];
  return wildcards && parent !== undefined && names.includes(`*${parent}`);
}

const MAX_SHOWN = 3;

/** Said where isNamed is false. */
export function nameFault(certificate: X509Certificate, name: string): string {
  const names = namesOf(certificate);
  const shown = names.slice(0, MAX_SHOWN).map((it) => `"${it.slice(0, 100)}"`);
  if (names.length > MAX_SHOWN) shown.push('others');
  return `the certificate of the server names ${shown.join(', ') || 'nothing'} instead of "${name}"`;
}
