/** A transaction layer over a network in memory: remembers what is sent, and brings what the far end says. */
import { silent } from '@thinline/shared/log/log.ts';
import type { Target } from '../address.ts';
import { Client } from '../dialog/client.ts';
import { Credentials } from '../digest.ts';
import { targetKey } from '../locate/locate.ts';
import { readMessage, type SipMessage } from '../message/message.ts';
import { makeResponse, type ResponseParts } from '../message/response.ts';
import { TransactionLayer } from '../transaction/layer.ts';
import type { ServerRequest } from '../transaction/server-request.ts';
import type { Flow } from '../transport/transport.ts';

export interface Sent {
  message: SipMessage;
  flow: Flow;
  /** What the transport may say of it later. */
  fail(error: Error): void;
}

export interface Wire {
  readonly layer: TransactionLayer;
  readonly sent: readonly Sent[];
  /** Requests that reached the transaction user, ACKs of 2xx apart. */
  readonly received: readonly ServerRequest[];
  readonly acks: readonly SipMessage[];
  /** Flows on which nobody answered, and since when. */
  readonly suspected: ReadonlyArray<{ flow: Flow; sinceMs: number }>;
  /** Places that there is no way to, as targetKey names them. */
  readonly unreachable: Set<string>;
  /** Targets whose connections are never made. */
  unmade: Set<string>;
  /** The same flow for the same place. */
  flowTo(target: Target): Flow;
  /** Requests on the wire, repetitions too, by method; all of them unless given. */
  requests(method?: string): SipMessage[];
  /** The latest request of that method. Throws where there is none. */
  last(method: string): SipMessage;
  /** The far end answers a request of ours. */
  answer(request: SipMessage, status: number, parts?: ResponseParts): void;
}

export const placeAt = (address: string, transport: Target['transport'] = 'udp', port = 5060): Target => ({
  transport,
  address,
  port,
  name: address,
});

export function read(text: string): SipMessage {
  const message = readMessage(text);
  if (!message) throw new Error('not a message');
  return message;
}

export function openWire(): Wire {
  const sent: Sent[] = [];
  const received: ServerRequest[] = [];
  const acks: SipMessage[] = [];
  const suspected: Array<{ flow: Flow; sinceMs: number }> = [];
  const unreachable = new Set<string>();
  const unmade = new Set<string>();
  const flows = new Map<string, Flow>();

  const flowTo = (target: Target): Flow => {
    const key = targetKey(target);
    if (unreachable.has(key)) throw new Error('no way');
    const flow = flows.get(key) ?? {
      transport: target.transport,
      reliable: target.transport !== 'udp',
      remote: { address: target.address, port: target.port },
      local: unmade.has(key) ? { address: '', port: 0 } : { address: '192.0.2.9', port: 5060 },
      timedOut: (sinceMs: number): void => void suspected.push({ flow: flowTo(target), sinceMs }),
      send: (bytes: Buffer, fail: (error: Error) => void): void =>
        void sent.push({ message: read(bytes.toString()), flow: flowTo(target), fail }),
    };
    flows.set(key, flow);
    return flow;
  };

  const layer = new TransactionLayer({
    log: silent,
    listensForTls: () => false,
    flowTo,
    receiveRequest: (request) => void received.push(request),
    receiveAck: (ack) => void acks.push(ack),
  });

  const requests = (method?: string): SipMessage[] =>
    sent.map(({ message }) => message).filter((it) => it.status === 0 && (!method || it.method === method));

  return {
    layer,
    sent,
    received,
    acks,
    suspected,
    unreachable,
    unmade,
    flowTo,
    requests,
    last: (method) => {
      const found = requests(method).at(-1);
      if (!found) throw new Error(`no ${method} was sent`);
      return found;
    },
    answer: (request, status, parts = {}) =>
      layer.receive(makeResponse(request, status, parts), flowTo(placeAt('192.0.2.1'))),
  };
}

/** A client whose requests all go to one server. */
export const clientOver = ({ layer }: Wire): Client =>
  new Client({
    layer,
    routing: {
      targets: () => [placeAt('192.0.2.1')],
      trusts: () => true,
      failed: () => {},
      isBad: () => false,
      worked: () => {},
      sentBy: () => '192.0.2.9:5060',
    },
    credentials: new Credentials('alice', 'secret'),
    userAgent: 'Thinline/test',
    patience: 4_000,
    log: silent,
  });
