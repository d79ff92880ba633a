/** Says what people read, in the language in use. */
import { makeSource, type Source } from '../source.ts';
import { en, type Words } from './en.ts';
import { type FactsFor, flatten, type KeysOf, type Message, type MessageAt } from './message.ts';

/** The sentences of a row of the failure catalogue; `{name}` takes the fact of that name. */
export interface FailureWords {
  readonly message: string;
  readonly cause: string;
  readonly remedy: string;
}

/** What a translator writes. */
export interface Translation {
  readonly words: Words;
  /** By code: "TL1001". */
  readonly failures: Readonly<Record<string, FailureWords>>;
}

export interface Language extends Translation {
  /** BCP 47. */
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
}

/** Its failures are said by the failures themselves. */
export const english: Language = { tag: 'en', direction: 'ltr', words: en, failures: {} };

/** The language in use. */
export const language: Source<Language> = makeSource(english);

export type Key = KeysOf<typeof en>;

const flattened = new WeakMap<Words, Map<string, Message>>();
function messagesOf(words: Words): Map<string, Message> {
  const known = flattened.get(words);
  if (known) return known;
  const messages = flatten(words);
  flattened.set(words, messages);
  return messages;
}

type Facts = Readonly<Record<string, string | number>>;

/** Numbers are written as the language writes them. */
export const fill = (text: string, facts: Facts, tag: string): string =>
  text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const fact = facts[name];
    return typeof fact === 'number' ? new Intl.NumberFormat(tag).format(fact) : (fact ?? placeholder);
  });

/** The message of that key, with the facts filled in. */
export function say<Path extends Key>(key: Path, ...facts: FactsFor<MessageAt<typeof en, Path>>): string;
export function say(key: Key, facts: Facts = {}): string {
  const { words, tag } = language.get();
  const message = messagesOf(words).get(key) ?? '';
  if (typeof message === 'string') return fill(message, facts, tag);
  const form = new Intl.PluralRules(tag).select(Number(facts.count));
  return fill(message[form] ?? message.other, facts, tag);
}
