/** The endpoint's end of the contract: a gRPC server to which Duplexes are handed, whatever they are made of. */
import type { Duplex } from 'node:stream';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { EndpointHandlers } from './generated/thinline/v1/Endpoint.ts';
import { contract, keepAlive, longestMessage } from './service.ts';

export type { EndpointHandlers };

export interface LinkServer {
  /** Speaks the contract on this pipe until it closes. */
  accept(duplex: Duplex): void;
  close(): void;
}

export function serve(handlers: EndpointHandlers): LinkServer {
  const server = new Server({ ...keepAlive, 'grpc.max_receive_message_length': longestMessage });
  server.addService(contract.Endpoint.service, handlers);
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  return {
    accept: (duplex) => {
      // The far end may vanish at any time; gRPC reports that through its streams.
      duplex.on('error', () => duplex.destroy());
      injector.injectConnection(duplex);
    },
    close: () => {
      injector.destroy();
      server.forceShutdown();
    },
  };
}
