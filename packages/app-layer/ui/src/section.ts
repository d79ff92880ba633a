/** Which section is shown: the one that the address names after "#", so that it is the same after a reload. */
import { makeSource, type Source } from '../../src/source.ts';

const named = (): string => location.hash.slice(1);

/** As the address says, whether there is such a section or not. */
export const wantedSection: Source<string> = makeSource('');

/** For the style sheet: at once, so that what is shown with it can have the focus. */
export const showSection = (section: string): void => {
  document.documentElement.dataset.section = section;
};

export function openSection(section: string): void {
  showSection(section);
  // No entry in the history of the browser: "back" is for leaving the page.
  window.history.replaceState(null, '', `#${section}`);
  wantedSection.set(section);
}

export function followAddress(): void {
  const update = () => wantedSection.set(named());
  addEventListener('hashchange', update);
  update();
}
