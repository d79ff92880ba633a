// Original file: proto/thinline/v1/call.proto


export interface HangUpInput {
  'callId'?: (string);
}

export interface HangUp {
  'callId': (string);
}
