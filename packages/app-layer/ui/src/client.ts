/** The page's end of the panel's HTTP API. */
import { failure } from '@thinline/shared/failures.ts';
import {
  type CommandRequest,
  type Failure,
  type FailureAnswer,
  type PanelCommand,
  paths,
} from '../../src/panel/api.ts';

export const unreachable = (): Failure => failure('panelLost', { address: location.host });

async function failureIn(response: Response): Promise<Failure> {
  const answer: Partial<FailureAnswer> = await response.json().catch(() => ({}));
  return answer.failure ?? unreachable();
}

/** Answers null when it is done. */
export async function execute(command: PanelCommand): Promise<Failure | null> {
  const request: CommandRequest = { id: crypto.randomUUID(), command };
  try {
    const response = await fetch(paths.commands, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
    });
    return response.ok ? null : await failureIn(response);
  } catch {
    return unreachable();
  }
}

/** Why there are no events: what the server answers, or that it doesn't. An event source itself never tells. */
export async function whyNoEvents(): Promise<Failure> {
  try {
    const response = await fetch(paths.state);
    return response.ok ? unreachable() : await failureIn(response);
  } catch {
    return unreachable();
  }
}
