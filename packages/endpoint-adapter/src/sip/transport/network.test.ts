/** All transports together, on loopback. */
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { connect } from 'node:tls';
import { silent } from '@thinline/shared/log/log.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Network, type NetworkOptions, openNetwork } from './network.ts';
import { type Authority, loadPem, startAuthority } from './testing/certificates.ts';
import { optionsRequest, RecordingSink } from './testing/recording-sink.ts';

let certificates: Authority;
let phone: string;
let server: string;
beforeAll(async () => {
  certificates = await startAuthority();
  phone = (await certificates.issue({ names: ['DNS:phone.example'] })).both;
  server = (await certificates.issue({ names: ['DNS:sip.example'] })).both;
});
afterAll(() => certificates.stop());

let sink: RecordingSink;
let network: Network | null;
let close: (() => void)[];
beforeEach(() => {
  sink = new RecordingSink();
  network = null;
  close = [];
});
afterEach(async () => {
  vi.useRealTimers();
  for (const end of close) end();
  await network?.close();
});

async function open(options: Partial<NetworkOptions> = {}): Promise<Network> {
  network = await openNetwork({ ports: { min: 0, max: 0 }, addresses: ['127.0.0.1'], ...options }, sink, silent);
  return network;
}

async function udpPeer(): Promise<{ socket: UdpSocket; port: number }> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  close.push(() => socket.close());
  return { socket, port: socket.address().port };
}

const settings = () => ({ certificate: phone, checkName: true, authorities: certificates.file });

describe('a closed network', () => {
  it('makes no connection any more, for whatever still wants to be sent', async () => {
    const it = await open();
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    close.push(() => listener.close());
    const address = listener.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await it.close();
    for (const transport of ['udp', 'tcp'] as const)
      expect(() => it.flowTo({ transport, address: '127.0.0.1', port, name: '127.0.0.1' })).toThrow('closed');
    it.keepAlive({ transport: 'udp', address: '127.0.0.1', port, name: '127.0.0.1' }, true);
  });
});

describe('openNetwork', () => {
  it('listens for TLS one port higher with a certificate', async () => {
    const it = await open({ tls: settings() });
    expect(it.tlsPort).toBe(it.port + 1);
    const ca = (await loadPem(certificates.file)).cert;
    const socket = connect({ port: it.tlsPort, host: '127.0.0.1', ca, servername: 'phone.example' });
    close.push(() => socket.destroy());
    await once(socket, 'secureConnect');
  });

  it.each([
    ['no certificate', ''],
    ['one that cannot be used', 'nowhere.pem'],
  ])('does not with %s', async (_, certificate) => {
    const it = await open({ tls: { ...settings(), certificate } });
    expect(it.tlsPort).toBe(0);
  });

  it('passes a port by where the one above is taken', async () => {
    const first = await open({ tls: settings() });
    const range = { min: first.port - 1, max: first.port + 20 };
    const second = await openNetwork({ ports: range, addresses: ['127.0.0.1'], tls: settings() }, sink, silent);
    close.push(() => void second.close());
    // Its own TLS port may not be the first's SIP port, nor the other way round.
    expect(second.port).toBeGreaterThan(first.tlsPort);
  });

  it('does without IPv6 where the machine has none', async () => {
    // An address that no machine has fails like a family that it lacks.
    const it = await open({ addresses: ['127.0.0.1', '2001:db8::1'] });
    for (const transport of ['udp', 'tcp', 'tls', 'wss'] as const)
      expect(() => it.flowTo({ transport, address: '2001:db8::2', port: 9, name: '' })).toThrow('no socket for');
  });

  it('says that no port is free', async () => {
    const { port } = await open();
    await expect(
      openNetwork({ ports: { min: port, max: port }, addresses: ['127.0.0.1'] }, sink, silent),
    ).rejects.toThrow('TL2005');
  });

  it('listens on the addresses and for the IP versions that are asked for', async () => {
    const it = await open({ addresses: ['127.0.0.1', '::1'], families: ['IPv4'] });
    const to = (address: string) => it.flowTo({ transport: 'udp', address, port: 9, name: '' });
    expect(to('127.0.0.1').local).toEqual({ address: '127.0.0.1', port: it.port });
    expect(() => to('::1')).toThrow('no socket for udp to ::1');
  });

  // Elsewhere 127.0.0.2 is no address of the machine.
  it.skipIf(process.platform === 'darwin')(
    'connects from the address that it listens on and from the source ports of the range',
    async () => {
      const listener = createServer((socket) => close.push(() => socket.destroy())).listen(0, '127.0.0.1');
      await once(listener, 'listening');
      close.push(() => listener.close());
      const bound = listener.address();
      const port = typeof bound === 'object' && bound ? bound.port : 0;
      const taken = port > 60_000 ? port - 100 : port + 1;
      const it = await open({ addresses: ['127.0.0.2'], tcpPorts: { min: taken, max: taken + 50 } });
      it.flowTo({ transport: 'tcp', address: '127.0.0.1', port, name: '' });
      const [socket] = await once(listener, 'connection');
      expect(socket.remoteAddress).toBe('127.0.0.2');
      expect(socket.remotePort).toBeGreaterThanOrEqual(taken);
      expect(socket.remotePort).toBeLessThanOrEqual(taken + 50);
    },
  );
});

describe('keepAlive', () => {
  it('sends CRLFCRLF from the port of SIP, and nothing once it is off', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { socket, port } = await udpPeer();
    const it = await open();
    const target = { transport: 'udp', address: '127.0.0.1', port, name: '' } as const;
    it.keepAlive(target, true);
    const came = once(socket, 'message');
    vi.advanceTimersByTime(30_000);
    const [bytes, source] = await came;
    expect(String(bytes)).toBe('\r\n\r\n');
    expect(source.port).toBe(it.port);
    it.keepAlive(target, false);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('alias', () => {
  it('leads requests to a peer that has proved its name back over its own connection', async () => {
    const it = await open({ tls: settings() });
    const own = await loadPem(server);
    const ca = (await loadPem(certificates.file)).cert;
    const socket = connect({ port: it.tlsPort, host: '127.0.0.1', ca, servername: 'phone.example', ...own });
    close.push(() => socket.destroy());
    socket.write(optionsRequest());
    const { flow } = await sink.next();
    const target = { transport: 'tls', address: '127.0.0.1', port: 9, name: 'sip.example' } as const;
    it.alias(flow, 9);
    expect(it.flowTo(target)).toBe(flow);
    expect(it.flowTo({ ...target, name: 'evil.example' })).not.toBe(flow);
  });
});
