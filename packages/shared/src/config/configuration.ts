/** From what a Softphone.config says to what the endpoint is told: defaults filled in, values judged. */
import { randomUUID } from 'node:crypto';
import type { CallPolicy, Configuration, PortRange, SipSettings } from '../contract/types.ts';
import { FailureError } from '../failures.ts';
import { linesFrom } from './lines.ts';
import { mediaFrom } from './media.ts';
import { Reader, unusedPaths } from './reader.ts';
import type { SoftphoneConfig } from './softphone-config.ts';

export interface Reading {
  configuration: Configuration;
  /** One sentence for each value that was not usable and what is used instead. */
  mistakes: string[];
  /** Paths of settings that are there and have no effect yet. */
  unused: string[];
}

/** Throws FailureError configurationPorts: the one mistake that stops the phone. */
export function configurationFrom(file: SoftphoneConfig): Reading {
  const reader = new Reader(file.settings);
  const configuration: Configuration = {
    // Not a hash: it is seen where the passwords must not be guessed from it.
    revision: randomUUID(),
    sipPorts: portsFrom(reader, 'sip_port', 6),
    rtpPorts: portsFrom(reader, 'rtp_port', 999),
    lines: linesFrom(file, reader),
    sip: sipFrom(reader),
    calls: callsFrom(reader),
    media: mediaFrom(file.settings, reader),
  };
  return { configuration, mistakes: reader.mistakes, unused: unusedPaths(file.settings) };
}

/** span: how far the last port is from the first where it is not said. */
function portsFrom(reader: Reader, option: 'sip_port' | 'rtp_port', span: number): PortRange {
  const min = reader.integer(`policy.endpoint.${option}_min`);
  const max = reader.integer(`policy.endpoint.${option}_max`, undefined, Math.min(min + span, 65_535));
  if (min > max) throw new FailureError('configurationPorts', { option, min, max });
  return { min, max };
}

function sipFrom(reader: Reader): SipSettings {
  return {
    publicAddress: reader.text('policy.endpoint.public_address'),
    ipVersions: reader.choice('policy.endpoint.ip_versions'),
    tcpPorts: tcpPortsFrom(reader),
    bindPublicAddress: reader.flag('policy.endpoint.sip_port_binding'),
    includeMacAddress: reader.flag('policy.endpoint.include_mac_address'),
    referToProxy: reader.flag('policy.endpoint.refer_to_proxy'),
    transactionTimeoutMs: reader.integer('policy.endpoint.sip_transaction_timeout'),
    osInUserAgent: reader.flag('policy.endpoint.include_os_version_in_user_agent_header'),
    tls: {
      certificate: reader.text('system.security.certificate'),
      checkName: reader.choice('system.security.tls-target-name-check') === 'host',
      authorities: reader.text('system.security.authorities'),
    },
  };
}

/** A range that is none means any free port. */
function tcpPortsFrom(reader: Reader): PortRange {
  const min = reader.integer('policy.endpoint.tcp_port_min');
  const max = reader.integer('policy.endpoint.tcp_port_max');
  if (min > 0 && min <= max) return { min, max };
  if (min > 0 || max > 0) {
    reader.mistake(`policy.endpoint.tcp_port_min is ${min} and tcp_port_max ${max}; any free port is used.`);
  }
  return { min: 0, max: 0 };
}

function callsFrom(reader: Reader): CallPolicy {
  return {
    autoAnswer: reader.flag('policy.session.auto_answer'),
    autoAnswerDelayMs: reader.integer('policy.session.auto_answer_delay'),
    dtmfMethod: reader.choice('policy.session.dtmf_method'),
    rejectWhenBusy: reader.flag('policy.session.reject_session_when_busy'),
    sessionsForBusy: reader.integer('policy.session.number_sessions_for_busy'),
    busyStatus: reader.integer('policy.session.sip_code_when_busy'),
    ringingTimeoutS: reader.integer('policy.session.ringing_timeout'),
  };
}
