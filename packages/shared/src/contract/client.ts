/** The app layer's end of the contract: a gRPC client over one Duplex, whatever that is made of. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { credentials } from '@grpc/grpc-js';
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
 * grpc-js dials by itself and takes no Duplex. So it dials a private socket that lets exactly one caller in and is
 * joined to the Duplex: public API only, for the price of one copy.
 */
export async function clientOver(duplex: Duplex): Promise<LinkClient> {
  const folder = mkdtempSync(join(tmpdir(), 'thinline-'));
  const path =
    process.platform === 'win32' ? `\\\\.\\pipe\\thinline-${randomBytes(16).toString('hex')}` : join(folder, 'link');
  const gate = createServer();
  let joined: Socket | null = null;
  let ended = () => {};
  const closed = new Promise<void>((resolve) => {
    ended = resolve;
  });
  gate.once('connection', (socket) => {
    gate.close();
    rmSync(folder, { recursive: true, force: true });
    joined = socket;
    socket.on('error', () => close()).once('close', () => close());
    socket.pipe(duplex).pipe(socket);
  });
  gate.maxConnections = 1;
  // It may fail before there is anything to close.
  duplex.on('error', () => duplex.destroy());
  gate.listen(path);
  await once(gate, 'listening');

  const endpoint = new contract.Endpoint(`unix:${path}`, credentials.createInsecure(), {
    ...keepAlive,
    'grpc.keepalive_permit_without_calls': 1,
    'grpc.use_local_subchannel_pool': 1,
    'grpc.max_receive_message_length': longestMessage,
    'grpc.enable_http_proxy': 0,
  });
  const close = () => {
    gate.close();
    rmSync(folder, { recursive: true, force: true });
    endpoint.close();
    // Calls under way end now, not when a ping is missed.
    joined?.destroy();
    duplex.destroy();
    ended();
  };
  duplex.once('close', () => close());
  if (duplex.destroyed) close();
  return { endpoint, closed, close };
}
