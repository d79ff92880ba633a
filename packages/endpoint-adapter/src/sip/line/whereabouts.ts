/** Where a line can be reached: its Contact, and its address for media. */
import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type TransportName, uriHost } from '../address.ts';
import type { OwnAddress } from '../locate/own-address.ts';
import { makeUri, type Uri, writeUri } from '../message/uri.ts';
import type { Flow } from '../transport/transport.ts';

/** Where the server saw a request come from. */
export interface Seen {
  address: string;
  /** 0: it doesn't say. */
  port: number;
}

export interface WhereaboutsOptions {
  user: string;
  secure: boolean;
  /** Of our sockets. */
  port: number;
  /** 0: nothing listens there, and connections that we make are used in both directions. */
  tlsPort: number;
  /** The configuration says the address (public_address); what the server saw doesn't change it. */
  fixed: boolean;
  isOurs?: (address: string) => boolean;
}

const isOurs = (address: string): boolean =>
  Object.values(networkInterfaces()).some((list) => list?.some((it) => it.address === address));

const contactTransports: Readonly<Record<TransportName, string>> = { udp: '', tcp: 'tcp', tls: 'tls', wss: 'ws' };

export class Whereabouts {
  readonly #options: WhereaboutsOptions;
  /** RFC 7118 §5: a WebSocket client has no address that anybody could send to. */
  readonly #webSocketHost = `${randomBytes(6).toString('hex')}.invalid`;
  #transport: TransportName = 'udp';
  #placed = '';
  #mediaAddress = '127.0.0.1';
  #contact: Uri;
  #outdated: Uri | null = null;

  constructor(options: WhereaboutsOptions) {
    this.#options = options;
    this.#contact = this.#at('127.0.0.1', options.port);
  }

  get contact(): Uri {
    return this.#contact;
  }

  /** For SDP. */
  get mediaAddress(): string {
    return this.#mediaAddress;
  }

  /** A Contact of ours before this one, to be removed at the server. */
  get outdated(): Uri | null {
    return this.#outdated;
  }

  /** The server has heard of the Contact, and let go of the outdated one. */
  registered(): void {
    this.#outdated = null;
  }

  /** What the routing table and the configuration say; what the server saw holds as long as that stays. */
  place({ contactHost, address }: OwnAddress, transport: TransportName, registered: boolean): void {
    const placed = `${contactHost} ${address} ${transport}`;
    if (placed === this.#placed) return;
    const before = this.#placed === '' ? null : this.#contact;
    this.#placed = placed;
    this.#mediaAddress = address;
    this.#transport = transport;
    const { port, tlsPort } = this.#options;
    this.#contact = this.#at(contactHost, transport === 'tls' ? tlsPort || port : port);
    if (registered && before && writeUri(before) !== writeUri(this.#contact)) this.#outdated = before;
  }

  /** RFC 3581 §4: the server sees us elsewhere than we thought, so others will too. True where that has moved the Contact. */
  repair(seen: Seen): boolean {
    const { tlsPort, fixed, isOurs: ours = isOurs } = this.#options;
    if (fixed || isIP(seen.address) === 0 || this.#transport === 'wss') return false;
    // The port of a connection is one to call back only where nothing listens.
    const callable = this.#transport === 'udp' || (this.#transport === 'tls' && tlsPort === 0);
    const port = callable && seen.port > 0 ? seen.port : this.#contact.port;
    const contact = this.#at(seen.address, port);
    if (writeUri(contact) === writeUri(this.#contact)) return false;
    this.#outdated = this.#contact;
    this.#contact = contact;
    // RTP can be bound to addresses of this machine only.
    if (ours(seen.address)) this.#mediaAddress = seen.address;
    return true;
  }

  /** host:port for Via. */
  sentBy(flow: Flow): string {
    if (flow.transport === 'wss') return this.#webSocketHost;
    const { port, tlsPort } = this.#options;
    const host = uriHost(this.#contact.host);
    if (flow.transport === 'tls') return `${host}:${tlsPort || flow.local.port || this.#contact.port}`;
    // The port that the server saw is one of UDP.
    return `${host}:${flow.transport === 'udp' && this.#transport === 'udp' ? this.#contact.port : port}`;
  }

  #at(host: string, port: number): Uri {
    const transport = contactTransports[this.#transport];
    const parameters = new Map(transport === '' ? [] : [['transport', transport]]);
    const { user, secure } = this.#options;
    const scheme = secure ? 'sips' : 'sip';
    if (this.#transport === 'wss') return makeUri({ scheme, user, host: this.#webSocketHost, parameters });
    return makeUri({ scheme, user, host, port, parameters });
  }
}
