import { failure as failureOf } from '@thinline/shared/failures.ts';
import type { Line } from '../../../src/panel/api.ts';
import { useNow, useSource } from '../hooks.ts';
import { shown } from '../linger.ts';
import { command, dismissError, panel } from '../store.ts';
import { elsewhereText, joinable, linkDetail, linkText, linkTone } from '../view.ts';
import { AgentDesk } from './AgentDesk.tsx';
import { Announcer } from './Announcer.tsx';
import { CallCard } from './CallCard.tsx';
import { Conference } from './Conference.tsx';
import { Dialer } from './Dialer.tsx';
import { FailureCard } from './FailureCard.tsx';
import { LineFeatures } from './LineFeatures.tsx';
import { Lines } from './Lines.tsx';
import { Sound } from './Sound.tsx';

const noLines: Line[] = [];
const takenOver = failureOf('takenOver').code;

export function App() {
  const now = useNow();
  const { phone: state, seen, lost, errors } = useSource(panel);
  const calls = shown(seen, now);
  const phone = state?.phone;
  const down = lost !== null || state?.link.state !== 'up';
  const muted = calls.some((call) => call.muted && call.state !== 'RELEASED');

  return (
    <main>
      <header>
        <h1>Thinline</h1>
        {state && !lost && (
          <p class={`pill ${linkTone(state.link)}`} title={linkDetail(state)}>
            {linkText(state.link)}
          </p>
        )}
        {lost && <p class="pill bad">Disconnected</p>}
      </header>
      <Announcer calls={calls} lines={phone?.lines ?? noLines} />
      {lost && <FailureCard failure={lost} urgent />}
      {!lost && state?.link.failure && <FailureCard failure={state.link.failure} urgent />}
      {!lost && state?.link.failure?.code === takenOver && (
        <button type="button" class="primary" onClick={() => void command({ register: {} })}>
          Use the phone here
        </button>
      )}
      {!lost && state?.link.notices.map((it) => <FailureCard key={it.code} failure={it} />)}
      {!lost &&
        state?.elsewhere.map(({ sinceMs, host, calls: left }) => (
          <p key={sinceMs} class="card detail">
            {elsewhereText(host, left)}
          </p>
        ))}
      {errors.map(({ key, failure }) => (
        <FailureCard key={key} failure={failure} urgent onDismiss={() => dismissError(key)} />
      ))}
      {phone?.notices.map(({ subject, failure }) => failure && <FailureCard key={subject} failure={failure} />)}
      <div class={down ? 'phone stale' : 'phone'}>
        {phone && <Lines lines={phone.lines} now={now} disabled={down} />}
        {calls.length > 0 && (
          <ul class="calls" aria-label="Calls">
            {calls.map((call) => (
              <CallCard
                key={call.id}
                call={call}
                others={joinable(call, calls)}
                quality={phone?.qualities.find(({ callId }) => callId === call.id)}
                now={now}
                disabled={down}
              />
            ))}
          </ul>
        )}
        <Conference calls={calls} disabled={down} />
        {phone?.lines.map((line) => (
          <div key={line.id}>
            {line.agent && <AgentDesk line={line} agent={line.agent} disabled={down} />}
            <LineFeatures line={line} disabled={down} />
          </div>
        ))}
        <Dialer disabled={down} inCall={calls.some(({ state }) => state !== 'ALERTING' && state !== 'RELEASED')} />
        {phone?.audio && <Sound audio={phone.audio} muted={muted} />}
      </div>
    </main>
  );
}
