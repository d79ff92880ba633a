/** The SIP half of the adapter: sockets, transactions, lines. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { LineConfiguration, PortRange } from '@thinline/shared/contract/types.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import { readSipUri } from './address.ts';
import { makeFaultLog } from './fault-log.ts';
import type { Line } from './line.ts';
import { readInbound } from './message/inbound.ts';
import { fieldOf, fieldsOf, type SipMessage, tagOf } from './message/message.ts';
import { allowedMethods, makeResponse } from './message/response.ts';
import { stampVia } from './message/via.ts';
import { SipLine } from './sip-line.ts';
import { TransactionLayer, type TransactionUser } from './transaction/layer.ts';
import { type Network, openNetwork } from './transport/network.ts';
import type { Flow } from './transport/transport.ts';
import { makeLoggerFactory } from './user-agent.ts';
import { warmUp } from './warm-up.ts';

export interface SipStackOptions {
  ports: PortRange;
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
  /** The line still has to be started. */
  addLine(configuration: LineConfiguration): Line;
  /** Stops the line; nothing is said to its server. */
  removeLine(line: Line): Promise<void>;
  close(): Promise<void>;
}

const allow = { name: 'allow', value: allowedMethods.join(', ') };
const accept = { name: 'accept', value: 'application/sdp' };

/** Opens the sockets. Rejects with FailureError portInUse. */
export async function openSipStack(options: SipStackOptions): Promise<SipStack> {
  const log = options.log;
  const fault = makeFaultLog(log);
  const lines: SipLine[] = [];
  /** Responses without a line. */
  const nobody: TransactionUser = {
    server: { host: '', port: 0, transport: 'udp' },
    sentBy: '',
    receiveResponse: () => null,
  };
  let network: Network;

  const layer: TransactionLayer = new TransactionLayer({
    log,
    flowTo: (hop, remote) => network.flowTo(hop.transport, remote),
    locate: (host) => (isIP(host) ? host : lookup(host).then((found) => found.address)),
    receiveRequest: (request, flow, key) => receiveRequest(request, flow, key),
  });

  const reply = (request: SipMessage, status: number, extra: Parameters<typeof makeResponse>[2] = []): void => {
    if (request.method !== 'ACK') layer.send(makeResponse(request, status, extra), nobody);
  };

  /** RFC 3261 §12.2.2 for requests inside a dialog, then the user that the Request-URI names. */
  const findLine = (request: SipMessage, flow: Flow, key: string): SipLine | undefined => {
    if (request.method === 'CANCEL') return lines.find((line) => line.hasInvite(key));
    const toTag = tagOf(fieldOf(request, 'to'));
    const id = fieldOf(request, 'call-id') + toTag + tagOf(fieldOf(request, 'from'));
    if (toTag !== '') return lines.find((line) => line.hasDialog(id) || line.hasInvite(key));
    const user = readSipUri(request.uri)?.user;
    const named = lines.filter((line) => line.configuration.user === user);
    return named.find((line) => line.isServer(flow.remote.address)) ?? named[0];
  };

  const receiveRequest = (request: SipMessage, flow: Flow, key: string): void => {
    for (const line of lines) line.heardFrom(flow.remote.address);
    if (!allowedMethods.some((method) => method === request.method)) {
      reply(request, 405, [allow]);
      return;
    }
    // RFC 3261 §8.2.2.3: we have no extension that a request may require.
    const required =
      request.method === 'ACK' || request.method === 'CANCEL' ? '' : fieldsOf(request, 'require').join(', ');
    if (required !== '') {
      reply(request, 420, [{ name: 'unsupported', value: required }]);
      return;
    }
    const line = findLine(request, flow, key);
    if (request.method === 'OPTIONS' && (line || tagOf(fieldOf(request, 'to')) === '')) {
      reply(request, 200, [allow, accept]);
      return;
    }
    if (!line) {
      reply(request, outsideStatus(request));
      return;
    }
    try {
      if (line.receiveRequest(request, key)) return;
      fault('a request that sip.js can not parse', flow.remote.address);
    } catch (error) {
      fault(`${request.method}: ${error instanceof Error ? error.message : error}`, flow.remote.address);
    }
    if (request.method !== 'ACK' && !layer.answered(request)) reply(request, 400);
  };

  const receive = (bytes: Buffer, flow: Flow): void => {
    log.debug(() => `from ${flow.transport} ${flow.remote.address}:${flow.remote.port}\n${bytes.toString('utf8')}`);
    const inbound = readInbound(bytes);
    if (inbound.kind !== 'message') fault(inbound.fault, flow.remote.address);
    if (inbound.kind === 'garbage') return;
    const { head } = inbound;
    if (head.status === 0) stampVia(head, flow.remote);
    if (inbound.kind === 'message') layer.receive(head, flow);
    else if (head.method !== 'ACK') layer.refuse(head, flow, 400);
  };

  network = await openNetwork(
    { ports: options.ports, addresses: options.addresses ?? ['0.0.0.0', '::'] },
    {
      message: (bytes, flow) => {
        try {
          receive(bytes, flow);
        } catch (error) {
          fault(`unexpected: ${error instanceof Error ? error.message : error}`, flow.remote.address);
        }
      },
      needed: (flow) => layer.uses(flow) || lines.some((line) => line.needs(flow)),
      closed: (flow, error) => {
        layer.flowClosed(flow, error);
        for (const line of lines) if (line.server.transport === 'tcp') line.connectionLost(flow.remote.address);
      },
    },
    log,
  );

  warmUp(makeLoggerFactory(log));

  return {
    port: network.port,
    lines,
    addLine: (configuration) => {
      const line = new SipLine(configuration, {
        layer,
        port: network.port,
        userAgent: options.userAgent,
        log: log.child(configuration.id),
      });
      lines.push(line);
      return line;
    },
    removeLine: async (line) => {
      const at = lines.indexOf(line as SipLine);
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

/** RFC 3261 §12.2.2, §15.1.2, §9.2: 481 for what belongs to a dialog or transaction that we don't have. */
function outsideStatus(request: SipMessage): number {
  const inside = tagOf(fieldOf(request, 'to')) !== '' || ['BYE', 'CANCEL', 'NOTIFY'].includes(request.method);
  return inside ? 481 : 404;
}
