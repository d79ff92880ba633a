// Original file: proto/thinline/v1/call.proto


export interface HoldInput {
  'callId'?: (string);
}

export interface Hold {
  'callId': (string);
}
