/** Numbers as people write, copy and paste them. */

const scheme = /^(?:tel|callto|phone):\/*/i;
/** Spaces and dashes of every width, the marks of RFC 3966 section 5.1.1, and the marks of direction that come with copied numbers. */
const separators = /[\s\u2000-\u200f\u2010-\u2015\u202a-\u202e\u2060-\u2069\ufeff().\-/]/g;
const numberOnly = /^\+?[0-9*#]+$/;

/** "+4930123456" for "tel:+49 (0)30 / 123-456": what can be dialled. What isn't a number is only trimmed. */
export function dialText(text: string): string {
  const isLink = scheme.test(text.trim());
  const bare = text.trim().replace(scheme, '');
  // Parameters of a link (RFC 3966) name no other number.
  const target = isLink ? (bare.split(';')[0] ?? '') : bare;
  // The zero in "+49 (0)30" is for callers from within the country.
  const number = target.replace(/^(\+\d{1,3}\s*)\(0\)/, '$1').replace(separators, '');
  return numberOnly.test(number) ? number : target.replace(/\s+/g, ' ');
}
