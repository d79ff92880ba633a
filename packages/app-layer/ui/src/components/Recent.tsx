import { say } from '../../../src/words/say.ts';
import { dial } from '../acts.ts';
import { history, recentNumbers } from '../history.ts';
import { useSource } from '../hooks.ts';
import { abilityTo } from '../store.ts';
import { Icon } from './Icon.tsx';

/** Whom one may want to call again: one press calls. Nothing while nobody is known. */
export function Recent({ disabled }: { disabled: boolean }) {
  const recent = recentNumbers(useSource(history));
  if (recent.length === 0) return null;
  return (
    <section class="card recent" aria-labelledby="recent-title">
      <h2 class="view-title" id="recent-title">
        {say('dial.recent')}
      </h2>
      <ul>
        {recent.map(({ target, name }) => (
          <li key={target}>
            <button
              type="button"
              class="plain"
              {...abilityTo('dial', disabled)}
              aria-label={say('dial.callNumber', { caller: name ? `${name} ${target}` : target })}
              onClick={() => void dial(target)}
            >
              <Icon name="call" />
              <bdi class="party">{name || target}</bdi> {name && <bdi class="detail">{target}</bdi>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
