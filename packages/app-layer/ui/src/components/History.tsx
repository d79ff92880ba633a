import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { keptDays, mostEntries } from '../../../src/history/entry.ts';
import { failureInWords } from '../../../src/words/failures.ts';
import { dateText, durationText, numberText, timeText } from '../../../src/words/numbers.ts';
import { say } from '../../../src/words/say.ts';
import { userPart } from '../../../src/words.ts';
import { byDay, eraseHistory, type HistoryEntry, history, nearness } from '../history.ts';
import { useNow, useSource } from '../hooks.ts';
import { abilityTo, reportError } from '../store.ts';
import { Icon } from './Icon.tsx';

interface Props {
  /** The phone is not there. */
  disabled: boolean;
  onDial: (target: string) => void;
}

/** Who it was; the number where no name is known. */
const whoText = ({ name, target }: HistoryEntry): string => name || userPart(target) || say('app.unknown');

/** What became of it. */
function outcomeText({ outcome, talkedMs, direction, failure }: HistoryEntry): string {
  if (outcome === 'failed' && failure) return failureInWords(failure).message;
  if (outcome !== 'answered') return say(`history.outcomes.${outcome}`);
  return [say(`history.directions.${direction}`), say('history.talked', { time: durationText(talkedMs) })].join(' · ');
}

function dayText(atMs: number, nowMs: number): string {
  const near = nearness(atMs, nowMs);
  return near ? say(`history.${near}`) : dateText(atMs);
}

interface QuestionProps {
  question: string;
  onErase: () => void;
  onKeep: () => void;
}

/** Asked before anything is erased; the safe answer has the focus. */
function Question({ question, onErase, onKeep }: QuestionProps) {
  const keep = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => keep.current?.focus(), []);
  return (
    <fieldset
      class="question"
      aria-label={question}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onKeep();
      }}
    >
      <p>{question}</p>
      <div class="answers">
        <button type="button" class="quiet" ref={keep} onClick={onKeep}>
          {say('history.keep')}
        </button>
        <button type="button" class="danger" onClick={onErase}>
          {say('history.confirm')}
        </button>
      </div>
    </fieldset>
  );
}

interface ItemProps {
  entry: HistoryEntry;
  disabled: boolean;
  onDial: (target: string) => void;
  onErase: () => void;
}

function Item({ entry, disabled, onDial, onErase }: ItemProps) {
  const [asks, setAsks] = useState(false);
  const eraser = useRef<HTMLButtonElement>(null);
  const who = whoText(entry);
  const time = timeText(entry.startedAtMs);
  const keep = () => {
    setAsks(false);
    requestAnimationFrame(() => eraser.current?.focus());
  };
  const isMissed = entry.outcome === 'missed';
  const number = entry.name === '' ? '' : userPart(entry.target);
  return (
    <li class={isMissed ? 'past missed' : 'past'}>
      <Icon name={isMissed ? 'missed' : entry.direction === 'INCOMING' ? 'incoming' : 'outgoing'} />
      <div class="past-what">
        <p class="past-who">
          <bdi>{who}</bdi>
          {number && <bdi class="detail">{number}</bdi>}
        </p>
        <p class="detail">
          <time dateTime={new Date(entry.startedAtMs).toISOString()}>{time}</time> ·{' '}
          <span class="outcome-word">{outcomeText(entry)}</span>
        </p>
      </div>
      <button
        type="button"
        class="plain"
        {...abilityTo('dial', disabled || entry.target === '')}
        aria-label={say('history.callAgain', { caller: who })}
        onClick={() => onDial(entry.target)}
      >
        <Icon name="call" />
      </button>
      <button
        type="button"
        class="plain"
        ref={eraser}
        aria-label={say('history.erase', { caller: who, time })}
        aria-expanded={asks}
        onClick={() => setAsks(!asks)}
      >
        <Icon name="trash" />
      </button>
      {asks && <Question question={say('history.confirmOne')} onErase={onErase} onKeep={keep} />}
    </li>
  );
}

/** The calls that ended: who, when, how long, and what was missed; to call again, and to erase. */
export function History({ disabled, onDial }: Props) {
  const entries = useSource(history);
  const now = useNow();
  const [missedOnly, setMissedOnly] = useState(false);
  const [asks, setAsks] = useState(false);
  const [erased, setErased] = useState(0);
  const title = useRef<HTMLHeadingElement>(null);
  const all = entries ?? [];
  const shown = missedOnly ? all.filter(({ outcome }) => outcome === 'missed') : all;

  const erase = async (id?: string) => {
    const failure = await eraseHistory(id);
    if (failure) reportError(failure);
    else setErased((times) => times + 1);
    setAsks(false);
    // What had the focus is gone.
    title.current?.focus();
  };

  return (
    <section class="card history-view" aria-labelledby="history-title">
      <h2 class="view-title" id="history-title" ref={title} tabIndex={-1}>
        {say('history.heading')}
      </h2>
      <p class="unseen" role="status">
        {erased > 0 && <span key={erased}>{say('history.erased')}</span>}
      </p>
      {all.length > 0 && (
        <fieldset class="filter" aria-label={say('history.show')}>
          <button type="button" class="quiet" aria-pressed={!missedOnly} onClick={() => setMissedOnly(false)}>
            {say('history.all')}
          </button>
          <button type="button" class="quiet" aria-pressed={missedOnly} onClick={() => setMissedOnly(true)}>
            {say('history.missedOnly')}
          </button>
        </fieldset>
      )}
      {entries && shown.length === 0 && (
        <p class="detail">{say(all.length === 0 ? 'history.none' : 'history.noneMissed')}</p>
      )}
      {byDay(shown).map(({ atMs, entries: ofDay }) => (
        <section key={atMs} aria-label={dayText(atMs, now)}>
          <h3>{dayText(atMs, now)}</h3>
          <ul class="past-calls">
            {ofDay.map((entry) => (
              <Item
                key={entry.id}
                entry={entry}
                disabled={disabled}
                onDial={onDial}
                onErase={() => void erase(entry.id)}
              />
            ))}
          </ul>
        </section>
      ))}
      {all.length > 0 &&
        (asks ? (
          <Question
            question={say('history.confirmAll', { count: all.length })}
            onErase={() => void erase()}
            onKeep={() => {
              setAsks(false);
              title.current?.focus();
            }}
          />
        ) : (
          <button type="button" class="quiet erase-all" onClick={() => setAsks(true)}>
            {say('history.eraseAll')}
          </button>
        ))}
      <p class="detail">{say('history.kept', { count: mostEntries, days: numberText(keptDays) })}</p>
    </section>
  );
}
