/** What the agent chose for this browser, kept there. */
import { makeSource, type Source } from '../../src/source.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export interface SettingsChosen {
  /** BCP 47; empty: as the browser says. */
  language: string;
  theme: Theme;
  /** Whether keys of the keyboard work everywhere in the panel. */
  shortcuts: boolean;
}

export const usualSettings: SettingsChosen = { language: '', theme: 'system', shortcuts: true };

const longestLanguage = 35;

/** What can be read of what was kept; what makes no sense is as usual. */
export function readSettings(text: string | null): SettingsChosen {
  let it: unknown;
  try {
    it = JSON.parse(text ?? '');
  } catch {
    return usualSettings;
  }
  if (typeof it !== 'object' || it === null) return usualSettings;
  const language = 'language' in it && typeof it.language === 'string' ? it.language : usualSettings.language;
  const theme = 'theme' in it ? themes.find((theme) => theme === it.theme) : undefined;
  const shortcuts = 'shortcuts' in it && typeof it.shortcuts === 'boolean' ? it.shortcuts : usualSettings.shortcuts;
  return {
    language: language.length <= longestLanguage ? language : usualSettings.language,
    theme: theme ?? usualSettings.theme,
    shortcuts,
  };
}

export const settings: Source<SettingsChosen> = makeSource(usualSettings);

const place = 'thinline.settings';

/** A browser that keeps nothing forgets it with the page. */
const keep = (text: string): void => {
  try {
    localStorage.setItem(place, text);
  } catch {}
};
const kept = (): string | null => {
  try {
    return localStorage.getItem(place);
  } catch {
    return null;
  }
};

export function changeSettings(part: Partial<SettingsChosen>): void {
  settings.set({ ...settings.get(), ...part });
  keep(JSON.stringify(settings.get()));
}

const show = ({ theme }: SettingsChosen): void => {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
};

/** Before the page is first drawn. Follows other windows of the panel, too. */
export function followSettings(): void {
  settings.watch(() => show(settings.get()));
  settings.set(readSettings(kept()));
  addEventListener('storage', ({ key, newValue }) => {
    if (key === place) settings.set(readSettings(newValue));
  });
}
