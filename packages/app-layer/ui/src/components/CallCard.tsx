import { useMemo, useState } from 'preact/hooks';
import type { Call, CallQuality, PanelCommand } from '../../../src/panel/api.ts';
import { makeDigitQueue } from '../digits.ts';
import { command } from '../store.ts';
import {
  type CallAction,
  callActions,
  callDurationText,
  callerText,
  callStateText,
  callTone,
  numberText,
  qualityText,
  redirectionText,
} from '../view.ts';
import { FailureCard } from './FailureCard.tsx';
import { Icon, type IconName } from './Icon.tsx';
import { Keypad } from './Keypad.tsx';

interface Button {
  label: string;
  icon: IconName;
  look: 'primary' | 'danger' | 'quiet';
  /** Absent: nothing is sent, the keypad opens or closes. */
  command?: (callId: string) => PanelCommand;
}

const buttons: Record<CallAction, Button> = {
  answer: { label: 'Answer', icon: 'call', look: 'primary', command: (callId) => ({ answer: { callId } }) },
  reject: { label: 'Reject', icon: 'hangUp', look: 'danger', command: (callId) => ({ reject: { callId } }) },
  hold: { label: 'Hold', icon: 'hold', look: 'quiet', command: (callId) => ({ hold: { callId } }) },
  resume: { label: 'Resume', icon: 'resume', look: 'primary', command: (callId) => ({ resume: { callId } }) },
  mute: { label: 'Mute', icon: 'mute', look: 'quiet', command: (callId) => ({ mute: { callId, on: true } }) },
  unmute: { label: 'Unmute', icon: 'unmute', look: 'quiet', command: (callId) => ({ mute: { callId, on: false } }) },
  keypad: { label: 'Keypad', icon: 'keypad', look: 'quiet' },
  hangUp: { label: 'Hang up', icon: 'hangUp', look: 'danger', command: (callId) => ({ hangUp: { callId } }) },
};

interface Props {
  call: Call;
  quality: CallQuality | undefined;
  now: number;
  disabled: boolean;
}

export function CallCard({ call, quality, now, disabled }: Props) {
  const [keypad, setKeypad] = useState(false);
  const actions = callActions(call);
  const caller = callerText(call);
  const number = numberText(call);
  const sent = redirectionText(call);
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
      {sent && <p class="detail">{sent}</p>}
      {call.failure && <FailureCard failure={call.failure} />}
      {actions.length > 0 && (
        <div class="actions">
          {actions.map((action) => {
            const { label, icon, look, command: made } = buttons[action];
            return (
              <button
                key={action}
                type="button"
                class={look}
                disabled={disabled}
                aria-label={`${label}: ${caller}`}
                aria-expanded={action === 'keypad' ? keypad : undefined}
                onClick={() => (made ? void command(made(call.id)) : setKeypad((open) => !open))}
              >
                <Icon name={icon} />
                {label}
              </button>
            );
          })}
        </div>
      )}
      {keypad && actions.includes('keypad') && (
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
