import type { ComponentChildren } from 'preact';

interface Props {
  /** Unique on the page. */
  id: string;
  label: string;
  value: string;
  onValue: (value: string) => void;
  type?: 'text' | 'password' | 'number';
  inputMode?: 'tel';
  maxLength?: number;
  /** Of a number, both ends included; it then has to be there. */
  range?: { min: number; max: number };
  /** What stands beside the field: the button that uses it. */
  children?: ComponentChildren;
}

/** A field with its label above and what uses it beside. Nothing of it is kept or corrected by the browser. */
export function Entry({
  id,
  label,
  value,
  onValue,
  type = 'text',
  inputMode,
  maxLength = 128,
  range,
  children,
}: Props) {
  const field = {
    id,
    value,
    autocomplete: 'off',
    onInput: (event: { currentTarget: HTMLInputElement }) => onValue(event.currentTarget.value),
  } as const;
  const free = { ...field, maxLength, autocapitalize: 'off', spellcheck: false } as const;
  return (
    <div class="entry">
      <label for={id}>{label}</label>
      <div class="entry-row">
        {type === 'text' && <input type="text" inputMode={inputMode ?? 'text'} {...free} />}
        {type === 'password' && <input type="password" {...free} />}
        {type === 'number' && <input type="number" required {...range} {...field} />}
        {children}
      </div>
    </div>
  );
}
