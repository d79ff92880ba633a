// Original file: proto/thinline/v1/config.proto

import type { MailboxConfigurationInput as _thinline_v1_MailboxConfigurationInput, MailboxConfiguration as _thinline_v1_MailboxConfiguration } from '../../thinline/v1/MailboxConfiguration.ts';
import type { NatSettingsInput as _thinline_v1_NatSettingsInput, NatSettings as _thinline_v1_NatSettings } from '../../thinline/v1/NatSettings.ts';

export interface LineConfigurationInput {
  'id'?: (string);
  'user'?: (string);
  /**
   * host, host:port or [IPv6]:port; "A;B" for a primary and what stands in for it.
   */
  'server'?: (string);
  /**
   * "udp", "tcp", "tls" or "wss"; empty: DNS decides (RFC 3263).
   */
  'transport'?: (string);
  'displayName'?: (string);
  /**
   * Held in memory only; never logged, never in an event.
   */
  'password'?: (string);
  /**
   * Expires asked for, s; 0: no registration.
   */
  'registerTimeoutS'?: (number);
  /**
   * Wait before a new round after the server was down, s; 0: none.
   */
  'registerIntervalS'?: (number);
  /**
   * Of the address of record; empty: that of the server.
   */
  'domain'?: (string);
  /**
   * Where requests go first, host or host:port; empty: to the server.
   */
  'outboundProxy'?: (string);
  /**
   * An address that the server saw is believed even if it isn't one of this machine's.
   */
  'matchReceived'?: (boolean);
  /**
   * How the server is told the agent's state: "features" (as-feature-event, hoteling), "presence", or empty: not at all.
   */
  'agentState'?: (string);
  'mailbox'?: (_thinline_v1_MailboxConfigurationInput | null);
  /**
   * The line is shared with other phones (call-info, line-seize).
   */
  'shared'?: (boolean);
  /**
   * The registrar is asked to say when it removes the registration (RFC 3680).
   */
  'regEvent'?: (boolean);
  'nat'?: (_thinline_v1_NatSettingsInput | null);
  /**
   * Sound is protected by DTLS-SRTP (RFC 5763) rather than by keys in SDP; so it is in any case where transport is "wss".
   */
  'dtlsSrtp'?: (boolean);
  /**
   * The name for digest authentication; empty: user.
   */
  'authUser'?: (string);
}

export interface LineConfiguration {
  'id': (string);
  'user': (string);
  /**
   * host, host:port or [IPv6]:port; "A;B" for a primary and what stands in for it.
   */
  'server': (string);
  /**
   * "udp", "tcp", "tls" or "wss"; empty: DNS decides (RFC 3263).
   */
  'transport': (string);
  'displayName': (string);
  /**
   * Held in memory only; never logged, never in an event.
   */
  'password': (string);
  /**
   * Expires asked for, s; 0: no registration.
   */
  'registerTimeoutS': (number);
  /**
   * Wait before a new round after the server was down, s; 0: none.
   */
  'registerIntervalS': (number);
  /**
   * Of the address of record; empty: that of the server.
   */
  'domain': (string);
  /**
   * Where requests go first, host or host:port; empty: to the server.
   */
  'outboundProxy': (string);
  /**
   * An address that the server saw is believed even if it isn't one of this machine's.
   */
  'matchReceived': (boolean);
  /**
   * How the server is told the agent's state: "features" (as-feature-event, hoteling), "presence", or empty: not at all.
   */
  'agentState': (string);
  'mailbox': (_thinline_v1_MailboxConfiguration | null);
  /**
   * The line is shared with other phones (call-info, line-seize).
   */
  'shared': (boolean);
  /**
   * The registrar is asked to say when it removes the registration (RFC 3680).
   */
  'regEvent': (boolean);
  'nat': (_thinline_v1_NatSettings | null);
  /**
   * Sound is protected by DTLS-SRTP (RFC 5763) rather than by keys in SDP; so it is in any case where transport is "wss".
   */
  'dtlsSrtp': (boolean);
  /**
   * The name for digest authentication; empty: user.
   */
  'authUser': (string);
}
