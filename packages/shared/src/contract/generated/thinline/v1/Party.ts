// Original file: proto/thinline/v1/call.proto


export interface PartyInput {
  /**
   * "sip:602@example.org"
   */
  'uri'?: (string);
  /**
   * The user part, which agents know as the number.
   */
  'number'?: (string);
  'displayName'?: (string);
}

export interface Party {
  /**
   * "sip:602@example.org"
   */
  'uri': (string);
  /**
   * The user part, which agents know as the number.
   */
  'number': (string);
  'displayName': (string);
}
