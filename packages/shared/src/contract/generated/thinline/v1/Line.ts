// Original file: proto/thinline/v1/line.proto

import type { FailureInput as _thinline_v1_FailureInput, Failure as _thinline_v1_Failure } from '../../thinline/v1/Failure.ts';

// Original file: proto/thinline/v1/line.proto

export const _thinline_v1_Line_State = {
  UNREGISTERED: 'UNREGISTERED',
  REGISTERING: 'REGISTERING',
  REGISTERED: 'REGISTERED',
  UNREGISTERING: 'UNREGISTERING',
  /**
   * The last attempt failed; failure says why, retry_at_ms when it is tried again (0: not by itself).
   */
  FAILED: 'FAILED',
  /**
   * Registration is off for this line (reg_timeout 0): calls are possible without it.
   */
  STANDALONE: 'STANDALONE',
} as const;

export type _thinline_v1_Line_StateInput =
  | 'UNREGISTERED'
  | 0
  | 'REGISTERING'
  | 1
  | 'REGISTERED'
  | 2
  | 'UNREGISTERING'
  | 3
  /**
   * The last attempt failed; failure says why, retry_at_ms when it is tried again (0: not by itself).
   */
  | 'FAILED'
  | 4
  /**
   * Registration is off for this line (reg_timeout 0): calls are possible without it.
   */
  | 'STANDALONE'
  | 5

export type _thinline_v1_Line_State = typeof _thinline_v1_Line_State[keyof typeof _thinline_v1_Line_State]

/**
 * One address of record at one server.
 */
export interface LineInput {
  /**
   * "line0" for the first.
   */
  'id'?: (string);
  'state'?: (_thinline_v1_Line_StateInput);
  /**
   * The address of record, "sip:701@example.org".
   */
  'address'?: (string);
  'displayName'?: (string);
  /**
   * "host:port" as configured, and the transport, "udp" or "tcp".
   */
  'server'?: (string);
  'transport'?: (string);
  'failure'?: (_thinline_v1_FailureInput | null);
  'retryAtMs'?: (number | string);
  /**
   * When the registration ends unless refreshed, ms since 1970.
   */
  'expiresAtMs'?: (number | string);
}

/**
 * One address of record at one server.
 */
export interface Line {
  /**
   * "line0" for the first.
   */
  'id': (string);
  'state': (_thinline_v1_Line_State);
  /**
   * The address of record, "sip:701@example.org".
   */
  'address': (string);
  'displayName': (string);
  /**
   * "host:port" as configured, and the transport, "udp" or "tcp".
   */
  'server': (string);
  'transport': (string);
  'failure': (_thinline_v1_Failure | null);
  'retryAtMs': (number);
  /**
   * When the registration ends unless refreshed, ms since 1970.
   */
  'expiresAtMs': (number);
}
