/** Whether the endpoint is to be told its configuration: what it has may be another, and a change can end calls. */
import type { Configuration } from '@thinline/shared/contract/types.ts';

export interface ConfiguringFacts {
  /** The one to be in force; null: whatever there is. */
  wanted: Pick<Configuration, 'revision'> | null;
  /** The revision that is in force as far as we remember; empty: none, and so no lines and no calls. */
  inForce: string;
  /** The endpoint said so, or was told, since the link came up. */
  isCertain: boolean;
  callsUp: boolean;
}

/** assumed: it has it, which is made sure of after the calls; waits: it has another, and calls that began with that. */
export type Configuring = 'done' | 'now' | 'assumed' | 'waits';

export function configuring({ wanted, inForce, isCertain, callsUp }: ConfiguringFacts): Configuring {
  const hasIt = wanted?.revision === inForce;
  if (!wanted || (hasIt && isCertain)) return 'done';
  if (!callsUp || inForce === '') return 'now';
  return hasIt ? 'assumed' : 'waits';
}
