/** What a NOTIFY of the line's server inside a dialog asks of a call: third-party call control. */

/** Where the call stands, by the newest wish rather than by what has been done about it already. */
export interface Standing {
  /** Incoming, and nobody has answered it. */
  ringing: boolean;
  established: boolean;
  /** By us. */
  held: boolean;
}

export type RemoteCommand = 'answer' | 'resume' | 'hold' | 'sendDtmf' | 'beep';

type Rule = (it: Standing) => RemoteCommand | null;

const table: Readonly<Record<string, Rule>> = {
  talk: (it) => (it.ringing ? 'answer' : it.established && it.held ? 'resume' : null),
  hold: (it) => (it.established && !it.held ? 'hold' : null),
  dtmf: (it) => (it.established ? 'sendDtmf' : null),
  beep: () => 'beep',
};

/** Null for what means nothing to a call that stands so. */
export const remoteCommand = (event: string, standing: Standing): RemoteCommand | null =>
  Object.hasOwn(table, event) ? (table[event]?.(standing) ?? null) : null;
