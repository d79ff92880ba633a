/** Scenario files as SIPp reads them: the elements that stand for a block of blocks/ become what the block says. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'blocks');

interface Block {
  /** Its attributes and what they are where the element has none of that name. */
  defaults: ReadonlyMap<string, string>;
  text: string;
}

const attributesOf = (text: string): Map<string, string> =>
  new Map([...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]));

const withoutComments = (xml: string): string => xml.replace(/<!--[\s\S]*?-->\s*/g, '');

function readBlock(name: string): Block {
  const xml = withoutComments(readFileSync(join(folder, `${name}.xml`), 'utf8'));
  const [, head, text] = /^\s*<block([^>]*)>([\s\S]*)<\/block>\s*$/.exec(xml) ?? [];
  if (head === undefined || text === undefined) throw new Error(`blocks/${name}.xml has to be one <block>.`);
  return { defaults: attributesOf(head), text: text.trim() };
}

const blocks = new Map(
  readdirSync(folder)
    .map((file) => file.replace(/\.xml$/, ''))
    .map((name) => [name, readBlock(name)] as const),
);

// Longer names first: "call" begins "called" too.
const names = [...blocks.keys()].sort((a, b) => b.length - a.length).join('|');
const element = new RegExp(`<(${names})((?:\\s+[\\w-]+="[^"]*")*)\\s*(?:/>|>([\\s\\S]*?)</\\1>)`, 'g');

function expand(xml: string): string {
  return xml.replace(element, (_, name: string, attributes: string, content = '') => {
    const block = blocks.get(name);
    if (!block) throw new Error(`There is no block ${name}.`);
    const given = attributesOf(attributes);
    for (const it of given.keys()) if (!block.defaults.has(it)) throw new Error(`<${name}> has no ${it}.`);
    const values = new Map([...block.defaults, ...given, ['content', content.trim()]]);
    return expand(block.text.replace(/\{([\w-]+)\}/g, (hole, key: string) => values.get(key) ?? hole));
  });
}

/** Inside CDATA SIPp takes everything as it stands; a file that is XML has to write `<` as `&lt;` there. */
const asWritten = (xml: string): string => xml.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, (it) => it.replaceAll('&lt;', '<'));

/** SIPp refuses variables that nobody reads, so all of them are named at the end. */
function withReferences(xml: string): string {
  if (xml.includes('<Reference')) return xml;
  const variables = [...xml.matchAll(/assign_to="([^"]*)"/g)].flatMap(([, list = '']) => list.split(','));
  if (variables.length === 0) return xml;
  return xml.replace('</scenario>', `<Reference variables="${[...new Set(variables)].join(',')}" />\n</scenario>`);
}

/** The text that SIPp is given for a scenario file of this folder. */
export function readScenario(name: string): string {
  const xml = readFileSync(join(import.meta.dirname, `${name}.xml`), 'utf8').replace(/^<\?xml[^>]*>\s*/, '');
  return `<?xml version="1.0" encoding="UTF-8"?>\n${withReferences(asWritten(expand(xml)))}`;
}
