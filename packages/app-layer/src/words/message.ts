/** What a language is made of: messages with `{name}` placeholders, in groups, and one form per plural category. */

/** The forms of a message that depend on `{count}`, by the categories of Intl.PluralRules. */
export interface Plural {
  readonly zero?: string;
  readonly one?: string;
  readonly two?: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}
export type Message = string | Plural;
export interface MessageTree {
  readonly [name: string]: Message | MessageTree;
}

/** The shape of a tree in any language: the same keys, no key missing and none too many. */
export type Translated<Tree> = Tree extends string
  ? string
  : Tree extends Plural
    ? Plural
    : { readonly [Name in keyof Tree]: Translated<Tree[Name]> };

/** The dotted paths of a tree's messages. */
export type KeysOf<Tree> = {
  [Name in keyof Tree & string]: Tree[Name] extends Message ? Name : `${Name}.${KeysOf<Tree[Name]>}`;
}[keyof Tree & string];

/** What is at a dotted path. */
export type MessageAt<Tree, Path extends string> = Path extends `${infer Head}.${infer Rest}`
  ? Head extends keyof Tree
    ? MessageAt<Tree[Head], Rest>
    : never
  : Path extends keyof Tree
    ? Tree[Path]
    : never;

type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type NamesOf<It> = It extends string ? NamesIn<It> : It extends Plural ? 'count' | NamesIn<It[keyof It]> : never;

/** The arguments that a message asks for: none, or an object with one fact per placeholder. */
export type FactsFor<It> = [NamesOf<It>] extends [never]
  ? []
  : [facts: { readonly [Name in NamesOf<It>]: Name extends 'count' ? number : string | number }];

export const isMessage = (it: Message | MessageTree): it is Message =>
  typeof it === 'string' || typeof it.other === 'string';

/** All messages by their dotted paths. */
export function flatten(tree: MessageTree, prefix = ''): Map<string, Message> {
  const flat = new Map<string, Message>();
  for (const [name, it] of Object.entries(tree)) {
    if (isMessage(it)) flat.set(prefix + name, it);
    else for (const [path, message] of flatten(it, `${prefix}${name}.`)) flat.set(path, message);
  }
  return flat;
}

/** The names of the placeholders of a text, sorted. */
export const placeholdersOf = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();
