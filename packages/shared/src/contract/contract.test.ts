import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect as connectHttp2, type Settings } from 'node:http2';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex, duplexPair, Transform } from 'node:stream';
import type { ServerWritableStream, ServiceError } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectLink } from '../link/initiator.ts';
import { blankCall, blankLine, blankLineConfiguration } from './blank.ts';
import { clientOver, type LinkClient } from './client.ts';
import { type EndpointHandlers, type LinkServer, serve } from './server.ts';
import type {
  Call,
  CommandResult,
  Configuration,
  Event,
  EventInput,
  HandshakeResponse,
  Line,
  WatchRequest,
} from './types.ts';

type Watcher = ServerWritableStream<WatchRequest, EventInput>;

const realTemporaryFolder = process.env.TMPDIR;
let root: string;
let server: LinkServer;
let sockets: Server;
let watchers: Watcher[];
/** Settles with the next watcher that the server loses. */
let lost: PromiseWithResolvers<void>;
/** Settles when a command has come whose answer never comes. */
let stuck: PromiseWithResolvers<void>;
/** The last configuration that a command brought. */
let configured: Configuration | null;
const clients: LinkClient[] = [];

const handlers: EndpointHandlers = {
  Handshake: (call, answer) => answer(null, { protocol: call.request.protocolMax }),
  Watch: (call) => {
    const watcher = call as unknown as Watcher;
    watchers.push(watcher);
    watcher.once('cancelled', () => lost.resolve());
    for (let sequence = 1; sequence <= 3; sequence += 1) watcher.write({ sequence, lineRemoved: `line${sequence}` });
  },
  Execute: (call, answer) => {
    configured = call.request.configure?.configuration ?? null;
    if (call.request.shutdown) stuck.resolve();
    else answer(null, { id: call.request.id, callId: call.request.dial?.target ?? '' });
  },
};

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'contract-'));
  mkdirSync(join(root, 'tmp'));
  process.env.TMPDIR = join(root, 'tmp');
  watchers = [];
  configured = null;
  lost = Promise.withResolvers();
  stuck = Promise.withResolvers();
  server = serve(handlers);
  sockets = createServer((socket) => server.accept(socket));
  await new Promise<void>((resolve) => sockets.listen(join(root, 'socket'), resolve));
});

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  server.close();
  sockets.close();
  if (realTemporaryFolder === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = realTemporaryFolder;
  rmSync(root, { recursive: true, force: true });
});

const leftBehind = (): string[] => readdirSync(join(root, 'tmp'));

/** The server's end may still be at its opening, which nothing announces. */
const cleared = () => vi.waitFor(() => expect(leftBehind()).toEqual([]), 5000);

/** Lets bytes through one at a time. */
const dribble = () =>
  new Transform({
    transform(chunk: Buffer, _, done) {
      for (const byte of chunk) this.push(Buffer.of(byte));
      done();
    },
  });

const inMemory = (): Duplex => {
  const [near, far] = duplexPair();
  server.accept(far);
  return near;
};

const pipes: Record<string, () => Duplex> = {
  'an in-memory Duplex': inMemory,
  'a unix socket': () => connect(join(root, 'socket')),
  'a Duplex of single bytes': () => {
    const [near, middle] = duplexPair();
    const [otherMiddle, far] = duplexPair();
    middle.pipe(dribble()).pipe(otherMiddle).pipe(dribble()).pipe(middle);
    server.accept(far);
    return near;
  },
};

async function over(duplex: Duplex): Promise<LinkClient> {
  const client = await clientOver(duplex);
  clients.push(client);
  return client;
}

const handshake = (client: LinkClient) =>
  new Promise<HandshakeResponse>((resolve, reject) => {
    client.endpoint.handshake({ protocolMax: 7 }, (error, response) => (response ? resolve(response) : reject(error)));
  });

const dial = (client: LinkClient, target: string) =>
  new Promise<CommandResult>((resolve, reject) => {
    client.endpoint.execute({ id: 'a', dial: { target } }, (error, result) =>
      result ? resolve(result) : reject(error),
    );
  });

/** Watches until there are `count` events; `ended` settles when the stream is over. */
function watch(client: LinkClient, count: number) {
  const stream = client.endpoint.watch({});
  const ended = new Promise<ServiceError | null>((resolve) => {
    stream.once('error', resolve).once('end', () => resolve(null));
  });
  const events: Event[] = [];
  const first = new Promise<Event[]>((resolve) => {
    stream.on('data', (event: Event) => {
      events.push(event);
      if (events.length === count) resolve(events);
    });
  });
  return { first, ended };
}

describe.each(Object.entries(pipes))('the contract over %s', (_, open) => {
  it('shakes hands, watches, executes', async () => {
    const client = await over(open());
    expect(await handshake(client)).toEqual({ protocol: 7, endpoint: null, capabilities: [], failure: null });
    const events = await watch(client, 3).first;
    expect(events.map((event) => [event.sequence, event.body, event.lineRemoved])).toEqual([
      [1, 'lineRemoved', 'line1'],
      [2, 'lineRemoved', 'line2'],
      [3, 'lineRemoved', 'line3'],
    ]);
    expect(await dial(client, '602')).toEqual({ id: 'a', callId: '602', failure: null });
  });

  it('tells both ends when it is lost', async () => {
    const duplex = open();
    const client = await over(duplex);
    const watching = watch(client, 3);
    await watching.first;
    duplex.destroy();
    await client.closed;
    expect(await watching.ended).not.toBeNull();
    // A socket says so; where nothing does, an unanswered ping does.
    await lost.promise;
  });

  it('ends calls under way when it is closed', async () => {
    const client = await over(open());
    const answer = new Promise<ServiceError | null>((resolve) => {
      client.endpoint.execute({ id: 'a', shutdown: {} }, (error) => resolve(error));
    });
    await stuck.promise;
    client.close();
    expect(await answer).toMatchObject({ code: expect.any(Number) });
    await client.closed;
  });

  it('leaves nothing behind in the temporary folder', async () => {
    const client = await over(open());
    await handshake(client);
    expect(leftBehind()).toEqual([]);
    const unused = await over(open());
    unused.close();
    await unused.closed;
    await cleared();
  });

  it('serves one link after the other, and several at once', async () => {
    for (let round = 0; round < 3; round += 1) {
      const client = await over(open());
      await handshake(client);
      if (round === 0) client.close();
    }
    expect(await dial(await over(open()), '602')).toMatchObject({ callId: '602' });
  });
});

it.each(['an in-memory Duplex', 'a unix socket'])(
  'carries messages larger than the buffers between, over %s',
  async (name) => {
    const client = await over(pipes[name]?.() ?? inMemory());
    const target = 'x'.repeat(300_000);
    expect((await dial(client, target)).callId).toBe(target);
  },
);

describe('messages', () => {
  it('are blank but for what is said, on both ends alike', async () => {
    const client = await over(inMemory());
    const { first: five } = watch(client, 5);
    await vi.waitFor(() => expect(watchers).toHaveLength(1));
    watchers[0]?.write({ line: { id: 'line0' } });
    watchers[0]?.write({ call: { id: 'one' } });
    const [line, call] = (await five).slice(3);
    expect(line?.line).toEqual(blankLine({ id: 'line0' }));
    expect(call?.call).toEqual(blankCall({ id: 'one' }));
  });

  const why = {
    code: 'TL3016',
    message: 'It failed.',
    cause: 'It was busy.',
    remedy: 'Go on.',
    facts: { target: '604' },
  };
  const party = { uri: 'sip:700@example.org', number: '700', displayName: 'Sales' };
  const line: Line = blankLine({
    id: 'line0',
    registeredAt: '192.0.2.1:5060',
    agent: { state: 'NOT_READY', agentId: '7001', reason: '2', pending: true, failure: why },
    doNotDisturb: true,
    forwardings: [{ kind: 'NO_ANSWER', on: true, target: '602', seconds: 20 }],
    featuresOnServer: true,
    mailboxes: [{ account: 'sip:a', waiting: true, newMessages: 1, oldMessages: 2, newUrgent: 3, oldUrgent: 4 }],
    appearances: [{ index: 1, state: 'HELD' }],
  });
  const call: Call = blankCall({
    id: 'one',
    callUuid: 'uuid',
    diversions: [{ party, reason: 'busy' }],
    referredBy: party,
    transfer: { target: '604', status: 486, done: true, failure: why },
    ring: 'internal',
    silent: true,
    autoAnswerAtMs: 17,
    appearance: 2,
    endReason: 'SIP;cause=200',
  });

  it('lose no field of lines and calls on the way', async () => {
    const client = await over(inMemory());
    const { first: five } = watch(client, 5);
    await vi.waitFor(() => expect(watchers).toHaveLength(1));
    watchers[0]?.write({ line });
    watchers[0]?.write({ snapshot: { lines: [line], calls: [call] } });
    const [first, second] = (await five).slice(3);
    expect(first?.line).toEqual(line);
    expect(second?.snapshot).toMatchObject({ lines: [line], calls: [call] });
  });

  it('lose nothing of a configuration', async () => {
    const configuration: Configuration = {
      revision: 'r1',
      sipPorts: { min: 1, max: 2 },
      rtpPorts: { min: 3, max: 4 },
      lines: [
        blankLineConfiguration({
          id: 'line0',
          domain: 'example.org',
          outboundProxy: 'edge',
          matchReceived: true,
          agentState: 'features',
          shared: true,
          regEvent: true,
          mailbox: { user: '7000', server: 'mail', password: 'x', timeoutS: 5, transport: 'tls' },
          nat: {
            ice: true,
            stunServer: 'stun:1',
            turnServer: 'turn:2',
            turnTransport: 'tls',
            turnUser: 'u',
            turnPassword: 'p',
          },
          dtlsSrtp: true,
        }),
      ],
      sip: {
        publicAddress: '$auto',
        ipVersions: 'IPv6',
        tcpPorts: { min: 5, max: 6 },
        bindPublicAddress: true,
        includeMacAddress: true,
        referToProxy: true,
        transactionTimeoutMs: 7,
        osInUserAgent: true,
        tls: { certificate: 'c', checkName: true, authorities: 'a' },
        signalingQos: 24,
      },
      calls: {
        autoAnswer: true,
        autoAnswerDelayMs: 8,
        dtmfMethod: 'Info',
        rejectWhenBusy: true,
        sessionsForBusy: 9,
        busyStatus: 600,
        ringingTimeoutS: 10,
        rejectWithoutHeadset: true,
        noHeadsetStatus: 480,
        whenLost: 'accept',
      },
      media: {
        codecs: [
          { name: 'opus', clockRate: 48_000, channels: 2, payloadType: 111, fmtp: 'f', ptime: 40, bitrate: 24_000 },
        ],
        answerSdpPriority: 'offer',
        audioQos: 46,
        rtpInactivityTimeoutS: 30,
        dtx: true,
        vadLevel: 3,
        echoControl: true,
        noiseSuppression: 2,
        agc: true,
        rxAgc: true,
        dtmfFeedback: true,
        useSrtp: 'force',
        unencryptedSrtcp: true,
        rtcpMux: true,
        redundancy: true,
      },
      devices: {
        useHeadset: true,
        headsetName: 'h',
        audioInDevice: 'i',
        audioOutDevice: 'o',
        ringerDevice: 'r',
        includeHeadset: 'i:o',
        excludeHeadset: 'e',
        audioLayer: 3000,
        releaseMs: 11,
        restartIfStuck: true,
        follow: true,
      },
      alerting: {
        ringingMode: 7,
        ringingFile: 'a.wav',
        systemRingingFile: 'b.wav',
        ringbackMode: 6,
        ringbackFile: 'c.wav',
        callWaitingTone: true,
        callWaitingFile: 'd.wav',
        ringWhileHeld: true,
        beeps: true,
      },
      log: {
        enabled: true,
        outputs: 'stdout,x.log',
        hideDtmf: true,
        level: 4,
        endpointLevel: 5,
        moduleLevels: 'gsip=2',
        segmentKb: 12,
        segmentHours: 13,
        expireFiles: 14,
        expireDays: 15,
        utc: true,
        timeFormat: 'ISO8601',
      },
      quality: { publish: true, collector: 'c@h', alarmThreshold: 3.5 },
    };
    const client = await over(inMemory());
    await new Promise((resolve) => client.endpoint.execute({ id: 'a', configure: { configuration } }, resolve));
    expect(configured).toEqual(configuration);
  });
});

describe('what one peer may have under way', () => {
  it('is 64 calls, however many it begins', async () => {
    const [near, middle] = duplexPair();
    let taken = 0;
    const [otherMiddle, far] = duplexPair();
    middle.on('data', (bytes: Buffer) => {
      taken += bytes.length;
    });
    middle.pipe(otherMiddle).pipe(middle);
    server.accept(far);
    const link = await connectLink(near);
    const session = connectHttp2('http://endpoint', { createConnection: () => link });
    session.on('error', () => {});
    const settings = new Promise<Settings>((resolve) => session.once('remoteSettings', resolve));
    expect((await settings).maxConcurrentStreams).toBe(64);
    // 20 kB each, of a message that is said to be longer.
    const part = Buffer.alloc(20_000);
    part.writeUInt32BE(1 << 19, 1);
    const headers = {
      ':method': 'POST',
      ':path': '/thinline.v1.Endpoint/Execute',
      'content-type': 'application/grpc',
      te: 'trailers',
    };
    for (let i = 0; i < 100; i += 1)
      session
        .request(headers)
        .on('error', () => {})
        .write(part);
    await vi.waitFor(() => expect(taken).toBeGreaterThan(64 * part.length), 5000);
    await new Promise((resolve) => session.ping(resolve));
    expect(taken).toBeLessThan(65 * part.length + 50_000);
    session.destroy();
  });

  it('makes the app layer wait where it has more, and loses nothing', async () => {
    const client = await over(inMemory());
    const numbers = Array.from({ length: 200 }, (_, i) => String(i));
    const results = await Promise.all(numbers.map((number) => dial(client, number)));
    expect(results.map(({ callId }) => callId)).toEqual(numbers);
  });
});

describe('a pipe that may not be idle', () => {
  it('closes without a link, and after one, and not while there is one', async () => {
    const [mute, far] = duplexPair();
    const gone = new Promise((resolve) => far.once('close', resolve));
    server.accept(far, 20);
    await gone;
    mute.destroy();

    const [near, other] = duplexPair();
    let isOpen = true;
    const over = new Promise<void>((resolve) => {
      other.once('close', () => {
        isOpen = false;
        resolve();
      });
    });
    server.accept(other, 200);
    // As one whose owner vanished without a word: its end never comes.
    const stays = new Duplex({
      read: () => {},
      write: (bytes: Buffer, _, done) => void near.write(bytes, done),
      final: () => {},
      destroy: () => {},
    });
    near.on('data', (bytes: Buffer) => stays.push(bytes));
    const link = await connectLink(stays);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(isOpen).toBe(true);
    link.destroy();
    await over;
  });
});

describe('a Duplex that is gone', () => {
  it('before the client is there is no client', async () => {
    const duplex = inMemory();
    duplex.destroy();
    await expect(clientOver(duplex)).rejects.toThrow('the channel closed');
  });

  it('with an error while the client is made is no crash', async () => {
    const duplex = inMemory();
    const client = clientOver(duplex);
    duplex.destroy(new Error('lost'));
    await expect(client).rejects.toThrow('lost');
  });

  it('closes the client, which knows why', async () => {
    const [near, far] = duplexPair();
    server.accept(far);
    const client = await over(near);
    near.destroy(new Error('pulled out'));
    expect((await client.closed)?.message).toBe('pulled out');
    const other = await over(inMemory());
    other.close();
    expect(await other.closed).toBeNull();
  });

  it('without taking another byte ends the watch, and the process lives', async () => {
    const [near, far] = duplexPair();
    server.accept(far);
    const client = await over(near);
    await watch(client, 3).first;
    near.destroy();
    for (let sequence = 4; sequence < 200; sequence += 1)
      watchers[0]?.write({ sequence, lineRemoved: 'x'.repeat(2000) });
    await lost.promise;
    expect(await handshake(await over(inMemory()))).toMatchObject({ protocol: 7 });
  });

  it('with garbage gets no answer, and a link that comes after it is served', async () => {
    const [near, far] = duplexPair();
    server.accept(far);
    near.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(await handshake(await over(near))).toMatchObject({ protocol: 7 });
  });
});
