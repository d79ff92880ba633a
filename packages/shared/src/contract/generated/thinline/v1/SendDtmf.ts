// Original file: proto/thinline/v1/call.proto


/**
 * digits: 0-9 * # A-D.
 */
export interface SendDtmfInput {
  'callId'?: (string);
  'digits'?: (string);
}

/**
 * digits: 0-9 * # A-D.
 */
export interface SendDtmf {
  'callId': (string);
  'digits': (string);
}
