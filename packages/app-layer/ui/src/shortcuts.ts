/** The keys of the panel: one table, shown by "?" and obeyed everywhere. Alt and Shift with a letter that no browser takes. */
import type { shortcuts as words } from '../../src/words/en/shortcuts.ts';
import { type Section, sections } from './offer.ts';

export type Shortcut =
  | 'answer'
  | 'reject'
  | 'hangUp'
  | 'hold'
  | 'mute'
  | 'keypad'
  | 'transfer'
  | 'next'
  | 'conference'
  | 'dial'
  | 'ready'
  | 'notReady'
  | 'tell'
  | 'help'
  | Section;

export interface ShortcutRow {
  does: Shortcut;
  /** The letter or digit that is pressed with Alt and Shift; "?" stands alone. */
  key: string;
  words: `shortcuts.${keyof typeof words}` | `app.sections.${Section}`;
}

/** Not A, B, I, T: Chromium and Edge have these with Alt and Shift. */
export const shortcuts: readonly ShortcutRow[] = [
  { does: 'answer', key: 'Y', words: 'shortcuts.answer' },
  { does: 'reject', key: 'N', words: 'shortcuts.reject' },
  { does: 'hangUp', key: 'X', words: 'shortcuts.hangUp' },
  { does: 'hold', key: 'H', words: 'shortcuts.hold' },
  { does: 'mute', key: 'M', words: 'shortcuts.mute' },
  { does: 'keypad', key: 'K', words: 'shortcuts.keypad' },
  { does: 'transfer', key: 'R', words: 'shortcuts.transfer' },
  { does: 'next', key: 'S', words: 'shortcuts.next' },
  { does: 'conference', key: 'J', words: 'shortcuts.conference' },
  { does: 'dial', key: 'D', words: 'shortcuts.dial' },
  { does: 'ready', key: 'G', words: 'shortcuts.ready' },
  { does: 'notReady', key: 'P', words: 'shortcuts.notReady' },
  { does: 'tell', key: 'V', words: 'shortcuts.tell' },
  ...sections.map(
    (section, place): ShortcutRow => ({ does: section, key: String(place + 1), words: `app.sections.${section}` }),
  ),
  { does: 'help', key: '?', words: 'shortcuts.help' },
];

export interface Press {
  key: string;
  /** The place on the keyboard, for layouts on which Alt makes another character. */
  code: string;
  altKey: boolean;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  repeat: boolean;
}

const letterOf = ({ key, code }: Press): string => {
  if (/^[a-z0-9]$/i.test(key)) return key.toUpperCase();
  return /^(?:Key([A-Z])|Digit([0-9]))$/.exec(code)?.slice(1).join('') ?? '';
};

/** What is meant; null: nothing. typing: a field has the focus, so that characters without Alt belong to it. */
export function shortcutFor(press: Press, typing: boolean): Shortcut | null {
  const { altKey, shiftKey, ctrlKey, metaKey, repeat, key } = press;
  if (ctrlKey || metaKey || repeat) return null;
  if (!altKey) return key === '?' && !typing ? 'help' : null;
  if (!shiftKey) return null;
  const letter = letterOf(press);
  return shortcuts.find((it) => it.key === letter)?.does ?? null;
}

/** The keys to press, as they are written on the keyboard. */
export const keysOf = ({ key }: ShortcutRow): string[] => (key === '?' ? ['?'] : ['Alt', 'Shift', key]);

/** For aria-keyshortcuts. */
export const ariaKeys = (does: Shortcut): string | undefined => {
  const row = shortcuts.find((it) => it.does === does);
  return row && keysOf(row).join('+');
};
