/** The endpoint's end of the contract: a gRPC server to which byte pipes are handed, whatever they are made of. */
import type { Duplex } from 'node:stream';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { acceptLinks } from '../link/responder.ts';
import { socketTo } from './gate.ts';
import type { EndpointHandlers } from './generated/thinline/v1/Endpoint.ts';
import { contract, longestMessage } from './service.ts';

export type { EndpointHandlers };

export interface LinkServer {
  /** Speaks the contract with whoever begins a link on this pipe, one after the other, until it closes. */
  accept(pipe: Duplex): void;
  close(): void;
}

export function serve(handlers: EndpointHandlers): LinkServer {
  const server = new Server({ 'grpc.max_receive_message_length': longestMessage });
  server.addService(contract.Endpoint.service, handlers);
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  const pipes = new Set<Duplex>();
  const inject = (link: Duplex) =>
    socketTo(link).then(
      (socket) => injector.injectConnection(socket),
      () => link.destroy(),
    );
  return {
    accept: (pipe) => {
      pipes.add(pipe);
      pipe.once('close', () => pipes.delete(pipe));
      acceptLinks(pipe, inject);
    },
    close: () => {
      injector.destroy();
      server.forceShutdown();
      for (const pipe of pipes) pipe.destroy();
    },
  };
}
