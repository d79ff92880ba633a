import { useRef } from 'preact/hooks';
import { say } from '../../../src/words/say.ts';
import { useMedia } from '../hooks.ts';
import type { Section } from '../offer.ts';
import { openSection } from '../section.ts';
import { ariaKeys } from '../shortcuts.ts';
import { Icon } from './Icon.tsx';

/** From here on the tabs stand beside the page; as in layout.css. */
export const wide = '(min-width: 60rem)';

interface Props {
  sections: readonly Section[];
  shown: Section;
  /** Somebody calls. */
  alerting: boolean;
}

/** Where the arrow keys go: along the reading direction, or down. */
const steps = (key: string, rtl: boolean): number => {
  if (key === 'ArrowDown') return 1;
  if (key === 'ArrowUp') return -1;
  if (key === 'ArrowRight') return rtl ? -1 : 1;
  return key === 'ArrowLeft' ? (rtl ? 1 : -1) : 0;
};

/** The sections: one Tab stop, arrows within. */
export function Tabs({ sections, shown, alerting }: Props) {
  const isWide = useMedia(wide);
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = steps(event.key, document.documentElement.dir === 'rtl');
    const place = sections.indexOf(shown);
    const next =
      event.key === 'Home'
        ? sections[0]
        : event.key === 'End'
          ? sections.at(-1)
          : step && sections.at((place + step) % sections.length);
    if (!next) return;
    event.preventDefault();
    openSection(next);
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <div
      class="tabs"
      role="tablist"
      ref={list}
      aria-label={say('app.navigation')}
      aria-orientation={isWide ? 'vertical' : 'horizontal'}
      onKeyDown={onKeyDown}
    >
      {sections.map((section) => (
        <button
          key={section}
          type="button"
          role="tab"
          id={`tab-${section}`}
          class={section === 'calls' && alerting ? 'tab ringing' : 'tab'}
          aria-selected={section === shown}
          aria-controls="section"
          aria-keyshortcuts={ariaKeys(section)}
          tabIndex={section === shown ? 0 : -1}
          title={say(`app.sections.${section}`)}
          onClick={() => openSection(section)}
        >
          <Icon name={section} />
          <span>{say(`app.sections.${section}`)}</span>
        </button>
      ))}
    </div>
  );
}
