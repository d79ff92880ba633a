/** What the phone lets the agent hear of its calls, beside the calls themselves. */
import type { Call } from '@thinline/shared/contract/types.ts';
import type { Tone } from '../media/stream-settings.ts';

/** One tone at a time: an incoming call rings unless somebody is talked to, an outgoing one without sound of its own rings back. */
export function toneFor(calls: readonly Pick<Call, 'state' | 'earlyMedia'>[]): Tone {
  const talking = calls.some((call) => call.state === 'TALKING' || call.state === 'REMOTE_HELD');
  if (!talking && calls.some((call) => call.state === 'ALERTING')) return 'ringing';
  if (calls.some((call) => call.state === 'RINGING' && !call.earlyMedia)) return 'ringback';
  return 'none';
}
