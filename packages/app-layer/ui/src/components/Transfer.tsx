import { useEffect, useRef, useState } from 'preact/hooks';
import type { Call, PanelCommand } from '../../../src/panel/api.ts';
import { command } from '../store.ts';
import { callerText } from '../view.ts';
import { Entry } from './Entry.tsx';

interface Props {
  call: Call;
  others: Call[];
  disabled: boolean;
  onDone: () => void;
}

/** Sends the far end of a call to a number, or joins it with that of another call. */
export function Transfer({ call, others, disabled, onDone }: Props) {
  const [target, setTarget] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const caller = callerText(call);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);

  const transfer = async (it: PanelCommand) => {
    if (await command(it)) onDone();
  };
  const toTarget = (event: Event) => {
    event.preventDefault();
    if (target.trim() !== '' && !disabled) void transfer({ transfer: { callId: call.id, target: target.trim() } });
  };

  return (
    <form class="transfer" ref={form} aria-label={`Transfer ${caller}`} onSubmit={toTarget}>
      <Entry
        id={`transfer-${call.id}`}
        label="Transfer to number or address"
        inputMode="tel"
        maxLength={256}
        value={target}
        onValue={setTarget}
      >
        <button type="submit" class="primary" disabled={disabled || target.trim() === ''}>
          Transfer
        </button>
      </Entry>
      {others.map((other) => (
        <button
          key={other.id}
          type="button"
          class="quiet"
          disabled={disabled}
          aria-label={`Connect ${caller} with ${callerText(other)}`}
          onClick={() => void transfer({ transfer: { callId: call.id, otherCallId: other.id } })}
        >
          Connect with {callerText(other)}
        </button>
      ))}
    </form>
  );
}
