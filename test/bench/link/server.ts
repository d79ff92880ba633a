/** The endpoint of the measurement: answers at once, and tells as much as one wants to hear. */

import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { Server, ServerCredentials, type ServerWritableStream } from '@grpc/grpc-js';
import { socketTo } from '@thinline/shared/contract/gate.ts';
import { type EndpointHandlers, serve } from '@thinline/shared/contract/server.ts';
import { contract } from '@thinline/shared/contract/service.ts';
import type { EventInput, WatchRequest } from '@thinline/shared/contract/types.ts';
import { clock, watched } from './job.ts';

/** ms; more of them would wait for each other under a bulk transfer. */
const betweenTimes = 25;
const bulk: EventInput = { lineRemoved: 'x'.repeat(32 * 1024) };

type Watcher = ServerWritableStream<WatchRequest, EventInput>;

export interface BenchServer {
  /** With the session layer, and without. */
  accept: Record<'link' | 'bare', (pipe: Duplex) => void>;
  /** When the last watcher that there was has gone, clock(); null while one is there. */
  readonly lostAt: number | null;
  close(): void;
}

export function startServer(): BenchServer {
  let watchers = 0;
  let lostAt: number | null = null;
  const watch = (watcher: Watcher): void => {
    watchers += 1;
    lostAt = null;
    let isOver = false;
    let timer: NodeJS.Timeout | undefined;
    const fill = () => {
      while (!isOver && watcher.write(bulk));
    };
    const end = () => {
      if (isOver) return;
      isOver = true;
      clearInterval(timer);
      watchers -= 1;
      if (watchers === 0) lostAt = clock();
    };
    watcher.once('cancelled', end).once('close', end).on('error', end);
    if (watcher.request.sessionId === watched.times) {
      timer = setInterval(() => watcher.write({ lineRemoved: String(clock()) }), betweenTimes);
    } else {
      watcher.on('drain', fill);
      fill();
    }
  };
  const handlers: EndpointHandlers = {
    Handshake: (_, answer) => answer(null, {}),
    Watch: (call) => watch(call as unknown as Watcher),
    Execute: ({ request }, answer) => answer(null, { id: request.id.slice(0, 62) }),
  };
  const linked = serve(handlers);
  const bare = new Server();
  bare.addService(contract.Endpoint.service, handlers);
  const injector = bare.createConnectionInjector(ServerCredentials.createInsecure());
  // HTTP/2 without TLS takes no TLSSocket.
  const inject = async (pipe: Duplex) =>
    injector.injectConnection(pipe instanceof TLSSocket ? await socketTo(pipe) : pipe);
  return {
    accept: {
      link: (pipe) => linked.accept(pipe),
      bare: (pipe) => void inject(pipe),
    },
    get lostAt() {
      return lostAt;
    },
    close: () => {
      linked.close();
      injector.destroy();
      bare.forceShutdown();
    },
  };
}
