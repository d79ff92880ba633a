/**
 * The way out of an xrdp session. Its channel server, xrdp-chansrv, takes programs of the session at a unix socket: a
 * request that names a channel, a status for an answer, and then the channel's own bytes. No native code is needed.
 */
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { FailureError } from '@thinline/shared/failures.ts';
import { connectOwn } from '@thinline/shared/own-socket.ts';
import { dynamicName, type Surroundings, staticName, type VirtualChannel, virtualChannelWait } from './provider.ts';

type Kind = 'dynamic' | 'static';

export interface XrdpOptions {
  /** 'either': dynamic where the client can have it, else static. */
  kind?: Kind | 'either';
  /** Of the session. */
  env?: Surroundings['env'];
  /** The most to wait for an answer, ms: for a dynamic channel it comes from the client, over its network. */
  answerMs?: number;
}

/** Where distributions have it, in case that the session doesn't say. */
const usualFolder = '/run/xrdp/sockdir';
/** The static channel that carries all dynamic ones. */
const dynamicCarrier = 'drdynvc';
const names: Record<Kind, string> = { dynamic: dynamicName, static: staticName };
/** Refusals after which the adapter is no longer thought to be just starting; from then on each wait is twice the last. */
const quickRefusals = 6;
const refusalWait = 500;
/** A u32 status. */
const answerBytes = 4;
const list = '/etc/xrdp/xrdp.ini, section [Channels]';
const lines = [dynamicCarrier, staticName].map((name) => `${name}=true`);

export class XrdpChannel implements VirtualChannel {
  readonly name = 'xrdp';
  readonly placement = 'the machine that this xrdp session is shown on';
  readonly mostWaitMs = virtualChannelWait;
  readonly #options: XrdpOptions;
  #socket: Socket | null = null;
  /** A static channel has brought something. */
  #isProven = false;
  /** Dynamic channels that the client of now has not given on end, why, and when it is asked for the next one; ms. */
  #refusals = 0;
  #refusal: Refusal = 'refused';
  #askAgainAt = 0;

  constructor(options: XrdpOptions = {}) {
    this.#options = options;
  }

  detect({ platform, env }: Surroundings): string | null {
    return platform !== 'win32' && (env.XRDP_SOCKET_PATH || env.XRDP_SESSION) ? 'this is an xrdp session' : null;
  }

  allowList(): { list: string; line: string }[] {
    return lines.map((line) => ({ list, line }));
  }

  async open(): Promise<Socket> {
    const { kind = 'either', env = process.env, answerMs = 1000 } = this.#options;
    // Of two that have opened the same static channel, only the first gets its bytes.
    this.#socket?.destroy();
    const server = findServer(env);
    const refusals: string[] = [];
    for (const it of kind === 'either' ? (['dynamic', 'static'] as const) : [kind]) {
      const answer = await (it === 'dynamic' ? this.#askForDynamic(server, answerMs) : ask(server, it, answerMs));
      if (typeof answer !== 'string') {
        this.#socket = answer;
        if (it === 'static' && !this.#isProven) this.#doubt(answer, server, refusals, answerMs);
        return answer;
      }
      // A static channel opens without a client too, and leads nowhere then.
      if (answer === 'closed' && clientIsAway(server)) throw noClient();
      refusals.push(`the ${it} channel ${names[it]} ${explanations[answer]}`);
    }
    throw refused(refusals);
  }

  /** xrdp opens a static channel that it blocks, too. So one that never brought anything ends with a word on that. */
  #doubt(socket: Socket, server: ChannelServer, refusals: readonly string[], ms: number): void {
    const timer = setTimeout(() => {
      this.#isProven = socket.bytesRead > answerBytes;
      if (this.#isProven) return;
      const why = refused([...refusals, `the static channel ${staticName} brings nothing`]);
      socket.destroy(clientIsAway(server) ? noClient() : why);
    }, ms);
    socket.once('close', () => clearTimeout(timer));
  }

  /**
   * Each refusal costs chansrv 0.9 one of its 255 places, and when they are gone this session has no dynamic channel any
   * more (seen with 0.9.21). So a client that goes on refusing (it has no plugin), or doesn't answer (it stands still), is
   * asked less and less.
   */
  async #askForDynamic(server: ChannelServer, answerMs: number): Promise<Socket | Refusal> {
    if (clientIsAway(server)) this.#refusals = 0;
    if (this.#refusals > 0 && performance.now() < this.#askAgainAt) return this.#refusal;
    if (!(await hasDynamic(server, answerMs))) return 'unlisted';
    const answer = await ask(server, 'dynamic', answerMs);
    if (typeof answer !== 'string') this.#refusals = 0;
    else {
      this.#refusals++;
      this.#refusal = answer;
      this.#askAgainAt = performance.now() + refusalWait * 2 ** Math.max(0, this.#refusals - quickRefusals);
    }
    return answer;
  }
}

export const xrdp = new XrdpChannel();

const noClient = (): Error => new Error('no client is connected to this desktop');

const refused = (refusals: readonly string[]): FailureError =>
  new FailureError('channelRefused', {
    detail: refusals.join('; '),
    allowList: `xrdp needs ${lines.map((line) => `"${line}"`).join(' and ')} in ${list}.`,
  });

/** xrdp-chansrv of one session. */
interface ChannelServer {
  /** Where it takes programs. */
  path: string;
  /** Where it waits for the remoting client: there for as long as there is none. */
  clientPath: string;
}

const clientIsAway = ({ clientPath }: ChannelServer): boolean => existsSync(clientPath);

function findServer(env: Surroundings['env']): ChannelServer {
  const display = /:(\d+)/.exec(env.DISPLAY ?? '')?.[1];
  if (display === undefined) throw new Error('this session has no display (DISPLAY), and so no channels of xrdp');
  const base = env.XRDP_SOCKET_PATH || usualFolder;
  // From xrdp 0.10 on each user has a folder, which XRDP_SOCKET_PATH may or may not be already.
  const own = join(base, String(userInfo().uid));
  const folder = existsSync(join(own, `xrdpapi_${display}`)) ? own : base;
  return {
    path: join(folder, `xrdpapi_${display}`),
    clientPath: join(folder, `xrdp_chansrv_socket_${display}`),
  };
}

/** By what chansrv says itself of the client's static channels, so that one without is not asked in vain. */
async function hasDynamic(server: ChannelServer, answerMs: number): Promise<boolean> {
  const answer = await ask(server, 'static', answerMs, dynamicCarrier);
  if (answer === 'silent') throw new Error(`xrdp-chansrv does not answer (${server.path})`);
  if (typeof answer !== 'string') answer.destroy();
  return answer !== 'refused';
}

type Refusal = 'unlisted' | 'refused' | 'silent' | 'closed' | 'broken';

const explanations: Record<Refusal, string> = {
  unlisted: 'is not possible, as the remoting client has no dynamic ones',
  refused: 'is not known to the remoting client',
  silent: 'is not answered: the remoting client stands still, or xrdp blocks it',
  closed: 'finds no place at xrdp-chansrv',
  broken: 'got half an answer of xrdp-chansrv',
};

/** Opens it, or tells why it can't. Rejects where chansrv is not there. */
async function ask(server: ChannelServer, kind: Kind, answerMs: number, name = names[kind]): Promise<Socket | Refusal> {
  const socket = await connectOwn(server.path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === undefined ? error : new Error(`no xrdp-chansrv at ${server.path} (${error.code})`);
  });
  // An error that nobody hears yet would end the process; 'close' follows.
  socket.on('error', () => {});
  socket.write(request(name, kind));
  const answer = await answerOf(socket, answerMs);
  if (answer === 'open') return socket;
  socket.destroy();
  return answer;
}

/** u32 length of all, u32 version, u32 length of the name, the name, u32 flags; little-endian. */
function request(name: string, kind: Kind): Buffer {
  const text = Buffer.from(name);
  const bytes = Buffer.alloc(16 + text.length);
  bytes.writeUInt32LE(bytes.length, 0);
  bytes.writeUInt32LE(text.length, 8);
  text.copy(bytes, 12);
  bytes.writeUInt32LE(kind === 'dynamic' ? 1 : 0, 12 + text.length);
  return bytes;
}

/** Reads what comes before the channel's own bytes. */
function answerOf(socket: Socket, ms: number): Promise<'open' | Refusal> {
  return new Promise((resolve) => {
    const settle = (answer: 'open' | Refusal): void => {
      clearTimeout(timer);
      socket.off('readable', look).off('close', closed);
      resolve(answer);
    };
    const closed = (): void => settle('closed');
    const look = (): void => {
      const bytes: unknown = socket.read(answerBytes);
      if (!Buffer.isBuffer(bytes)) return;
      if (bytes.length < answerBytes) settle('broken');
      else settle(bytes.readUInt32LE(0) === 0 ? 'open' : 'refused');
    };
    const timer = setTimeout(() => settle('silent'), ms);
    socket.on('readable', look).on('close', closed);
  });
}
