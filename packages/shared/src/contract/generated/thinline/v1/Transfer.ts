// Original file: proto/thinline/v1/call.proto


/**
 * Sends the far end to the target (blind), or joins it with the far end of another call of ours, other_call_id (attended,
 * and semi-attended while that one still rings).
 */
export interface TransferInput {
  'callId'?: (string);
  'target'?: (string);
  'otherCallId'?: (string);
}

/**
 * Sends the far end to the target (blind), or joins it with the far end of another call of ours, other_call_id (attended,
 * and semi-attended while that one still rings).
 */
export interface Transfer {
  'callId': (string);
  'target': (string);
  'otherCallId': (string);
}
