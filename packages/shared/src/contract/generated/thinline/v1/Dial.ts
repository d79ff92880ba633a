// Original file: proto/thinline/v1/call.proto


/**
 * target: a number, user@host or a sip: URI. line_id: empty for the first line.
 */
export interface DialInput {
  'target'?: (string);
  'lineId'?: (string);
  /**
   * Neither name nor number is shown to the far end.
   */
  'anonymous'?: (boolean);
  /**
   * The appearance of a shared line to call on; 0: none.
   */
  'appearance'?: (number);
}

/**
 * target: a number, user@host or a sip: URI. line_id: empty for the first line.
 */
export interface Dial {
  'target': (string);
  'lineId': (string);
  /**
   * Neither name nor number is shown to the far end.
   */
  'anonymous': (boolean);
  /**
   * The appearance of a shared line to call on; 0: none.
   */
  'appearance': (number);
}
