// Original file: proto/thinline/v1/session.proto

import type { FailureInput as _thinline_v1_FailureInput, Failure as _thinline_v1_Failure } from '../../thinline/v1/Failure.ts';

/**
 * Something the agent should know that belongs to no single call or line. It stands until it is cleared.
 */
export interface NoticeInput {
  /**
   * What it is about ("port", "sound"); a later notice on the same subject replaces it.
   */
  'subject'?: (string);
  /**
   * Absent: the subject is in order again.
   */
  'failure'?: (_thinline_v1_FailureInput | null);
}

/**
 * Something the agent should know that belongs to no single call or line. It stands until it is cleared.
 */
export interface Notice {
  /**
   * What it is about ("port", "sound"); a later notice on the same subject replaces it.
   */
  'subject': (string);
  /**
   * Absent: the subject is in order again.
   */
  'failure': (_thinline_v1_Failure | null);
}
