import type { Line } from '../../../src/panel/api.ts';
import { say } from '../../../src/words/say.ts';
import { appearanceText, mailboxText, userPart } from '../../../src/words.ts';
import { abilityTo, command } from '../store.ts';
import { lineView } from '../view.ts';
import { FailureCard } from './FailureCard.tsx';
import { Icon } from './Icon.tsx';

interface Props {
  lines: readonly Line[];
  now: number;
  disabled: boolean;
}

/** Who the phone is, in the head of the page. */
export const LineBriefs = ({ lines, now }: Omit<Props, 'disabled'>) => (
  <ul class="line-briefs" aria-label={say('lines.heading')}>
    {lines.map((line) => {
      const { tone, state } = lineView(line, now);
      return (
        <li key={line.id} title={line.displayName}>
          <bdi class="line-number">{userPart(line.address)}</bdi>
          <span class={`pill ${tone}`}>{state}</span>
        </li>
      );
    })}
    {lines.length === 0 && <li class="detail">{say('lines.none')}</li>}
  </ul>
);

const Retry = ({ line, now, disabled }: { line: Line; now: number; disabled: boolean }) => {
  const { retry, register } = lineView(line, now);
  if (!retry && !register) return null;
  return (
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
  );
};

/** What of the lines asks for attention: messages that wait, and lines that aren't registered. */
export const LineNews = ({ lines, now, disabled, offered }: Props & { offered: boolean }) => (
  <>
    {lines.map((line) => {
      const texts = line.mailboxes.map(mailboxText).filter((text) => text !== '');
      const troubled = line.failure !== null || (offered && line.state === 'UNREGISTERED');
      return (
        (texts.length > 0 || troubled) && (
          <section key={line.id} class="card news" aria-label={userPart(line.address)}>
            {texts.map((text) => (
              <p key={text} class="messages">
                <Icon name="mail" />
                <span>{text}</span>
              </p>
            ))}
            {line.failure && <FailureCard failure={line.failure} />}
            {troubled && offered && <Retry line={line} now={now} disabled={disabled} />}
          </section>
        )
      );
    })}
  </>
);

function LineItem({ line, now }: { line: Line; now: number }) {
  const { tone, state } = lineView(line, now);
  const appearances = line.appearances.filter((it) => it.state !== 'IDLE').map(appearanceText);
  return (
    <li>
      <div class="line">
        <div>
          <p>
            <bdi class="line-number">{userPart(line.address)}</bdi>
          </p>
          {line.displayName && (
            <p class="detail">
              <bdi>{line.displayName}</bdi>
            </p>
          )}
        </div>
        <div class="line-state">
          <p class={`pill ${tone}`}>{state}</p>
          <p class="detail">
            <bdi>
              {line.server} · {line.transport.toUpperCase()}
            </bdi>
          </p>
        </div>
      </div>
      {appearances.length > 0 && <p class="detail appearances">{appearances.join(' · ')}</p>}
    </li>
  );
}

/** The lines in full. */
export const Lines = ({ lines, now }: Props) => (
  <section class="card lines" aria-labelledby="lines-title">
    <h2 class="view-title" id="lines-title">
      {say('lines.heading')}
    </h2>
    <ul>
      {lines.map((line) => (
        <LineItem key={line.id} line={line} now={now} />
      ))}
      {lines.length === 0 && <li class="detail">{say('lines.none')}</li>}
    </ul>
  </section>
);
