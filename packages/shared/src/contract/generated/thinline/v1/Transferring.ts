// Original file: proto/thinline/v1/call.proto

import type { FailureInput as _thinline_v1_FailureInput, Failure as _thinline_v1_Failure } from '../../thinline/v1/Failure.ts';

/**
 * How far a transfer has come: what the target has said, as a SIP status.
 */
export interface TransferringInput {
  'target'?: (string);
  /**
   * 0: the far end has not been asked yet, or has not answered.
   */
  'status'?: (number);
  'done'?: (boolean);
  /**
   * Why it failed; the call is back.
   */
  'failure'?: (_thinline_v1_FailureInput | null);
}

/**
 * How far a transfer has come: what the target has said, as a SIP status.
 */
export interface Transferring {
  'target': (string);
  /**
   * 0: the far end has not been asked yet, or has not answered.
   */
  'status': (number);
  'done': (boolean);
  /**
   * Why it failed; the call is back.
   */
  'failure': (_thinline_v1_Failure | null);
}
