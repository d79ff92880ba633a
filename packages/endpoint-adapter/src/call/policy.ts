/** The policy of calls while no configuration says otherwise. */
import type { CallPolicy } from '@thinline/shared/contract/types.ts';

export const defaultPolicy: CallPolicy = {
  autoAnswer: false,
  autoAnswerDelayMs: 1500,
  dtmfMethod: 'Rfc2833',
  rejectWhenBusy: false,
  sessionsForBusy: 1,
  busyStatus: 486,
  ringingTimeoutS: 0,
};
