import { useMemo, useState } from 'preact/hooks';
import type { Call, CallQuality, PanelCommand } from '../../../src/panel/api.ts';
import { autoAnswerText } from '../../../src/words.ts';
import { makeDigitQueue } from '../digits.ts';
import { abilityTo, command } from '../store.ts';
import {
  type CallAction,
  callActions,
  callDurationText,
  callerText,
  callHistory,
  callStateText,
  callTone,
  commandFor,
  numberText,
  qualityText,
} from '../view.ts';
import { FailureCard } from './FailureCard.tsx';
import { Icon, type IconName } from './Icon.tsx';
import { Keypad } from './Keypad.tsx';
import { Transfer } from './Transfer.tsx';

interface Button {
  label: string;
  icon: IconName;
  look: 'primary' | 'danger' | 'quiet';
  command?: (callId: string) => PanelCommand;
  /** Instead of a command: the part of the card that opens or closes. */
  opens?: 'keypad' | 'transfer';
}

const buttons: Record<CallAction, Button> = {
  answer: { label: 'Answer', icon: 'call', look: 'primary', command: (callId) => ({ answer: { callId } }) },
  reject: { label: 'Reject', icon: 'hangUp', look: 'danger', command: (callId) => ({ reject: { callId } }) },
  hold: { label: 'Hold', icon: 'hold', look: 'quiet', command: (callId) => ({ hold: { callId } }) },
  resume: { label: 'Resume', icon: 'resume', look: 'primary', command: (callId) => ({ resume: { callId } }) },
  mute: { label: 'Mute', icon: 'mute', look: 'quiet', command: (callId) => ({ mute: { callId, on: true } }) },
  unmute: { label: 'Unmute', icon: 'unmute', look: 'quiet', command: (callId) => ({ mute: { callId, on: false } }) },
  keypad: { label: 'Keypad', icon: 'keypad', look: 'quiet', opens: 'keypad' },
  transfer: { label: 'Transfer', icon: 'transfer', look: 'quiet', opens: 'transfer' },
  hangUp: { label: 'Hang up', icon: 'hangUp', look: 'danger', command: (callId) => ({ hangUp: { callId } }) },
};

interface Props {
  call: Call;
  /** The calls that it can be joined with. */
  others: Call[];
  quality: CallQuality | undefined;
  now: number;
  disabled: boolean;
}

export function CallCard({ call, others, quality, now, disabled }: Props) {
  const [open, setOpen] = useState<'keypad' | 'transfer' | null>(null);
  const actions = callActions(call);
  const caller = callerText(call);
  const number = numberText(call);
  const history = callHistory(call);
  const countdown = autoAnswerText(call, now);
  const measured = [call.codec, qualityText(quality)].filter((text) => text !== '').join(' · ');
  const pressDigit = useMemo(
    () => makeDigitQueue((digits) => command({ sendDtmf: { callId: call.id, digits } })),
    [call.id],
  );

  return (
    <li class={call.state === 'ALERTING' ? 'card call alerting' : 'card call'}>
      <div class="call-head">
        <h2>{caller}</h2>
        <span class="duration">{callDurationText(call, now)}</span>
      </div>
      <p class="call-state">
        <span class={`pill ${callTone(call)}`}>{callStateText(call)}</span>
        {number && <span class="number">{number}</span>}
      </p>
      {history.length > 0 && (
        <ul class="history">
          {history.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {countdown && <p class="countdown">{countdown}</p>}
      {call.transfer?.failure && <FailureCard failure={call.transfer.failure} />}
      {call.failure && <FailureCard failure={call.failure} />}
      {actions.length > 0 && (
        <div class="actions">
          {actions.map((action) => {
            const { label, icon, look, command: made, opens } = buttons[action];
            return (
              <button
                key={action}
                type="button"
                class={look}
                {...abilityTo(commandFor(action), disabled)}
                aria-label={`${label}: ${caller}`}
                aria-expanded={opens && opens === open}
                onClick={() => {
                  if (made) void command(made(call.id));
                  if (opens) setOpen(opens === open ? null : opens);
                }}
              >
                <Icon name={icon} />
                {label}
              </button>
            );
          })}
        </div>
      )}
      {open === 'transfer' && actions.includes('transfer') && (
        <Transfer call={call} others={others} disabled={disabled} onDone={() => setOpen(null)} />
      )}
      {open === 'keypad' && actions.includes('keypad') && (
        <Keypad label={`Tones for ${caller}`} disabled={disabled} onKey={pressDigit} typed />
      )}
      {(call.dtmfSent || call.dtmfReceived) && (
        <dl class="digits">
          {call.dtmfSent && (
            <div>
              <dt>Digits sent</dt>
              <dd>{call.dtmfSent}</dd>
            </div>
          )}
          {call.dtmfReceived && (
            <div>
              <dt>Digits received</dt>
              <dd>{call.dtmfReceived}</dd>
            </div>
          )}
        </dl>
      )}
      {measured && call.state !== 'RELEASED' && <p class="detail measured">{measured}</p>}
    </li>
  );
}
