/** From what a Softphone.config says to what the endpoint is told: defaults filled in, values judged. */
import { randomUUID } from 'node:crypto';
import type { CallPolicy, Configuration, PortRange, SipSettings } from '../contract/types.ts';
import { FailureError } from '../failures.ts';
import { alertingFrom } from './alerting.ts';
import { type ConnectorSettings, connectorSettingsFrom } from './connector.ts';
import { devicesFrom } from './devices.ts';
import type { Finding } from './finding.ts';
import { linesFrom } from './lines.ts';
import { type LinkSettings, linkSettingsFrom } from './link.ts';
import { logFrom, logNotes } from './logging.ts';
import { mediaFrom } from './media.ts';
import { optionOf } from './options.ts';
import { type PanelSettings, panelSettingsFrom } from './panel.ts';
import { qualityFrom } from './quality.ts';
import { Reader } from './reader.ts';
import type { SoftphoneConfig } from './softphone-config.ts';

export interface Reading {
  configuration: Configuration;
  /** What is for the app layer alone. */
  link: LinkSettings;
  connector: ConnectorSettings;
  panel: PanelSettings;
  /** What is not usable. */
  mistakes: Finding[];
  /** What is used as it is, though there is something to be said of it. */
  notes: Finding[];
  /** Paths of settings that the table does not have. */
  unknown: string[];
  /** Settings that have no effect in this version. */
  idle: { path: string; why: string }[];
  /** The one kind of mistake that stops the phone: a port range upside down. */
  stop: FailureError | null;
}

export function configurationFrom(file: SoftphoneConfig): Reading {
  const reader = new Reader(file.settings);
  for (const { path, line, firstLine } of file.repeated) {
    reader.mistake({ line, path, problem: `it stands in line ${firstLine} already`, instead: 'this one is used' });
  }
  const sipPorts = portsFrom(reader, 'sip_port', 6);
  const rtpPorts = portsFrom(reader, 'rtp_port', 999);
  const log = logFrom(reader);
  const configuration: Configuration = {
    // Not a hash: it is seen where the passwords must not be guessed from it.
    revision: randomUUID(),
    sipPorts: sipPorts.range,
    rtpPorts: rtpPorts.range,
    lines: linesFrom(file, reader),
    sip: sipFrom(reader),
    calls: callsFrom(reader),
    media: mediaFrom(file.settings, reader),
    devices: devicesFrom(reader),
    alerting: alertingFrom(reader),
    quality: qualityFrom(reader),
    log,
  };
  reader.judgeIdle();
  // A reader of its own: judgeIdle has told of its mistakes.
  const own = new Reader(file.settings);
  const paths = [...file.settings.keys()].map((path) => ({ path, option: optionOf(path) }));
  return {
    configuration,
    link: linkSettingsFrom(own),
    connector: connectorSettingsFrom(own),
    panel: panelSettingsFrom(own),
    mistakes: reader.mistakes,
    notes: [...lowPorts(reader, rtpPorts.range), ...logNotes(reader, log)],
    unknown: paths.filter(({ option }) => !option).map(({ path }) => path),
    idle: paths.flatMap(({ path, option }) => (option?.noEffect ? { path, why: option.noEffect } : [])),
    stop: sipPorts.stop ?? rtpPorts.stop,
  };
}

interface Ports {
  range: PortRange;
  stop: FailureError | null;
}

/** span: how far the last port is from the first where it is not said. */
function portsFrom(reader: Reader, option: 'sip_port' | 'rtp_port', span: number): Ports {
  const path = `policy.endpoint.${option}_min` as const;
  const min = reader.integer(path);
  const max = reader.integer(`policy.endpoint.${option}_max`, undefined, Math.min(min + span, 65_535));
  if (min <= max) return { range: { min, max }, stop: null };
  const line = reader.setting(path)?.line ?? 0;
  const problem = `${min} is greater than ${option}_max, ${max}`;
  reader.mistake({ line, path, problem, instead: 'the phone does not start' });
  return { range: { min, max }, stop: new FailureError('configurationPorts', { option, min, max }) };
}

/** The vendor's guide and the vendor's own file disagree about them. */
const lowestUsual = 9000;

function lowPorts(reader: Reader, { min }: PortRange): Finding[] {
  if (min >= lowestUsual) return [];
  const path = 'policy.endpoint.rtp_port_min';
  const problem = `${min} is below ${lowestUsual}, from where on the vendor's guide allows it`;
  return [{ line: reader.setting(path)?.line ?? 0, path, problem, instead: 'it is used all the same' }];
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
    signalingQos: reader.integer('policy.endpoint.signaling_qos'),
  };
}

/** A range that is none means any free port. */
function tcpPortsFrom(reader: Reader): PortRange {
  const path = 'policy.endpoint.tcp_port_min';
  const min = reader.integer(path);
  const max = reader.integer('policy.endpoint.tcp_port_max');
  if (min > 0 && min <= max) return { min, max };
  if (min > 0 || max > 0) {
    const line = (reader.setting(path) ?? reader.setting('policy.endpoint.tcp_port_max'))?.line ?? 0;
    const problem = `${min} to tcp_port_max, ${max}, is no range`;
    reader.mistake({ line, path, problem, instead: 'any free port is used' });
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
    rejectWithoutHeadset: reader.flag('policy.session.reject_session_when_headset_na'),
    noHeadsetStatus: reader.integer('policy.session.sip_code_when_headset_na'),
    whenLost: reader.choice('policy.link.calls_when_lost'),
  };
}
