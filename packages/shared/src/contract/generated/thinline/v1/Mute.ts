// Original file: proto/thinline/v1/call.proto


export interface MuteInput {
  'callId'?: (string);
  'on'?: (boolean);
}

export interface Mute {
  'callId': (string);
  'on': (boolean);
}
