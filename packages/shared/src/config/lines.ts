/** The lines of a Softphone.config: each Connectivity with its section of the domain "proxies". */
import { isIPv6 } from 'node:net';
import type { LineConfiguration, MailboxConfiguration, NatSettings } from '../contract/types.ts';
import { quoted } from './finding.ts';
import { optionAt } from './options.ts';
import type { Reader } from './reader.ts';
import type { SoftphoneConfig } from './softphone-config.ts';

const mostLines = 6;
/** Servers that stand in for each other, at one line. */
const mostServers = 8;
/** What a timeout of 0 means, s. */
const mailboxTimeout = 1800;

export const linesFrom = (file: SoftphoneConfig, reader: Reader): LineConfiguration[] =>
  file.connectivities.flatMap((_, index) => lineFrom(file, index, reader) ?? []);

function lineFrom(file: SoftphoneConfig, index: number, reader: Reader): LineConfiguration | null {
  const connectivity = file.connectivities[index];
  if (!connectivity) return null;
  const { user, protocol, line } = connectivity;
  const leftOut = (attribute: string, problem: string): null => {
    reader.mistake({ line, path: `${attribute}:${index}`, problem, instead: 'the line is left out' });
    return null;
  };
  const written = connectivity.server.split(';').map((it) => it.trim());
  const servers = written.filter((it) => it !== '' && !isPlaceholder(it));
  if (servers.length === 0 && written.some(isPlaceholder)) return null;
  if (index >= mostLines) return leftOut('user', `there are more than ${mostLines} lines`);
  if (!user) return leftOut('user', 'it is needed');
  if (user.length > longestUser) return leftOut('user', 'it is too long');
  if (servers.length === 0) return leftOut('server', 'it is needed');
  if (protocol !== '' && !optionAt('protocol:N').choices?.includes(protocol))
    return leftOut('protocol', `${quoted(protocol)} is not available`);
  if (servers.length > mostServers) return leftOut('server', `there are more than ${mostServers}`);
  const wrong = servers.find((it) => !isServer(it));
  if (wrong !== undefined) return leftOut('server', `${quoted(wrong)} is not a host, host:port or [IPv6]:port`);

  const section = sectionOf(file, index);
  const agentState = reader.choice('proxies.proxyN.agent_state', section);
  return {
    id: `line${index}`,
    user,
    server: servers.join(';'),
    transport: protocol,
    displayName: reader.text('proxies.proxyN.display_name', section),
    password: reader.text('proxies.proxyN.password', section),
    registerTimeoutS: registerTimeout(reader, section),
    registerIntervalS: reader.integer('proxies.proxyN.reg_interval', section),
    domain: reader.text('proxies.proxyN.domain', section),
    outboundProxy: reader.text('proxies.proxyN.outbound_proxy', section),
    matchReceived: reader.flag('proxies.proxyN.reg_match_received_rport', section),
    agentState: agentState === 'none' ? '' : agentState,
    mailbox: mailboxFrom(reader, section),
    shared: reader.flag('proxies.proxyN.shared_line', section),
    regEvent: reader.flag('proxies.proxyN.reg_event', section),
    nat: natFrom(reader, section),
    dtlsSrtp: reader.flag('proxies.proxyN.dtls_srtp', section),
    authUser: reader.text('proxies.proxyN.auth_user', section),
  };
}

const longestUser = 256;
/** A name of DNS has 253 characters at most (RFC 1035 §2.3.4), and a port comes after it. */
const longestServer = 260;

/** The installer's placeholders (RFC 2606 §2) mean "not configured" and are no mistake. */
const isPlaceholder = (server: string): boolean => /\.invalid(:\d+)?$/i.test(server);

function isServer(text: string): boolean {
  if (text.length > longestServer) return false;
  const [, host = '', port = '5060'] = /^(\[.*\]|[\w.-]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  const bracketed = /^\[(.*)\]$/.exec(host)?.[1];
  const isHost = bracketed === undefined ? host !== '' : isIPv6(bracketed);
  return isIPv6(text) || (isHost && Number(port) > 0 && Number(port) <= 65_535);
}

/** A line without a section of its own takes that of the first. */
function sectionOf(file: SoftphoneConfig, index: number): string {
  const own = `proxy${index}`;
  return [...file.settings.keys()].some((path) => path.toLowerCase().startsWith(`proxies.${own}.`)) ? own : 'proxy0';
}

/** Empty or not a number means stand-alone, as 0 does. */
function registerTimeout(reader: Reader, section: string): number {
  const setting = reader.setting('proxies.proxyN.reg_timeout', section);
  if (setting !== undefined && !/^\d+$/.test(setting.value)) return 0;
  return reader.integer('proxies.proxyN.reg_timeout', section);
}

function mailboxFrom(reader: Reader, section: string): MailboxConfiguration | null {
  const user = reader.text('proxies.proxyN.mailbox.user', section);
  if (user === '') return null;
  return {
    user,
    server: reader.text('proxies.proxyN.mailbox.server', section),
    password: reader.text('proxies.proxyN.mailbox.password', section),
    timeoutS: reader.integer('proxies.proxyN.mailbox.timeout', section) || mailboxTimeout,
    transport: reader.choice('proxies.proxyN.mailbox.transport', section),
  };
}

const relayTypes: Readonly<Record<string, string>> = { 0: 'udp', 1: 'tcp', 2: 'tls' };

function natFrom(reader: Reader, section: string): NatSettings | null {
  const ice = reader.flag('proxies.proxyN.nat.ice_enabled', section);
  const server = (kind: 'stun' | 'turn'): string => {
    const { value: host = '', line = 0 } = reader.setting(`proxies.proxyN.nat.${kind}_server`, section) ?? {};
    const port = reader.integer(`proxies.proxyN.nat.${kind}_server_port`, section);
    if (host === '' || isPlaceholder(host)) return '';
    if (isIPv6(host)) return `[${host}]:${port}`;
    if (isServer(host)) return /:\d+$/.test(host) ? host : `${host}:${port}`;
    const path = `proxies.${section}.nat.${kind}_server`;
    reader.mistake({ line, path, problem: `${quoted(host)} is not a host`, instead: 'it is left out' });
    return '';
  };
  const stunServer = server('stun');
  const turnServer = server('turn');
  if (!ice && !stunServer && !turnServer) return null;
  const relayType = reader.choice('proxies.proxyN.nat.turn_relay_type', section);
  return {
    ice,
    stunServer,
    turnServer,
    turnTransport: relayTypes[relayType] ?? relayType,
    turnUser: reader.text('proxies.proxyN.nat.turn_user_name', section),
    turnPassword: reader.text('proxies.proxyN.nat.turn_password', section),
  };
}
