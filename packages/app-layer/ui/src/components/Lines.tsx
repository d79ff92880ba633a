import type { Line } from '../../../src/panel/api.ts';
import { appearanceText, mailboxText, userPart } from '../../../src/words.ts';
import { abilityTo, command } from '../store.ts';
import { lineView } from '../view.ts';
import { FailureCard } from './FailureCard.tsx';
import { Icon } from './Icon.tsx';

interface Props {
  lines: Line[];
  now: number;
  disabled: boolean;
}

function LineItem({ line, now, disabled }: { line: Line; now: number; disabled: boolean }) {
  const { tone, state, retry, register } = lineView(line, now);
  const appearances = line.appearances.filter((it) => it.state !== 'IDLE').map(appearanceText);
  return (
    <li>
      <div class="line">
        <div>
          <p class="line-number">{userPart(line.address)}</p>
          {line.displayName && <p class="detail">{line.displayName}</p>}
        </div>
        <div class="line-state">
          <p class={`pill ${tone}`}>{state}</p>
          <p class="detail">
            {line.server} · {line.transport.toUpperCase()}
          </p>
        </div>
      </div>
      {line.mailboxes.map((it) => {
        const text = mailboxText(it);
        return (
          text && (
            <p key={it.account} class="messages" title={it.account}>
              <Icon name="mail" />
              {text}
            </p>
          )
        );
      })}
      {appearances.length > 0 && <p class="detail appearances">{appearances.join(' · ')}</p>}
      {line.failure && <FailureCard failure={line.failure} />}
      {(retry || register) && (
        <div class="line-retry">
          {register && (
            <button
              type="button"
              class="quiet"
              {...abilityTo('register', disabled)}
              onClick={() => void command({ register: { lineId: line.id } })}
            >
              {register}
            </button>
          )}
          {retry && <span class="detail">{retry}</span>}
        </div>
      )}
    </li>
  );
}

export const Lines = ({ lines, now, disabled }: Props) => (
  <ul class="lines" aria-label="Lines">
    {lines.map((line) => (
      <LineItem key={line.id} line={line} now={now} disabled={disabled} />
    ))}
    {lines.length === 0 && <li class="detail">No line is configured.</li>}
  </ul>
);
