// Original file: proto/thinline/v1/session.proto

import type { Long } from '@grpc/proto-loader';

export interface WatchRequestInput {
  'sessionId'?: (string);
  /**
   * What this replica has already: events of that epoch up to that number. Empty and 0 for nothing.
   */
  'epoch'?: (string);
  'afterSequence'?: (number | string | Long);
}

export interface WatchRequest {
  'sessionId': (string);
  /**
   * What this replica has already: events of that epoch up to that number. Empty and 0 for nothing.
   */
  'epoch': (string);
  'afterSequence': (number);
}
