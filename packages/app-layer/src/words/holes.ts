/** What a translation lacks beside the keys that its type already proves: for the test of all languages. */
import { en } from './en.ts';
import { flatten, type Message, type MessageTree, placeholdersOf } from './message.ts';
import type { FailureWords } from './say.ts';

const wholeNumbers = Array.from({ length: 200 }, (_, count) => count);

/** The plural categories that the language has for the numbers people count to. */
export function categoriesOf(tag: string): Intl.LDMLPluralRule[] {
  const rules = new Intl.PluralRules(tag);
  return [...new Set(wholeNumbers.map((count) => rules.select(count)))];
}

const formsOf = (message: Message): [string, string][] =>
  typeof message === 'string' ? [['', message]] : Object.entries(message);

/** A form for one, two or none may say the number in a word. */
const isCounted = (category: string) => !['zero', 'one', 'two'].includes(category);

function wrongPlaceholders(category: string, text: string, expected: readonly string[]): boolean {
  const found = placeholdersOf(text);
  const free = (names: readonly string[]) => (isCounted(category) ? names : names.filter((name) => name !== 'count'));
  return free(found).join() !== free(expected).join();
}

function holesIn(path: string, message: Message, original: Message, tag: string): string[] {
  const isPlural = typeof message !== 'string';
  if (isPlural === (typeof original === 'string')) return [`${path}: is ${isPlural ? '' : 'not '}a plural`];
  const expected = placeholdersOf(typeof original === 'string' ? original : original.other);
  const forms = formsOf(message);
  const lacking = isPlural ? categoriesOf(tag).filter((category) => message[category] === undefined) : [];
  return [
    ...lacking.map((category) => `${path}: no form for "${category}"`),
    ...forms.filter(([, text]) => text.trim() === '').map(([category]) => `${path} ${category}: is empty`),
    ...forms
      .filter(([category, text]) => text.trim() !== '' && wrongPlaceholders(category, text, expected))
      .map(([category, text]) => `${path} ${category}: has {${placeholdersOf(text)}} for {${expected}}`),
  ];
}

/** Each thing that is missing, too much or wrong in the words of a language, compared with English. */
export function holesInWords(words: MessageTree, tag: string): string[] {
  const originals = flatten(en);
  const messages = flatten(words);
  return [
    ...[...originals.keys()].filter((path) => !messages.has(path)).map((path) => `${path}: is missing`),
    ...[...messages].flatMap(([path, message]) => {
      const original = originals.get(path);
      return original === undefined ? [`${path}: is in no other language`] : holesIn(path, message, original, tag);
    }),
  ];
}

interface Row extends FailureWords {
  code: string;
}

/** Each thing that is missing, too much or wrong in the failures of a language, compared with the catalogue. */
export function holesInFailures(failures: Readonly<Record<string, FailureWords>>, rows: readonly Row[]): string[] {
  const codes = new Set(rows.map(({ code }) => code));
  return [
    ...Object.keys(failures).flatMap((code) => (codes.has(code) ? [] : [`${code}: is not in the catalogue`])),
    ...rows.flatMap((row) => {
      const words = failures[row.code];
      if (!words) return [`${row.code}: is missing`];
      return (['message', 'cause', 'remedy'] as const).flatMap((part) => {
        const expected = [...new Set(placeholdersOf(row[part]))];
        const found = [...new Set(placeholdersOf(words[part]))];
        const fits = expected.join() === found.join();
        return words[part].trim() === '' || !fits ? [`${row.code} ${part}: has {${found}} for {${expected}}`] : [];
      });
    }),
  ];
}
