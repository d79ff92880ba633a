import { useState } from 'preact/hooks';
import type { Agent, AgentState, Line } from '../../../src/panel/api.ts';
import { say } from '../../../src/words/say.ts';
import { agentStateText, agentText, isLoggedIn, userPart } from '../../../src/words.ts';
import { ariaKeys } from '../shortcuts.ts';
import { abilityTo, command } from '../store.ts';
import { agentTone } from '../view.ts';
import { Entry } from './Entry.tsx';
import { FailureCard } from './FailureCard.tsx';

interface Props {
  line: Line;
  agent: Agent;
  disabled: boolean;
  /** It is only shown: an agent desktop sets it. */
  shownOnly: boolean;
}

/** The agent of a line, as its server knows it: logging in and out, and whether calls may come. */
export function AgentDesk({ line, agent, disabled, shownOnly }: Props) {
  const loggedIn = isLoggedIn(agent);
  const logOut = () => void command({ setAgentState: { lineId: line.id, state: 'LOGGED_OUT' } });
  const number = userPart(line.address);
  return (
    <section class="card desk" aria-label={say('agent.heading', { line: number })}>
      <div class="desk-head">
        <div>
          <p class={`pill ${agentTone(agent)}`}>{agentText(agent)}</p>
          <p class="detail">
            {agent.agentId === ''
              ? say('agent.heading', { line: number })
              : say('agent.who', { agent: agent.agentId, line: number })}
          </p>
        </div>
        {loggedIn && !shownOnly && (
          <button type="button" class="plain" {...abilityTo('setAgentState', disabled)} onClick={logOut}>
            {say('agent.logOut')}
          </button>
        )}
      </div>
      {agent.failure && <FailureCard failure={agent.failure} />}
      {!shownOnly && loggedIn && <States lineId={line.id} state={agent.state} disabled={disabled} />}
      {!shownOnly && !loggedIn && <Login lineId={line.id} disabled={disabled} />}
    </section>
  );
}

function Login({ lineId, disabled }: { lineId: string; disabled: boolean }) {
  const [agentId, setAgentId] = useState('');
  const [password, setPassword] = useState('');
  const logIn = (event: Event) => {
    event.preventDefault();
    if (agentId.trim() === '' || disabled) return;
    // Not ready: nobody is sent calls before they say that they are ready.
    void command({ setAgentState: { lineId, state: 'NOT_READY', agentId: agentId.trim(), password } });
    setPassword('');
  };
  return (
    <form class="login" aria-label={say('agent.logIn')} onSubmit={logIn}>
      <Entry id={`agent-${lineId}`} label={say('agent.id')} value={agentId} onValue={setAgentId} />
      <Entry
        id={`password-${lineId}`}
        label={say('agent.password')}
        type="password"
        value={password}
        onValue={setPassword}
      />
      <button type="submit" class="primary" {...abilityTo('setAgentState', disabled || agentId.trim() === '')}>
        {say('agent.logIn')}
      </button>
    </form>
  );
}

function States({ lineId, state, disabled }: { lineId: string; state: AgentState; disabled: boolean }) {
  const [reason, setReason] = useState('');
  const choose = (wanted: 'READY' | 'AFTER_CALL_WORK') => (
    <button
      type="button"
      class="quiet"
      {...abilityTo('setAgentState', disabled)}
      aria-pressed={state === wanted}
      aria-keyshortcuts={wanted === 'READY' ? ariaKeys('ready') : undefined}
      onClick={() => void command({ setAgentState: { lineId, state: wanted } })}
    >
      {agentStateText(wanted)}
    </button>
  );
  const notReady = (event: Event) => {
    event.preventDefault();
    if (!disabled) void command({ setAgentState: { lineId, state: 'NOT_READY', reason: reason.trim() } });
  };
  return (
    <form class="states" aria-label={say('agent.stateForm')} onSubmit={notReady}>
      <div class="actions">
        {choose('READY')}
        {choose('AFTER_CALL_WORK')}
      </div>
      <Entry id={`reason-${lineId}`} label={say('agent.reasonField')} maxLength={64} value={reason} onValue={setReason}>
        <button
          type="submit"
          class="quiet"
          {...abilityTo('setAgentState', disabled)}
          aria-pressed={state === 'NOT_READY'}
          aria-keyshortcuts={ariaKeys('notReady')}
        >
          {agentStateText('NOT_READY')}
        </button>
      </Entry>
    </form>
  );
}
