// Original file: proto/thinline/v1/call.proto


export interface ResumeInput {
  'callId'?: (string);
}

export interface Resume {
  'callId': (string);
}
