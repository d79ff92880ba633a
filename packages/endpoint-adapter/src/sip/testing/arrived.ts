/** A request that has reached us, with the responses that it gets, without a transaction. */
import type { SipMessage } from '../message/message.ts';
import { ServerRequest } from '../transaction/server-request.ts';
import type { Flow } from '../transport/transport.ts';

export interface Arrived {
  request: ServerRequest;
  /** In order, repetitions too. */
  responses: SipMessage[];
  statuses(): number[];
}

const flow: Flow = {
  transport: 'udp',
  reliable: false,
  remote: { address: '192.0.2.1', port: 5060 },
  local: { address: '192.0.2.9', port: 5060 },
  send: () => {},
  timedOut: () => {},
};

export function arrived(message: SipMessage): Arrived {
  const responses: SipMessage[] = [];
  const note = (response: SipMessage): void => void responses.push(response);
  const request = new ServerRequest(message, flow, { respond: note, sendBack: note });
  return { request, responses, statuses: () => responses.map((it) => it.status) };
}
