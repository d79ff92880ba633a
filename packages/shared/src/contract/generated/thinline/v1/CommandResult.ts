// Original file: proto/thinline/v1/session.proto

import type { FailureInput as _thinline_v1_FailureInput, Failure as _thinline_v1_Failure } from '../../thinline/v1/Failure.ts';

export interface CommandResultInput {
  'id'?: (string);
  /**
   * Absent: done.
   */
  'failure'?: (_thinline_v1_FailureInput | null);
  /**
   * The call that a dial made.
   */
  'callId'?: (string);
}

export interface CommandResult {
  'id': (string);
  /**
   * Absent: done.
   */
  'failure': (_thinline_v1_Failure | null);
  /**
   * The call that a dial made.
   */
  'callId': (string);
}
