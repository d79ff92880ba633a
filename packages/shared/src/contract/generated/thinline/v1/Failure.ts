// Original file: proto/thinline/v1/failure.proto


/**
 * A failure as people and programs get it: a row of the failure catalogue with the facts of this case filled in.
 */
export interface FailureInput {
  /**
   * "TL2003": looked up in docs/failures.md.
   */
  'code'?: (string);
  /**
   * One sentence: what happened.
   */
  'message'?: (string);
  'cause'?: (string);
  /**
   * What to do about it.
   */
  'remedy'?: (string);
  /**
   * What the row's sentences were filled in with, for those who say them in another language.
   */
  'facts'?: ({[key: string]: string});
}

/**
 * A failure as people and programs get it: a row of the failure catalogue with the facts of this case filled in.
 */
export interface Failure {
  /**
   * "TL2003": looked up in docs/failures.md.
   */
  'code': (string);
  /**
   * One sentence: what happened.
   */
  'message': (string);
  'cause': (string);
  /**
   * What to do about it.
   */
  'remedy': (string);
  /**
   * What the row's sentences were filled in with, for those who say them in another language.
   */
  'facts': ({[key: string]: string});
}
