/** Who may hold the endpoint: one app session at a time. */
import type { AgentSession, Failure } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';

/** null: the newcomer gets the endpoint; what held it is told that it was taken over. */
export function refusal(holder: AgentSession | null, newcomer: AgentSession, callsUp: boolean): Failure | null {
  if (!holder || holder.user === newcomer.user || !callsUp) return null;
  return failure('endpointTaken', { user: holder.user });
}

/** The highest protocol version that both speak, or null. */
export function commonProtocol(
  ours: { min: number; max: number },
  theirs: { min: number; max: number },
): number | null {
  const highest = Math.min(ours.max, theirs.max);
  return highest >= Math.max(ours.min, theirs.min) ? highest : null;
}
