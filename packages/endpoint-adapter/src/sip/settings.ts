/** What the SIP half does where nothing else is configured. */
import type { SipSettings } from '@thinline/shared/contract/types.ts';

export const usualSettings: SipSettings = {
  publicAddress: '',
  ipVersions: '',
  tcpPorts: null,
  bindPublicAddress: false,
  includeMacAddress: false,
  referToProxy: false,
  transactionTimeoutMs: 4_000,
  osInUserAgent: false,
  tls: null,
  signalingQos: 0,
};
