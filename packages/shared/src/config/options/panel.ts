/** policy.panel: what the agent sees of the phone. All of it is ours. */
import type { Option } from '../option.ts';

export const panelOptions = [
  {
    path: 'policy.panel.beside_desktop',
    type: 'choice',
    choices: ['full', 'calls', 'status'],
    default: 'calls',
    effect: 'restart',
    where: 'app',
    meaning:
      'What the panel offers while an agent desktop has a session: everything; calls and sound, but neither signing in nor the state of agent and lines; or states alone. Ours.',
  },
  {
    path: 'policy.panel.echo_target',
    type: 'text',
    default: '',
    effect: 'restart',
    where: 'app',
    meaning: "A number that sends sound back, for the agent's self-test; empty: it is done without. Ours.",
  },
] as const satisfies readonly Option[];
