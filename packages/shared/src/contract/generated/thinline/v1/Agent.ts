// Original file: proto/thinline/v1/agent.proto

import type { FailureInput as _thinline_v1_FailureInput, Failure as _thinline_v1_Failure } from '../../thinline/v1/Failure.ts';

// Original file: proto/thinline/v1/agent.proto

export const _thinline_v1_Agent_State = {
  /**
   * The server has not said, or knows no agents.
   */
  UNKNOWN: 'UNKNOWN',
  LOGGED_OUT: 'LOGGED_OUT',
  READY: 'READY',
  NOT_READY: 'NOT_READY',
  AFTER_CALL_WORK: 'AFTER_CALL_WORK',
} as const;

export type _thinline_v1_Agent_StateInput =
  /**
   * The server has not said, or knows no agents.
   */
  | 'UNKNOWN'
  | 0
  | 'LOGGED_OUT'
  | 1
  | 'READY'
  | 2
  | 'NOT_READY'
  | 3
  | 'AFTER_CALL_WORK'
  | 4

export type _thinline_v1_Agent_State = typeof _thinline_v1_Agent_State[keyof typeof _thinline_v1_Agent_State]

/**
 * The agent at the contact centre, as the server of a line knows it.
 */
export interface AgentInput {
  'state'?: (_thinline_v1_Agent_StateInput);
  /**
   * The login id; empty: nobody.
   */
  'agentId'?: (string);
  /**
   * The code of a not ready reason, as the contact centre numbers them; empty: none.
   */
  'reason'?: (string);
  /**
   * A change was asked for and is not confirmed yet.
   */
  'pending'?: (boolean);
  /**
   * Why the last change was not made.
   */
  'failure'?: (_thinline_v1_FailureInput | null);
}

/**
 * The agent at the contact centre, as the server of a line knows it.
 */
export interface Agent {
  'state': (_thinline_v1_Agent_State);
  /**
   * The login id; empty: nobody.
   */
  'agentId': (string);
  /**
   * The code of a not ready reason, as the contact centre numbers them; empty: none.
   */
  'reason': (string);
  /**
   * A change was asked for and is not confirmed yet.
   */
  'pending': (boolean);
  /**
   * Why the last change was not made.
   */
  'failure': (_thinline_v1_Failure | null);
}
