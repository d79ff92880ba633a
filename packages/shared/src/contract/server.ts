/** The endpoint's end of the contract: a gRPC server to which byte pipes are handed, whatever they are made of. */
import type { Duplex } from 'node:stream';
import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import { acceptLinks } from '../link/responder.ts';
import { socketTo } from './gate.ts';
import type { EndpointHandlers } from './generated/thinline/v1/Endpoint.ts';
import { contract, longestMessage } from './service.ts';
import { Standstill } from './standstill.ts';

export type { EndpointHandlers };

/**
 * Each may hold a message that is not whole yet. The app layer watches once, and has a few commands under way; what it
 * has more waits on its side.
 */
const mostStreams = 64;
/** What HTTP/2 may hold for one link beside those messages, MB. */
const mostSessionMemory = 16;

export interface LinkServer {
  /**
   * Speaks the contract with whoever begins a link on this pipe, one after the other, until it closes.
   * mostIdle: closes it when it has no link for so long, ms; without it a pipe may wait for ever.
   */
  accept(pipe: Duplex, mostIdle?: number): void;
  close(): void;
}

export function serve(handlers: EndpointHandlers): LinkServer {
  const server = new Server({
    'grpc.max_receive_message_length': longestMessage,
    'grpc.max_concurrent_streams': mostStreams,
    'grpc-node.max_session_memory': mostSessionMemory,
  });
  const standstill = new Standstill();
  server.addService(contract.Endpoint.service, {
    ...handlers,
    Execute: (...[call, answer]: Parameters<EndpointHandlers['Execute']>) => {
      // It came before we stood still, or while we did, and whoever sent it has given it up.
      if (standstill.hasJustBeen) answer({ code: status.UNAVAILABLE, details: 'the endpoint stood still' });
      else handlers.Execute(call, answer);
    },
  });
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  const pipes = new Set<Duplex>();
  const inject = (link: Duplex) => {
    standstill.watch(link);
    socketTo(link).then(
      (socket) => injector.injectConnection(socket),
      () => link.destroy(),
    );
  };
  return {
    accept: (pipe, mostIdle) => {
      pipes.add(pipe);
      pipe.once('close', () => pipes.delete(pipe));
      const busy = mostIdle === undefined ? () => {} : endWhenIdle(pipe, mostIdle);
      acceptLinks(pipe, (link) => {
        busy(link);
        inject(link);
      });
    },
    close: () => {
      injector.destroy();
      server.forceShutdown();
      for (const pipe of pipes) pipe.destroy();
    },
  };
}

/** Returns what has to be told of each link. */
function endWhenIdle(pipe: Duplex, ms: number): (link: Duplex) => void {
  let timer: NodeJS.Timeout | undefined;
  let current: Duplex | null = null;
  const wait = () => {
    if (!pipe.destroyed) timer = setTimeout(() => pipe.destroy(), ms);
  };
  pipe.once('close', () => clearTimeout(timer));
  wait();
  return (link) => {
    clearTimeout(timer);
    current = link;
    link.once('close', () => {
      if (current === link) wait();
    });
  };
}
