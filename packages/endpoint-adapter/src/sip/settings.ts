/** What the SIP half does where nothing else is configured. */
import { blankLineConfiguration } from '@thinline/shared/contract/blank.ts';
import type { LineConfiguration, SipSettings } from '@thinline/shared/contract/types.ts';

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
};

/** A line with nothing but what is given: over UDP, without registration. */
export const makeLine = (given: Partial<LineConfiguration> & { server: string }): LineConfiguration =>
  blankLineConfiguration({ id: 'line0', transport: 'udp', ...given });
