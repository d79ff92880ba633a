/** WebSockets over TLS, on loopback. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { Duplex } from 'node:stream';
import type { TlsSettings } from '@thinline/shared/contract/types.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Target } from '../address.ts';
import { type Authority, loadPem, startAuthority } from './testing/certificates.ts';
import { makeContext } from './testing/context.ts';
import { optionsRequest, RecordingSink } from './testing/recording-sink.ts';
import type { Flow, TransportSockets } from './transport.ts';
import { wss } from './wss.ts';

let certificates: Authority;
let right: string;
beforeAll(async () => {
  certificates = await startAuthority();
  right = (await certificates.issue({ names: ['DNS:ws.example,DNS:*.wild.example'] })).both;
});
afterAll(() => certificates.stop());

let sink: RecordingSink;
let sockets: TransportSockets | null;
let server: Server;
let open: Duplex[];
beforeEach(async () => {
  sink = new RecordingSink();
  sockets = null;
  open = [];
  server = createServer(await loadPem(right));
  server.on('tlsClientError', () => {});
  server.on('secureConnection', (socket) => {
    socket.on('error', () => {});
    open.push(socket);
  });
});
afterEach(async () => {
  vi.useRealTimers();
  await sockets?.close();
  for (const socket of open) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

async function start(settings: Partial<TlsSettings> = {}): Promise<Target> {
  const context = await makeContext(sink, { authorities: certificates.file, ...settings });
  sockets = await wss.open('127.0.0.1', 0, context);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  return { transport: 'wss', address: '127.0.0.1', port, name: 'ws.example' };
}

function flowTo(target: Target): Flow {
  if (!sockets) throw new Error('not started');
  return sockets.flowTo(target);
}

interface Peer {
  ws: WebSocket;
  /** Below the WebSocket. */
  raw: Duplex;
  path: string;
  host: string;
}

/** The next connection that a WebSocket server takes. */
function accept(): Promise<Peer> {
  const wsServer = new WebSocketServer({ noServer: true });
  return new Promise((resolve) => {
    server.once('upgrade', (request, raw, head) =>
      wsServer.handleUpgrade(request, raw, head, (ws) => {
        ws.on('error', () => {});
        resolve({ ws, raw, path: request.url ?? '', host: request.headers.host ?? '' });
      }),
    );
  });
}

async function connect(): Promise<Peer & { flow: Flow }> {
  const target = await start();
  const accepted = accept();
  const flow = flowTo(target);
  return { ...(await accepted), flow };
}

describe('the handshake', () => {
  it('asks for the subprotocol sip, by the server’s name', async () => {
    const target = await start();
    const accepted = accept();
    flowTo(target);
    const { ws, path, host } = await accepted;
    expect(ws.protocol).toBe('sip');
    expect(ws.extensions).toBe('');
    expect(path).toBe('/');
    expect(host).toBe(`ws.example:${target.port}`);
  });

  it('checks the certificate as HTTPS does', async () => {
    const target = await start();
    const accepted = accept();
    flowTo({ ...target, name: 'a.wild.example' });
    await accepted;
    flowTo({ ...target, name: 'evil.example' });
    expect(await sink.fault()).toContain('instead of "evil.example"');
  });

  it('fails where the server is no WebSocket server', async () => {
    server.on('request', (_, response) => response.writeHead(404).end());
    flowTo(await start());
    expect(await sink.fault()).toBe('the server answered 404 to the WebSocket handshake');
  });

  it('follows no redirection', async () => {
    server.on('request', (_, response) => response.writeHead(302, { location: 'wss://evil.example/' }).end());
    flowTo(await start());
    expect(await sink.fault()).toBe('the server answered 302 to the WebSocket handshake');
  });

  it('fails where the server does not speak sip', async () => {
    const target = await start();
    const wsServer = new WebSocketServer({ noServer: true, handleProtocols: () => false });
    server.once('upgrade', (request, raw, head) => wsServer.handleUpgrade(request, raw, head, () => {}));
    flowTo(target);
    expect(await sink.fault()).toBe('the WebSocket handshake failed: Server sent no subprotocol');
  });

  it('is given up after 32 s', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const target = await start();
    flowTo(target);
    await once(server, 'upgrade');
    vi.advanceTimersByTime(32_000);
    expect(await sink.fault()).toBe('the WebSocket handshake was not finished in time');
  });
});

describe('frames', () => {
  it('are a message each, in both directions, text or binary, with and without Content-Length', async () => {
    const { ws, flow } = await connect();
    flow.send(Buffer.from(optionsRequest('é')), () => {});
    flow.send(Buffer.from([0x53, 0xff]), () => {});
    const [text, textIsBinary] = await once(ws, 'message');
    expect([String(text), textIsBinary]).toEqual([optionsRequest('é'), false]);
    const [binary, binaryIsBinary] = await once(ws, 'message');
    expect([[...binary], binaryIsBinary]).toEqual([[0x53, 0xff], true]);
    const bare = 'OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/WSS x\r\n\r\nbody';
    ws.send(optionsRequest('1'));
    ws.send(Buffer.from(optionsRequest('2')));
    ws.send(bare);
    await sink.until(() => sink.messages.length === 3);
    expect(sink.messages.map((it) => it.text)).toEqual([optionsRequest('1'), optionsRequest('2'), bare]);
    expect(sink.messages[0]?.flow).toBe(flow);
    expect(flow.local.address).toBe('127.0.0.1');
  });

  it('that come with the handshake’s answer are not lost', async () => {
    const target = await start();
    const wsServer = new WebSocketServer({ noServer: true });
    server.once('upgrade', (request, raw, head) => {
      raw.cork();
      wsServer.handleUpgrade(request, raw, head, (ws) => {
        ws.send(optionsRequest('early'));
        raw.uncork();
      });
    });
    flowTo(target);
    expect((await sink.next()).text).toBe(optionsRequest('early'));
  });

  it('in pieces are one message', async () => {
    const { ws } = await connect();
    const message = optionsRequest('pieces');
    ws.send(message.slice(0, 9), { fin: false });
    ws.send(message.slice(9));
    expect((await sink.next()).text).toBe(message);
  });

  it('of CRLFs and pings are keep-alives, and are answered', async () => {
    const { ws } = await connect();
    ws.send('\r\n\r\n');
    expect(String((await once(ws, 'message'))[0])).toBe('\r\n');
    ws.ping('abc');
    expect(String((await once(ws, 'pong'))[0])).toBe('abc');
    ws.send('\r\n');
    ws.send(optionsRequest());
    await sink.next();
    expect(sink.messages).toHaveLength(1);
  });
});

describe('a connection', () => {
  it('is used again for the same name only, and reaches no other', async () => {
    const target = await start();
    const accepted = accept();
    const flow = flowTo(target);
    await accepted;
    expect(flowTo(target)).toBe(flow);
    expect(flowTo({ ...target, name: 'a.wild.example' })).not.toBe(flow);
  });

  it('sends a ping within 30 s, and ends without a pong', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const { ws, raw } = await connect();
    ws.send(optionsRequest());
    await sink.next();
    raw.pause();
    vi.advanceTimersByTime(30_000);
    vi.advanceTimersByTime(10_000);
    expect(await sink.fault()).toBe('a ping was not answered');
  });

  it.each([
    ['too long', (peer: Peer) => peer.ws.send(Buffer.alloc(65_536, 'x')), 'Max payload size exceeded'],
    ['no UTF-8', (peer: Peer) => peer.raw.write(Buffer.from([0x81, 1, 0xff])), 'invalid UTF-8'],
    ['no frame', (peer: Peer) => peer.raw.write('SIP/2.0 200 OK\r\n\r\n'), 'Invalid WebSocket frame'],
    [
      'in too many pieces',
      (peer: Peer) => {
        for (let i = 0; i < 300; i++) peer.ws.send('x', { fin: false });
      },
      'Too many',
    ],
    ['over', (peer: Peer) => peer.ws.close(1001), 'the far end closed the WebSocket (1001)'],
    [
      'cut off',
      (peer: Peer) => {
        peer.raw.write(Buffer.from([0x81, 100, 0x4f]));
        peer.raw.end();
      },
      'the far end closed the WebSocket (1006)',
    ],
  ])('ends where what comes is %s', async (_, misbehave, clause) => {
    const peer = await connect();
    const gone = sink.fault();
    misbehave(peer);
    expect(await gone).toContain(clause);
    expect(sink.messages).toEqual([]);
  });

  it('ends where something is sent after the far end has said that it closes', async () => {
    const { ws, raw, flow } = await connect();
    ws.send(optionsRequest());
    // A close frame, and then nothing: the socket stays open.
    raw.write(Buffer.from([0x88, 0x02, 0x03, 0xe9]));
    await once(raw, 'data');
    const gone = sink.fault();
    flow.send(Buffer.from(optionsRequest()), () => {});
    expect(await gone).toContain('the far end closed the WebSocket');
  });

  it('ends where the server does not read', async () => {
    const { raw, flow } = await connect();
    raw.pause();
    const gone = sink.fault();
    for (let i = 0; i < 1_000 && sink.faults.length === 0; i++) {
      flow.send(Buffer.alloc(65_535), () => {});
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await gone).toBe('the peer does not read');
  });
});
