/** A small SIP server for tests: registers with digest, and passes requests and responses on as a proxy (RFC 3261 §16). */
import { createHash, randomBytes } from 'node:crypto';
import { createSocket, type Socket as Datagrams } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { fieldOf, readMessage, type SipMessage, writeMessage } from '../message/message.ts';
import { readNameAddr } from '../message/name-addr.ts';
import { field, makeResponse } from '../message/response.ts';
import { readUri } from '../message/uri.ts';
import { separateVias, stampVia, topVia } from '../message/via.ts';
import { Framer } from '../transport/framer.ts';

type Send = (message: SipMessage) => void;

/** Requests remembered, and ways back of responses. */
const MAX_KEPT = 1_024;

export interface TestRegistrarOptions {
  algorithm: 'MD5' | 'SHA-256';
  password: string;
  /** s; what a 200 grants. */
  expiresS?: number;
  /** Overrides: a response to a request, or null to go on. Called for each request. */
  intercept?: (request: SipMessage) => SipMessage | null;
  /** Changes or drops (null) what is passed on. */
  relay?: (message: SipMessage) => SipMessage | null;
}

export interface TestRegistrar {
  readonly port: number;
  readonly requests: SipMessage[];
  readonly bindings: Map<string, Send>;
  /** TCP. */
  readonly connections: ReadonlySet<Socket>;
  /** Closes all TCP connections. */
  drop(): void;
  close(): Promise<void>;
}

/** How often the system may give us a UDP port whose number TCP can't have. */
const PORT_TRIES = 16;

/** UDP and TCP on one port number. */
async function bindBoth(server: Server): Promise<Datagrams> {
  for (let tries = 1; ; tries++) {
    const udp = createSocket('udp4');
    udp.bind(0, '127.0.0.1');
    await once(udp, 'listening');
    server.listen(udp.address().port, '127.0.0.1');
    try {
      await once(server, 'listening');
      return udp;
    } catch (error) {
      udp.close();
      if (tries === PORT_TRIES) throw error;
    }
  }
}

export async function openTestRegistrar(options: TestRegistrarOptions): Promise<TestRegistrar> {
  const requests: SipMessage[] = [];
  const bindings = new Map<string, Send>();
  /** By branch: the way back of a response. */
  const waysBack = new Map<string, Send>();
  const sockets = new Set<Socket>();
  const nonce = randomBytes(8).toString('hex');
  const hash = (text: string): string =>
    createHash(options.algorithm === 'MD5' ? 'md5' : 'sha256')
      .update(text)
      .digest('hex');

  const authorized = (request: SipMessage): boolean => {
    const value = fieldOf(request, 'authorization');
    const get = (name: string): string => new RegExp(`\\b${name}="?([^",]*)`).exec(value)?.[1] ?? '';
    const a1 = hash(`${get('username')}:test:${options.password}`);
    const a2 = hash(`${request.method}:${get('uri')}`);
    const expected = hash(`${a1}:${nonce}:${get('nc')}:${get('cnonce')}:auth:${a2}`);
    return value !== '' && get('nonce') === nonce && get('response') === expected;
  };

  const challenge = (request: SipMessage): SipMessage =>
    makeResponse(request, 401, {
      fields: [
        field('www-authenticate', 'Digest realm="test", nonce="x", algorithm=UNKNOWN-1, qop="auth"'),
        field(
          'www-authenticate',
          `Digest realm="test", nonce="${nonce}", algorithm=${options.algorithm}, qop="auth,auth-int"`,
        ),
      ],
    });

  const register = (request: SipMessage, back: Send): void => {
    if (!authorized(request)) {
      back(challenge(request));
      return;
    }
    const user = readNameAddr(fieldOf(request, 'to'))?.uri.user ?? '';
    if (fieldOf(request, 'expires') === '0') bindings.delete(user);
    else bindings.set(user, back);
    back(
      makeResponse(request, 200, {
        fields: [field('contact', `${fieldOf(request, 'contact')};expires=${options.expiresS ?? 300}`)],
      }),
    );
  };

  const forward = (request: SipMessage, back: Send, target: Send | undefined): void => {
    if (!target) {
      if (request.method !== 'ACK') back(makeResponse(request, 404));
      return;
    }
    // Stateless (RFC 3261 §16.11): the same request gets the same branch.
    const branch = `z9hG4bKproxy${hash(topVia(request)?.branch ?? '').slice(0, 16)}`;
    if (waysBack.size >= MAX_KEPT) waysBack.delete(waysBack.keys().next().value ?? '');
    waysBack.set(branch, back);
    const passed = options.relay ? options.relay(request) : request;
    if (passed)
      target({
        ...passed,
        fields: [{ name: 'via', value: `SIP/2.0/UDP 127.0.0.1:${port};branch=${branch}` }, ...passed.fields],
      });
  };

  const receive = (bytes: Buffer, back: Send, source: { address: string; port: number }): void => {
    // A proxy sees responses that are not for it, with several Vias; a user agent drops those.
    const message = readMessage(bytes.toString('utf8'));
    if (!message) return;
    separateVias(message);
    if (message.status > 0) {
      const way = waysBack.get(topVia(message)?.branch ?? '');
      const via = message.fields.findIndex((field) => field.name === 'via');
      const passed = options.relay ? options.relay(message) : message;
      if (passed) way?.({ ...passed, fields: passed.fields.filter((_, i) => i !== via) });
      return;
    }
    if (requests.length >= MAX_KEPT) requests.shift();
    requests.push(readMessage(writeMessage(message)) ?? message);
    stampVia(message, source);
    const own = options.intercept?.(message) ?? null;
    if (own) {
      back(own);
      return;
    }
    if (message.method === 'REGISTER') {
      register(message, back);
      return;
    }
    forward(message, back, bindings.get(readUri(message.uri)?.user ?? ''));
  };

  const server: Server = createServer((socket) => {
    const framer = new Framer();
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      for (const frame of framer.push(chunk))
        if (frame.kind === 'message')
          receive(frame.bytes, (message) => void socket.write(writeMessage(message)), {
            address: socket.remoteAddress ?? '',
            port: socket.remotePort ?? 0,
          });
    });
  });
  const udp = await bindBoth(server);
  const { port } = udp.address();
  udp.on('message', (bytes, source) => {
    const back: Send = (message) => udp.send(writeMessage(message), source.port, source.address);
    receive(bytes, back, source);
  });

  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port,
    requests,
    bindings,
    connections: sockets,
    drop,
    close: async () => {
      drop();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await new Promise<void>((resolve) => udp.close(() => resolve()));
    },
  };
}
