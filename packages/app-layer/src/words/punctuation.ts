/** Puts sentences, and parts of them, together with the marks of the language in use. */
import { language } from './say.ts';

/** Each with the spaces that it has around it. */
interface Marks {
  stop: string;
  comma: string;
  semicolon: string;
  colon: string;
}

const usual: Marks = { stop: '. ', comma: ', ', semicolon: '; ', colon: ': ' };

/** By language, or by language and region. */
const others: Readonly<Record<string, Marks>> = {
  ar: { ...usual, comma: '، ', semicolon: '؛ ' },
  'fr-FR': { ...usual, semicolon: '\u00a0; ', colon: '\u00a0: ' },
  ja: { stop: '。', comma: '、', semicolon: '；', colon: '：' },
  zh: { stop: '。', comma: '，', semicolon: '；', colon: '：' },
};

function marks(): Marks {
  const { tag } = language.get();
  return others[tag] ?? others[tag.split('-')[0] ?? ''] ?? usual;
}

/** A fact at the end may bring its own full stop, in a quotation or held apart from text of another direction. */
const isEnded = (text: string): boolean => /[.!?…。．！？؟][\u2069"'”’»」』)）]*$/.test(text);

/** With a full stop where it has none; nothing stays nothing. */
export const sentence = (text: string): string => (text === '' || isEnded(text) ? text : text + marks().stop.trim());

const nonEmpty = (texts: readonly string[]): string[] => texts.filter((text) => text !== '');

/** One after the other; the last one ends as it is given. */
export function sentences(texts: readonly string[]): string {
  const { stop } = marks();
  const all = nonEmpty(texts);
  const last = all.pop() ?? '';
  return all.map((text) => (isEnded(text) ? text + stop.slice(1) : text + stop)).join('') + last;
}

/** "Not ready, reason 2": what belongs together, without the empty ones. */
export const parts = (texts: readonly string[], mark: 'comma' | 'semicolon'): string =>
  nonEmpty(texts).join(marks()[mark]);

/** "602: On hold" */
export const labelled = (label: string, text: string): string => label + marks().colon + text;
