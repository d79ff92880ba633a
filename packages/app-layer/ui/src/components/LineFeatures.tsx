import { useState } from 'preact/hooks';
import type { Forwarding, Line } from '../../../src/panel/api.ts';
import { say } from '../../../src/words/say.ts';
import { featuresText, forwardingSeconds, forwardingText, userPart } from '../../../src/words.ts';
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
    <details class="card features">
      <summary>
        <span>{say('lines.callsTo', { line: userPart(line.address) })}</span>
        <span class={look}>{on || say('lines.ringHere')}</span>
      </summary>
      <div class="settings-of-line">
        <div class="setting">
          <span id={`disturb-${line.id}`}>{say('lines.doNotDisturb')}</span>
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
        <p class="detail">{say(line.featuresOnServer ? 'lines.keptByServer' : 'lines.keptHere')}</p>
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
    <span>{say('lines.forwarded', { how: forwardingText(forwarding) })}</span>
    <button
      type="button"
      class="quiet"
      {...abilityTo('setForwarding', disabled)}
      aria-label={say(`lines.stopForwarding.${forwarding.kind}`)}
      onClick={() => void command({ setForwarding: { lineId, forwarding: { kind: forwarding.kind, on: false } } })}
    >
      {say('lines.stop')}
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
  return (
    <form class="forward" onSubmit={forward} aria-label={say(`lines.forward.${kind}`)}>
      <Entry
        id={`forward-${lineId}-${kind}`}
        label={say(`lines.forwardTo.${kind}`)}
        inputMode="tel"
        maxLength={256}
        value={target}
        onValue={setTarget}
      >
        {!timed && <ForwardButton kind={kind} disabled={disabled || target.trim() === ''} />}
      </Entry>
      {timed && (
        <Entry
          id={`seconds-${lineId}`}
          label={say('lines.afterSeconds')}
          type="number"
          range={{ min: 1, max: 3600 }}
          value={seconds}
          onValue={setSeconds}
        >
          <ForwardButton kind={kind} disabled={disabled || target.trim() === ''} />
        </Entry>
      )}
    </form>
  );
}

const ForwardButton = ({ kind, disabled }: { kind: Forwarding['kind']; disabled: boolean }) => (
  <button
    type="submit"
    class="quiet"
    {...abilityTo('setForwarding', disabled)}
    aria-label={say(`lines.forward.${kind}`)}
  >
    {say('lines.forwardButton')}
  </button>
);
