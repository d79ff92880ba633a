/** The little XML that event packages need: read without namespaces and within bounds, written without surprises. */
import { DOMParser, type Element } from '@xmldom/xmldom';

export interface XmlElement {
  /** When read: the local name. When written: with its prefix, if it has one. */
  name: string;
  attributes: ReadonlyMap<string, string>;
  children: readonly XmlElement[];
  /** The element's own, without white space around it. */
  text: string;
}

const LONGEST = 65_536;
/** The parser takes quadratic time for some nonsense, above all for "<" that begins no tag; this many are read in milliseconds. */
const MOST_TAGS = 2_048;
const tagStart = /[\p{L}_:/!?]/u;
const DEEPEST = 16;
const MOST_CHILDREN = 512;

/** Before the parser gets to see it. */
function isReadable(text: string): boolean {
  if (text.length > LONGEST || /<!(DOCTYPE|ENTITY)/i.test(text)) return false;
  let count = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    count += 1;
    if (count > MOST_TAGS || !tagStart.test(text[at + 1] ?? '')) return false;
  }
  return true;
}

const TEXT_NODE = 3;
const CDATA_NODE = 4;

function ownText(element: Element): string {
  let text = '';
  for (const node of element.childNodes)
    if (node.nodeType === TEXT_NODE || node.nodeType === CDATA_NODE) text += node.nodeValue ?? '';
  return text.trim();
}

function attributesOf(element: Element): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const attribute of element.attributes)
    if (attribute.name !== 'xmlns' && attribute.prefix !== 'xmlns')
      found.set(attribute.localName ?? attribute.name, attribute.value);
  return found;
}

function convert(element: Element, depth: number): XmlElement | null {
  const elements = [...element.children];
  if (depth > DEEPEST || elements.length > MOST_CHILDREN) return null;
  const children: XmlElement[] = [];
  for (const child of elements) {
    const converted = convert(child, depth + 1);
    if (!converted) return null;
    children.push(converted);
  }
  return { name: element.localName ?? '', attributes: attributesOf(element), children, text: ownText(element) };
}

/** The root; null for what is not well-formed, too large, or has a document type declaration. */
export function readXml(text: string): XmlElement | null {
  if (!isReadable(text)) return null;
  let faulty = false;
  try {
    const parser = new DOMParser({
      onError: (level) => {
        faulty ||= level !== 'warning';
      },
    });
    const root = parser.parseFromString(text.replace(/^\uFEFF/, '').trim(), 'text/xml').documentElement;
    return root && !faulty ? convert(root, 1) : null;
  } catch {
    return null;
  }
}

export const childOf = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((child) => child.name === name);

export const childrenOf = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter((child) => child.name === name);

/** The text of the element at the end of the path; '' where there is none. */
export function textAt(element: XmlElement, ...path: readonly string[]): string {
  let found: XmlElement | undefined = element;
  for (const name of path) found = childOf(found, name);
  return found?.text ?? '';
}

/** For writing: an element with text or with elements in it. */
export const element = (
  name: string,
  content: string | readonly XmlElement[] = '',
  attributes: Readonly<Record<string, string>> = {},
): XmlElement => ({
  name,
  attributes: new Map(Object.entries(attributes)),
  children: typeof content === 'string' ? [] : content,
  text: typeof content === 'string' ? content : '',
});

const special = '<>&"\'';

/** Plain ASCII, whatever the receiver takes the encoding for. Characters that XML 1.0 has no place for are left out. */
function escaped(text: string): string {
  let result = '';
  for (const character of text.toWellFormed()) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 32 && code < 127 && !special.includes(character)) result += character;
    else if (code >= 32 || code === 9 || code === 10 || code === 13) result += `&#${code};`;
  }
  return result;
}

function write({ name, attributes, children, text }: XmlElement): string {
  const pairs = [...attributes].map(([key, value]) => ` ${key}="${escaped(value)}"`).join('');
  const content = escaped(text) + children.map(write).join('');
  return content === '' ? `<${name}${pairs}/>` : `<${name}${pairs}>${content}</${name}>`;
}

export const writeXml = (root: XmlElement): string => `<?xml version="1.0" encoding="UTF-8"?>\r\n${write(root)}\r\n`;
