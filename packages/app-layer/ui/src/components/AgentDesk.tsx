import { useState } from 'preact/hooks';
import type { Agent, AgentState, Line } from '../../../src/panel/api.ts';
import { agentStates, agentText, isLoggedIn, userPart } from '../../../src/words.ts';
import { abilityTo, command } from '../store.ts';
import { agentTone } from '../view.ts';
import { Entry } from './Entry.tsx';
import { FailureCard } from './FailureCard.tsx';

interface Props {
  line: Line;
  agent: Agent;
  disabled: boolean;
}

/** The agent of a line, as its server knows it: logging in and out, and whether calls may come. */
export function AgentDesk({ line, agent, disabled }: Props) {
  const loggedIn = isLoggedIn(agent);
  const logOut = () => void command({ setAgentState: { lineId: line.id, state: 'LOGGED_OUT' } });
  return (
    <section class="card desk" aria-label={`Agent on ${userPart(line.address)}`}>
      <div class="desk-head">
        <div>
          <p class={`pill ${agentTone(agent)}`}>{agentText(agent)}</p>
          <p class="detail">
            Agent {agent.agentId} on {userPart(line.address)}
          </p>
        </div>
        {loggedIn && (
          <button type="button" class="quiet" {...abilityTo('setAgentState', disabled)} onClick={logOut}>
            Log out
          </button>
        )}
      </div>
      {agent.failure && <FailureCard failure={agent.failure} />}
      {loggedIn ? (
        <States lineId={line.id} state={agent.state} disabled={disabled} />
      ) : (
        <Login lineId={line.id} disabled={disabled} />
      )}
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
    <form class="login" aria-label="Log in" onSubmit={logIn}>
      <Entry id={`agent-${lineId}`} label="Agent id" value={agentId} onValue={setAgentId} />
      <Entry id={`password-${lineId}`} label="Password" type="password" value={password} onValue={setPassword} />
      <button type="submit" class="primary" {...abilityTo('setAgentState', disabled || agentId.trim() === '')}>
        Log in
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
      onClick={() => void command({ setAgentState: { lineId, state: wanted } })}
    >
      {agentStates[wanted]}
    </button>
  );
  const notReady = (event: Event) => {
    event.preventDefault();
    if (!disabled) void command({ setAgentState: { lineId, state: 'NOT_READY', reason: reason.trim() } });
  };
  return (
    <form class="states" aria-label="Agent state" onSubmit={notReady}>
      <div class="actions">
        {choose('READY')}
        {choose('AFTER_CALL_WORK')}
      </div>
      <Entry
        id={`reason-${lineId}`}
        label="Reason code, if not ready"
        maxLength={64}
        value={reason}
        onValue={setReason}
      >
        <button
          type="submit"
          class="quiet"
          {...abilityTo('setAgentState', disabled)}
          aria-pressed={state === 'NOT_READY'}
        >
          {agentStates.NOT_READY}
        </button>
      </Entry>
    </form>
  );
}
