/** Addresses as configuration, SIP URIs and sockets write them. */
import { isIP } from 'node:net';

export type TransportName = 'udp' | 'tcp' | 'tls' | 'wss';

/**
 * Where a request is to go, by name (RFC 3263 §4); IPv6 without brackets. port 0 and transport null: not said, so DNS
 * decides. secure: a sips: URI.
 */
export interface Hop {
  host: string;
  port: number;
  transport: TransportName | null;
  secure: boolean;
}

/** An address to send to. name: what a TLS certificate has to name (RFC 5922 §7.2), the host before any SRV. */
export interface Target {
  transport: TransportName;
  address: string;
  port: number;
  name: string;
}

/** rank: those of a higher one are for when all of the lower ones fail (RFC 2782 priority). */
export interface RankedTarget extends Target {
  rank: number;
}

export const sameTarget = (a: Omit<Target, 'name'>, b: Omit<Target, 'name'>): boolean =>
  a.address === b.address && a.port === b.port && a.transport === b.transport;

/** A socket's other end; address is an IP address. */
export interface Remote {
  address: string;
  port: number;
}

/** Reads "host", "host:port", "[IPv6]:port" or a bare IPv6 address; null for anything else. */
export function readHostPort(text: string): { host: string; port: number } | null {
  if (isIP(text) === 6) return { host: text, port: 0 };
  const match = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?$/.exec(text.trim());
  const host = bareHost(match?.[1] ?? '');
  const port = Number(match?.[2] ?? 0);
  return host === '' || port > 65_535 ? null : { host, port };
}

/** Without the brackets that a URI puts around IPv6. */
export const bareHost = (host: string): string => host.replace(/^\[|\]$/g, '');

/** As a URI writes it: IPv6 in brackets. */
export const uriHost = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host);
