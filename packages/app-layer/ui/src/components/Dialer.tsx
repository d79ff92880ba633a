import { useEffect, useRef, useState } from 'preact/hooks';
import { abilityTo, command } from '../store.ts';
import { Icon } from './Icon.tsx';
import { Keypad } from './Keypad.tsx';

/** A key that writes a character, pressed where nobody else takes it. */
const isStrayCharacter = (event: KeyboardEvent): boolean =>
  event.key.length === 1 &&
  event.key !== ' ' &&
  !event.ctrlKey &&
  !event.metaKey &&
  !event.altKey &&
  !(event.target instanceof HTMLInputElement) &&
  !(event.target instanceof Element && event.target.closest('[data-takes-keys]'));

interface Props {
  disabled: boolean;
  /** Somebody is being talked to: the dial pad opens on demand only, so as not to be taken for the keypad of the call. */
  inCall: boolean;
}

export function Dialer({ disabled, inCall }: Props) {
  const [target, setTarget] = useState('');
  const [open, setOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    // The character itself then lands in the field, because focus moves before the browser writes it.
    const typeAhead = (event: KeyboardEvent) => {
      if (isStrayCharacter(event)) field.current?.focus();
    };
    addEventListener('keydown', typeAhead);
    return () => removeEventListener('keydown', typeAhead);
  }, []);

  const dial = async (event: Event) => {
    event.preventDefault();
    const dialled = target.trim();
    if (dialled === '' || disabled) return;
    if (await command({ dial: { target: dialled } })) setTarget((now) => (now.trim() === dialled ? '' : now));
  };

  return (
    <form class="card dialer" onSubmit={dial} aria-label="Make a call">
      <label for="destination">Number or address</label>
      <div class="destination">
        <input
          id="destination"
          ref={field}
          type="text"
          inputMode="tel"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          autofocus
          maxLength={256}
          value={target}
          onInput={(event) => setTarget(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && setTarget('')}
        />
        {target !== '' && (
          <button
            type="button"
            class="plain"
            aria-label="Delete the last character"
            onClick={() => setTarget((now) => now.slice(0, -1))}
          >
            <Icon name="erase" />
          </button>
        )}
      </div>
      {(open || !inCall) && (
        <Keypad label="Dial pad" disabled={disabled} onKey={(digit) => setTarget((now) => now + digit)} />
      )}
      <div class="dial">
        {inCall && (
          <button
            type="button"
            class="quiet"
            aria-label="Dial pad"
            aria-expanded={open}
            onClick={() => setOpen((now) => !now)}
          >
            <Icon name="keypad" />
          </button>
        )}
        <button type="submit" class="primary" {...abilityTo('dial', disabled || target.trim() === '')}>
          <Icon name="call" />
          Call
        </button>
      </div>
    </form>
  );
}
