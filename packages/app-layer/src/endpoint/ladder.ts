/** Where sound is sought: at the endpoint, or inside the desktop where the agent's machine has none. */
import type { Fallback } from '@thinline/shared/config/link.ts';

export type Rung = 'endpoint' | 'desktop';

/** So long the endpoint is sought alone at the start, ms. */
export const patienceAtStart = 5000;

export interface LadderFacts {
  fallback: Fallback;
  /** Where we are. */
  rung: Rung;
  /** Since the app layer's start, ms. */
  soughtMs: number;
  /** An adapter that may be used has answered at the endpoint since the start. */
  met: boolean;
  /** The last that answered there may not be used: too old, or of another protocol. */
  blocked: boolean;
  /** There is one at the endpoint now, found while the desktop's is in use. */
  found: boolean;
  /** An adapter runs in the desktop that an earlier app layer started. */
  leftBehind: boolean;
  /** In the desktop; a call is never moved. */
  callsUp: boolean;
}

export interface Step {
  rung: Rung;
  /** While the desktop's adapter is in use: the endpoint's is looked for. */
  seek: boolean;
}

export function nextStep(facts: LadderFacts): Step {
  if (facts.fallback === 'none') return { rung: 'endpoint', seek: false };
  if (facts.rung === 'desktop') {
    if (facts.callsUp) return { rung: 'desktop', seek: false };
    return facts.found ? { rung: 'endpoint', seek: false } : { rung: 'desktop', seek: true };
  }
  // Once it was met, it has the lines and perhaps calls: a link that is lost later is no reason to ring elsewhere.
  const missing = !facts.met && (facts.soughtMs >= patienceAtStart || facts.leftBehind);
  return facts.blocked || missing ? { rung: 'desktop', seek: !facts.callsUp } : { rung: 'endpoint', seek: false };
}
