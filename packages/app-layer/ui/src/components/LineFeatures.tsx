import { useState } from 'preact/hooks';
import type { Forwarding, Line } from '../../../src/panel/api.ts';
import { featuresText, forwardingKinds, forwardingSeconds, forwardingText, userPart } from '../../../src/words.ts';
import { abilityTo, command } from '../store.ts';
import { Entry } from './Entry.tsx';

interface Props {
  line: Line;
  disabled: boolean;
}

const kinds = ['ALWAYS', 'BUSY', 'NO_ANSWER'] as const;

/** What becomes of calls to a line: do not disturb and forwarding. Folded up, it says what is on. */
export function LineFeatures({ line, disabled }: Props) {
  const on = featuresText(line);
  const look = line.doNotDisturb ? 'pill bad' : on ? 'pill busy' : 'detail';
  return (
    <details class="features">
      <summary>
        <span>Calls to {userPart(line.address)}</span>
        <span class={look}>{on || 'ring here'}</span>
      </summary>
      <div class="card">
        <div class="setting">
          <span id={`disturb-${line.id}`}>Do not disturb</span>
          <button
            type="button"
            class="switch"
            role="switch"
            {...abilityTo('setDoNotDisturb', disabled)}
            aria-checked={line.doNotDisturb}
            aria-labelledby={`disturb-${line.id}`}
            onClick={() => void command({ setDoNotDisturb: { lineId: line.id, on: !line.doNotDisturb } })}
          />
        </div>
        {kinds.map((kind) => {
          const current = line.forwardings.find((it) => it.kind === kind && it.on);
          return current ? (
            <Forwarded key={kind} lineId={line.id} forwarding={current} disabled={disabled} />
          ) : (
            <Forward key={kind} lineId={line.id} kind={kind} disabled={disabled} />
          );
        })}
        <p class="detail">
          {line.featuresOnServer
            ? 'The server keeps these settings.'
            : 'This phone keeps these settings while it runs.'}
        </p>
      </div>
    </details>
  );
}

interface ForwardedProps {
  lineId: string;
  forwarding: Forwarding;
  disabled: boolean;
}

const Forwarded = ({ lineId, forwarding, disabled }: ForwardedProps) => (
  <div class="setting">
    <span>Forwarded {forwardingText(forwarding)}</span>
    <button
      type="button"
      class="quiet"
      {...abilityTo('setForwarding', disabled)}
      aria-label={`Stop forwarding ${forwardingKinds[forwarding.kind]}`}
      onClick={() => void command({ setForwarding: { lineId, forwarding: { kind: forwarding.kind, on: false } } })}
    >
      Stop
    </button>
  </div>
);

interface ForwardProps {
  lineId: string;
  kind: Forwarding['kind'];
  disabled: boolean;
}

function Forward({ lineId, kind, disabled }: ForwardProps) {
  const [target, setTarget] = useState('');
  const [seconds, setSeconds] = useState(String(forwardingSeconds));
  const timed = kind === 'NO_ANSWER';
  const forward = (event: Event) => {
    event.preventDefault();
    if (target.trim() === '' || disabled) return;
    const time = timed ? Number(seconds) : 0;
    void command({ setForwarding: { lineId, forwarding: { kind, on: true, target: target.trim(), seconds: time } } });
  };
  const words = forwardingKinds[kind];
  return (
    <form class="forward" onSubmit={forward} aria-label={`Forward ${words}`}>
      <Entry
        id={`forward-${lineId}-${kind}`}
        label={`Forward ${words} to`}
        inputMode="tel"
        maxLength={256}
        value={target}
        onValue={setTarget}
      >
        {!timed && <ForwardButton words={words} disabled={disabled || target.trim() === ''} />}
      </Entry>
      {timed && (
        <Entry
          id={`seconds-${lineId}`}
          label="after seconds"
          type="number"
          range={{ min: 1, max: 3600 }}
          value={seconds}
          onValue={setSeconds}
        >
          <ForwardButton words={words} disabled={disabled || target.trim() === ''} />
        </Entry>
      )}
    </form>
  );
}

const ForwardButton = ({ words, disabled }: { words: string; disabled: boolean }) => (
  <button type="submit" class="quiet" {...abilityTo('setForwarding', disabled)} aria-label={`Forward ${words}`}>
    Forward
  </button>
);
