/** Whether the phone may take and make calls, and answer by itself, with the devices that are there: a truth table. */

/** What the configuration says about headsets. */
export interface HeadsetRule {
  useHeadset: boolean;
  rejectWithoutHeadset: boolean;
  /** 400 to 699; 480 in place of any other. */
  noHeadsetStatus: number;
}

/** What of devices decides about calls. */
export interface DevicesAtHand {
  /** A headset of those named, with both its halves; what stands in for one doesn't count. */
  headsetAvailable: boolean;
  microphone: boolean;
  loudspeaker: boolean;
}

export interface AnswerPolicy {
  incoming: 'automatic' | 'manual' | 'rejected';
  outgoing: 'allowed' | 'blocked';
  /** unknown: a person decides. */
  shouldAnswer: 'true' | 'false' | 'unknown';
  /** What refuses a call where it is rejected; 0: none is. */
  status: number;
}

const automatic: AnswerPolicy = { incoming: 'automatic', outgoing: 'allowed', shouldAnswer: 'true', status: 0 };
const manual: AnswerPolicy = { incoming: 'manual', outgoing: 'allowed', shouldAnswer: 'unknown', status: 0 };

const rejected = ({ noHeadsetStatus: status }: HeadsetRule): AnswerPolicy => ({
  incoming: 'rejected',
  outgoing: 'blocked',
  shouldAnswer: 'false',
  status: status >= 400 && status <= 699 ? status : 480,
});

/** autoAnswer: the configuration wants it, or the line's server has asked for it. */
export function answerPolicy(autoAnswer: boolean, rule: HeadsetRule, devices: DevicesAtHand): AnswerPolicy {
  const { headsetAvailable, microphone, loudspeaker } = devices;
  const usable = rule.useHeadset ? headsetAvailable : microphone && loudspeaker;
  if (usable) return autoAnswer ? automatic : manual;
  return rule.useHeadset && rule.rejectWithoutHeadset ? rejected(rule) : manual;
}
