/** An address at a TURN server (RFC 8656) to send from and to be reached at, over UDP, TCP or TLS. */
import { isIP } from 'node:net';
import { type ConnectionOptions, createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import type { Transport, TurnProtocol } from 'werift';
import { readAuthorities } from '../../sip/transport/certificate-file.ts';
import type { TlsTrust, TurnServer } from '../stream-settings.ts';
import { type Place, readErrorCode, readReason, readStun } from './stun.ts';
import { loadWerift, type Werift } from './werift.ts';

/** 'refused': user or password, or no more room there. 'untrusted': its certificate. */
export type RelayProblem = 'unreachable' | 'refused' | 'untrusted';

export class RelayError extends Error {
  readonly problem: RelayProblem;
  constructor(problem: RelayProblem, detail: string) {
    super(detail);
    this.problem = problem;
  }
}

export interface RelayOptions extends Omit<TurnServer, 'server'> {
  server: Place;
  /** As the server was named, for its certificate. */
  host: string;
  /** PEM; undefined: those that `trust` names. */
  authorities: string | undefined;
  /** Through our own RTP socket, so that a firewall sees one port (transport udp). */
  send: (packet: Uint8Array, address: string, port: number) => void;
  /** Before anything is asked: tells whether a datagram at our RTP socket came from the server, and takes it if so. */
  onReceiver: (receive: RelayReceiver) => void;
  /** What a far end sent to the relayed address. */
  onPacket: (packet: Uint8Array, address: string, port: number) => void;
}

export type RelayReceiver = (packet: Uint8Array, address: string, port: number) => boolean;

export interface Relay {
  readonly address: Place;
  /** Ours, as the server sees it. */
  readonly mapped: Place;
  send(packet: Uint8Array, length: number, address: string, port: number): void;
  readonly receive: RelayReceiver;
  /** Gives the address back; settles when the server has said so, or soon after. */
  close(): Promise<void>;
}

const allocationS = 600;
const connectMs = 2_000;
const farewellMs = 300;
/** RFC 8489 §5 and §14.8 with RFC 8656 §17. */
const allocateError = 0x0113;
const staleNonce = 438;
/** Permissions end after 300 s (RFC 8656 §9), and binding a channel again renews them. */
const channelRefreshTime = 240;

/** Rejects with a RelayError. Give up on it by closing what it resolves to. */
export async function openRelay(options: RelayOptions): Promise<Relay> {
  const werift = await loadWerift();
  const { address, port } = options.server;
  const transport = await connect(werift, options);
  const { TurnProtocol } = werift;
  const { user, password } = options;
  const turn = new TurnProtocol([address, port], user, password, allocationS, transport, { channelRefreshTime });
  const receive: RelayReceiver = (packet, fromAddress, fromPort) => {
    if (options.transport !== 'udp' || fromPort !== port || fromAddress !== address) return false;
    transport.onData(Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength), [fromAddress, fromPort]);
    return true;
  };
  options.onReceiver(receive);
  try {
    const allocated = turn.connectionMade();
    await Promise.race([allocated, refused(transport)]);
  } catch (error) {
    await transport.close();
    throw refusal(werift, error);
  }
  const subscription = turn.onData.subscribe((packet, from) => options.onPacket(packet, from[0], from[1]));
  let closed = false;
  return {
    address: placeOf(turn.relayedAddress),
    mapped: placeOf(turn.mappedAddress),
    send(packet, length, toAddress, toPort) {
      if (closed) return;
      // The caller will write over it, and the server's channel may have to be bound first.
      const copy = Buffer.from(packet.subarray(0, length));
      turn.sendData(copy, [toAddress, toPort]).catch(() => undefined);
    },
    receive,
    async close() {
      if (closed) return;
      closed = true;
      subscription.unSubscribe();
      await giveBack(werift, turn);
      await turn.close();
    },
  };
}

const placeOf = ([address, port]: readonly [string, number]): Place => ({ address, port });

async function connect({ TcpTransport, TlsTransport }: Werift, options: RelayOptions): Promise<Transport> {
  const { server, transport } = options;
  const place = [server.address, server.port] as const;
  try {
    if (transport === 'udp') return new SharedSocket(options);
    // Optional members that may also be undefined: its declarations are less exact than our compiler's settings.
    if (transport === 'tcp') return (await TcpTransport.init(place, { connectTimeoutMs: connectMs })) as Transport;
    return (await TlsTransport.init(place, await tlsOptions(options), { connectTimeoutMs: connectMs })) as Transport;
  } catch (error) {
    if (error instanceof RelayError) throw error;
    const untrusted =
      error instanceof Error && 'code' in error && /CERT|SELF_SIGNED|SIGNATURE/.test(String(error.code));
    throw new RelayError(untrusted ? 'untrusted' : 'unreachable', messageOf(error));
  }
}

const usualTrust: TlsTrust = { authorities: '', checkName: true };

async function tlsOptions({ host, authorities, trust = usualTrust }: RelayOptions): Promise<ConnectionOptions> {
  return {
    secureContext:
      authorities === undefined ? await contextOf(trust.authorities) : createSecureContext({ ca: authorities }),
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(trust.checkName ? {} : { checkServerIdentity: () => undefined }),
  };
}

let usualContext: SecureContext | null = null;

/** Made once for those of the system, as hundreds of authorities keep the thread that makes the sound busy. */
async function contextOf(file: string): Promise<SecureContext> {
  if (file === '') {
    const authorities = () => [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
    usualContext ??= createSecureContext({ ca: authorities() });
    return usualContext;
  }
  try {
    return createSecureContext({ ca: await readAuthorities(file) });
  } catch (error) {
    throw new RelayError('untrusted', `the trusted authorities cannot be used: ${messageOf(error)}`);
  }
}

/** UDP to the server by the socket that RTP has. */
class SharedSocket implements Transport {
  readonly type = 'udp';
  readonly address;
  readonly addressFamily;
  readonly #send: RelayOptions['send'];
  closed = false;
  onData: Transport['onData'] = () => undefined;

  constructor({ server, send }: RelayOptions) {
    this.#send = send;
    this.addressFamily = isIP(server.address) === 6 ? (6 as const) : (4 as const);
    this.address = { address: '', port: 0, family: `IPv${this.addressFamily}` };
  }

  send = async (data: Buffer, to?: readonly [string, number]): Promise<void> => {
    if (to !== undefined && !this.closed) this.#send(data, to[0], to[1]);
  };

  close = async (): Promise<void> => {
    this.closed = true;
  };
}

/**
 * Rejects when the server says no to our password. It can't sign that (RFC 8489 §9.2.4), and werift waits for a signed
 * answer until it gives up.
 */
function refused(transport: Transport): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  const take = transport.onData;
  let asked: string | null = null;
  transport.onData = (data, from) => {
    const message = readStun(data);
    if (message?.type === allocateError && readErrorCode(message) !== staleNonce) {
      // The first one asks for the password, and comes again where the request had to be repeated.
      asked ??= message.transaction;
      if (message.transaction !== asked) {
        reject(new RelayError('refused', `${readErrorCode(message)} ${readReason(message)}`));
      }
    }
    take(data, from);
  };
  return promise;
}

/** RFC 8656 §7.1: a lifetime of 0 ends the allocation; else it would be there for minutes, and count against a quota. */
async function giveBack({ Message, methods, classes }: Werift, turn: TurnProtocol): Promise<void> {
  const request = new Message(methods.REFRESH, classes.REQUEST).setAttribute('LIFETIME', 0);
  await turn.requestWithRetry(request, turn.server, AbortSignal.timeout(farewellMs)).catch(() => undefined);
}

function refusal({ Message }: Werift, error: unknown): RelayError {
  if (error instanceof RelayError) return error;
  const response = error instanceof Error && 'response' in error ? error.response : undefined;
  if (!(response instanceof Message)) return new RelayError('unreachable', messageOf(error) || 'it does not answer');
  const [code, reason]: unknown[] = response.getAttributeValue('ERROR-CODE') ?? [];
  return new RelayError('refused', `${String(code)} ${String(reason)}`.slice(0, 200));
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message.slice(0, 200) : '');
