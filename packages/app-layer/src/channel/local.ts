/** The way to an endpoint adapter on the same machine. */
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ChannelProvider } from './provider.ts';

export const local = (path: string): ChannelProvider => ({
  name: 'local',
  placement: 'this machine',
  async open(): Promise<Duplex> {
    const socket = connect(path);
    await once(socket, 'connect');
    return socket;
  },
});
