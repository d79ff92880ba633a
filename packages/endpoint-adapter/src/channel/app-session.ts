/** Who holds the endpoint: one app session at a time, the one that came last. */
import type { AgentSession, Failure } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';

/** Of the names that a session gives, in characters; the rest is cut off. */
const longestName = 256;
/** Of the ids that a sender chooses, in characters. */
export const longestId = 64;
/** Sessions that are kept in mind of each kind; the oldest is forgotten first. */
const remembered = 64;

/** Sessions that shook hands, the one that holds the endpoint, and those that it was taken from. */
export class AppSessions {
  #holder: AgentSession | null = null;
  #admitted = new Map<string, AgentSession>();
  #displaced = new Set<string>();

  get holder(): AgentSession | null {
    return this.#holder;
  }

  /** null: it may take the endpoint. Whoever holds it keeps it until then. */
  admit(asking: AgentSession, callsUp: boolean): Failure | null {
    if (asking.id.length > longestId) return failure('unknownCommand');
    const newcomer = { id: asking.id, user: bounded(asking.user), host: bounded(asking.host) };
    if (this.#displaced.has(newcomer.id)) return this.takenOver;
    const why = refusal(this.#holder, newcomer, callsUp);
    if (why) return why;
    this.#admitted.set(newcomer.id, newcomer);
    forgetOldest(this.#admitted);
    return null;
  }

  /** null: it holds the endpoint now. A call may have come up since it was admitted, so it is judged again. */
  take(id: string, callsUp: boolean): Failure | 'handshake first' | null {
    if (this.#displaced.has(id)) return this.takenOver;
    const holder = this.#holder;
    if (holder?.id === id) return null;
    const newcomer = this.#admitted.get(id);
    if (!newcomer) return 'handshake first';
    const why = refusal(holder, newcomer, callsUp);
    if (why) return why;
    if (holder) this.#displaced.add(holder.id);
    forgetOldest(this.#displaced);
    this.#admitted.delete(id);
    this.#holder = newcomer;
    return null;
  }

  /** What the sessions hear that don't hold the endpoint. */
  get takenOver(): Failure {
    return failure('takenOver', { host: this.#holder?.host ?? 'elsewhere' });
  }
}

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

const bounded = (name: string): string => name.slice(0, longestName);

function forgetOldest(sessions: Map<string, unknown> | Set<string>): void {
  const oldest = sessions.keys().next();
  if (sessions.size > remembered && !oldest.done) sessions.delete(oldest.value);
}
