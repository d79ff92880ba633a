import { useEffect, useRef, useState } from 'preact/hooks';
import { say } from '../../../src/words/say.ts';
import { dial, dialFieldId, goToDialField, tellNumber } from '../acts.ts';
import { dialText } from '../dial-text.ts';
import { useSource } from '../hooks.ts';
import { settings } from '../settings.ts';
import { ariaKeys } from '../shortcuts.ts';
import { abilityTo, toDial } from '../store.ts';
import { Icon } from './Icon.tsx';
import { Keypad } from './Keypad.tsx';

const fields = 'input, select, textarea, [contenteditable], dialog, [data-takes-keys]';

/** A key that writes a character, pressed where nobody else takes it; "?" shows the shortcuts. */
const isStrayCharacter = (event: KeyboardEvent): boolean =>
  event.key.length === 1 &&
  event.key !== ' ' &&
  event.key !== '?' &&
  !event.ctrlKey &&
  !event.metaKey &&
  !event.altKey &&
  !(event.target instanceof Element && event.target.closest(fields));

interface Props {
  disabled: boolean;
  /** Somebody is being talked to: the dial pad opens on demand only, so as not to be taken for the keypad of the call. */
  inCall: boolean;
}

export function Dialer({ disabled, inCall }: Props) {
  const [target, setTarget] = useState('');
  const [extension, setExtension] = useState('');
  const [open, setOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const callButton = useRef<HTMLButtonElement>(null);
  const wanted = useSource(toDial);

  useEffect(() => {
    // The character itself then lands in the field, because focus moves before the browser writes it.
    const typeAhead = (event: KeyboardEvent) => {
      if (isStrayCharacter(event) && settings.get().shortcuts) goToDialField();
    };
    addEventListener('keydown', typeAhead);
    return () => removeEventListener('keydown', typeAhead);
  }, []);

  useEffect(() => {
    if (!wanted) return;
    goToDialField();
    setTarget(wanted.target);
    setExtension(wanted.extension);
    tellNumber(wanted.target);
  }, [wanted]);

  const edit = (text: string) => {
    setTarget(text);
    setExtension('');
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    const dialled = target.trim();
    if (dialled === '' || disabled) return;
    if (!(await dial(dialled))) return;
    setTarget((now) => (now.trim() === dialled ? '' : now));
    setExtension('');
  };
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData('text') ?? '';
    const { selectionStart, selectionEnd } = event.currentTarget instanceof HTMLInputElement ? event.currentTarget : {};
    if (text === '') return;
    event.preventDefault();
    const start = selectionStart ?? target.length;
    edit((target.slice(0, start) + dialText(text) + target.slice(selectionEnd ?? start)).slice(0, 256));
  };

  return (
    <form class="card dialer" onSubmit={submit} aria-label={say(inCall ? 'calls.actions.addCall' : 'dial.heading')}>
      <label for={dialFieldId}>{say('dial.field')}</label>
      <div class="destination">
        <input
          id={dialFieldId}
          ref={field}
          type="text"
          dir="ltr"
          inputMode="tel"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          autofocus
          maxLength={256}
          aria-keyshortcuts={ariaKeys('dial')}
          value={target}
          onInput={(event) => edit(event.currentTarget.value)}
          onPaste={paste}
          onKeyDown={(event) => event.key === 'Escape' && edit('')}
        />
        {target !== '' && (
          <button
            type="button"
            class="plain"
            aria-label={say('dial.deleteLast')}
            onClick={() => edit(target.slice(0, -1))}
          >
            <Icon name="erase" />
          </button>
        )}
      </div>
      {extension && <p class="detail">{say('dial.thenExtension', { extension })}</p>}
      {(open || !inCall) && (
        <Keypad label={say('dial.pad')} disabled={disabled} onKey={(digit) => edit(target + digit)} />
      )}
      <div class="dial">
        {inCall && (
          <button
            type="button"
            class="quiet"
            aria-label={say('dial.pad')}
            aria-expanded={open}
            onClick={() => setOpen((now) => !now)}
          >
            <Icon name="keypad" />
          </button>
        )}
        <button ref={callButton} type="submit" class="primary" {...abilityTo('dial', disabled || target.trim() === '')}>
          <Icon name="call" />
          <span>{say('dial.call')}</span>
        </button>
      </div>
    </form>
  );
}
