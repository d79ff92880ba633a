/** The app layer's end of the contract: a gRPC client over one byte pipe, whatever that is made of. */
import type { Duplex } from 'node:stream';
import { credentials } from '@grpc/grpc-js';
import { type ConnectOptions, connectLink } from '../link/initiator.ts';
import { joinStreams, openGate } from './gate.ts';
import type { EndpointClient } from './generated/thinline/v1/Endpoint.ts';
import { contract, longestMessage } from './service.ts';

export type { EndpointClient };

export interface LinkClient {
  endpoint: EndpointClient;
  /** Settles when the link has ended, with why; null where it ended in order, or by close(). */
  closed: Promise<Error | null>;
  close(): void;
}

/**
 * Settles once the endpoint has taken the link up, which may be long after a pipe is there; see connectLink.
 *
 * grpc-js dials by itself and takes no Duplex. So it dials a private socket that is joined to the link: public API only,
 * for the price of one copy.
 */
export async function clientOver(pipe: Duplex, options: ConnectOptions = {}): Promise<LinkClient> {
  const link = await connectLink(pipe, options);
  const gate = await openGate().catch((error: unknown) => {
    link.destroy();
    throw error;
  });
  void gate.entered.then((socket) => joinStreams(socket, link));
  const endpoint = new contract.Endpoint(`unix:${gate.path}`, credentials.createInsecure(), {
    'grpc.use_local_subchannel_pool': 1,
    'grpc.max_receive_message_length': longestMessage,
    'grpc.enable_http_proxy': 0,
  });
  let ended: (why: Error | null) => void = () => {};
  const closed = new Promise<Error | null>((resolve) => {
    ended = resolve;
  });
  const close = () => {
    gate.close();
    endpoint.close();
    // Takes the joined socket with it, so that calls under way end now.
    link.destroy();
    ended(link.errored);
  };
  link.once('close', close);
  if (link.destroyed) close();
  return { endpoint, closed, close };
}
