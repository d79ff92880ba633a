/** Which call a command means. */
import { FailureError } from '@thinline/shared/failures.ts';
import type { Call } from './call.ts';
import { allowed, type CallCommand, holdsTheEar } from './states.ts';

/**
 * The call of that id; without one, the only call that the command makes sense for, `except` aside. Throws FailureError
 * noSuchCall or ambiguousCall.
 */
export function meantCall(
  calls: ReadonlyMap<string, Call>,
  id: string,
  command: CallCommand,
  except: Call | null = null,
): Call {
  if (id) {
    const call = calls.get(id);
    if (!call) throw new FailureError('noSuchCall', { call: id });
    return call;
  }
  const all = [...calls.values()].filter((call) => call !== except);
  const fitting = all.filter((call) => allowed[command].includes(call.snapshot.state));
  const talking = fitting.filter((call) => holdsTheEar(call.snapshot.state));
  const [only, ...others] = talking.length === 1 ? talking : fitting.length > 0 ? fitting : all;
  if (!only) throw new FailureError('noSuchCall', { call: 'meant' });
  if (others.length > 0) throw new FailureError('ambiguousCall', { count: others.length + 1 });
  return only;
}
