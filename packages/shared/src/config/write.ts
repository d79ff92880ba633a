/** Changes one setting in the text of a Softphone.config; all the rest stays as it is, to the character. */
import { type Element, escaped, isWritable, parseMarkup } from './markup.ts';
import { basicIn, connectivitiesIn, holdersIn, type Part, partsIn } from './softphone-config.ts';

/**
 * path: as in readSoftphoneConfig, or "user:0", "server:0", "protocol:0" for an attribute of a Connectivity. A setting that
 * is not there yet goes to the end of its section, which is made where there is none. Throws UnreadableError for a text that
 * can't be read, and RangeError for a value that XML has no characters for or a place that can't be made.
 */
export function changeSetting(text: string, path: string, value: string): string {
  if (!isWritable(value)) throw new RangeError('a character of the value cannot be written in XML');
  const root = parseMarkup(text);
  const [, attribute, index] = /^(user|server|protocol):(\d+)$/.exec(path) ?? [];
  if (attribute !== undefined) return changeConnectivity(text, root, attribute, Number(index), value);
  const parts = partsIn(root);
  const settings = parts.filter(({ element }) => element.name === 'setting');
  const found =
    settings.findLast((it) => it.path === path) ??
    settings.findLast((it) => it.path.toLowerCase() === path.toLowerCase());
  return found ? withAttribute(text, found.element, 'value', value) : withNewSetting(text, root, parts, path, value);
}

function changeConnectivity(text: string, root: Element, attribute: string, index: number, value: string): string {
  const all = connectivitiesIn(root);
  const element = all[index];
  if (element) return withAttribute(text, element, attribute, value);
  const basic = basicIn(root);
  if (!basic || index !== all.length) throw new RangeError(`there is no Connectivity ${index}`);
  return appended(text, basic, [`<Connectivity ${attribute}="${escaped(value)}"/>`]);
}

function withAttribute(text: string, element: Element, name: string, value: string): string {
  const attribute = element.attributes.find((it) => it.name === name);
  if (!attribute) return spliced(text, element.nameEnd, element.nameEnd, ` ${name}="${escaped(value)}"`);
  return spliced(text, attribute.start, attribute.end, escaped(value, attribute.quote));
}

const spliced = (text: string, start: number, end: number, between: string): string =>
  text.slice(0, start) + between + text.slice(end);

function withNewSetting(text: string, root: Element, parts: readonly Part[], path: string, value: string): string {
  const names = namesIn(path);
  if (names.length < 2 || names.includes('')) throw new RangeError(`"${path}" is no path of a setting`);
  const above = (count: number): string => names.slice(0, count).join('.').toLowerCase();
  // As many of the sections around it as are there.
  let depth = names.length - 1;
  let holder: Element | undefined;
  for (; depth > 0 && !holder; depth -= 1) {
    holder = parts.findLast((it) => it.element.name !== 'setting' && it.path.toLowerCase() === above(depth))?.element;
    if (holder) break;
  }
  holder ??= holdersIn(root)[0];
  if (!holder) throw new RangeError('there is no container for settings');
  const missing = names.slice(depth, -1);
  const opening = missing.map((name, at) => `<${depth + at === 0 ? 'domain' : 'section'} name="${escaped(name)}">`);
  const closing = missing.map((_, at) => `</${depth + at === 0 ? 'domain' : 'section'}>`).reverse();
  const setting = `<setting name="${escaped(names.at(-1) ?? '')}" value="${escaped(value)}"/>`;
  const indented = (line: string, level: number): string => '  '.repeat(level) + line;
  return appended(text, holder, [
    ...opening.map(indented),
    indented(setting, missing.length),
    ...closing.map((line, at) => indented(line, missing.length - 1 - at)),
  ]);
}

/** The names of codecs may have dots. */
function namesIn(path: string): string[] {
  const [, codec, parameter] = /^codecs\.(.+)\.([^.]+)$/.exec(path) ?? [];
  return codec !== undefined && parameter !== undefined ? ['codecs', codec, parameter] : path.split('.');
}

/** lines: whole elements, to be the last in the other one; they are indented as what stands there. */
function appended(text: string, element: Element, lines: readonly string[]): string {
  const lineEnd = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
  const last = element.children.at(-1);
  const own = indentationAt(text, element.start);
  const indentation = last && last.line !== element.line ? indentationAt(text, last.start) : `${own}  `;
  const block = lines.map((line) => lineEnd + indentation + line).join('');
  if (element.close === null) {
    const slash = text.lastIndexOf('/', element.tagEnd);
    return spliced(text, slash, element.tagEnd, `>${block}${lineEnd}${own}</${element.tag}>`);
  }
  // Behind the last thing that stands in it; what follows is the white space before the end tag.
  const before = text.slice(0, element.close).trimEnd().length;
  const tail = text.slice(before, element.close);
  return spliced(text, before, element.close, block + (/[\r\n]/.test(tail) ? tail : lineEnd + own));
}

function indentationAt(text: string, place: number): string {
  const lineStart = Math.max(text.lastIndexOf('\n', place - 1), text.lastIndexOf('\r', place - 1)) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, place))?.[0] ?? '';
}
