import { useLayoutEffect, useRef } from 'preact/hooks';
import { type Key, say } from '../../../src/words/say.ts';

/** The letters of ITU-T E.161. */
const keys: readonly [key: string, letters: string][] = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
];
const spoken: Readonly<Record<string, Key & ('dial.star' | 'dial.pound')>> = { '*': 'dial.star', '#': 'dial.pound' };
const nameOf = (key: string): string => {
  const words = spoken[key];
  return words ? say(words) : key;
};

interface Props {
  label: string;
  disabled: boolean;
  onKey: (digit: string) => void;
  /** Takes the focus as it opens, before the next key arrives, and digits typed while it has it. */
  typed?: boolean;
}

export function Keypad({ label, disabled, onKey, typed = false }: Props) {
  const first = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (typed) first.current?.focus();
  }, [typed]);
  const onKeyDown = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
    if (keys.some(([it]) => it === key) && !(ctrlKey || metaKey || altKey)) onKey(key);
  };

  return (
    <fieldset
      class="keypad"
      dir="ltr"
      disabled={disabled}
      aria-label={label}
      data-takes-keys={typed || undefined}
      onKeyDown={typed ? onKeyDown : undefined}
    >
      {keys.map(([key, letters], place) => (
        <button
          key={key}
          ref={place === 0 ? first : null}
          type="button"
          class="key"
          aria-label={nameOf(key)}
          data-letters={letters}
          onClick={() => onKey(key)}
        >
          {key}
        </button>
      ))}
    </fieldset>
  );
}
