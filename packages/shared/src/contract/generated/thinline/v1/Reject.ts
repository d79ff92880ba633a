// Original file: proto/thinline/v1/call.proto


export interface RejectInput {
  'callId'?: (string);
  /**
   * A SIP status, 400 to 699; 0 for 486 Busy Here.
   */
  'status'?: (number);
}

export interface Reject {
  'callId': (string);
  /**
   * A SIP status, 400 to 699; 0 for 486 Busy Here.
   */
  'status': (number);
}
