/** The comma lists of the device options, read and written. Quotes keep commas, colons and quotes together. Pure. */

const longestText = 4096;
const longestList = 64;

export interface ReadList<T> {
  entries: T[];
  /** Clauses for people. */
  mistakes: string[];
}

/** Names of a microphone and a loudspeaker that are a headset together. */
export interface NamePair {
  microphone: string;
  speaker: string;
}

/** A quote within quotes is doubled: a backslash belongs to regular expressions. */
const quoted = { ',': partIn('[,]'), ':': partIn('[,:]') };
/** A comma in the braces of a regular expression's quantifier separates nothing. */
const plain = { ',': /(?:\{\d+,\d*\}|[^,])*/y, ':': /(?:\{\d+,\d*\}|[^,:])*/y };

function partIn(delimiter: string): RegExp {
  return new RegExp(`\\s*(?:"((?:[^"]|"")*)"|'((?:[^']|'')*)')\\s*(?=${delimiter}|$)`, 'y');
}

function readPart(text: string, at: number, separator: ',' | ':', mistakes: string[]): { part: string; end: number } {
  const inQuotes = quoted[separator];
  inQuotes.lastIndex = at;
  const found = inQuotes.exec(text);
  if (found !== null) {
    const part = found[1]?.replaceAll('""', '"') ?? found[2]?.replaceAll("''", "'") ?? '';
    return { part, end: inQuotes.lastIndex };
  }
  const unquoted = plain[separator];
  unquoted.lastIndex = at;
  const part = (unquoted.exec(text)?.[0] ?? '').trim();
  if (/^["']/.test(part)) mistakes.push(`the quotes of ${part} are not those of a whole name, and are taken literally`);
  return { part, end: unquoted.lastIndex };
}

/** Rows are separated by commas, and with ':' their parts by colons. */
function readRows(whole: string, separator: ',' | ':'): ReadList<string[]> {
  const text = whole.slice(0, longestText);
  const mistakes = text === whole ? [] : [`what comes after ${longestText} characters is left out`];
  const entries: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at <= text.length; at++) {
    const { part, end } = readPart(text, at, separator, mistakes);
    row.push(part);
    at = end;
    if (text[at] === ':' && separator === ':') continue;
    if (row.some((each) => each !== '')) entries.push(row);
    row = [];
  }
  if (entries.length > longestList) mistakes.push(`what comes after ${longestList} entries is left out`);
  return { entries: entries.slice(0, longestList), mistakes };
}

/** `headset_name` and its like: names, the preferred one first. */
export function readNames(text: string): ReadList<string> {
  const { entries, mistakes } = readRows(text, ',');
  return { entries: entries.flat(), mistakes };
}

/** `include_headset`: `microphone:speaker[,microphone:speaker…]`. */
export function readPairs(text: string): ReadList<NamePair> {
  const { entries, mistakes } = readRows(text, ':');
  const pairs: NamePair[] = [];
  for (const row of entries) {
    const [microphone = '', speaker = ''] = row;
    if (row.length === 2 && microphone !== '' && speaker !== '') pairs.push({ microphone, speaker });
    else mistakes.push(`${printPart(row.join(':'))} is not a microphone and a loudspeaker with one colon between them`);
  }
  return { entries: pairs, mistakes };
}

const printPart = (name: string): string => (/[,:"']|^\s|\s$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);

export const printNames = (names: readonly string[]): string => names.map(printPart).join(', ');

export const printPairs = (pairs: readonly NamePair[]): string =>
  pairs.map(({ microphone, speaker }) => `${printPart(microphone)}:${printPart(speaker)}`).join(', ');
