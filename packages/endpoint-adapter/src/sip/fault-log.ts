/** Faults of outside messages, each kind once: a peer that sends garbage must not fill the log. */
import type { Log } from '@thinline/shared/log/log.ts';

const MAX_KINDS = 64;

export function makeFaultLog(log: Log): (kind: string, from: string) => void {
  const known = new Set<string>();
  return (kind, from) => {
    const short = kind.slice(0, 120);
    if (known.has(short) || known.size >= MAX_KINDS) return log.debug(() => `malformed message from ${from}: ${short}`);
    known.add(short);
    log.warning(`malformed message from ${from}: ${short} (further ones are logged at level debug)`);
  };
}
