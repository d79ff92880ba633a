/** The number or address in a link of a web page, a mail or a directory: tel: (RFC 3966), sip: and sips: (RFC 3261 §19.1), callto:. */
import type { ToDial } from './to-dial.ts';

const longestLink = 1024;
/** As long as a target may be. */
const longestTarget = 256;
const longestExtension = 32;
const maxParameters = 16;

export type LinkReading = ToDial | { problem: string };

const problem = (text: string): LinkReading => ({ problem: text });

const schemes = ['tel', 'sip', 'sips', 'callto'];

/** What programs that hand on links make of "%23"; null where an escape is none. */
function unescaped(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** RFC 3966 §3: visual separators; white space and non-breaking hyphens are what people paste. */
const separators = /[\s\-.()\u2010-\u2013]/gu;
const globalNumber = /^\+[0-9]+$/;
/** RFC 3966 §3 phonedigit-hex; a to f are not dialled, but A to D are DTMF. */
const localNumber = /^[0-9A-D*#]+$/;
const extensionDigits = /^[0-9A-D*#]+$/;

const isNumber = (text: string): boolean => globalNumber.test(text) || localNumber.test(text);

/** Of "a=b;c", the names in lower case; the first of two wins. */
function parametersOf(parts: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const part of parts) {
    const [name = '', ...value] = part.split('=');
    const key = name.trim().toLowerCase();
    if (!found.has(key)) found.set(key, value.join('='));
  }
  return found;
}

/** rest: what follows "tel:", with its escapes. The context of a local number is not dialled (RFC 3966 §5.1.5). */
function readTel(rest: string): LinkReading {
  const [subscriber = '', ...parts] = rest.split(';');
  if (parts.length > maxParameters) return problem('It has too many parameters.');
  const number = unescaped(subscriber)?.replace(separators, '').toUpperCase();
  if (number === undefined || !isNumber(number)) return problem('What follows "tel:" is not a telephone number.');
  const extension = unescaped(parametersOf(parts).get('ext') ?? '')
    ?.replace(separators, '')
    .toUpperCase();
  if (extension === undefined || (extension !== '' && !extensionDigits.test(extension))) {
    return problem('Its extension is not a number.');
  }
  if (extension.length > longestExtension) return problem('Its extension is too long.');
  return { target: number, extension };
}

/** RFC 3261 §25.1 user, with escapes: nothing else may be in a target. */
const userPart = /^(?:[A-Za-z0-9\-_.!~*'()&=+$,/]|%[0-9A-Fa-f]{2})+$/;
const hostPart =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,253}[A-Za-z0-9])?\.?|\[[0-9A-Fa-f:.]{2,45}\])(?::[1-9][0-9]{0,4})?$/;
/** An escaped control character, or white space. */
const unfitEscape = /%(?:[01][0-9A-Fa-f]|20|7[Ff])/;

/**
 * rest: what follows "sip:". Header fields and parameters are left out: a link must not choose the method, the transport,
 * the way or the header fields of a request (RFC 3261 §19.1.5), and a password in it is nobody's business.
 */
function readSip(scheme: string, rest: string): LinkReading {
  const [address = ''] = rest.split('?');
  const at = address.lastIndexOf('@');
  const user = address.slice(0, Math.max(at, 0)).split(/[:;]/)[0] ?? '';
  const host = address.slice(at + 1).split(';')[0] ?? '';
  if (at < 0 || user === '') return problem(`What follows "${scheme}:" is not user@host.`);
  if (!userPart.test(user) || unfitEscape.test(user)) return problem('The name before "@" is none that can be called.');
  if (!hostPart.test(host) || Number(host.match(/:(\d+)$/)?.[1] ?? 0) > 65_535) {
    return problem('What follows "@" is not a host.');
  }
  return { target: `${scheme}:${user}@${host.toLowerCase()}`, extension: '' };
}

/** Not a standard: a number, user@host, or another link. */
function readCallto(rest: string): LinkReading {
  const [address = ''] = rest.split('?');
  const inner = /^(tel|sips?):/i.exec(address)?.[1];
  if (inner !== undefined) return readScheme(inner.toLowerCase(), address.slice(inner.length + 1));
  return address.includes('@') ? readSip('sip', address) : readTel(address);
}

function readScheme(scheme: string, rest: string): LinkReading {
  // "tel://+49…" is wrong and frequent.
  const place = rest.replace(/^\/\//, '').replace(/\/$/, '');
  if (scheme === 'tel') return readTel(place);
  return scheme === 'callto' ? readCallto(place) : readSip(scheme, place);
}

/** Never throws. */
export function readLink(link: string): LinkReading {
  const text = link.trim();
  if (text.length > longestLink) return problem(`It is longer than ${longestLink} characters.`);
  const [, scheme = '', rest = ''] = /^([a-z]+):(.*)$/is.exec(text) ?? [];
  const kind = scheme.toLowerCase();
  if (!schemes.includes(kind)) return problem(`It begins with none of ${schemes.map((it) => `${it}:`).join(', ')}.`);
  const read = readScheme(kind, rest);
  if ('target' in read && read.target.length > longestTarget) {
    return problem(`Its number is longer than ${longestTarget} characters.`);
  }
  return read;
}
