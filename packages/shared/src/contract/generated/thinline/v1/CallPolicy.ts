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
   * A call that rings for longer is refused, s; 0: never.
   */
  'ringingTimeoutS'?: (number);
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
   * A call that rings for longer is refused, s; 0: never.
   */
  'ringingTimeoutS': (number);
}
