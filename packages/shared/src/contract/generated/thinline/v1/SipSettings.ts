// Original file: proto/thinline/v1/config.proto

import type { PortRangeInput as _thinline_v1_PortRangeInput, PortRange as _thinline_v1_PortRange } from '../../thinline/v1/PortRange.ts';
import type { TlsSettingsInput as _thinline_v1_TlsSettingsInput, TlsSettings as _thinline_v1_TlsSettings } from '../../thinline/v1/TlsSettings.ts';

/**
 * What all lines have in common.
 */
export interface SipSettingsInput {
  /**
   * Empty or "$auto", an address, a name, "$ipv4", "$ipv6", "$host", "$fqdn", "$<adapter>" or "$net:<CIDR>".
   */
  'publicAddress'?: (string);
  /**
   * "IPv4", "IPv6", "IPv4,IPv6" or "IPv6,IPv4".
   */
  'ipVersions'?: (string);
  /**
   * Our side of connections that we make.
   */
  'tcpPorts'?: (_thinline_v1_PortRangeInput | null);
  /**
   * Listen on the public address only.
   */
  'bindPublicAddress'?: (boolean);
  'includeMacAddress'?: (boolean);
  /**
   * An INVITE that a REFER asks for goes to the line's server, whatever its target.
   */
  'referToProxy'?: (boolean);
  /**
   * How long a server may take for its first word before another one is tried, ms.
   */
  'transactionTimeoutMs'?: (number);
  'osInUserAgent'?: (boolean);
  'tls'?: (_thinline_v1_TlsSettingsInput | null);
  /**
   * DSCP of SIP; 0: the system's.
   */
  'signalingQos'?: (number);
}

/**
 * What all lines have in common.
 */
export interface SipSettings {
  /**
   * Empty or "$auto", an address, a name, "$ipv4", "$ipv6", "$host", "$fqdn", "$<adapter>" or "$net:<CIDR>".
   */
  'publicAddress': (string);
  /**
   * "IPv4", "IPv6", "IPv4,IPv6" or "IPv6,IPv4".
   */
  'ipVersions': (string);
  /**
   * Our side of connections that we make.
   */
  'tcpPorts': (_thinline_v1_PortRange | null);
  /**
   * Listen on the public address only.
   */
  'bindPublicAddress': (boolean);
  'includeMacAddress': (boolean);
  /**
   * An INVITE that a REFER asks for goes to the line's server, whatever its target.
   */
  'referToProxy': (boolean);
  /**
   * How long a server may take for its first word before another one is tried, ms.
   */
  'transactionTimeoutMs': (number);
  'osInUserAgent': (boolean);
  'tls': (_thinline_v1_TlsSettings | null);
  /**
   * DSCP of SIP; 0: the system's.
   */
  'signalingQos': (number);
}
