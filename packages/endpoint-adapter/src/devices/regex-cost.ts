/** What an administrator's regular expression may cost at most. Pure. */

/** Device names are longer only by mistake. */
export const longestName = 256;
const longestSource = 256;
/** Some milliseconds, with a name that was made for it. */
const affordableSteps = 1_000_000;
/** Names that are shorter than this are common. */
const shortestUsefulName = 32;

interface Group {
  /** Something in it is repeated, or one of several. */
  hasChoice: boolean;
  branches: number;
}

interface Choices {
  /** Quantifiers without an upper bound. */
  unbounded: number;
  /** In how many ways everything else can match. */
  ways: number;
}

const quantifier = /(?:([*+])|(\?)|\{(\d+)(?:(,)(\d*))?\})\??/y;

function readQuantifier(source: string, at: number): { length: number; min: number; max: number } | null {
  quantifier.lastIndex = at;
  const found = quantifier.exec(source);
  if (found === null) return null;
  const [{ length }, unbounded, optional, least = '', comma, most = ''] = found;
  if (unbounded !== undefined) return { length, min: 0, max: Number.POSITIVE_INFINITY };
  if (optional !== undefined) return { length, min: 0, max: 1 };
  const min = Number(least);
  if (comma === undefined) return { length, min, max: min };
  return { length, min, max: most === '' ? Number.POSITIVE_INFINITY : Number(most) };
}

/** Behind the atom that begins at `at`; groups are entered, not passed. */
function afterAtom(source: string, at: number): number {
  if (source[at] === '\\') return at + 2;
  if (source[at] !== '[') return at + 1;
  let end = at + 1;
  while (end < source.length && source[end] !== ']') end += source[end] === '\\' ? 2 : 1;
  return end + 1;
}

/** null: what is repeated can itself match in several ways, which may take for ever. `source` is valid. */
function countChoices(source: string): Choices | null {
  const choices: Choices = { unbounded: 0, ways: 1 };
  const outer: Group[] = [];
  let group: Group = { hasChoice: false, branches: 1 };
  for (let at = 0; at < source.length; ) {
    if (source[at] === '(') {
      outer.push(group);
      group = { hasChoice: false, branches: 1 };
      // The question mark of "(?:", "(?=" and their like is no quantifier.
      at += source[at + 1] === '?' ? 2 : 1;
      continue;
    }
    if (source[at] === '|') {
      group.hasChoice = true;
      group.branches++;
      at++;
      continue;
    }
    let inner: Group | null = null;
    if (source[at] === ')') {
      inner = group;
      choices.ways *= inner.branches;
      group = outer.pop() ?? group;
      group.hasChoice ||= inner.hasChoice;
      at++;
    } else {
      at = afterAtom(source, at);
    }
    const repeat = readQuantifier(source, at);
    if (repeat === null) continue;
    at += repeat.length;
    if (inner?.hasChoice && repeat.max > 1) return null;
    group.hasChoice = true;
    if (repeat.min > longestName) choices.ways = Number.POSITIVE_INFINITY;
    if (repeat.max === Number.POSITIVE_INFINITY) choices.unbounded++;
    else choices.ways *= Math.min(longestName, repeat.max - repeat.min) + 1;
  }
  choices.ways *= group.branches;
  return choices;
}

/** Where each unbounded quantifier and the beginning may lie in a name: combinations with repetition. */
function placements(nameLength: number, unbounded: number): number {
  let count = 1;
  for (let i = 1; i <= unbounded + 1; i++) count *= (nameLength + i) / i;
  return count;
}

/** What may stand before and after what is looked for changes nothing, and costs the most. */
const withoutEnds = (source: string): string =>
  source.replace(/^\^?(?:\.\*)+(?![?+*{])/, '').replace(/(?<!\\)(?:\.\*)+\$?$/, '');

function isExpression(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}

/** The expression without what is superfluous, and the longest name that it can be tried on; or why it can't be used. */
export function boundExpression(source: string): { expression: RegExp; nameLimit: number } | { refusal: string } {
  if (source.length > longestSource) return { refusal: `it has more than ${longestSource} characters` };
  if (!isExpression(source)) return { refusal: 'it is not a regular expression' };
  const short = withoutEnds(source);
  const choices = countChoices(short);
  if (choices === null)
    return { refusal: 'what it repeats is itself repeated or one of several, which may take for ever' };
  for (let nameLimit = longestName; nameLimit >= shortestUsefulName; nameLimit -= 16) {
    const steps = choices.ways * placements(nameLimit, choices.unbounded);
    if (steps <= affordableSteps) return { expression: new RegExp(short, 'i'), nameLimit };
  }
  return { refusal: 'it can match in too many ways' };
}
