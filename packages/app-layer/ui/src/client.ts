/** The page's end of the panel's HTTP API. */
import { failure } from '@thinline/shared/failures.ts';
import {
  type CommandAnswer,
  type CommandRequest,
  type Failure,
  type FailureAnswer,
  type PanelCommand,
  paths,
} from '../../src/panel/api.ts';

export const unreachable = (): Failure => failure('panelLost', { address: location.host });

/** Why the server refused. */
export async function failureIn(response: Response): Promise<Failure> {
  const answer: Partial<FailureAnswer> = await response.json().catch(() => ({}));
  return answer.failure ?? unreachable();
}

export interface Sent {
  /** The call that a dial made, else empty. */
  callId: string;
  /** null: it is done. */
  failure: Failure | null;
}

const notDone = (failure: Failure): Sent => ({ callId: '', failure });

/** Goes on its way even when the page is left. */
export async function send(command: PanelCommand): Promise<Sent> {
  const request: CommandRequest = { id: crypto.randomUUID(), command };
  try {
    const response = await fetch(paths.commands, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
      keepalive: true,
    });
    if (!response.ok) return notDone(await failureIn(response));
    const { callId }: CommandAnswer = await response.json();
    return { callId, failure: null };
  } catch {
    return notDone(unreachable());
  }
}

/** Answers null when it is done. */
export const execute = async (command: PanelCommand): Promise<Failure | null> => (await send(command)).failure;

/** Why there are no events: what the server answers, or that it doesn't. An event source itself never tells. */
export async function whyNoEvents(): Promise<Failure> {
  try {
    const response = await fetch(paths.state);
    return response.ok ? unreachable() : await failureIn(response);
  } catch {
    return unreachable();
  }
}
