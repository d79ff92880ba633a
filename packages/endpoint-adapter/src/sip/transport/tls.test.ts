/** TLS with real handshakes, on loopback. */
import { once } from 'node:events';
import { connect as connectTcp, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { connect, createServer, type TLSSocket, type TlsOptions } from 'node:tls';
import type { TlsSettings } from '@thinline/shared/contract/types.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Target } from '../address.ts';
import { type Authority, loadPem, startAuthority } from './testing/certificates.ts';
import { makeContext } from './testing/context.ts';
import { optionsRequest, RecordingSink } from './testing/recording-sink.ts';
import { tls } from './tls.ts';
import type { TransportSockets } from './transport.ts';

let ours: Authority;
let others: Authority;
let right: string;
let client: string;
beforeAll(async () => {
  ours = await startAuthority();
  others = await startAuthority();
  right = (await ours.issue({ names: ['DNS:sip.example,DNS:also.example'] })).both;
  client = (await ours.issue({ names: ['DNS:phone.example,URI:sip:phone.example'] })).both;
});
afterAll(async () => {
  await ours.stop();
  await others.stop();
});

let sink: RecordingSink;
let sockets: TransportSockets | null;
let servers: Server[];
let open: Socket[];
beforeEach(() => {
  sink = new RecordingSink();
  sockets = null;
  servers = [];
  open = [];
});
afterEach(async () => {
  vi.useRealTimers();
  await sockets?.close();
  for (const socket of open) socket.destroy();
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
});

async function portOf(server: Server): Promise<number> {
  servers.push(server.listen(0, '127.0.0.1'));
  server.on('connection', (socket: Socket) => open.push(socket));
  await once(server, 'listening');
  const bound = server.address();
  return typeof bound === 'object' && bound ? bound.port : 0;
}

interface Peer {
  port: number;
  secured: TLSSocket[];
  /** Of each connection, whether it resumed a session. */
  resumed: boolean[];
}

/** A server that answers whatever comes with one message. */
async function listen(options: TlsOptions): Promise<Peer> {
  const secured: TLSSocket[] = [];
  const resumed: boolean[] = [];
  const server = createServer(options, (socket) => {
    secured.push(socket);
    resumed.push(socket.isSessionReused());
    socket.on('error', () => {});
    socket.on('data', () => socket.write(optionsRequest('reply')));
  });
  server.on('tlsClientError', () => {});
  return { port: await portOf(server), secured, resumed };
}

async function start(settings: Partial<TlsSettings> = {}): Promise<TransportSockets> {
  sockets = await tls.open('127.0.0.1', 0, await makeContext(sink, { authorities: ours.file, ...settings }));
  return sockets;
}

const to = (port: number, name = 'sip.example'): Target => ({ transport: 'tls', address: '127.0.0.1', port, name });

const sendTo = (opened: TransportSockets, target: Target) => {
  const flow = opened.flowTo(target);
  flow.send(Buffer.from(optionsRequest()), () => {});
  return flow;
};

describe('a connection of ours', () => {
  it.each([
    ['sip.example', 'DNS:sip.example'],
    ['example.net', 'URI:sip:example.net'],
    ['127.0.0.1', 'IP:127.0.0.1'],
  ])('to %s trusts a certificate for %s, and the server sends on it too', async (name, names) => {
    const peer = await listen(await loadPem((await ours.issue({ names: [names] })).both));
    const opened = await start();
    const flow = sendTo(opened, to(peer.port, name));
    const { text, flow: back } = await sink.next();
    expect(text).toBe(optionsRequest('reply'));
    expect(back).toBe(flow);
    expect(flow.local.address).toBe('127.0.0.1');
    expect(flow.local.port).toBe(peer.secured[0]?.remotePort);
    expect(opened.port).toBe(0);
  });

  it('is not made where the certificate names somebody else', async () => {
    const peer = await listen(await loadPem(right));
    sendTo(await start(), to(peer.port, 'evil.example'));
    expect(await sink.fault()).toBe(
      'the certificate of the server names "sip.example", "also.example" instead of "evil.example"',
    );
  });

  it('is made whatever the name where names are not checked, but the chain is checked', async () => {
    const peer = await listen(await loadPem(right));
    const opened = await start({ checkName: false });
    sendTo(opened, to(peer.port, 'evil.example'));
    await sink.next();
    const stranger = await listen(await loadPem((await others.issue({ names: ['DNS:sip.example'] })).both));
    sendTo(opened, to(stranger.port));
    expect(await sink.fault()).toBe('the certificate of the server is from an authority that is not trusted here');
  });

  it('is not made where the certificate has expired', async () => {
    const peer = await listen(await loadPem((await ours.issue({ names: ['DNS:sip.example'], expired: true })).both));
    sendTo(await start(), to(peer.port));
    expect(await sink.fault()).toContain('has expired');
  });

  it('is not made where only the system’s authorities are trusted', async () => {
    const peer = await listen(await loadPem(right));
    sendTo(await start({ authorities: '' }), to(peer.port));
    expect(await sink.fault()).toContain('not trusted here');
  });

  it('says that the authorities cannot be read', async () => {
    const peer = await listen(await loadPem(right));
    sendTo(await start({ authorities: 'nowhere.pem' }), to(peer.port));
    expect(await sink.fault()).toBe('the trusted authorities cannot be used: there is no file "nowhere.pem"');
  });

  it('is not made with TLS 1.1, nor without TLS', async () => {
    const opened = await start();
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    sendTo(opened, to((await listen({ ...(await loadPem(right)), ...old })).port));
    expect(await sink.fault()).toBe('the server speaks neither TLS 1.2 nor TLS 1.3');
    const plain = createTcpServer((socket) => socket.on('error', () => {}).end('SIP/2.0 400 Bad Request\r\n\r\n'));
    sendTo(opened, to(await portOf(plain)));
    expect(await sink.fault()).toBe('the server does not speak TLS on that port');
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('shows our certificate where %s asks for it', async (version) => {
    const versions = { minVersion: version, maxVersion: version };
    const ca = (await loadPem(ours.file)).cert;
    const peer = await listen({
      ...(await loadPem(right)),
      ...versions,
      ca,
      requestCert: true,
      rejectUnauthorized: true,
    });
    const opened = await start({ certificate: client });
    sendTo(opened, to(peer.port));
    await sink.next();
    expect(peer.secured[0]?.getPeerX509Certificate()?.subjectAltName).toContain('phone.example');
  });

  it.each([
    ['TLSv1.2', 'it wants a client certificate'],
    ['TLSv1.3', 'the server wants a client certificate'],
  ] as const)('says that %s asks for a certificate that we lack', async (version, clause) => {
    const versions = { minVersion: version, maxVersion: version };
    const ca = (await loadPem(ours.file)).cert;
    const peer = await listen({
      ...(await loadPem(right)),
      ...versions,
      ca,
      requestCert: true,
      rejectUnauthorized: true,
    });
    const opened = await start({ certificate: 'nowhere.pem' });
    sendTo(opened, to(peer.port));
    expect(await sink.fault()).toMatch(new RegExp(`${clause}; ours cannot be used: there is no file "nowhere.pem"$`));
  });

  it('is used again for names that its certificate has, and for no others', async () => {
    const peer = await listen(await loadPem(right));
    const opened = await start();
    const flow = sendTo(opened, to(peer.port));
    expect(opened.flowTo(to(peer.port, 'SIP.example'))).toBe(flow);
    await sink.next();
    expect(opened.flowTo(to(peer.port, 'also.example'))).toBe(flow);
    expect(opened.flowTo(to(peer.port, 'evil.example'))).not.toBe(flow);
    await sink.fault();
    expect(peer.secured[0]?.destroyed).toBe(false);
  });

  it('resumes the session of the one before', async () => {
    const peer = await listen(await loadPem(right));
    const opened = await start();
    sendTo(opened, to(peer.port));
    await sink.next();
    const gone = sink.fault();
    peer.secured[0]?.destroy();
    expect(await gone).toBe('the far end closed the connection');
    sendTo(opened, to(peer.port));
    await sink.next();
    expect(peer.resumed).toEqual([false, true]);
    // The certificate of the first handshake still counts for other names.
    expect(opened.flowTo(to(peer.port, 'also.example'))).toBe(opened.flowTo(to(peer.port)));
    expect(opened.flowTo(to(peer.port, 'evil.example'))).not.toBe(opened.flowTo(to(peer.port)));
  });

  it('ends where the handshake is not finished within 32 s', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const mute = createTcpServer();
    const port = await portOf(mute);
    const opened = await start();
    sendTo(opened, to(port));
    const [socket] = await once(mute, 'connection');
    await once(socket, 'data');
    vi.advanceTimersByTime(32_000);
    expect(await sink.fault()).toBe('the TLS handshake was not finished in time');
  });

  it('ends where the server goes away within the handshake', async () => {
    const rude = createTcpServer((socket) => socket.on('error', () => {}).once('data', () => socket.destroy()));
    sendTo(await start(), to(await portOf(rude)));
    expect(await sink.fault()).toBe('the server broke off the TLS handshake');
  });
});

describe('the listener', () => {
  async function dial(port: number, certificate = ''): Promise<TLSSocket> {
    const own = certificate === '' ? {} : await loadPem(certificate);
    const socket = connect({
      port,
      host: '127.0.0.1',
      ca: (await loadPem(ours.file)).cert,
      servername: 'phone.example',
      ...own,
    });
    socket.on('error', () => {});
    open.push(socket);
    await once(socket, 'secureConnect');
    return socket;
  }

  it('shows our certificate and takes messages; answers go the same way', async () => {
    const opened = await start({ certificate: client });
    const socket = await dial(opened.port);
    socket.write(optionsRequest('from-peer'));
    const { text, flow } = await sink.next();
    expect(text).toBe(optionsRequest('from-peer'));
    flow.send(Buffer.from('answer'), () => {});
    expect(String((await once(socket, 'data'))[0])).toBe('answer');
    expect(flow.local).toEqual({ address: '127.0.0.1', port: opened.port });
  });

  it('lets requests of ours go back only to peers that have proved their name', async () => {
    const opened = await start({ certificate: client });
    for (const [certificate, expected] of [
      [right, true],
      [(await others.issue({ names: ['DNS:sip.example'] })).both, false],
      ['', false],
    ] as const) {
      const socket = await dial(opened.port, certificate);
      socket.write(optionsRequest());
      const { flow } = await sink.next();
      expect(opened.flowTo(to(flow.remote.port, 'sip.example')) === flow).toBe(expected);
      expect(opened.flowTo(to(flow.remote.port, 'evil.example'))).not.toBe(flow);
    }
  });

  it('refuses TLS 1.1', async () => {
    const opened = await start({ certificate: client });
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const socket = connect({ port: opened.port, host: '127.0.0.1', rejectUnauthorized: false, ...old });
    open.push(socket);
    const [error] = await once(socket, 'error');
    expect(String(error.code)).toContain('PROTOCOL_VERSION');
    await sink.until(() => sink.faults.length > 0);
  });

  it('drops a peer that never finishes its handshake after 32 s, and no other', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const opened = await start({ certificate: client });
    const mute = connectTcp(opened.port, '127.0.0.1');
    mute.resume();
    open.push(mute);
    await once(mute, 'connect');
    mute.write(Buffer.from([22, 3, 1, 2, 0, 1, 0]));
    // Connections are taken in their order, so the mute one is there when this one is.
    const socket = await dial(opened.port);
    socket.write(optionsRequest());
    await sink.next();
    const gone = once(mute, 'close');
    vi.advanceTimersByTime(31_999);
    expect(sink.faults).toEqual([]);
    vi.advanceTimersByTime(1);
    await gone;
    await sink.until(() => sink.faults.length > 0);
    expect(sink.faults).toEqual(['the TLS handshake was not finished in time']);
    expect(socket.destroyed).toBe(false);
  });

  it('ends what is no TLS', async () => {
    const opened = await start({ certificate: client });
    const plain = connectTcp(opened.port, '127.0.0.1');
    plain.resume();
    open.push(plain);
    plain.write(optionsRequest());
    await once(plain, 'close');
    expect(sink.messages).toEqual([]);
  });

  it('leaves nothing behind when it is closed within a handshake', async () => {
    const opened = await start({ certificate: client });
    const mute = connectTcp(opened.port, '127.0.0.1');
    mute.resume();
    open.push(mute);
    await once(mute, 'connect');
    await dial(opened.port);
    const gone = once(mute, 'close');
    await opened.close();
    await gone;
  });
});
