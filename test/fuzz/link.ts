/** What could come out of a byte pipe at either end of the link, and out of a link at the gRPC server. */
import { connect as connectHttp2 } from 'node:http2';
import { type Duplex, duplexPair } from 'node:stream';
import { crc32 } from 'node:zlib';
import { FakeEndpoint } from '@thinline/endpoint-adapter/channel/fakes.ts';
import { EndpointService } from '@thinline/endpoint-adapter/channel/service.ts';
import { socketTo } from '@thinline/shared/contract/gate.ts';
import { type LinkServer, serve } from '@thinline/shared/contract/server.ts';
import { contract } from '@thinline/shared/contract/service.ts';
import type { CommandInput } from '@thinline/shared/contract/types.ts';
import { Deframer } from '@thinline/shared/link/deframer.ts';
import { controlFrame, dataFrames, type Frame, headerBytes } from '@thinline/shared/link/frame.ts';
import { connectLink } from '@thinline/shared/link/initiator.ts';
import { acceptLinks } from '@thinline/shared/link/responder.ts';
import { silent } from '@thinline/shared/log/log.ts';
import type { Fuzzer } from './fuzzer.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { makeRandom, type Random } from './random.ts';
import { type Step, watch } from './watch.ts';

type Take = Step['take'];
const messagesInStep = 25;
/** More than a pipe takes before it needs draining, and one write. */
const mostQueued = 256 * 1024;
/** How long a session may take to end, ms; one that takes longer is a fault. */
const longestEnd = 20_000;

/** Streams and sockets of this process have handed on what they had. */
async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}

const offsets = { version: 4, type: 5, length: 6, epoch: 8, number: 12 } as const;
const headerCheck = 20;

/** Another header, with a checksum that is right: what somebody would send who knows how. */
function forge(frame: Buffer, random: Random): Buffer {
  const forged = Buffer.from(frame);
  const field = random.pick<keyof typeof offsets>(['version', 'type', 'length', 'epoch', 'number']);
  if (field === 'version' || field === 'type') forged[offsets[field]] = random.below(random.chance(50) ? 10 : 256);
  else if (field === 'length') forged.writeUInt16BE(random.below(65_536), offsets.length);
  else forged.writeUInt32BE(random.below(random.chance(50) ? 4 : 2 ** 32), offsets[field]);
  forged.writeUInt32BE(crc32(forged.subarray(0, headerCheck)), headerCheck);
  return forged;
}

/** Frames as they should come, of which some are changed, lost, doubled, or have something between them. */
function spoil(frames: readonly [Buffer, ...Buffer[]], random: Random): { sent: Buffer[]; isForged: boolean } {
  const sent: Buffer[] = [];
  let isForged = false;
  for (const frame of frames) {
    const way = random.below(40);
    if (way === 0) sent.push(mutateBytes(random.chance(70) ? [frame] : frames, random).subarray(0, mostQueued / 16));
    else if (way === 1) sent.push(frame, mutateBytes([frame], random).subarray(0, mostQueued / 16));
    else if (way === 2) continue;
    else if (way === 3) {
      isForged = true;
      sent.push(forge(frame, random));
    } else sent.push(frame);
  }
  return { sent, isForged };
}

function conversation(epoch: number, random: Random): { frames: Buffer[]; bytes: Buffer } {
  const frames: Buffer[] = [];
  const parts: Buffer[] = [];
  for (let number = 0; number < messagesInStep - 3; number++) {
    if (random.chance(20)) frames.push(controlFrame(random.pick(['ping', 'pong']), epoch, number));
    const part = Buffer.alloc(1 + random.below(random.chance(10) ? 4096 : 100), number + 1);
    parts.push(part);
    frames.push(dataFrames(epoch, number, part));
  }
  frames.push(controlFrame('end', epoch, parts.length));
  return { frames, bytes: Buffer.concat(parts) };
}

function listen(pipe: Duplex): Frame[] {
  const frames: Frame[] = [];
  const deframer = new Deframer((frame) => frames.push(frame));
  pipe.on('data', (bytes: Buffer) => deframer.take(bytes));
  return frames;
}

/** Writes them, and looks after each what it led to. */
async function feed(pipe: Duplex, sent: readonly Buffer[], heard: Frame[], take: Take, random: Random): Promise<void> {
  for (const bytes of sent) {
    const cut = random.chance(30) ? random.below(bytes.length + 1) : 0;
    await take(bytes, async () => {
      const before = heard.length;
      pipe.write(bytes.subarray(0, cut));
      pipe.write(bytes.subarray(cut));
      await turns(2);
      const last = heard.length > before ? heard.at(-1) : null;
      return `frame: ${last?.type ?? 'nothing'}`;
    });
  }
}

function check(received: readonly Buffer[], given: Buffer, pipe: Duplex): void {
  const bytes = Buffer.concat(received);
  if (!bytes.equals(given.subarray(0, bytes.length))) throw new Error('bytes came through that were not sent');
  if (pipe.writableLength > mostQueued) throw new Error(`${pipe.writableLength} bytes are queued`);
}

async function playAtResponder(random: Random, take: Take): Promise<void> {
  const [near, far] = duplexPair();
  const heard = listen(near);
  const links: Buffer[][] = [];
  acceptLinks(far, (link) => {
    const received: Buffer[] = [];
    links.push(received);
    link.on('data', (bytes: Buffer) => {
      received.push(bytes);
      link.write(bytes);
    });
    link.once('end', () => link.end());
  });
  const epoch = random.below(2 ** 32);
  const { frames, bytes } = conversation(epoch, random);
  const { sent, isForged } = spoil([Buffer.alloc(headerBytes), controlFrame('hello', epoch, 0), ...frames], random);
  await feed(near, sent, heard, take, random);
  // Whoever forges frames may say what he likes, in his own epoch.
  for (const received of isForged ? [] : links) check(received, bytes, far);
  near.destroy();
  far.destroy();
  await turns(2);
}

async function playAtInitiator(random: Random, take: Take): Promise<void> {
  const [near, far] = duplexPair();
  const heard = listen(far);
  const received: Buffer[] = [];
  const connecting = connectLink(near).then(
    (link) => {
      link.on('data', (bytes: Buffer) => received.push(bytes));
      link.once('end', () => link.end());
    },
    () => {},
  );
  await turns(2);
  const epoch = heard[0]?.epoch;
  if (epoch === undefined) throw new Error('there was no HELLO');
  const { frames, bytes } = conversation(epoch, random);
  const { sent, isForged } = spoil([controlFrame('ack', epoch, 0), ...frames], random);
  await feed(far, sent, heard, take, random);
  if (!isForged) check(received, bytes, near);
  near.destroy();
  far.destroy();
  await connecting;
}

const { Handshake, Watch, Execute } = contract.Endpoint.service;
const session = { id: 'ada1', user: 'ada', host: 'desk1' };
const command = { id: 'c1', sessionId: session.id };
const commands: readonly CommandInput[] = [
  { ...command, dial: { target: 'sip:602@example.org' } },
  { ...command, answer: { callId: 'c1' } },
  { ...command, sendDtmf: { callId: 'c1', digits: '1234#' } },
  { ...command, mute: { callId: 'c1', on: true } },
  { ...command, transfer: { callId: 'c1', target: '603' } },
  { ...command, setForwarding: { lineId: 'line0', forwarding: { kind: 'BUSY', target: '604' } } },
  {
    ...command,
    configure: {
      configuration: {
        revision: 'r1',
        lines: [{ id: 'line0', user: '601', server: 'example.org:5060', password: 'secret', nat: {} }],
        sipPorts: { min: 5060, max: 5066 },
        calls: { whenLost: 'refuse' },
        sip: { tls: {} },
        media: { codecs: [{ name: 'PCMU' }] },
      },
    },
  },
];

interface Request {
  path: string;
  message: Buffer;
}

const greeting = { protocolMin: 1, protocolMax: 1, productVersion: '0.1.0', capabilities: ['a', 'b'], session };
const requests: readonly [Request, ...Request[]] = [
  { path: Handshake.path, message: Handshake.requestSerialize(greeting) },
  { path: Watch.path, message: Watch.requestSerialize({ sessionId: session.id, epoch: 'epoch', afterSequence: 3 }) },
  ...commands.map((it) => ({ path: Execute.path, message: Execute.requestSerialize(it) })),
];

/** As gRPC frames a message: uncompressed, and how long it is. */
function framed(message: Buffer): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

function ended(stream: { once(event: 'close', heard: () => void): unknown }): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('it did not end')), longestEnd);
    stream.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** A way to the server through a link, for whoever writes to the socket. */
async function dial(server: LinkServer): Promise<{ socket: Duplex; link: Duplex; said: Frame[] }> {
  const [near, far] = duplexPair();
  server.accept(far);
  const said = listen(far);
  const link = await connectLink(near);
  return { socket: await socketTo(link), link, said };
}

const levels = { microphoneDbfs: -20, speakerDbfs: -30 };

/** Calls of which the messages are wrong, or the lengths before them. */
async function playCalls(server: LinkServer, endpoint: FakeEndpoint, random: Random, take: Take): Promise<void> {
  const { socket, link } = await dial(server);
  const http2 = connectHttp2('http://endpoint', { createConnection: () => socket });
  http2.on('error', () => {});
  for (let i = 0; i < messagesInStep; i++) {
    const { path, message } = random.pick(requests);
    const changed = random.chance(20)
      ? mutateBytes([framed(message)], random)
      : framed(mutateBytes([message, ...requests.map((it) => it.message)], random));
    await take(changed, async () => {
      const headers = { ':method': 'POST', ':path': path, 'content-type': 'application/grpc', te: 'trailers' };
      const stream = http2.request(headers);
      const closed = ended(stream);
      let status = 'none';
      stream.on('error', () => {});
      stream.on('response', (it) => {
        status = String(it['grpc-status'] ?? status);
      });
      stream.on('trailers', (it) => {
        status = String(it['grpc-status'] ?? status);
      });
      // A watch has no end, nor a beginning before there is something to tell.
      stream.once('data', () => path === Watch.path && stream.close());
      const nudge = setInterval(() => endpoint.emit('passing', { levels }), 2);
      stream.end(changed);
      await closed.finally(() => clearInterval(nudge));
      return `gRPC: ${status}`;
    });
  }
  http2.destroy();
  if (!link.destroyed) await ended(link);
}

/** Bytes on a link that are hardly HTTP/2. */
async function playStreams(server: LinkServer, corpus: Buffer, random: Random, take: Take): Promise<void> {
  const { socket, link } = await dial(server);
  await take(mutateBytes([corpus], random), async () => {
    const closed = link.destroyed ? Promise.resolve() : ended(link);
    let answered = 0;
    socket.on('data', (bytes: Buffer) => {
      answered += bytes.length;
    });
    socket.end(mutateBytes([corpus], random));
    await closed;
    return answered > 0 ? 'HTTP/2: answered' : 'HTTP/2: closed';
  });
}

/** What a gRPC client says from its first byte to the end of a call. */
async function record(server: LinkServer): Promise<Buffer> {
  const { socket, said } = await dial(server);
  const http2 = connectHttp2('http://endpoint', { createConnection: () => socket });
  for (const { path, message } of requests) {
    const headers = { ':method': 'POST', ':path': path, 'content-type': 'application/grpc', te: 'trailers' };
    const stream = http2.request(headers);
    stream.on('error', () => {}).once('data', () => stream.close());
    const closed = ended(stream);
    stream.end(framed(message));
    await closed;
  }
  http2.destroy();
  return Buffer.concat(said.map(({ payload }) => payload));
}

export const link: Fuzzer = {
  name: 'link',
  meaning: 'frames at both ends of the link, and messages and bytes of HTTP/2 at the gRPC server behind it',
  run: async (options) => {
    const endpoint = new FakeEndpoint('epoch');
    const service = new EndpointService(endpoint, silent);
    service.start();
    const server = serve(service.handlers);
    try {
      const corpus = await record(server);
      return await watch(options, async ({ seed, take }) => {
        const random = makeRandom(seed);
        // What it was told is no growth of the link.
        endpoint.executed.length = 0;
        if (seed % 4 === 0) await playAtInitiator(random, take);
        else if (seed % 4 === 1) await playAtResponder(random, take);
        else if (seed % 4 === 2) await playCalls(server, endpoint, random, take);
        else await playStreams(server, corpus, random, take);
      });
    } finally {
      server.close();
    }
  },
};
