/** The policy of calls while no configuration says otherwise. */
import type { CallPolicy } from '@thinline/shared/contract/types.ts';
import type { DevicesAtHand } from './answer-policy.ts';

export const defaultPolicy: CallPolicy = {
  autoAnswer: false,
  autoAnswerDelayMs: 1500,
  dtmfMethod: 'Rfc2833',
  rejectWhenBusy: false,
  sessionsForBusy: 1,
  busyStatus: 486,
  ringingTimeoutS: 0,
  rejectWithoutHeadset: false,
  noHeadsetStatus: 480,
  whenLost: 'accept',
};

/** While nobody says which devices there are: no reason to refuse a call. */
export const allDevices: DevicesAtHand = { headsetAvailable: true, microphone: true, loudspeaker: true };
