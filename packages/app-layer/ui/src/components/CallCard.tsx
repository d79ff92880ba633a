import { useMemo } from 'preact/hooks';
import type { Call, CallQuality } from '../../../src/panel/api.ts';
import { say } from '../../../src/words/say.ts';
import { autoAnswerText } from '../../../src/words.ts';
import { act } from '../acts.ts';
import type { Room } from '../arrange.ts';
import { makeDigitQueue } from '../digits.ts';
import { useSource } from '../hooks.ts';
import { ariaKeys, type Shortcut } from '../shortcuts.ts';
import { abilityTo, command, opened } from '../store.ts';
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
} from '../view.ts';
import { FailureCard } from './FailureCard.tsx';
import { Icon, type IconName } from './Icon.tsx';
import { Keypad } from './Keypad.tsx';
import { NetworkBadge } from './NetworkBadge.tsx';
import { Transfer } from './Transfer.tsx';

interface Look {
  icon: IconName;
  look: 'primary' | 'danger' | 'quiet';
  shortcut?: Shortcut;
  opens?: 'keypad' | 'transfer';
}

const looks: Readonly<Record<CallAction, Look>> = {
  answer: { icon: 'call', look: 'primary', shortcut: 'answer' },
  reject: { icon: 'hangUp', look: 'danger', shortcut: 'reject' },
  hold: { icon: 'hold', look: 'quiet', shortcut: 'hold' },
  resume: { icon: 'resume', look: 'primary', shortcut: 'hold' },
  mute: { icon: 'mute', look: 'quiet', shortcut: 'mute' },
  unmute: { icon: 'unmute', look: 'quiet', shortcut: 'mute' },
  keypad: { icon: 'keypad', look: 'quiet', shortcut: 'keypad', opens: 'keypad' },
  transfer: { icon: 'transfer', look: 'quiet', shortcut: 'transfer', opens: 'transfer' },
  addCall: { icon: 'addCall', look: 'quiet', shortcut: 'dial' },
  hangUp: { icon: 'hangUp', look: 'danger', shortcut: 'hangUp' },
};

/** Where there is little room, these keep their words beside the picture. */
const mainActions: readonly CallAction[] = ['answer', 'reject', 'resume'];

interface Props {
  call: Call;
  room: Room;
  /** The calls that it can be joined with. */
  others: Call[];
  /** The agent talks to somebody else, who would be put on hold. */
  waiting: boolean;
  quality: CallQuality | undefined;
  now: number;
  disabled: boolean;
  /** It is only shown: an agent desktop controls the calls. */
  shownOnly: boolean;
}

export function CallCard({ call, room, others, waiting, quality, now, disabled, shownOnly }: Props) {
  const openedNow = useSource(opened);
  const open = openedNow?.callId === call.id ? openedNow.part : null;
  const actions = shownOnly ? [] : callActions(call);
  const shown = room === 'line' ? actions.slice(0, 1) : actions;
  const caller = callerText(call);
  const number = numberText(call);
  const history = room === 'line' ? [] : callHistory(call);
  const countdown = autoAnswerText(call, now);
  const pressDigit = useMemo(
    () => makeDigitQueue((digits) => command({ sendDtmf: { callId: call.id, digits } })),
    [call.id],
  );
  const alerting = call.state === 'ALERTING';
  const label = (action: CallAction) =>
    say(action === 'answer' && waiting ? 'calls.actions.holdAndAnswer' : `calls.actions.${action}`);
  const hasKeypad = open === 'keypad' && actions.includes('keypad');
  const hasTransfer = open === 'transfer' && actions.includes('transfer');

  return (
    <li
      class={`card call ${room} ${callTone(call)}${alerting ? ' alerting' : ''}`}
      data-call={call.id}
      tabIndex={-1}
      aria-label={say('calls.callWith', { caller })}
    >
      <div class="call-head">
        <span class="face" aria-hidden="true">
          <Icon name={call.conference ? 'join' : call.direction === 'INCOMING' ? 'incoming' : 'outgoing'} />
        </span>
        <div class="who">
          <h3>
            <bdi>{caller}</bdi>
          </h3>
          <p class="call-state">
            <span class={`pill ${callTone(call)}`}>
              {alerting && waiting ? say('calls.states.waiting') : callStateText(call)}
            </span>
            {number && <bdi class="number">{number}</bdi>}
          </p>
        </div>
        <span class="duration">{callDurationText(call, now)}</span>
      </div>
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
      {shown.length > 0 && (
        <div class={`actions ${shown.length > 2 ? 'many' : ''}`}>
          {shown.map((action) => {
            const { icon, look, opens, shortcut } = looks[action];
            const words = label(action);
            const bare = room !== 'full' && !mainActions.includes(action);
            const { disabled: isDisabled, title } = abilityTo(commandFor(action), disabled);
            return (
              <button
                key={action}
                type="button"
                class={action === 'unmute' ? 'quiet muted' : look}
                disabled={isDisabled}
                title={title ?? (bare ? words : undefined)}
                aria-label={say('calls.actionOn', { action: words, caller })}
                aria-expanded={opens && opens === open}
                aria-keyshortcuts={shortcut && ariaKeys(shortcut)}
                onClick={() => act(action, call)}
              >
                <Icon name={icon} />
                {!bare && <span>{words}</span>}
              </button>
            );
          })}
        </div>
      )}
      {hasTransfer && <Transfer call={call} others={others} disabled={disabled} />}
      {hasKeypad && <Keypad label={say('calls.tones', { caller })} disabled={disabled} onKey={pressDigit} typed />}
      {room !== 'line' && (call.dtmfSent || call.dtmfReceived) && (
        <dl class="digits">
          {call.dtmfSent && <Digits label={say('calls.digitsSent')} digits={call.dtmfSent} />}
          {call.dtmfReceived && <Digits label={say('calls.digitsReceived')} digits={call.dtmfReceived} />}
        </dl>
      )}
      {room === 'full' && call.state !== 'RELEASED' && (quality || call.codec) && (
        <p class="measured">
          <NetworkBadge quality={quality} />
          {call.codec && <bdi class="detail">{call.codec}</bdi>}
        </p>
      )}
    </li>
  );
}

const Digits = ({ label, digits }: { label: string; digits: string }) => (
  <div>
    <dt>{label}</dt>
    <dd>
      <bdi>{digits}</bdi>
    </dd>
  </div>
);
