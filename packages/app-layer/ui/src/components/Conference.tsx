import type { Call } from '../../../src/panel/api.ts';
import { abilityTo, command } from '../store.ts';
import { conferenceAction } from '../view.ts';
import { Icon } from './Icon.tsx';

/** Joins the calls, or takes them apart; nothing while there is nobody to join. */
export function Conference({ calls, disabled }: { calls: readonly Call[]; disabled: boolean }) {
  const action = conferenceAction(calls);
  if (action === null) return null;
  const begins = action === 'begin';
  return (
    <p class="actions">
      <button
        type="button"
        class={begins ? 'primary' : 'quiet'}
        {...abilityTo('conference', disabled)}
        onClick={() => void command({ conference: { on: begins } })}
      >
        <Icon name={begins ? 'join' : 'hold'} />
        {begins ? 'Join all calls' : 'End conference, keep one call'}
      </button>
    </p>
  );
}
