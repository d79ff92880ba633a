/** Reads the text of a Softphone.config into what it says, without judging values. */
import { DOMParser, type Element, ParseError } from '@xmldom/xmldom';

export interface Connectivity {
  user: string;
  server: string;
  protocol: string;
  line: number;
}

export interface Setting {
  value: string;
  /** Where in the file, for messages; 1 is the first line. */
  line: number;
}

export interface SoftphoneConfig {
  connectivities: Connectivity[];
  /** By path: "policy.endpoint.rtp_port_min", "proxies.proxy0.nat.ice_enabled". A repeated setting: the last one. */
  settings: Map<string, Setting>;
}

const longestFile = 1 << 20;
const deepest = 8;

const named = (element: Element, name: string): boolean => (element.localName ?? '').toLowerCase() === name;

const children = (element: Element): Element[] => [...element.children];

const attribute = (element: Element, name: string): string => (element.getAttribute(name) ?? '').trim();

/** Throws an Error whose message is a clause for people: "line 12: …". */
export function readSoftphoneConfig(text: string): SoftphoneConfig {
  if (text.length > longestFile) throw new Error('the file is larger than 1 MiB');
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new Error('a document type declaration is not allowed in it');
  const root = parse(text);
  const config: SoftphoneConfig = { connectivities: [], settings: new Map() };
  for (const container of children(root)) {
    if (!named(container, 'container')) continue;
    if (attribute(container, 'name').toLowerCase() === 'basic') readBasic(container, config);
    else for (const settings of children(container)) readSections(settings, '', config, 0);
  }
  return config;
}

function parse(text: string): Element {
  let fault: number | null = null;
  const parser = new DOMParser({
    onError: (level, _, context) => {
      if (level !== 'warning') fault ??= Number(context?.locator?.lineNumber ?? 0);
    },
  });
  try {
    const root = parser.parseFromString(text.replace(/^\uFEFF/, ''), 'text/xml').documentElement;
    if (root && fault === null) return root;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    fault ??= error.locator?.lineNumber ?? 0;
  }
  // The parser's own words may quote the file, passwords included.
  throw new Error(`${fault ? `line ${fault}: ` : ''}it is not well-formed XML`);
}

function readBasic(container: Element, config: SoftphoneConfig): void {
  for (const element of children(container)) {
    if (!named(element, 'connectivity')) continue;
    config.connectivities.push({
      user: attribute(element, 'user'),
      server: attribute(element, 'server'),
      protocol: attribute(element, 'protocol').toLowerCase(),
      line: element.lineNumber ?? 0,
    });
  }
}

/** Domains and sections nest; each adds its name to the path of the settings in it. */
function readSections(element: Element, path: string, config: SoftphoneConfig, depth: number): void {
  if (depth > deepest) return;
  for (const child of children(element)) {
    const name = attribute(child, 'name');
    const childPath = path ? `${path}.${name}` : name;
    if (named(child, 'setting')) {
      config.settings.set(childPath, { value: attribute(child, 'value'), line: child.lineNumber ?? 0 });
    } else if (named(child, 'domain') || named(child, 'section')) readSections(child, childPath, config, depth + 1);
  }
}
