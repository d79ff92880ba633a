import type { Call } from '../../../src/panel/api.ts';
import { say } from '../../../src/words/say.ts';
import { abilityTo, command } from '../store.ts';
import { conferenceAction } from '../view.ts';
import { Icon } from './Icon.tsx';

/** Joins the calls, or takes them apart; nothing while there is nobody to join. */
export function Conference({ calls, disabled }: { calls: readonly Call[]; disabled: boolean }) {
  const action = conferenceAction(calls);
  if (action === null) return null;
  const joined = calls.filter(({ conference, state }) => conference && state !== 'RELEASED');
  const begins = action === 'begin';
  return (
    <div class={begins ? 'conference' : 'card conference'}>
      {!begins && (
        <div>
          <h2>{say('calls.conference.heading', { count: joined.length })}</h2>
          <p class="detail">{say('calls.conference.note')}</p>
        </div>
      )}
      <button
        type="button"
        class="quiet"
        {...abilityTo('conference', disabled)}
        onClick={() => void command({ conference: { on: begins } })}
      >
        <Icon name={begins ? 'join' : 'part'} />
        <span>{say(begins ? 'calls.conference.join' : 'calls.conference.end')}</span>
      </button>
    </div>
  );
}
