/** Answers of DNS, kept for their time to live, and longer where there are no new ones (RFC 8767). */
import type { NaptrRecord, SrvRecord } from 'node:dns';
import type { Log } from '@thinline/shared/log/log.ts';
import { wordsOf } from '../thrown.ts';
import type { Dns, NamedAddress } from './dns.ts';

/** Of each kind. */
const MAX_NAMES = 256;
/** s, of answers that don't say it, and until the next question after one that failed. */
const USUAL_TTL = 30;
/** s; somebody may be about to put the name right. */
const NO_ADDRESS_TTL = 5;
const MAX_TTL = 3_600;

interface Kept<T> {
  answer: readonly T[];
  /** ms. */
  until: number;
}

interface Ports {
  now(): number;
  /** A question failed, and an older answer is taken instead. */
  outage(name: string, error: unknown): void;
  answered(): void;
}

/** Answers of one kind. */
class Answers<T> {
  readonly #ports: Ports;
  readonly #ttl: (answer: readonly T[]) => number;
  /** By name, the least used first. */
  readonly #kept = new Map<string, Kept<T>>();
  readonly #asking = new Map<string, Promise<readonly T[]>>();

  constructor(ports: Ports, ttl: (answer: readonly T[]) => number) {
    this.#ports = ports;
    this.#ttl = ttl;
  }

  get(name: string, key: string, ask: () => Promise<readonly T[]>): Promise<readonly T[]> {
    const kept = this.#kept.get(key);
    if (kept && this.#ports.now() < kept.until) {
      this.#keep(key, kept);
      return Promise.resolve(kept.answer);
    }
    const asking = this.#asking.get(key) ?? this.#ask(name, key, ask).finally(() => this.#asking.delete(key));
    this.#asking.set(key, asking);
    return asking;
  }

  async #ask(name: string, key: string, ask: () => Promise<readonly T[]>): Promise<readonly T[]> {
    try {
      const answer = await ask();
      this.#ports.answered();
      this.#keep(key, { answer, until: this.#ports.now() + 1_000 * Math.min(this.#ttl(answer), MAX_TTL) });
      return answer;
    } catch (error) {
      const kept = this.#kept.get(key);
      if (!kept) throw error;
      this.#ports.outage(name, error);
      this.#keep(key, { answer: kept.answer, until: this.#ports.now() + 1_000 * USUAL_TTL });
      return kept.answer;
    }
  }

  #keep(key: string, kept: Kept<T>): void {
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_NAMES && oldest !== undefined) this.#kept.delete(oldest);
  }
}

const addressTtl = (answer: readonly NamedAddress[]): number =>
  answer.length === 0 ? NO_ADDRESS_TTL : Math.min(...answer.map((it) => it.ttl ?? USUAL_TTL));

export class DnsCache {
  readonly #open: () => Dns;
  readonly #naptr: Answers<NaptrRecord>;
  readonly #srv: Answers<SrvRecord>;
  readonly #addresses: Answers<NamedAddress>;

  /** open: begins a round of questions. now: ms. */
  constructor({ open, now, log }: { open(): Dns; now(): number; log: Log }) {
    let said = false;
    const ports: Ports = {
      now,
      outage: (name, error) => {
        if (said) return;
        said = true;
        log.warning(
          `DNS does not answer (${wordsOf(error)}); what it said before is used for ${name} and other names meanwhile`,
        );
      },
      answered: () => {
        if (said) log.info('DNS answers again');
        said = false;
      },
    };
    this.#open = open;
    // The resolver doesn't tell the time to live of services.
    this.#naptr = new Answers(ports, () => USUAL_TTL);
    this.#srv = new Answers(ports, () => USUAL_TTL);
    this.#addresses = new Answers(ports, addressTtl);
  }

  /** For one search of a server; DNS is asked only for what isn't known. */
  round(): Dns {
    let opened: Dns | null = null;
    const dns = (): Dns => {
      opened ??= this.#open();
      return opened;
    };
    return {
      resolveNaptr: (name) => this.#naptr.get(name, name.toLowerCase(), () => dns().resolveNaptr(name)),
      resolveSrv: (name) => this.#srv.get(name, name.toLowerCase(), () => dns().resolveSrv(name)),
      resolveAddresses: (name, families) =>
        this.#addresses.get(name, `${families.join()} ${name.toLowerCase()}`, () =>
          dns().resolveAddresses(name, families),
        ),
    };
  }
}
