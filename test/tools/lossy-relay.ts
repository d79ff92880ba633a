/**
 * A bad network on loopback: a UDP relay that loses, delays, doubles and reorders, the same way for the same seed.
 *
 * Give the phone `host:port` of the relay as its server. Calls to the phone pass through it too where the server sends to
 * where a registration or request came from (RFC 3581) instead of to the Contact, as the Kamailio of test/peers does, for
 * requests within dialogs as well. SDP names the phones themselves: RTP does not pass, unless it has a relay of its own.
 */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** Probabilities are from 0 to 1. */
export interface Impairment {
  loss: number;
  duplication: number;
  /** That a packet is held back until the next one has passed, or for 100 ms. */
  reorder: number;
  /** Of every packet, ms. */
  delay: number;
  /** More delay, uniform between 0 and this, ms; packets may overtake each other. */
  jitter: number;
}

export const clean: Readonly<Impairment> = { loss: 0, duplication: 0, reorder: 0, delay: 0, jitter: 0 };

export interface Counters {
  received: number;
  lost: number;
  duplicated: number;
  reordered: number;
  forwarded: number;
}

export interface LossyRelay {
  readonly host: string;
  readonly port: number;
  readonly toServer: Readonly<Counters>;
  readonly toClient: Readonly<Counters>;
  /** Changes what is named, from the next packet on; what is on its way stays so. */
  impair(change: Partial<Impairment>): void;
  stop(): Promise<void>;
}

/** A generator of numbers in [0, 1) that is the same for the same seed (xorshift, 32 bit). */
export function seeded(seed: number): () => number {
  let state = (Math.imul(seed | 0, 2_654_435_761) ^ 0x9e37_79b9) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

export interface Fate {
  lost: boolean;
  duplicated: boolean;
  held: boolean;
  /** ms, of each copy. */
  delays: readonly [number, number];
}

/** Always takes five numbers, so that the fate of a packet depends on the seed and its place in the row alone. */
export function fateOf(random: () => number, it: Impairment): Fate {
  const [loss, duplication, reorder, first, second] = [random(), random(), random(), random(), random()];
  return {
    lost: loss < it.loss,
    duplicated: duplication < it.duplication,
    held: reorder < it.reorder,
    delays: [it.delay + it.jitter * first, it.delay + it.jitter * second],
  };
}

const maxClients = 64;
const longestHold = 100;

/** One direction of one client's packets. */
class Direction {
  readonly #random: () => number;
  readonly #impairment: Impairment;
  readonly #counters: Counters;
  readonly #timers = new Set<NodeJS.Timeout>();
  #release: (() => void) | null = null;

  constructor(random: () => number, impairment: Impairment, counters: Counters) {
    this.#random = random;
    this.#impairment = impairment;
    this.#counters = counters;
  }

  pass(send: () => void): void {
    const counters = this.#counters;
    const fate = fateOf(this.#random, this.#impairment);
    counters.received++;
    if (fate.lost) {
      counters.lost++;
      return;
    }
    const forward = (): void => {
      counters.forwarded++;
      send();
    };
    const go = (): void => {
      this.#after(fate.delays[0], forward);
      if (!fate.duplicated) return;
      counters.duplicated++;
      this.#after(fate.delays[1], forward);
    };
    if (fate.held && this.#release === null) {
      counters.reordered++;
      const release = (): void => {
        if (this.#release !== release) return;
        this.#release = null;
        go();
      };
      this.#release = release;
      this.#after(longestHold, release);
      return;
    }
    go();
    this.#release?.();
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#release = null;
  }

  #after(ms: number, action: () => void): void {
    if (ms <= 0) {
      action();
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, ms);
    this.#timers.add(timer);
  }
}

/** What the server sees of one client: a socket of its own. */
interface Flow {
  socket: Socket;
  toServer: Direction;
  toClient: Direction;
}

const noPackets = (): Counters => ({ received: 0, lost: 0, duplicated: 0, reordered: 0, forwarded: 0 });

export async function startLossyRelay(options: {
  server: { host: string; port: number };
  seed: number;
  impairment?: Partial<Impairment>;
}): Promise<LossyRelay> {
  const { server, seed } = options;
  const impairment: Impairment = { ...clean, ...options.impairment };
  const toServer = noPackets();
  const toClient = noPackets();
  const random = { toServer: seeded(seed), toClient: seeded(seed + 1) };
  const family = server.host.includes(':') ? 'udp6' : 'udp4';
  const loopback = family === 'udp6' ? '::1' : '127.0.0.1';
  const flows = new Map<string, Flow>();

  const front = createSocket(family);
  front.bind(0, loopback);
  await once(front, 'listening');

  const openFlow = (client: RemoteInfo): Flow => {
    const flow: Flow = {
      socket: createSocket(family),
      toServer: new Direction(random.toServer, impairment, toServer),
      toClient: new Direction(random.toClient, impairment, toClient),
    };
    flow.socket.on('message', (packet) => flow.toClient.pass(() => front.send(packet, client.port, client.address)));
    // A server that is down makes loopback refuse; to the phone that is a lost packet.
    flow.socket.on('error', () => {});
    flow.socket.bind(0, loopback);
    return flow;
  };
  front.on('error', () => {});
  front.on('message', (packet, client) => {
    const key = `${client.address}:${client.port}`;
    let flow = flows.get(key);
    if (!flow) {
      if (flows.size >= maxClients) return;
      flow = openFlow(client);
      flows.set(key, flow);
    }
    const { socket } = flow;
    flow.toServer.pass(() => socket.send(packet, server.port, server.host));
  });

  return {
    host: loopback,
    port: front.address().port,
    toServer,
    toClient,
    impair: (change) => void Object.assign(impairment, change),
    async stop() {
      for (const { socket, toServer: up, toClient: down } of flows.values()) {
        up.stop();
        down.stop();
        socket.close();
      }
      flows.clear();
      front.close();
      await once(front, 'close');
    },
  };
}
