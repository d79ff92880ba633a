/** Stands between the client's add-in and the adapter's plugin socket, and does to their bytes what a bad channel does. */
import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';

export type Towards = 'adapter' | 'desktop';

export interface Meddler {
  /** Channels so far. */
  readonly opened: number;
  /** Channels that are there now. */
  readonly open: number;
  /** Bytes carried so far, both ways. */
  readonly carried: number;
  /** Puts these bytes in among the others of the channel that was opened last. */
  inject(bytes: Uint8Array, towards: Towards): void;
  /** Carries nothing in that direction, or in none, and takes nothing either, until thawed. */
  freeze(towards?: Towards): void;
  thaw(): void;
  /** Ends every channel. */
  cut(): void;
  stop(): Promise<void>;
}

/** path: where the add-in comes; to: the adapter's plugin socket. */
export async function startMeddler(path: string, to: string): Promise<Meddler> {
  const channels = new Set<readonly [client: Socket, adapter: Socket]>();
  let opened = 0;
  let carried = 0;
  let frozen: readonly Towards[] = [];

  const carry = (from: Socket, into: Socket, towards: Towards): void => {
    from.on('data', (bytes) => {
      carried += bytes.length;
      if (!into.write(bytes)) from.pause();
    });
    into.on('drain', () => frozen.includes(towards) || from.resume());
    from.on('error', () => {}).once('close', () => into.destroy());
    if (frozen.includes(towards)) from.pause();
  };
  const server = createServer((client) => {
    const adapter = connect(to);
    const channel = [client, adapter] as const;
    opened += 1;
    channels.add(channel);
    client.once('close', () => channels.delete(channel));
    carry(client, adapter, 'adapter');
    carry(adapter, client, 'desktop');
  });
  await once(server.listen(path), 'listening');
  await chmod(path, 0o600);

  const sockets = (): Socket[] => [...channels].flat();
  return {
    get opened() {
      return opened;
    },
    get open() {
      return channels.size;
    },
    get carried() {
      return carried;
    },
    inject(bytes, towards) {
      const [client, adapter] = [...channels].at(-1) ?? [];
      (towards === 'adapter' ? adapter : client)?.write(bytes);
    },
    freeze(towards) {
      frozen = towards ? [towards] : ['adapter', 'desktop'];
      for (const [client, adapter] of channels) {
        if (frozen.includes('adapter')) client.pause();
        if (frozen.includes('desktop')) adapter.pause();
      }
    },
    thaw() {
      frozen = [];
      for (const socket of sockets()) socket.resume();
    },
    cut() {
      for (const socket of sockets()) socket.destroy();
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets()) socket.destroy();
      await closed;
    },
  };
}
