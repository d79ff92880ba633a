/** Keeps the page in the language that is wished for: by the desktop, the agent or the browser. */
import { chooseLanguage, makeLanguageUse } from '../../src/words/languages.ts';
import { language } from '../../src/words/say.ts';
import { settings } from './settings.ts';
import { panel } from './store.ts';

const use = makeLanguageUse();

const choose = (): void => {
  const desktop = panel.get().desk?.language ?? '';
  void use(chooseLanguage({ desktop, agent: settings.get().language, browser: navigator.languages }));
};

export function followLanguage(): void {
  language.watch(() => {
    const { tag, direction } = language.get();
    document.documentElement.lang = tag;
    document.documentElement.dir = direction;
  });
  settings.watch(choose);
  panel.watch(choose);
  choose();
}
