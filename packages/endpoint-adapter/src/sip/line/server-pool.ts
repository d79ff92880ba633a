/** The servers that a line may use, and the one that it uses now. */
import type { Hop, RankedTarget, Target, TransportName } from '../address.ts';
import type { TargetHealth } from '../locate/health.ts';
import { targetKey } from '../locate/locate.ts';

/** Dialogs and nonces stay with the addresses that they began at. */
const MAX_REMEMBERED = 64;

const placeOf = ({ address, port }: Pick<Target, 'address' | 'port'>): string => `${address} ${port}`;

/** Whether a peer can be told by its address, and what is sent stays between us. */
const safety: Readonly<Record<TransportName, number>> = { udp: 0, tcp: 1, tls: 2, wss: 2 };
const isSecure = (transport: TransportName): boolean => safety[transport] === safety.tls;

/** What may be said over one transport may be said over the other: nothing that was meant for TLS goes in clear. */
export const isAsSecret = (transport: TransportName, as: TransportName): boolean =>
  isSecure(transport) || !isSecure(as);

export interface ServerPoolPorts {
  /** The primary first. */
  hops: readonly Hop[];
  /** Rejects with FailureError serverUnknown. */
  find(hop: Hop): Promise<readonly RankedTarget[]>;
  health: TargetHealth;
}

/** Ranks of a fallback come after all of those before it. */
const RANKS_OF_ONE = 1_000;

export class ServerPool {
  readonly #ports: ServerPoolPorts;
  #targets: readonly RankedTarget[] = [];
  #current: Target | null = null;
  /** Every place that its names have stood for, the latest last. */
  readonly #places = new Map<string, Pick<Target, 'address' | 'transport'>>();

  constructor(ports: ServerPoolPorts) {
    this.#ports = ports;
  }

  /** The one that the line is registered at, or that answered last. */
  get current(): Target | null {
    return this.#current;
  }

  /** What went there over TCP for its length alone counts as what is configured. */
  set current(target: Target) {
    this.#current = this.#targets.find((it) => placeOf(it) === placeOf(target)) ?? target;
  }

  /** Asks DNS for what may have changed. Rejects with FailureError serverUnknown where none is found. */
  async refresh(): Promise<void> {
    const found = await Promise.allSettled(this.#ports.hops.map((hop) => this.#ports.find(hop)));
    const targets = found.flatMap((it, n) =>
      it.status === 'fulfilled' ? it.value.map((target) => ({ ...target, rank: target.rank + n * RANKS_OF_ONE })) : [],
    );
    const failed = found.find((it) => it.status === 'rejected');
    if (targets.length === 0 && failed) throw failed.reason;
    this.#targets = targets;
    // The best last, since those before go first.
    for (const target of targets.toReversed()) {
      const place = placeOf(target);
      const before = this.#places.get(place);
      this.#places.delete(place);
      this.#places.set(place, before && safety[before.transport] < safety[target.transport] ? before : target);
    }
    for (const place of this.#places.keys()) {
      if (this.#places.size <= MAX_REMEMBERED) break;
      this.#places.delete(place);
    }
  }

  /** The best first: those that are well before those that are not, by rank, and the current one before its equals. */
  get targets(): readonly Target[] {
    const currentKey = this.#current ? targetKey(this.#current) : '';
    const order = (it: RankedTarget): number => it.rank * 2 + (targetKey(it) === currentKey ? 0 : 1);
    return this.#ports.health.order(this.#targets.toSorted((a, b) => order(a) - order(b)));
  }

  /** Whether a better one than the current could be used. */
  get isFallback(): boolean {
    const currentKey = this.#current ? targetKey(this.#current) : '';
    const current = this.#targets.find((it) => targetKey(it) === currentKey);
    return current !== undefined && this.#targets.some((it) => it.rank < current.rank);
  }

  /** Whether requests to there may carry the line's credentials: never in clear where the line is secure. */
  has(target: Pick<Target, 'address' | 'port' | 'transport'>): boolean {
    const place = this.#places.get(placeOf(target));
    return place !== undefined && isAsSecret(target.transport, place.transport);
  }

  /** Whether what comes from there is the server's word; the sender of a datagram is known only by what it says itself. */
  isFrom(address: string, transport: TransportName): boolean {
    return [...this.#places.values()].some(
      (place) => place.address === address && safety[transport] >= safety[place.transport],
    );
  }

  /** A request came from there, so it is well. */
  heard(address: string): void {
    for (const target of this.#targets) if (target.address === address) this.#ports.health.good(target);
  }

  /** Whether the hop is one of its servers by name. */
  hasHop({ host, port }: Hop): boolean {
    return this.#ports.hops.some((it) => it.host.toLowerCase() === host.toLowerCase() && it.port === port);
  }
}
