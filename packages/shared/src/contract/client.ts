/** The app layer's end of the contract: a gRPC client over one Duplex, whatever that is made of. */
import type { Duplex } from 'node:stream';
import { credentials } from '@grpc/grpc-js';
import { joinStreams, openGate } from './gate.ts';
import type { EndpointClient } from './generated/thinline/v1/Endpoint.ts';
import { contract, keepAlive, longestMessage } from './service.ts';

export type { EndpointClient };

export interface LinkClient {
  endpoint: EndpointClient;
  /** Settles when the Duplex or the client has closed. */
  closed: Promise<void>;
  close(): void;
}

/**
 * grpc-js dials by itself and takes no Duplex. So it dials a private socket that is joined to the Duplex: public API
 * only, for the price of one copy.
 */
export async function clientOver(duplex: Duplex): Promise<LinkClient> {
  // It may fail before there is anything to close.
  duplex.on('error', () => duplex.destroy());
  const gate = await openGate().catch((error: unknown) => {
    duplex.destroy();
    throw error;
  });
  void gate.entered.then((socket) => joinStreams(socket, duplex));
  const endpoint = new contract.Endpoint(`unix:${gate.path}`, credentials.createInsecure(), {
    ...keepAlive,
    'grpc.keepalive_permit_without_calls': 1,
    'grpc.use_local_subchannel_pool': 1,
    'grpc.max_receive_message_length': longestMessage,
    'grpc.enable_http_proxy': 0,
  });
  let ended = () => {};
  const closed = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const close = () => {
    gate.close();
    endpoint.close();
    // Takes the joined socket with it, so that calls under way end now and not when a ping is missed.
    duplex.destroy();
    ended();
  };
  duplex.once('close', close);
  if (duplex.destroyed) close();
  return { endpoint, closed, close };
}
