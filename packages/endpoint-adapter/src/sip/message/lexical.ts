/** The smallest pieces of a header field (RFC 3261 §25.1), read from left to right and each character once. */

const SPACE = 32;
const TAB = 9;
const QUOTE = 34;
const BACKSLASH = 92;

const tokenCharacters = new Uint8Array(128);
for (const c of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.!%*_+`'~")
  tokenCharacters[c.charCodeAt(0)] = 1;

export const isSpace = (code: number): boolean => code === SPACE || code === TAB;

/** Where the white space that begins at `at` ends. */
export function skipSpace(text: string, at: number): number {
  let i = at;
  while (isSpace(text.charCodeAt(i))) i++;
  return i;
}

/** Without spaces and tabs around it. What else counts as white space elsewhere is part of a value here. */
export function trimSpace(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(Math.min(skipSpace(text, 0), end), end);
}

/** Where the token that begins at `at` ends; `at` where there is none. */
export function skipToken(text: string, at: number): number {
  let i = at;
  while (tokenCharacters[text.charCodeAt(i)] === 1) i++;
  return i;
}

export const isToken = (text: string): boolean => text !== '' && skipToken(text, 0) === text.length;

export const isDigits = (text: string): boolean => {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return text !== '';
};

/** The quoted string that begins at `at`, without quotes and escapes, and where it ends; null where it doesn't. */
export function readQuoted(text: string, at: number): { text: string; end: number } | null {
  let read = '';
  let start = at + 1;
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) return { text: read + text.slice(start, i), end: i + 1 };
    if (code !== BACKSLASH) continue;
    read += text.slice(start, i);
    start = ++i;
  }
  return null;
}

/** A quoted string can't hold the end of a line, not even escaped. */
export const quote = (text: string): string =>
  `"${text.replace(/[\r\n]/g, ' ').replace(/["\\]/g, (character) => `\\${character}`)}"`;
