/** The way over TLS, both ends: who comes in, who does not, and what people are told. */
import { once } from 'node:events';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { connect, createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { tls } from '@thinline/app-layer/channel/tls.ts';
import { EndpointLink } from '@thinline/app-layer/endpoint/link.ts';
import { FakeEndpoint } from '@thinline/endpoint-adapter/channel/fakes.ts';
import { EndpointService } from '@thinline/endpoint-adapter/channel/service.ts';
import { listenTls, type TlsChannel } from '@thinline/endpoint-adapter/channel/tls.ts';
import {
  type Authority,
  type Certificate,
  loadPem,
  startAuthority,
} from '@thinline/endpoint-adapter/sip/transport/testing/certificates.ts';
import { serve } from '@thinline/shared/contract/server.ts';
import { failureOf } from '@thinline/shared/failures.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { until } from '../peers/until.ts';

let ours: Authority;
let others: Authority;
let endpoint: Certificate;
let user: Certificate;
let strangers: Certificate;
let expiredUser: Certificate;
let expiredEndpoint: Certificate;
let elsewhere: Certificate;
beforeAll(async () => {
  [ours, others] = await Promise.all([startAuthority(), startAuthority('Other Authority')]);
  endpoint = await ours.issue({ names: ['IP:127.0.0.1', 'DNS:localhost'] });
  user = await ours.issue({ names: ['DNS:ada'], client: true });
  strangers = await others.issue({ names: ['DNS:mallory'], client: true });
  expiredUser = await ours.issue({ names: ['DNS:ada'], client: true, expired: true });
  expiredEndpoint = await ours.issue({ names: ['IP:127.0.0.1'], expired: true });
  elsewhere = await ours.issue({ names: ['DNS:thin8.example'] });
});
afterAll(async () => {
  await ours.stop();
  await others.stop();
});

const cleanUp: (() => unknown)[] = [];
let accepted: TLSSocket[];
let warnings: string[];
beforeEach(() => {
  accepted = [];
  warnings = [];
});
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

const log = {
  ...silent,
  warning: (text: string | (() => string)) => warnings.push(typeof text === 'string' ? text : text()),
};

async function listening(
  certificate = endpoint.both,
  accept: Parameters<typeof listenTls>[1] = (socket) => void accepted.push(socket),
) {
  const options = {
    host: '127.0.0.1',
    port: 0,
    certificate,
    authorities: ours.file,
    log: { ...log, child: () => log },
  };
  const channel = await listenTls(options, accept);
  cleanUp.push(() => {
    channel.close();
    for (const socket of accepted) socket.destroy();
  });
  return channel;
}

const providerTo = (port: number, settings: Partial<Parameters<typeof tls>[0]> = {}) =>
  tls({ endpoint: `127.0.0.1:${port}`, certificate: user.both, authorities: ours.file, ...settings });

async function openTo(port: number, settings?: Partial<Parameters<typeof tls>[0]>): Promise<Duplex> {
  const pipe = await providerTo(port, settings).open();
  cleanUp.push(() => pipe.destroy());
  return pipe;
}

/** What people are told. */
const refusal = async (port: number, settings?: Partial<Parameters<typeof tls>[0]>): Promise<string> =>
  openTo(port, settings).then(
    () => 'it opened',
    (error: unknown) => {
      const { message, cause, remedy } = failureOf(error);
      expect(remedy.length).toBeGreaterThan(10);
      return `${message} ${cause}`;
    },
  );

async function portOf(server: Server): Promise<number> {
  cleanUp.push(() => server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const bound = server.address();
  return typeof bound === 'object' && bound ? bound.port : 0;
}

describe('a pipe over TLS', () => {
  it('has TLS 1.3 and a certificate on both sides, and carries bytes both ways', async () => {
    const { port } = await listening();
    const pipe = await openTo(port);
    const [socket] = accepted;
    if (!socket) throw new Error('nobody came');
    expect(socket.getProtocol()).toBe('TLSv1.3');
    expect(socket.getPeerX509Certificate()?.subjectAltName).toBe('DNS:ada');
    pipe.write('up');
    expect(String((await once(socket, 'data'))[0])).toBe('up');
    socket.write('down');
    expect(String((await once(pipe, 'data'))[0])).toBe('down');
    const gone = once(pipe, 'close');
    socket.destroy();
    await gone;
  });

  it('carries the contract: a snapshot comes through, and a lost pipe is made anew', async () => {
    const fake = new FakeEndpoint('epoch');
    const service = new EndpointService(fake, silent);
    service.start();
    const server = serve(service.handlers);
    cleanUp.push(() => server.close());
    const { port } = await listening(endpoint.both, (socket) => {
      accepted.push(socket);
      server.accept(socket);
    });
    fake.put('c1');
    const session = { id: 'ada1', user: 'ada', host: 'desk1' };
    const link = new EndpointLink({ provider: providerTo(port), session, configuration: null, log: silent });
    cleanUp.push(() => link.stop());
    link.start();
    await until('the link is up', () => link.state().link.state === 'up');
    expect(link.state().phone?.calls.map(({ id }) => id)).toEqual(['c1']);
    accepted[0]?.destroy();
    await until('the pipe is made anew', () => accepted.length === 2 && link.state().link.state === 'up');
  });

  it('is closed when its owner begins no link on it', async () => {
    const server = serve(new EndpointService(new FakeEndpoint('epoch'), silent).handlers);
    cleanUp.push(() => server.close());
    const { port } = await listening(endpoint.both, (socket, mostIdle) => server.accept(socket, mostIdle));
    const pipe = await openTo(port);
    await once(pipe.resume(), 'close');
  });

  it('takes a renewed certificate without a new start', async () => {
    const { port } = await listening();
    const file = join(ours.file, '..', 'renewed.pem');
    await writeFile(file, await readFile(strangers.both));
    const settings = { certificate: file };
    expect(await refusal(port, settings)).toMatch(/does not accept our certificate/);
    await writeFile(file, await readFile(user.both));
    await openTo(port, settings);
  });
});

describe('who does not come in', () => {
  it('is one of another authority, who is told so', async () => {
    const { port } = await listening();
    expect(await refusal(port, { certificate: strangers.both })).toBe(
      `The phone at 127.0.0.1:${port} does not accept our certificate. Its --tls-authorities have not signed what policy.link.certificate names, or it is out of date.`,
    );
    await until('the endpoint tells of it', () => warnings.length === 1);
    expect(warnings[0]).toMatch(/^refused a TLS connection from .*127\.0\.0\.1|is gone: /);
    expect(accepted).toEqual([]);
  });

  it.each([
    ['no certificate', {}],
    ['TLS 1.2', { maxVersion: 'TLSv1.2' }],
  ] as const)('is one with %s', async (_, options) => {
    const { port } = await listening();
    const own = 'maxVersion' in options ? await loadPem(user.both) : {};
    const socket = connect({ host: '127.0.0.1', port, ca: (await loadPem(ours.file)).cert, ...own, ...options });
    const gone = new Promise<void>((resolve) => socket.on('error', () => {}).once('close', () => resolve()));
    socket.resume();
    await gone;
    expect(accepted).toEqual([]);
  });

  it('is one with a certificate that has expired, from either side', async () => {
    const { port } = await listening();
    expect(await refusal(port, { certificate: expiredUser.both })).toMatch(
      /certificates .* cannot be used.*expired on 20/,
    );
    const socket = connect({
      host: '127.0.0.1',
      port,
      ca: (await loadPem(ours.file)).cert,
      ...(await loadPem(expiredUser.both)),
    });
    await new Promise<void>((resolve) => {
      socket.on('error', () => {}).once('close', () => resolve());
      socket.resume();
    });
    expect(accepted).toEqual([]);
  });

  it('does not speak TLS, and nobody minds', async () => {
    const { port } = await listening();
    const plain = dial(port, '127.0.0.1');
    cleanUp.push(() => plain.destroy());
    plain.on('error', () => {}).resume();
    plain.write('GET / HTTP/1.1\r\n\r\n');
    await once(plain, 'close');
    await openTo(port);
  });

  it('says nothing: the oldest go where there are more than 64, the others after 5 s, and nobody else is kept out', async () => {
    const { port } = await listening();
    const mute: Socket[] = [];
    const gone: Promise<number>[] = [];
    cleanUp.push(() => mute.map((socket) => socket.destroy()));
    for (let i = 0; i < 100; i += 1) {
      const socket = dial(port, '127.0.0.1');
      mute.push(socket);
      gone.push(once(socket.on('error', () => {}).resume(), 'close').then(() => i));
      await once(socket, 'connect');
    }
    await openTo(port);
    await Promise.all(gone.slice(0, 37));
    expect(mute.slice(37).filter((socket) => socket.closed)).toEqual([]);
    await Promise.all(gone);
    await openTo(port);
  });

  it('is the 65th with a good certificate, until another one has gone', async () => {
    const { port } = await listening();
    const pipes: Duplex[] = [];
    for (let i = 0; i < 64; i += 1) pipes.push(await openTo(port));
    expect(await refusal(port)).not.toBe('it opened');
    pipes[0]?.destroy();
    await until('it has gone', () => accepted.filter((socket) => socket.closed).length === 1);
    await openTo(port);
  });

  it('is told of once, however often it tries', async () => {
    const { port } = await listening();
    for (let n = 0; n < 3; n += 1) await refusal(port, { certificate: strangers.both });
    expect(warnings).toHaveLength(1);
  });
});

describe('an endpoint that is not believed', () => {
  it('is not believed either where the environment says that Node.js should believe anybody', async () => {
    const { port } = await listening();
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    cleanUp.push(() => vi.unstubAllEnvs());
    expect(await refusal(port, { authorities: others.file })).toMatch(/is not accepted.*policy\.link\.authorities/);
  });

  it('has a certificate of another host', async () => {
    const { port } = await listening(elsewhere.both);
    expect(await refusal(port)).toBe(
      `The certificate of the phone at 127.0.0.1:${port} is that of another host. It does not name "127.0.0.1".`,
    );
    expect(accepted).toEqual([]);
  });

  it('has one of an authority that is not trusted', async () => {
    const { port } = await listening();
    expect(await refusal(port, { authorities: others.file })).toMatch(/is not accepted.*policy\.link\.authorities/);
  });

  it('has one that has expired', async () => {
    const { cert, key } = await loadPem(expiredEndpoint.both);
    const server = createTlsServer({ cert, key });
    server.on('tlsClientError', () => {});
    expect(await refusal(await portOf(server))).toMatch(/is not accepted.*has expired/);
  });

  it('is none: another server with a good certificate', async () => {
    const { cert, key } = await loadPem(endpoint.both);
    const server = createTlsServer({ cert, key }, (socket) => socket.on('error', () => {}).write('220 mail.example'));
    expect(await refusal(await portOf(server))).toMatch(/cannot be reached.*it is no endpoint adapter/);
  });
});

describe('an endpoint that is not there', () => {
  it('does not listen', async () => {
    const server = createServer();
    const port = await portOf(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await refusal(port)).toMatch(/cannot be reached.*nothing listens there/);
  });

  it('closes at once, or speaks something else', async () => {
    const closing = createServer((socket: Socket) => socket.on('error', () => {}).destroy());
    expect(await refusal(await portOf(closing))).toMatch(/cannot be reached.*broke off/);
    const plain = createServer((socket: Socket) => socket.on('error', () => {}).end('220 mail.example\r\n'));
    expect(await refusal(await portOf(plain))).toMatch(/cannot be reached.*does not speak TLS/);
  });
});

describe('what the configuration lacks', () => {
  it.each([
    ['policy.link.endpoint', { endpoint: '' }],
    ['policy.link.endpoint', { endpoint: 'thin7.example' }],
    ['policy.link.endpoint', { endpoint: 'thin7.example:0' }],
    ['policy.link.certificate', { certificate: '' }],
    ['policy.link.authorities', { authorities: '' }],
  ])('is named: %s %j', async (option, settings) => {
    expect(await refusal(1, settings)).toBe(
      `The way to the phone over TLS is not configured. The option ${option} is missing, or is not usable.`,
    );
  });

  it('is a file that can be used; what is wrong with it is told, and nothing of a key', async () => {
    const bare = join(ours.file, '..', 'bare.pem');
    const mixed = join(ours.file, '..', 'mixed.pem');
    await writeFile(bare, await readFile(user.certificate));
    await writeFile(mixed, await readFile(user.certificate));
    await appendFile(mixed, await readFile(strangers.key));
    const keyLines = (await readFile(strangers.key, 'utf8')).split('\n').filter((line) => line.length > 20);
    for (const [settings, clause] of [
      [{ certificate: '/nowhere.pem' }, '"/nowhere.pem": there is no such file'],
      [{ certificate: '/' }, '"/": it is no file'],
      [{ certificate: bare }, 'there is no private key in it'],
      [{ certificate: mixed }, 'the private key in it is damaged, or belongs to another certificate'],
      [{ authorities: user.key }, 'there is no certificate in it'],
    ] as const) {
      const told = await refusal(1, settings);
      expect(told).toContain(clause);
      for (const line of keyLines) expect(told).not.toContain(line);
    }
  });
});

describe('thinline-adapter --tls', () => {
  const starting = (options: Partial<Parameters<typeof listenTls>[0]>): Promise<TlsChannel> =>
    listenTls(
      { host: '127.0.0.1', port: 0, certificate: endpoint.both, authorities: ours.file, log: silent, ...options },
      () => {},
    );

  it('does not start with files or a port that cannot be used', async () => {
    await expect(starting({ certificate: '/nowhere.pem' })).rejects.toThrow(
      /TL1030.*"\/nowhere.pem": there is no such file/,
    );
    await expect(starting({ certificate: expiredEndpoint.both })).rejects.toThrow(/TL1030.*expired on/);
    await expect(starting({ authorities: endpoint.key })).rejects.toThrow(/TL1030.*there is no certificate/);
    const { port } = await listening();
    await expect(starting({ port })).rejects.toThrow(/TL1029 Nobody can come in .*EADDRINUSE/);
  });

  it('lets nobody in any more once it is closed, and leaves who is in', async () => {
    const channel = await listening();
    const pipe = await openTo(channel.port);
    channel.close();
    expect(await refusal(channel.port)).toMatch(/nothing listens there/);
    pipe.write('still here');
    expect(String((await once(accepted[0] ?? pipe, 'data'))[0])).toBe('still here');
  });
});
