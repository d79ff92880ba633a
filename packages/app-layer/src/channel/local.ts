/** The way to an endpoint adapter on the same machine. */
import { connectOwn } from '@thinline/shared/own-socket.ts';
import type { ChannelProvider } from './provider.ts';

export const local = (path: string): ChannelProvider => ({
  name: 'local',
  placement: 'this machine',
  mostWaitMs: 4000,
  open: () => connectOwn(path),
});
