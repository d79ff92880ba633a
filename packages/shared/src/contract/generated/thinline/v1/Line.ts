// Original file: proto/thinline/v1/line.proto

import type { FailureInput as _thinline_v1_FailureInput, Failure as _thinline_v1_Failure } from '../../thinline/v1/Failure.ts';
import type { AgentInput as _thinline_v1_AgentInput, Agent as _thinline_v1_Agent } from '../../thinline/v1/Agent.ts';
import type { ForwardingInput as _thinline_v1_ForwardingInput, Forwarding as _thinline_v1_Forwarding } from '../../thinline/v1/Forwarding.ts';
import type { MailboxInput as _thinline_v1_MailboxInput, Mailbox as _thinline_v1_Mailbox } from '../../thinline/v1/Mailbox.ts';
import type { AppearanceInput as _thinline_v1_AppearanceInput, Appearance as _thinline_v1_Appearance } from '../../thinline/v1/Appearance.ts';

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
   * As configured, and the transport, "udp", "tcp", "tls" or "wss".
   */
  'server'?: (string);
  'transport'?: (string);
  'failure'?: (_thinline_v1_FailureInput | null);
  'retryAtMs'?: (number | string);
  /**
   * When the registration ends unless refreshed, ms since 1970.
   */
  'expiresAtMs'?: (number | string);
  /**
   * The server that it is registered at now, "192.0.2.1:5060"; of several that stand in for each other.
   */
  'registeredAt'?: (string);
  /**
   * Absent: the line knows no agents (agent_state in its configuration).
   */
  'agent'?: (_thinline_v1_AgentInput | null);
  'doNotDisturb'?: (boolean);
  'forwardings'?: (_thinline_v1_ForwardingInput)[];
  /**
   * The server keeps do not disturb and forwarding; otherwise the phone does, as long as it runs.
   */
  'featuresOnServer'?: (boolean);
  'mailboxes'?: (_thinline_v1_MailboxInput)[];
  /**
   * Of a shared line.
   */
  'appearances'?: (_thinline_v1_AppearanceInput)[];
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
   * As configured, and the transport, "udp", "tcp", "tls" or "wss".
   */
  'server': (string);
  'transport': (string);
  'failure': (_thinline_v1_Failure | null);
  'retryAtMs': (number);
  /**
   * When the registration ends unless refreshed, ms since 1970.
   */
  'expiresAtMs': (number);
  /**
   * The server that it is registered at now, "192.0.2.1:5060"; of several that stand in for each other.
   */
  'registeredAt': (string);
  /**
   * Absent: the line knows no agents (agent_state in its configuration).
   */
  'agent': (_thinline_v1_Agent | null);
  'doNotDisturb': (boolean);
  'forwardings': (_thinline_v1_Forwarding)[];
  /**
   * The server keeps do not disturb and forwarding; otherwise the phone does, as long as it runs.
   */
  'featuresOnServer': (boolean);
  'mailboxes': (_thinline_v1_Mailbox)[];
  /**
   * Of a shared line.
   */
  'appearances': (_thinline_v1_Appearance)[];
}
