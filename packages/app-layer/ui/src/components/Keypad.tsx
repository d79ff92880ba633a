import { useEffect, useRef } from 'preact/hooks';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];
const spoken: Record<string, string> = { '*': 'star', '#': 'pound' };

interface Props {
  label: string;
  disabled: boolean;
  onKey: (digit: string) => void;
  /** Takes the focus as it opens, and digits typed while it has it. */
  typed?: boolean;
}

export function Keypad({ label, disabled, onKey, typed = false }: Props) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (typed) first.current?.focus();
  }, [typed]);
  const onKeyDown = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
    if (keys.includes(key) && !(ctrlKey || metaKey || altKey)) onKey(key);
  };

  return (
    <fieldset
      class="keypad"
      disabled={disabled}
      aria-label={label}
      data-takes-keys={typed || undefined}
      onKeyDown={typed ? onKeyDown : undefined}
    >
      {keys.map((digit, place) => (
        <button
          key={digit}
          ref={place === 0 ? first : null}
          type="button"
          class="key"
          aria-label={spoken[digit]}
          onClick={() => onKey(digit)}
        >
          {digit}
        </button>
      ))}
    </fieldset>
  );
}
