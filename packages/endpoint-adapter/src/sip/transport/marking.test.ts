/** DSCP of SIP's own sockets: what the system says that it marks them with. */
import type { Socket as DatagramSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { makeLog, silent } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { markOf } from '../../media/testing/mark-of.ts';
import { closeAll, openConfiguredLine, openServer, placeOf } from '../testing/configured-line.ts';
import { makeMark } from './marking.ts';
import { type Network, openNetwork } from './network.ts';
import { optionsRequest, RecordingSink } from './testing/recording-sink.ts';

/** Sockets that were marked, in order. */
const marked = vi.hoisted(() => [] as (DatagramSocket | Socket)[]);
/** What setDscp says; undefined: what it really does. */
const says = vi.hoisted(() => ({ reason: undefined as string | undefined }));
vi.mock('../../media/dscp.ts', async (original) => {
  const real = await original<typeof import('../../media/dscp.ts')>();
  return {
    setDscp: (socket: DatagramSocket | Socket, dscp: number) => {
      marked.push(socket);
      return says.reason ?? real.setDscp(socket, dscp);
    },
  };
});

let network: Network | null = null;
const close: (() => void)[] = [];
beforeEach(() => {
  marked.length = 0;
  says.reason = undefined;
});
afterEach(async () => {
  for (const end of close.splice(0)) end();
  await network?.close();
  await closeAll();
  network = null;
});

const portOf = (address: ReturnType<Socket['address']> | string | null): number =>
  typeof address === 'object' && address && 'port' in address ? (address.port ?? 0) : 0;

async function peerAt(address: string): Promise<number> {
  const peer = createServer((socket) => close.push(() => socket.destroy())).listen(0, address);
  close.push(() => peer.close());
  await once(peer, 'listening');
  const at = peer.address();
  return typeof at === 'object' && at ? at.port : 0;
}

it.runIf(process.platform === 'linux').each(['127.0.0.1', '::1'])(
  'marks what goes out by UDP, and by connections of either side, at %s',
  async (address) => {
    const sink = new RecordingSink();
    network = await openNetwork({ ports: { min: 0, max: 0 }, addresses: [address], dscp: 24 }, sink, silent);
    const { port } = network;
    const peer = await peerAt(address);
    for (const transport of ['tcp', 'tls'] as const)
      network
        .flowTo({ transport, address, port: peer, name: 'sip.example' })
        .send(Buffer.from(optionsRequest()), () => {});
    const inbound = connect(port, address);
    close.push(() => inbound.destroy());
    inbound.write(optionsRequest());
    await vi.waitFor(() => expect(marked).toHaveLength(4));
    // UDP at our port; what we have connected, to the peer's; what was connected to us, at ours.
    expect(portOf(marked[0]?.address() ?? null)).toBe(port);
    const streams = marked.slice(1).flatMap((it) => ('remotePort' in it ? [it] : []));
    expect(streams.map((it) => it.remotePort).filter((it) => it === peer)).toHaveLength(2);
    expect(streams.map((it) => it.localPort).filter((it) => it === port)).toHaveLength(1);
    expect(marked.map(markOf)).toEqual([24 << 2, 24 << 2, 24 << 2, 24 << 2]);
  },
);

it('leaves all to the system unless something is configured', async () => {
  network = await openNetwork({ ports: { min: 0, max: 0 }, addresses: ['127.0.0.1'] }, new RecordingSink(), silent);
  expect(marked).toEqual([]);
});

it('says once where it cannot be done', async () => {
  const said: string[] = [];
  const mark = makeMark(24, makeLog({ write: (text) => said.push(text) }));
  const port = await peerAt('127.0.0.1');
  const socket = connect(port, '127.0.0.1');
  close.push(() => socket.destroy());
  says.reason = 'not on this machine';
  mark(socket);
  mark(socket);
  expect(said.map((it) => it.replace(/^.*?(?=SIP)/s, '').trim())).toEqual([
    'SIP is not marked as urgent (DSCP 24): not on this machine',
  ]);
});

it.runIf(process.platform === 'linux')('policy.endpoint.signaling_qos: is what SIP is marked with', async () => {
  for (const [value, marks] of [
    ['24', [24 << 2]],
    ['46', [46 << 2]],
    ['0', []],
  ] as const) {
    marked.length = 0;
    const server = await openServer();
    await openConfiguredLine({ 'server:N': placeOf(server), 'policy.endpoint.signaling_qos': value });
    expect(marked.map(markOf)).toEqual(marks);
  }
});
