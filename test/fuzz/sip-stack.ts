/** A whole stack with a line, in calls that go wrong: its server answers, asks and is silent as no server would. */
import './no-dns.ts';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { type Socket as Connection, connect } from 'node:net';
import { mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { IncomingInvite, Line } from '@thinline/endpoint-adapter/sip/line.ts';
import { readInbound } from '@thinline/endpoint-adapter/sip/message/inbound.ts';
import {
  fieldOf,
  type SipMessage,
  sequenceOf,
  tagOf,
  writeMessage,
} from '@thinline/endpoint-adapter/sip/message/message.ts';
import { field, makeResponse } from '@thinline/endpoint-adapter/sip/message/response.ts';
import type { Session } from '@thinline/endpoint-adapter/sip/session/session.ts';
import { openSipStack, type SipStack } from '@thinline/endpoint-adapter/sip/stack.ts';
import { fakeMedia, sdp } from '@thinline/endpoint-adapter/sip/testing/fake-media.ts';
import { makeLine } from '@thinline/endpoint-adapter/sip/testing/make-line.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { flows } from './flows.ts';
import type { Fuzzer } from './fuzzer.ts';
import { mutate } from './mutate.ts';
import { makeRandom, type Random } from './random.ts';
import { sipCorpus } from './sip.ts';
import { type Step, watch } from './watch.ts';

/** The stack is bound to one address of this machine and its server to another, so that nothing ever leaves it. */
const phone = '127.44.75.2';
const server = '127.44.75.3';

/** Virtual seconds after which no transaction may be left: the longest that one waits for its user, and a little. */
const AFTERMATH = 250;
/** Sentinel requests answered by then, or the stack is stuck (real ms). */
const STUCK = 10_000;
const messagesInStep = 8;

const statuses: readonly [number, ...number[]] = [
  100, 180, 183, 199, 200, 202, 302, 401, 404, 407, 422, 481, 486, 491, 500, 503, 603,
];

interface World {
  stack: SipStack;
  line: Line;
  socket: Socket;
  port: number;
  /** Requests of the stack, the newest last. */
  asked: SipMessage[];
  /** Responses of the stack, the newest last. */
  answers: SipMessage[];
  sessions: Session[];
  incoming: IncomingInvite[];
  random: Random;
  corpus: [Buffer, ...Buffer[]];
  sequence: number;
  /** Transactions that were left over, and complained about, already. */
  left: number;
}

/** An INVITE outside any dialog. */
const ringing = flows.find((text) => text.startsWith('INVITE')) ?? '';

const toText = (message: SipMessage): Buffer => Buffer.from(writeMessage(message));

/** Of the server, in the dialog that a response or request of the stack belongs to; another one where there is none. */
function template(world: World, given?: string): Buffer {
  const { random, port, asked, answers } = world;
  const text = given ?? (random.chance(15) ? ringing : random.pick([ringing, ...flows]));
  const anyOf = asked.length === 0 || (answers.length > 0 && random.chance(50)) ? answers : asked;
  const known = text === ringing ? undefined : anyOf.at(-1 - random.below(Math.max(1, Math.min(4, anyOf.length))));
  // An ACK has the number of its INVITE (RFC 3261 §13.2.2.4).
  if (!text.startsWith('ACK')) world.sequence++;
  const own = known && tagOf(fieldOf(known, known.status > 0 ? 'to' : 'from'));
  const other = known && tagOf(fieldOf(known, known.status > 0 ? 'from' : 'to'));
  const callId = known ? fieldOf(known, 'call-id') : `stray${world.sequence}`;
  return Buffer.from(
    text
      .replaceAll(/192\.0\.2\.\d+(:\d+)?/g, `${server}:${port}`)
      .replace(/^(CSeq: )\d+/m, `$1${world.sequence}`)
      .replace(/^Call-ID: .*/m, `Call-ID: ${callId}`)
      .replaceAll('as3f1c77b2', other || 'as3f1c77b2')
      .replaceAll('9a8b7c6d5e4f3a2b', own || '9a8b7c6d5e4f3a2b')
      .replaceAll('z9hG4bK', `z9hG4bK${world.sequence}.`),
  );
}

/** A response to something that the stack asks for, as a server would send it. */
function answer(world: World, status: number): Buffer {
  const { random, asked, port } = world;
  const request = asked.at(-1 - random.below(Math.max(1, Math.min(3, asked.length))));
  if (!request) return template(world);
  const withSdp = request.method === 'INVITE' && status > 100 && status < 300;
  const fields = [
    field('contact', `<sip:bob@${server}:${port}>`),
    ...(random.chance(30) ? [field('require', '100rel'), field('rseq', String(random.below(5)))] : []),
    ...(random.chance(20) ? [field('record-route', `<sip:${server}:${port};lr>`)] : []),
    ...(status === 401 || status === 407
      ? [field(status === 401 ? 'www-authenticate' : 'proxy-authenticate', 'Digest realm="a", nonce="b", qop="auth"')]
      : []),
  ];
  const body = withSdp ? { type: 'application/sdp', content: sdp('server') } : undefined;
  return toText(makeResponse(request, status, { fields, tag: `t${random.below(3)}`, ...(body && { body }) }));
}

function nextMessage(world: World): Buffer {
  const { random, corpus, asked } = world;
  if (random.chance(15)) return mutate(corpus, random);
  const waiting = asked.at(-1)?.method === 'INVITE' ? 70 : 40;
  const whole = random.chance(waiting) ? answer(world, random.pick(statuses)) : template(world);
  return random.chance(45) ? whole : mutate([whole, whole, random.pick(corpus)], random);
}

/** A call that nothing is wrong with, to begin with. */
async function callUp(world: World, id: string): Promise<void> {
  const { random, socket, stack, line, incoming, sessions, port } = world;
  const send = async (bytes: Buffer, step: string): Promise<void> => {
    socket.send(bytes, stack.port, phone);
    await settled(world, `${id}.${step}`);
  };
  world.asked.length = 0;
  world.answers.length = 0;
  if (random.chance(50)) {
    sessions.push(line.invite(`sip:bob@${server}:${port}`, fakeMedia('phone')));
    await settled(world, `${id}.invited`);
    await send(answer(world, 200), 'answered');
  } else {
    await send(template(world, ringing), 'ringing');
    const session = incoming.pop()?.take(fakeMedia('phone'));
    session?.answer();
    if (session) sessions.push(session);
    await settled(world, `${id}.answered`);
    await send(
      template(
        world,
        flows.find((text) => text.startsWith('ACK')),
      ),
      'acknowledged',
    );
  }
}

/** What a user might do meanwhile. */
function act({ random, line, sessions, incoming, port }: World): string {
  const invite = incoming.pop();
  if (invite) {
    if (random.chance(20)) invite.refuse(486);
    else {
      const session = invite.take(fakeMedia('phone'));
      sessions.push(session);
      if (random.chance(50)) session.ring();
      if (random.chance(60)) session.answer();
    }
    return 'incoming';
  }
  const session = sessions.at(-1 - random.below(3));
  if (!session || session.state === 'ended' || random.chance(20)) {
    sessions.push(line.invite(`sip:bob@${server}:${port}`, fakeMedia('phone'), { anonymous: random.chance(10) }));
    return 'outgoing';
  }
  const ignore = (): void => {};
  const choice = random.below(5);
  if (choice === 0) session.hangUp();
  else if (session.state !== 'confirmed') return 'nothing';
  else if (choice === 1) session.renegotiate().catch(ignore);
  else if (choice === 2) session.transfer(`sip:carol@${server}:${port}`, ignore).catch(ignore);
  else session.sendInfo('application/dtmf', '1').catch(ignore);
  return 'action';
}

async function openWorld(corpus: [Buffer, ...Buffer[]]): Promise<World> {
  const socket = createSocket('udp4');
  await once(socket.bind(0, server), 'listening');
  const { port } = socket.address();
  const stack = await openSipStack({
    ports: { min: 0, max: 0 },
    addresses: [phone],
    userAgent: 'Thinline/fuzz',
    log: silent,
  });
  const line = stack.addLine(makeLine({ user: 'alice', server: `${server}:${port}`, password: 'secret' }));
  const world: World = {
    ...{ stack, line, socket, port, corpus, asked: [], answers: [], sessions: [], incoming: [] },
    ...{ random: makeRandom(0), sequence: 0, left: 0 },
  };
  const keep = (list: SipMessage[], message: SipMessage): void => {
    list.push(message);
    if (list.length > 16) list.shift();
  };
  socket.on('message', (bytes) => {
    const inbound = readInbound(bytes);
    if (inbound.kind !== 'message') return;
    // Not those of settled().
    if (inbound.message.method !== 'OPTIONS')
      keep(inbound.message.status > 0 ? world.answers : world.asked, inbound.message);
    socket.emit('sip', inbound.message);
  });
  line.on('incoming', (incoming) => world.incoming.push(incoming));
  await line.start();
  return world;
}

/** Whatever was sent before has been dealt with once this is answered. */
async function settled({ stack, socket, port }: World, id: string): Promise<void> {
  const text = [
    `OPTIONS sip:alice@${phone} SIP/2.0`,
    `Via: SIP/2.0/UDP ${server}:${port};branch=z9hG4bK${id}`,
    ...['From: <sip:a@b>;tag=1', `To: <sip:alice@${phone}>`, `Call-ID: ${id}`, 'CSeq: 1 OPTIONS', '', ''],
  ].join('\r\n');
  await new Promise<void>((resolve, reject) => {
    const until = performance.now() + STUCK;
    const received = (message: SipMessage): void => {
      if (fieldOf(message, 'call-id') === id && sequenceOf(message) === 1) finish();
    };
    const finish = (error?: Error): void => {
      socket.off('sip', received);
      if (error) reject(error);
      else resolve();
    };
    const wait = (): void => {
      if (socket.listeners('sip').includes(received)) {
        if (performance.now() > until) finish(new Error(`no answer, with ${stack.transactions} transactions open`));
        else setImmediate(wait);
      }
    };
    socket.on('sip', received);
    socket.send(text, stack.port, phone);
    setImmediate(wait);
  });
}

async function sendOver(connection: Connection | null, world: World, bytes: Buffer): Promise<void> {
  if (connection && !connection.destroyed) connection.write(bytes);
  else world.socket.send(bytes, world.stack.port, phone);
  await turn();
}

/** Time passes, and messages with it. */
async function pass(seconds: number): Promise<void> {
  for (let i = 0; i < seconds; i++) {
    mock.timers.tick(1_000);
    await turn();
  }
}

/** Everybody hangs up, and the server says yes to it all; then nothing may be left. */
async function clearUp(world: World): Promise<void> {
  const { sessions, incoming, socket, stack } = world;
  const agree = (message: SipMessage): void => {
    if (message.status === 0 && message.method !== 'ACK')
      socket.send(toText(makeResponse(message, 200)), stack.port, phone);
  };
  socket.on('sip', agree);
  for (const invite of incoming.splice(0)) invite.refuse(480);
  for (const session of sessions) session.hangUp();
  await pass(AFTERMATH);
  socket.off('sip', agree);
  const left = sessions.splice(0).filter((session) => session.state !== 'ended').length;
  if (left > 0) throw new Error(`${left} sessions are left`);
  const more = stack.transactions - world.left;
  world.left = stack.transactions;
  if (more > 0) throw new Error(`${more} transactions are left`);
}

async function play(world: World, { seed, take }: Step): Promise<void> {
  world.random = makeRandom(seed);
  const { random, stack } = world;
  const connection = random.chance(25) ? connect({ port: stack.port, host: phone, localAddress: server }) : null;
  connection?.on('error', () => {}).resume();
  try {
    if (random.chance(60)) await callUp(world, `u${seed}`);
    for (let i = 0; i < messagesInStep; i++) {
      const acted = random.chance(50) ? act(world) : 'nothing';
      const bytes = nextMessage(world);
      await take(bytes, async () => {
        await sendOver(connection, world, bytes);
        await settled(world, `s${seed}.${i}`);
        return `${acted}, then ${world.sessions.at(-1)?.state ?? 'no call'}`;
      });
      if (random.chance(10)) await pass(random.below(5));
    }
  } finally {
    connection?.destroy();
    await clearUp(world);
  }
}

export const sipStack: Fuzzer = {
  name: 'sip-stack',
  meaning: 'calls, with a server that sends mutated messages, in virtual time',
  async run(options) {
    const rejections: unknown[] = [];
    const rejected = (reason: unknown): void => void rejections.push(reason);
    process.on('unhandledRejection', rejected);
    mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
    const world = await openWorld(sipCorpus());
    try {
      return await watch(options, async (step) => {
        await play(world, step);
        const reason = rejections.shift();
        if (reason !== undefined) throw reason;
      });
    } finally {
      await world.stack.close();
      world.socket.close();
      mock.timers.reset();
      process.off('unhandledRejection', rejected);
    }
  },
};
