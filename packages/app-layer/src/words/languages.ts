/** The languages that there are, and which of them is used. */
import { english, type Language, language, type Translation } from './say.ts';

interface Entry {
  /** BCP 47. */
  readonly tag: string;
  /** What the language calls itself. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  /** A file of its own, so that nobody loads a language that is not used. */
  load(): Promise<Translation>;
}

/** The first of a language is the one for its other regions. */
export const languages: readonly Entry[] = [
  { tag: 'en', name: 'English', direction: 'ltr', load: async () => english },
  { tag: 'ar', name: 'العربية', direction: 'rtl', load: async () => (await import('./ar.ts')).ar },
  { tag: 'de', name: 'Deutsch', direction: 'ltr', load: async () => (await import('./de.ts')).de },
  { tag: 'es', name: 'Español', direction: 'ltr', load: async () => (await import('./es.ts')).es },
  { tag: 'fr-FR', name: 'Français (France)', direction: 'ltr', load: async () => (await import('./fr-fr.ts')).frFr },
  { tag: 'fr-CA', name: 'Français (Canada)', direction: 'ltr', load: async () => (await import('./fr-ca.ts')).frCa },
  { tag: 'it', name: 'Italiano', direction: 'ltr', load: async () => (await import('./it.ts')).it },
  { tag: 'ja', name: '日本語', direction: 'ltr', load: async () => (await import('./ja.ts')).ja },
  { tag: 'ko', name: '한국어', direction: 'ltr', load: async () => (await import('./ko.ts')).ko },
  { tag: 'nl', name: 'Nederlands', direction: 'ltr', load: async () => (await import('./nl.ts')).nl },
  { tag: 'pl', name: 'Polski', direction: 'ltr', load: async () => (await import('./pl.ts')).pl },
  { tag: 'pt-BR', name: 'Português (Brasil)', direction: 'ltr', load: async () => (await import('./pt-br.ts')).ptBr },
  { tag: 'ru', name: 'Русский', direction: 'ltr', load: async () => (await import('./ru.ts')).ru },
  { tag: 'tr', name: 'Türkçe', direction: 'ltr', load: async () => (await import('./tr.ts')).tr },
  { tag: 'zh-CN', name: '简体中文', direction: 'ltr', load: async () => (await import('./zh-cn.ts')).zhCn },
  { tag: 'zh-TW', name: '繁體中文', direction: 'ltr', load: async () => (await import('./zh-tw.ts')).zhTw },
];

const localeOf = (tag: string): Intl.Locale | null => {
  try {
    return new Intl.Locale(tag.trim().replaceAll('_', '-')).maximize();
  } catch {
    return null;
  }
};

/** The language that suits somebody who wants `wanted`, like "de_DE" or "zh-HK"; undefined: none does. */
export function matchLanguage(wanted: string, among: readonly string[]): string | undefined {
  const ours = localeOf(wanted);
  if (!ours) return undefined;
  const alike = among.filter((tag) => {
    const its = localeOf(tag);
    return its?.language === ours.language && its.script === ours.script;
  });
  return alike.find((tag) => localeOf(tag)?.region === ours.region) ?? alike[0];
}

export interface Wishes {
  /** What the agent desktop wants; empty: nothing. */
  desktop: string;
  /** What the agent chose; empty: nothing. */
  agent: string;
  /** What the browser is set to, the most wanted first. */
  browser: readonly string[];
}

/** The tag of the language to use: the desktop's wish comes first, then the agent's, then the browser's, then English. */
export function chooseLanguage(
  { desktop, agent, browser }: Wishes,
  among: readonly string[] = languages.map(({ tag }) => tag),
): string {
  for (const wanted of [desktop, agent, ...browser]) {
    const tag = matchLanguage(wanted, among);
    if (tag) return tag;
  }
  return english.tag;
}

async function load(tag: string): Promise<Language> {
  const entry = languages.find((it) => it.tag === tag);
  if (!entry) return english;
  const { words, failures } = await entry.load();
  return { tag: entry.tag, direction: entry.direction, words, failures };
}

/** Makes a `use` by which the last wish wins, however long its file takes; one that can't be loaded changes nothing. */
export function makeLanguageUse(loadIt: (tag: string) => Promise<Language> = load): (tag: string) => Promise<void> {
  let wanted = language.get().tag;
  return async (tag) => {
    if (tag === wanted) return;
    wanted = tag;
    const loaded = await loadIt(tag).catch(() => null);
    if (wanted !== tag) return;
    if (loaded) language.set(loaded);
    else wanted = language.get().tag;
  };
}
