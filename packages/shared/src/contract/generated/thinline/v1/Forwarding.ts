// Original file: proto/thinline/v1/feature.proto


// Original file: proto/thinline/v1/feature.proto

export const _thinline_v1_Forwarding_Kind = {
  ALWAYS: 'ALWAYS',
  BUSY: 'BUSY',
  NO_ANSWER: 'NO_ANSWER',
} as const;

export type _thinline_v1_Forwarding_KindInput =
  | 'ALWAYS'
  | 0
  | 'BUSY'
  | 1
  | 'NO_ANSWER'
  | 2

export type _thinline_v1_Forwarding_Kind = typeof _thinline_v1_Forwarding_Kind[keyof typeof _thinline_v1_Forwarding_Kind]

/**
 * Call forwarding of a line: done by its server where that has the feature, else by the phone.
 */
export interface ForwardingInput {
  'kind'?: (_thinline_v1_Forwarding_KindInput);
  'on'?: (boolean);
  'target'?: (string);
  /**
   * NO_ANSWER: how long it rings first, s.
   */
  'seconds'?: (number);
}

/**
 * Call forwarding of a line: done by its server where that has the feature, else by the phone.
 */
export interface Forwarding {
  'kind': (_thinline_v1_Forwarding_Kind);
  'on': (boolean);
  'target': (string);
  /**
   * NO_ANSWER: how long it rings first, s.
   */
  'seconds': (number);
}
