import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Call, PanelCommand } from '../../../src/panel/api.ts';
import { say } from '../../../src/words/say.ts';
import { consult } from '../acts.ts';
import { dialText } from '../dial-text.ts';
import { abilityTo, command, opened, withHint } from '../store.ts';
import { callerText } from '../view.ts';
import { Entry } from './Entry.tsx';
import { Icon } from './Icon.tsx';

interface Props {
  call: Call;
  others: Call[];
  disabled: boolean;
}

/** Sends the far end of a call to a number, or joins it with that of another call, or asks there first. */
export function Transfer({ call, others, disabled }: Props) {
  const [target, setTarget] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const caller = callerText(call);
  const isEmpty = target.trim() === '';
  useLayoutEffect(() => form.current?.querySelector('input')?.focus(), []);

  const close = (done: boolean) => done && opened.set(null);
  const transfer = async (it: PanelCommand) => close(await command(it));
  const toTarget = (event: Event) => {
    event.preventDefault();
    if (!isEmpty && !disabled) void transfer({ transfer: { callId: call.id, target: dialText(target) } });
  };
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    opened.set(null);
  };

  return (
    <form
      class="transfer"
      ref={form}
      aria-label={say('transfer.heading', { caller })}
      onSubmit={toTarget}
      onKeyDown={leave}
    >
      <Entry
        id={`transfer-${call.id}`}
        label={say('transfer.field')}
        inputMode="tel"
        maxLength={256}
        value={target}
        onValue={setTarget}
      />
      <div class="actions">
        <button type="submit" class="primary" title={say('transfer.nowHint')} disabled={disabled || isEmpty}>
          <Icon name="transfer" />
          <span>{say('transfer.now')}</span>
        </button>
        <button
          type="button"
          class="quiet"
          {...withHint(abilityTo('dial', disabled || isEmpty), say('transfer.consultHint', { caller }))}
          onClick={() => void consult(call, target).then(close)}
        >
          <Icon name="addCall" />
          <span>{say('transfer.consult')}</span>
        </button>
      </div>
      {others.map((other) => (
        <button
          key={other.id}
          type="button"
          class="quiet"
          disabled={disabled}
          onClick={() => void transfer({ transfer: { callId: call.id, otherCallId: other.id } })}
        >
          <Icon name="join" />
          <span>{say('transfer.connectWith', { caller: callerText(other) })}</span>
        </button>
      ))}
    </form>
  );
}
