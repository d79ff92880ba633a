/** The endpoint's end of the contract: a gRPC server to which Duplexes are handed, whatever they are made of. */
import { connect, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { joinStreams, openGate } from './gate.ts';
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
      socketOf(duplex).then(
        (socket) => injector.injectConnection(socket),
        () => duplex.destroy(),
      );
    },
    close: () => {
      injector.destroy();
      server.forceShutdown();
    },
  };
}

/**
 * Node's HTTP/2 ends the process with an assertion when a session is destroyed while a Duplex other than a socket has
 * not taken its last write, which is what a dead virtual channel looks like.
 */
async function socketOf(duplex: Duplex): Promise<Socket> {
  if (duplex instanceof Socket) return duplex;
  const gate = await openGate();
  const socket = connect(gate.path);
  socket.on('error', () => socket.destroy()).once('close', () => gate.close());
  joinStreams(await gate.entered, duplex);
  return socket;
}
