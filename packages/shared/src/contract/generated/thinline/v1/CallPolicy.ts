// Original file: proto/thinline/v1/config.proto


/**
 * What becomes of calls before anybody is asked.
 */
export interface CallPolicyInput {
  'autoAnswer'?: (boolean);
  'autoAnswerDelayMs'?: (number);
  /**
   * "Rfc2833", "Info" or "InbandRtp".
   */
  'dtmfMethod'?: (string);
  'rejectWhenBusy'?: (boolean);
  /**
   * That many calls are busy.
   */
  'sessionsForBusy'?: (number);
  'busyStatus'?: (number);
  /**
   * A call is not heard to ring for longer, s, though it can still be answered; 0: no limit.
   */
  'ringingTimeoutS'?: (number);
  /**
   * Where a headset is wanted and none of those named is there: calls that come are refused, none can be made.
   */
  'rejectWithoutHeadset'?: (boolean);
  'noHeadsetStatus'?: (number);
  /**
   * Calls that come while no app layer is connected: "accept" or empty, or "refuse".
   */
  'whenLost'?: (string);
}

/**
 * What becomes of calls before anybody is asked.
 */
export interface CallPolicy {
  'autoAnswer': (boolean);
  'autoAnswerDelayMs': (number);
  /**
   * "Rfc2833", "Info" or "InbandRtp".
   */
  'dtmfMethod': (string);
  'rejectWhenBusy': (boolean);
  /**
   * That many calls are busy.
   */
  'sessionsForBusy': (number);
  'busyStatus': (number);
  /**
   * A call is not heard to ring for longer, s, though it can still be answered; 0: no limit.
   */
  'ringingTimeoutS': (number);
  /**
   * Where a headset is wanted and none of those named is there: calls that come are refused, none can be made.
   */
  'rejectWithoutHeadset': (boolean);
  'noHeadsetStatus': (number);
  /**
   * Calls that come while no app layer is connected: "accept" or empty, or "refuse".
   */
  'whenLost': (string);
}
