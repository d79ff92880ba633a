// Original file: proto/thinline/v1/call.proto


export interface RedirectionInput {
  'target'?: (string);
  'status'?: (number);
}

export interface Redirection {
  'target': (string);
  'status': (number);
}
