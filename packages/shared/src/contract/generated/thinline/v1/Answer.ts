// Original file: proto/thinline/v1/call.proto


/**
 * Everywhere below, an empty call_id means the only call in question, and is a failure when there are several.
 */
export interface AnswerInput {
  'callId'?: (string);
}

/**
 * Everywhere below, an empty call_id means the only call in question, and is a failure when there are several.
 */
export interface Answer {
  'callId': (string);
}
