// Original file: proto/thinline/v1/agent.proto

import type { _thinline_v1_Agent_StateInput, _thinline_v1_Agent_State } from '../../thinline/v1/Agent.ts';

/**
 * Logs in (agent_id given, any state but LOGGED_OUT), logs out, or changes state. line_id: empty for the first line.
 */
export interface SetAgentStateInput {
  'lineId'?: (string);
  'state'?: (_thinline_v1_Agent_StateInput);
  'agentId'?: (string);
  /**
   * Held in memory until the login is over; never logged, never in an event.
   */
  'password'?: (string);
  'reason'?: (string);
}

/**
 * Logs in (agent_id given, any state but LOGGED_OUT), logs out, or changes state. line_id: empty for the first line.
 */
export interface SetAgentState {
  'lineId': (string);
  'state': (_thinline_v1_Agent_State);
  'agentId': (string);
  /**
   * Held in memory until the login is over; never logged, never in an event.
   */
  'password': (string);
  'reason': (string);
}
