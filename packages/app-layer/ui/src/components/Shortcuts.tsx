import { useEffect, useRef } from 'preact/hooks';
import { say } from '../../../src/words/say.ts';
import { useSource } from '../hooks.ts';
import { settings } from '../settings.ts';
import { keysOf, shortcuts } from '../shortcuts.ts';
import { Icon } from './Icon.tsx';

/** All keys of the panel. The browser keeps the focus in it, and gives it back. */
export function Shortcuts({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { shortcuts: on } = useSource(settings);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="shortcuts" aria-labelledby="shortcuts-title" onClose={onClose}>
      <div class="dialog-head">
        <h2 class="view-title" id="shortcuts-title">
          {say('shortcuts.heading')}
        </h2>
        <button type="button" class="plain" aria-label={say('app.close')} onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
      </div>
      <p class="detail">{say(on ? 'shortcuts.intro' : 'shortcuts.off')}</p>
      <dl>
        {shortcuts.map((row) => (
          <div key={row.does}>
            <dt>{say(row.words)}</dt>
            <dd dir="ltr">
              {keysOf(row).map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
