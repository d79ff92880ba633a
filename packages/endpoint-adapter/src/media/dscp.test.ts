import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BeatSockets, socketAddon } from './beat-sockets.ts';
import { setDscp } from './dscp.ts';
import { markOf } from './testing/mark-of.ts';

let socket: Socket;
beforeEach(() => {
  socket = createSocket('udp4');
});
afterEach(() => socket.close());

it.runIf(process.platform === 'linux')('marks what the socket sends, and says why where it cannot', async () => {
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  for (const dscp of [46, 0]) {
    const reason = setDscp(socket, dscp);
    const mark = markOf(socket);
    if (reason !== null) expect(reason).toMatch('koffi');
    else expect([reason, mark]).toEqual([null, dscp << 2]);
  }
});

it('leaves it to a socket that can', async () => {
  const addon = socketAddon();
  if (addon === null) return console.warn('Marks by the addon are not tested: it was not built.');
  const sockets = new BeatSockets(addon, () => {});
  for (const address of ['127.0.0.1', '::1']) {
    const own = await sockets.open(address, 0);
    if (own === null) throw new Error('no port');
    expect([setDscp(own, 46), setDscp(own, 0)]).toEqual([null, null]);
    expect(setDscp(own, 64)).toMatch('no DSCP');
    own.close();
    expect(setDscp(own, 46)).toMatch('refuses DSCP 46');
  }
});

it('refuses what is no DSCP, and a socket that is not open', () => {
  for (const dscp of [-1, 64, 1.5]) expect(setDscp(socket, dscp)).toMatch('no DSCP');
  expect(setDscp(socket, 46)).not.toBeNull();
});
