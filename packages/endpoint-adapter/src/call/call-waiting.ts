/** How a call is announced that comes beside others: a truth table. */
import type { AlertingSettings } from '@thinline/shared/contract/types.ts';

/** active: somebody is talked to; held: there are others, and all of them are held. */
export type OtherCalls = 'none' | 'held' | 'active';

export type Announcement = 'ringing' | 'callWaiting' | 'silence';

export function announcement(
  others: OtherCalls,
  settings: Pick<AlertingSettings, 'callWaitingTone' | 'ringWhileHeld'>,
): Announcement {
  if (others === 'none' || (others === 'held' && settings.ringWhileHeld)) return 'ringing';
  return settings.callWaitingTone ? 'callWaiting' : 'silence';
}
