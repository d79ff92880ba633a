/** The SIP half of the adapter: sockets, transactions, lines. */
import { release, type } from 'node:os';
import type { LineConfiguration, PortRange, SipSettings } from '@thinline/shared/contract/types.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import { dialogIdOf } from './dialog/dialogs.ts';
import { makeFaultLog } from './fault-log.ts';
import { SipLine } from './line/sip-line.ts';
import type { Line } from './line.ts';
import { openDns } from './locate/dns.ts';
import { DnsCache } from './locate/dns-cache.ts';
import { readFamilies } from './locate/families.ts';
import { bindAddresses } from './locate/own-address.ts';
import { readInbound } from './message/inbound.ts';
import { fieldOf, fieldsOf, type SipMessage, splitList, tagOf } from './message/message.ts';
import { allowedMethods, allowField, field, supportedExtensions, supportedField } from './message/response.ts';
import { readUri, unescapeUser } from './message/uri.ts';
import { isRegisteredMethod } from './message/validate.ts';
import { stampVia, topVia } from './message/via.ts';
import { usualSettings } from './settings.ts';
import { wordsOf } from './thrown.ts';
import { TransactionLayer } from './transaction/layer.ts';
import type { ServerRequest } from './transaction/server-request.ts';
import { type Network, openNetwork } from './transport/network.ts';
import type { Flow } from './transport/transport.ts';

export interface SipStackOptions {
  ports: PortRange;
  /** The usual ones unless given. */
  settings?: SipSettings;
  log: Log;
  /** The User-Agent header field. */
  userAgent: string;
  /** Local addresses to listen on; every one of this machine unless given. */
  addresses?: readonly string[];
}

export interface SipStack {
  /** UDP and TCP. */
  readonly port: number;
  readonly lines: readonly Line[];
  /** Transactions that are open. */
  readonly transactions: number;
  /** The line still has to be started. */
  addLine(configuration: LineConfiguration): Line;
  /** Stops the line; nothing is said to its server. */
  removeLine(line: Line): Promise<void>;
  close(): Promise<void>;
}

const accept = field('accept', 'application/sdp');

/** Opens the sockets. Rejects with FailureError portInUse. */
export async function openSipStack(options: SipStackOptions): Promise<SipStack> {
  const { log, settings = usualSettings } = options;
  const fault = makeFaultLog(log);
  const lines: SipLine[] = [];
  const dns = new DnsCache({ open: () => openDns(), now: Date.now, log });
  let network: Network;

  const layer: TransactionLayer = new TransactionLayer({
    log,
    listensForTls: () => network.tlsPort > 0,
    flowTo: (target) => network.flowTo(target),
    receiveRequest: (request) => {
      try {
        receiveRequest(request);
      } catch (error) {
        fault(`${request.method}: ${wordsOf(error)}`, request.flow.remote.address);
        request.respond(500);
      }
    },
    receiveAck: (ack) => lines.find((line) => line.hasDialog(dialogIdOf(ack)))?.acknowledged(ack),
  });

  /** RFC 3261 §12.2.2 for requests inside a dialog, else the user that the Request-URI names. */
  const findLine = ({ message, flow }: ServerRequest): SipLine | undefined => {
    if (tagOf(fieldOf(message, 'to')) !== '') return lines.find((line) => line.hasDialog(dialogIdOf(message)));
    const user = unescapeUser(readUri(message.uri)?.user ?? '');
    const named = lines.filter((line) => line.configuration.user === user);
    // Two servers may share an address.
    return named.find((line) => line.isServerPort(flow)) ?? named.find((line) => line.isServer(flow)) ?? named[0];
  };

  const receiveRequest = (request: ServerRequest): void => {
    const { message, method, flow } = request;
    for (const line of lines) line.heardFrom(flow);
    if (!isRegisteredMethod(method)) return void request.respond(501, { fields: [allowField] });
    if (!allowedMethods.some((it) => it === method)) return void request.respond(405, { fields: [allowField] });
    const unsupported = lacking(message);
    // RFC 3261 §8.2.2.3.
    if (unsupported !== '') return void request.respond(420, { fields: [field('unsupported', unsupported)] });
    const line = findLine(request);
    if (method === 'OPTIONS' && (line || tagOf(fieldOf(message, 'to')) === ''))
      return void request.respond(200, { fields: [allowField, accept, supportedField] });
    if (!line) return void request.respond(outsideStatus(message));
    if (method === 'INVITE' && lines.some((it) => it.hasMerged(request))) return void request.respond(482);
    line.receive(request);
  };

  const receive = (bytes: Buffer, flow: Flow): void => {
    log.debug(() => `from ${flow.transport} ${flow.remote.address}:${flow.remote.port}\n${bytes.toString('utf8')}`);
    const inbound = readInbound(bytes);
    if (inbound.kind !== 'message') fault(inbound.fault, flow.remote.address);
    if (inbound.kind === 'garbage') return;
    const { message } = inbound;
    if (message.status === 0) {
      const via = flow.transport === 'tls' ? topVia(message) : null;
      // RFC 5923 §8: requests of ours may take the same connection.
      if (via?.parameters?.has('alias')) network.alias(flow, via.port || 5061);
      stampVia(message, flow.remote);
    }
    if (inbound.kind === 'message') layer.receive(message, flow);
    else if (message.method !== 'ACK') layer.refuse(message, flow, inbound.status, inbound.fault);
  };

  const system = settings.osInUserAgent ? ` (${type()} ${release()})` : '';
  const userAgent = options.userAgent + system;
  const addresses = options.addresses ?? (await bindAddresses(settings, dns.round(), log));
  network = await openNetwork(
    {
      ports: options.ports,
      addresses,
      families: readFamilies(settings.ipVersions),
      ...(settings.tcpPorts ? { tcpPorts: settings.tcpPorts } : {}),
      ...(settings.tls ? { tls: settings.tls } : {}),
      dscp: settings.signalingQos,
    },
    {
      message: (bytes, flow) => {
        try {
          receive(bytes, flow);
        } catch (error) {
          fault(`unexpected: ${wordsOf(error)}`, flow.remote.address);
        }
      },
      needed: (flow) => layer.uses(flow) || lines.some((line) => line.needs(flow)),
      closed: (flow, error) => {
        layer.flowClosed(flow, error);
        for (const line of lines) line.flowClosed(flow);
      },
    },
    log,
  );

  return {
    port: network.port,
    lines,
    get transactions() {
      return layer.size;
    },
    addLine: (configuration) => {
      const line = new SipLine(configuration, {
        layer,
        port: network.port,
        tlsPort: network.tlsPort,
        settings,
        dns,
        userAgent,
        keepAlive: (target, on) => network.keepAlive(target, on),
        log: log.child(configuration.id),
      });
      lines.push(line);
      return line;
    },
    removeLine: async (line) => {
      const at = lines.findIndex(({ configuration }) => configuration === line.configuration);
      if (at >= 0) lines.splice(at, 1);
      await line.stop();
    },
    close: async () => {
      await Promise.all(lines.splice(0).map((line) => line.stop()));
      layer.close();
      await network.close();
    },
  };
}

/** The option tags that a request requires and that we don't have. */
const lacking = (request: SipMessage): string =>
  fieldsOf(request, 'require')
    .flatMap(splitList)
    .filter((tag) => !supportedExtensions.some((it) => it === tag.toLowerCase()))
    .join(', ');

/** RFC 3261 §12.2.2, §15.1.2: 481 for what belongs to a dialog that we don't have. */
function outsideStatus(request: SipMessage): number {
  const inside = tagOf(fieldOf(request, 'to')) !== '' || ['BYE', 'NOTIFY', 'PRACK', 'UPDATE'].includes(request.method);
  return inside ? 481 : 404;
}
