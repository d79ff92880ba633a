/** Text of a file, and its bytes: as its byte order mark or its XML declaration says, else UTF-8. */
import { UnreadableError } from './unreadable.ts';

const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;

export interface Encoding {
  name: (typeof encodings)[number];
  byteOrderMark: boolean;
}

export interface Decoded {
  text: string;
  encoding: Encoding;
  /** What it says it is and is not; empty: nothing. */
  untrue: string;
}

const byteOrderMarks: readonly (readonly [Encoding['name'], readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** Text without its byte order mark. Throws UnreadableError. */
export function decode(bytes: Uint8Array): Decoded {
  const [name, mark = []] = byteOrderMarks.find(([, it]) => it.every((byte, at) => bytes[at] === byte)) ?? [];
  if (name) {
    const text = decodedAs(name, bytes.subarray(mark.length));
    if (text === null) throw new UnreadableError(`it is not ${name} text, as which it begins`);
    return { text, encoding: { name, byteOrderMark: true }, untrue: '' };
  }
  const said = declared(bytes);
  const text = decodedAs(said, bytes);
  if (text !== null) return { text, encoding: { name: said, byteOrderMark: false }, untrue: '' };
  // What editors of Windows write where nobody says otherwise.
  const fallback = 'windows-1252';
  return {
    text: decodedAs(fallback, bytes) ?? '',
    encoding: { name: fallback, byteOrderMark: false },
    untrue: `it is not ${said} text`,
  };
}

/** The same bytes again for the same text; characters that the encoding does not have become references (XML 1.0 §4.1). */
export function encode(text: string, { name, byteOrderMark }: Encoding): Uint8Array {
  const [, mark = []] = byteOrderMarks.find(([it]) => it === name) ?? [];
  const bytes = encodedAs(name, text);
  return byteOrderMark ? Buffer.concat([Uint8Array.from(mark), bytes]) : bytes;
}

function decodedAs(name: Encoding['name'], bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(name, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** XML 1.0 §4.3.3. "utf-16" without a byte order mark is what some programs of Windows write into UTF-8. */
function declared(bytes: Uint8Array): Encoding['name'] {
  const [first = 0, second = 0] = bytes;
  if (first === 0x3c && second === 0) return 'utf-16le';
  if (first === 0 && second === 0x3c) return 'utf-16be';
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const label = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1]?.toLowerCase() ?? 'utf-8';
  if (['utf-8', 'utf8', 'us-ascii', 'ascii', 'utf-16'].includes(label)) return 'utf-8';
  // The second is taken for the first by everybody (WHATWG Encoding §4.2).
  if (['windows-1252', 'cp1252', 'iso-8859-1', 'latin1'].includes(label)) return 'windows-1252';
  throw new UnreadableError(`its encoding is none of ${encodings.join(', ')}`);
}

function encodedAs(name: Encoding['name'], text: string): Uint8Array {
  switch (name) {
    case 'utf-8':
      return Buffer.from(text, 'utf8');
    case 'utf-16le':
      return Buffer.from(text, 'utf16le');
    case 'utf-16be':
      return Buffer.from(text, 'utf16le').swap16();
    case 'windows-1252':
      return Uint8Array.from(Array.from(text).flatMap((it) => windows1252().get(it) ?? [...reference(it)]));
  }
}

const reference = (character: string): Uint8Array => Buffer.from(`&#x${character.codePointAt(0)?.toString(16)};`);

function windows1252(): ReadonlyMap<string, number> {
  const decoder = new TextDecoder('windows-1252');
  byteOfCharacter ??= new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  return byteOfCharacter;
}
let byteOfCharacter: ReadonlyMap<string, number> | undefined;
