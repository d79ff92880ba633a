/** The elements of an XML text, with where each of their parts stands in it: for reading, and for changing one of them. */
import { UnreadableError } from './unreadable.ts';

export interface Attribute {
  /** Without a prefix, in lower case. */
  name: string;
  value: string;
  /** The value as it stands in the text, between its quotes. */
  start: number;
  end: number;
  quote: string;
}

export interface Element {
  /** Without a prefix, in lower case. */
  name: string;
  /** As written. */
  tag: string;
  /** Of its start tag; 1 is the first. */
  line: number;
  /** Where the start tag begins, where its name ends, and where the tag ends. */
  start: number;
  nameEnd: number;
  tagEnd: number;
  /** Where the end tag begins; null: the start tag is all there is (`<a/>`). */
  close: number | null;
  attributes: Attribute[];
  children: Element[];
}

const longestText = 1 << 20;

/** Files of people have a few; a parser of deeper ones would be the victim of somebody's joke. */
const deepest = 64;

/**
 * The root of a well-formed XML 1.0 text, in one pass and in time proportional to its length. Nothing that XML can bring in
 * from elsewhere is let in: a document type declaration, and so any entity but XML's own five, is refused. Prefixes need no
 * namespace. Throws UnreadableError.
 */
export function parseMarkup(text: string): Element {
  if (text.length > longestText) throw new UnreadableError('the file is larger than 1 MiB');
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new UnreadableError('a document type declaration is not allowed in it');
  return new Parser(text).parse();
}

class Parser {
  readonly #text: string;
  readonly #lines: LineCounter;
  readonly #roots: Element[] = [];
  readonly #open: Element[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#lines = new LineCounter(text);
  }

  parse(): Element {
    for (this.#skipBeside(); this.#at < this.#text.length; this.#skipBeside()) {
      const start = this.#at;
      const [, slash, tag = ''] = this.#next(tagName) ?? this.#fault(start);
      if (slash) this.#close(tag, start);
      else this.#begin(tag, start);
    }
    const [root] = this.#roots;
    return root && this.#open.length === 0 ? root : this.#unclosed();
  }

  /** What matches here, which is then behind us. */
  #next(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found) this.#at = pattern.lastIndex;
    return found;
  }

  #fault(place: number): never {
    throw notWellFormed(this.#lines.at(place));
  }

  #unclosed(): never {
    throw notWellFormed(this.#open.at(-1)?.line ?? this.#lines.at(this.#at));
  }

  #skipBeside(): void {
    for (let it = this.#next(beside); it; it = this.#next(beside)) {
      const [, words = ''] = it;
      if (this.#open.length > 0 ? !isLegal(words) : words.trim() !== '') this.#fault(it.index + words.search(/\S/));
    }
  }

  #begin(tag: string, start: number): void {
    const element: Element = {
      name: localName(tag),
      tag,
      line: this.#lines.at(start),
      start,
      nameEnd: this.#at,
      tagEnd: 0,
      close: null,
      attributes: [],
      children: [],
    };
    const line = element.line;
    const written = new Set<string>();
    for (let it = this.#next(attribute); it; it = this.#next(attribute)) {
      const [, name = '', value = ''] = it;
      if (written.has(name) || value.includes('<') || !isLegal(value)) throw notWellFormed(line);
      written.add(name);
      element.attributes.push(attributeFrom(name, value, this.#at));
    }
    const end = this.#next(tagEnd);
    if (!end) throw notWellFormed(line);
    element.tagEnd = this.#at;
    (this.#open.at(-1)?.children ?? this.#roots).push(element);
    if (this.#roots.length > 1) throw notWellFormed(line);
    if (end[1]) return;
    this.#open.push(element);
    if (this.#open.length > deepest) throw new UnreadableError('its elements are nested too deeply', line);
  }

  #close(tag: string, start: number): void {
    const [, empty] = this.#next(tagEnd) ?? this.#fault(start);
    const element = this.#open.at(-1);
    if (element?.tag !== tag || empty) this.#unclosed();
    element.close = start;
    this.#open.pop();
  }
}

const notWellFormed = (line: number): UnreadableError => new UnreadableError('it is not well-formed XML', line);

/** Comments, CDATA sections, processing instructions; or text. */
const beside = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|([^<]+)/y;
const tagName = /<(\/?)([\p{L}_:][\p{L}\p{M}\p{N}_:.-]*)/uy;
const attribute = /\s+([\p{L}_:][\p{L}\p{M}\p{N}_:.-]*)\s*=\s*("[^"]*"|'[^']*')/uy;
const tagEnd = /\s*(\/?)>/y;

/** XML 1.0 §2.2 */
const illegalCharacter = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

const strangeReference = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)/;

/** References are XML's own, or name characters that there are (XML 1.0 §4.1). */
const isLegal = (raw: string): boolean =>
  isWritable(raw) && !strangeReference.test(raw) && (!raw.includes('&#') || isWritable(unescaped(raw)));

/** Whether XML has a way of writing it. */
export const isWritable = (text: string): boolean => !illegalCharacter.test(text);

const localName = (name: string): string => name.slice(name.indexOf(':') + 1).toLowerCase();

function attributeFrom(name: string, quoted: string, end: number): Attribute {
  const raw = quoted.slice(1, -1);
  return {
    name: localName(name),
    value: unescaped(raw),
    start: end - 1 - raw.length,
    end: end - 1,
    quote: quoted.charAt(0),
  };
}

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** XML 1.0 §3.3.3: white space is a space, unless it is a reference. */
const unescaped = (raw: string): string =>
  raw.replace(/\r\n|[\t\r\n]/g, ' ').replace(/&(?:#x([\da-fA-F]+)|#(\d+)|(\w+));/g, (all, hex, decimal, name) => {
    if (name !== undefined) return entities.get(name) ?? all;
    const code = Number(hex === undefined ? decimal : `0x${hex}`);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\0';
  });

/** As the value of an attribute. */
export const escaped = (value: string, quote = '"'): string =>
  value.replace(/[&<>"'\t\r\n]/g, (it) => {
    if (it === '&') return '&amp;';
    if (it === '<') return '&lt;';
    if (it === '>') return '&gt;';
    if (it === '"' || it === "'") return it === quote ? (it === '"' ? '&quot;' : '&apos;') : it;
    return `&#${it.charCodeAt(0)};`;
  });

/** Asked for ever later places. */
class LineCounter {
  readonly #text: string;
  #line = 1;
  #seen = 0;

  constructor(text: string) {
    this.#text = text;
  }

  at(place: number): number {
    this.#line += this.#text.slice(this.#seen, place).match(/\r\n|\r|\n/g)?.length ?? 0;
    this.#seen = place;
    return this.#line;
  }
}
