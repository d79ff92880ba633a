/** Reads the text of a Softphone.config into what it says, without judging values. */
import { type Element, parseMarkup } from './markup.ts';

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
  /** Settings in place of which a later one counts. */
  repeated: { path: string; line: number; firstLine: number }[];
}

/** Where there is no file. */
export const emptyConfig: SoftphoneConfig = { connectivities: [], settings: new Map(), repeated: [] };

const deepest = 8;

/** Throws UnreadableError. */
export function readSoftphoneConfig(text: string): SoftphoneConfig {
  const root = parseMarkup(text);
  const config: SoftphoneConfig = {
    connectivities: connectivitiesIn(root).map((element) => ({
      user: attributeOf(element, 'user'),
      server: attributeOf(element, 'server'),
      protocol: attributeOf(element, 'protocol').toLowerCase(),
      line: element.line,
    })),
    settings: new Map(),
    repeated: [],
  };
  for (const { path, element } of partsIn(root)) {
    if (element.name !== 'setting') continue;
    const earlier = config.settings.get(path);
    if (earlier) config.repeated.push({ path, line: element.line, firstLine: earlier.line });
    config.settings.set(path, { value: attributeOf(element, 'value'), line: element.line });
  }
  return config;
}

/** Trimmed; empty where there is none. */
export const attributeOf = (element: Element, name: string): string =>
  element.attributes.find((it) => it.name === name)?.value.trim() ?? '';

const isBasic = (container: Element): boolean => attributeOf(container, 'name').toLowerCase() === 'basic';

const containersIn = (root: Element): Element[] => root.children.filter((it) => it.name === 'container');

export const basicIn = (root: Element): Element | undefined => containersIn(root).find(isBasic);

export const connectivitiesIn = (root: Element): Element[] =>
  containersIn(root)
    .filter(isBasic)
    .flatMap((container) => container.children)
    .filter((it) => it.name === 'connectivity');

/** The elements that hold the domains. */
export const holdersIn = (root: Element): Element[] =>
  containersIn(root)
    .filter((it) => !isBasic(it))
    .flatMap((container) => container.children);

export interface Part {
  /** Domains and sections nest; each adds its name to the path of what is in it. */
  path: string;
  /** A domain, a section or a setting. */
  element: Element;
}

/** No option's is half as long. */
const longestPath = 256;

/** In the order of the text. */
export const partsIn = (root: Element): Part[] => holdersIn(root).flatMap((it) => partsBelow(it, '', 0));

function partsBelow(holder: Element, above: string, depth: number): Part[] {
  if (depth > deepest) return [];
  return holder.children.flatMap((element) => {
    const name = attributeOf(element, 'name');
    const path = above ? `${above}.${name}` : name;
    // Of each setting the path is kept: a long name above many of them would fill the memory.
    if (path.length > longestPath) return [];
    if (element.name === 'setting') return [{ path, element }];
    if (element.name !== 'domain' && element.name !== 'section') return [];
    return [{ path, element }, ...partsBelow(element, path, depth + 1)];
  });
}
