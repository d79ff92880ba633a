/** What a Softphone.config says about the interface for agent desktops. The app layer goes by it. */
import { Reader } from './reader.ts';

export interface ConnectorSettings {
  /** null: there is no connector. */
  port: number | null;
  protocol: 'http' | 'https';
  /** Of this machine; "$user": one of its own for each user. */
  address: string;
  /** A PEM file with chain and key; empty: the thumbprint says it. */
  certificate: string;
  /** 40 hexadecimal digits in lower case; empty: one is made. */
  thumbprint: string;
  /** Sessions are bound to a cookie. */
  sessionId: boolean;
  /** The file is in force again when a session ends. */
  autoRestart: boolean;
  partitionedCookies: boolean;
  /** Of pages that may use it, in lower case; empty: any. */
  origins: readonly string[];
  /** Each request has to have it; empty: none. */
  secret: string;
  /** Calls can be controlled over HTTP. */
  callControl: boolean;
}

export function connectorSettingsFrom(reader: Reader): ConnectorSettings {
  const port = reader.text('policy.connector.port');
  return {
    port: port === '' || reader.flag('policy.connector.standalone') ? null : Number(port),
    protocol: reader.choice('policy.connector.protocol') === 'https' ? 'https' : 'http',
    address: reader.text('policy.connector.address').toLowerCase(),
    certificate: reader.text('policy.connector.certificate'),
    thumbprint: reader.text('policy.connector.certificate_search_value').replace(/\s/g, '').toLowerCase(),
    sessionId: reader.flag('policy.connector.enable_sessionid'),
    autoRestart: reader.flag('policy.connector.auto_restart'),
    partitionedCookies: reader.flag('policy.connector.partitioned_cookies'),
    origins: reader
      .text('policy.connector.origins')
      .split(',')
      .map((it) => it.trim().toLowerCase())
      .filter((it) => it !== ''),
    secret: reader.text('policy.connector.secret'),
    callControl: reader.flag('policy.connector.call_control'),
  };
}

/** Where no file says anything else: there is none. */
export const usualConnectorSettings: ConnectorSettings = connectorSettingsFrom(new Reader(new Map()));
