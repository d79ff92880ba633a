/** An agent desktop as Workspace Web Edition 8.5.2 is: its requests in order and in time, and nothing that it doesn't send. */
import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { DesktopPage } from './desktop-page.ts';

export interface DesktopOptions {
  page: DesktopPage;
  dn: string;
  /** host:port */
  server: string;
  /** More of them, beside the usual ones. */
  options?: Readonly<Record<string, unknown>>;
  /** sipendpoint.ping-interval, ms. */
  pingInterval?: number;
}

/** sipendpoint.register-interval, ms. */
const registerInterval = 1500;
/** sipendpoint.register-max-attempts */
const mostAttempts = 10;

interface Pair {
  Key: string;
  Value: unknown;
}

const pairs = (list: unknown): Pair[] => {
  if (!Array.isArray(list)) throw new Error(`No list: ${JSON.stringify(list)}`);
  return list;
};

export class AgentDesktop {
  readonly #options: Required<DesktopOptions>;
  readonly #events = new EventEmitter<{ ping: [] }>();
  /** What it knows of the phone. */
  readonly status = new Map<string, unknown>();
  /** What came with each ping. */
  readonly pings: Pair[][] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Of the last ping that was not answered. */
  failure: Error | null = null;

  constructor({ options = {}, pingInterval = 2000, ...rest }: DesktopOptions) {
    this.#options = { ...rest, options, pingInterval };
  }

  /** Until the phone is ready, and from then on with pings. */
  async logIn(): Promise<void> {
    const { dn } = this.#options;
    if ((await this.#get('DnSIP')) !== dn) await this.#register();
    for (let attempt = 0; (await this.#get('IsEndpointActive')) !== true; attempt += 1) {
      if (attempt === mostAttempts) throw new Error('The phone is not active.');
      await pause(registerInterval);
    }
    this.#learn(pairs(await this.#get('SIPEndpointParameters')));
    await this.#post('/SetPingPeriod', { value: this.#options.pingInterval });
    this.#pingOn();
  }

  async #register(): Promise<void> {
    const { dn, server, options, pingInterval } = this.#options;
    await this.#post('/SetOptions', {
      value: {
        uri: 'https://127.0.0.1:8000',
        'sip-server-address': server,
        'register-interval': registerInterval,
        'wait-user-max-attempts': 20,
        'register-max-attempts': mostAttempts,
        'ping-interval': pingInterval,
        'max-failed-ping': 10,
        'transport-protocol': 'UDP',
        'headset-unplugged-set-not-ready': true,
        noise_suppression: '1',
        'policy.session.agc_mode': '1',
        'policy.session.auto_answer': '0',
        'policy.session.noise_suppression': '1',
        ...options,
      },
    });
    await this.#post('/SetSIPEndpointParameters', { value: [{ Key: 'SipEndpointTransportProtocol', Value: 'UDP' }] });
    const answer = await this.#post('/RegisterDn/', { addresses: [server], users: [dn] });
    if (JSON.stringify(answer) !== '{"RegisterDnResult":true}') throw new Error(JSON.stringify(answer));
  }

  async logOut(): Promise<void> {
    this.fallSilent();
    await this.#post('/UnregisterDn/', { users: [this.#options.dn] });
  }

  /** As a page that was closed: nothing is said. */
  fallSilent(): void {
    clearInterval(this.#timer);
  }

  /** So many pings from now on. */
  async waitForPings(count: number): Promise<void> {
    for (let heard = 0; heard < count; heard += 1) await once(this.#events, 'ping');
  }

  /** Learns it from a ping, now or later. */
  async waitFor(key: string, value: unknown): Promise<void> {
    while (this.status.get(key) !== value) await once(this.#events, 'ping');
  }

  #pingOn(): void {
    this.#timer = setInterval(() => void this.#ping(), this.#options.pingInterval);
  }

  async #ping(): Promise<void> {
    try {
      const { status, body } = await this.#options.page.ask('GET', '/Ping');
      if (status !== 200) throw new Error(`Ping: ${status}`);
      const news = pairs((body as { PingResult: unknown }).PingResult);
      this.pings.push(news);
      this.#learn(news);
    } catch (error) {
      this.failure = error as Error;
    }
    this.#events.emit('ping');
  }

  #learn(news: readonly Pair[]): void {
    for (const { Key, Value } of news) this.status.set(Key, Value);
  }

  async #get(name: string): Promise<unknown> {
    const body = await this.#done(this.#options.page.ask('GET', `/Get${name}`));
    return (body as Record<string, unknown>)[`get_${name}Result`];
  }

  #post(path: string, body: object): Promise<unknown> {
    return this.#done(this.#options.page.ask('POST', path, body));
  }

  async #done(asked: ReturnType<DesktopPage['ask']>): Promise<unknown> {
    const { status, body } = await asked;
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
    return body;
  }
}
