/** What the phone lets the agent hear of its calls, beside the calls themselves. */
import type { Call } from '@thinline/shared/contract/types.ts';
import type { Tone } from '../media/stream-settings.ts';
import { holdsTheEar } from './states.ts';

/** quiet: no ringing is wanted for it, not yet, or not any more. */
export type Alerting = Pick<Call, 'state' | 'earlyMedia'> & { quiet: boolean };

/** One tone at a time: an incoming call rings unless somebody is talked to, an outgoing one without sound of its own rings back. */
export function toneFor(calls: readonly Alerting[]): Tone {
  const talking = calls.some((call) => holdsTheEar(call.state));
  if (!talking && calls.some((call) => call.state === 'ALERTING' && !call.quiet)) return 'ringing';
  if (calls.some((call) => call.state === 'RINGING' && !call.earlyMedia)) return 'ringback';
  return 'none';
}
