/** Addresses as configuration, SIP URIs and sockets write them. */
import { isIP } from 'node:net';

export type TransportName = 'udp' | 'tcp';

/** A name or an address to send to; IPv6 without brackets. */
export interface Hop {
  host: string;
  port: number;
  transport: TransportName;
}

/** A socket's other end; address is an IP address. */
export interface Remote {
  address: string;
  port: number;
}

export const defaultPort = 5060;

/** Reads "host", "host:port", "[IPv6]:port" or a bare IPv6 address; null for anything else. */
export function readHostPort(text: string): { host: string; port: number } | null {
  if (isIP(text) === 6) return { host: text, port: 0 };
  const match = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?$/.exec(text.trim());
  const host = (match?.[1] ?? '').replace(/^\[|\]$/g, '');
  const port = Number(match?.[2] ?? 0);
  return host === '' || port > 65_535 ? null : { host, port };
}

/** As a URI writes it: IPv6 in brackets. */
export const uriHost = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host);

/** What routing needs of a sip: URI, with or without angle brackets; null for other schemes and for garbage. */
export function readSipUri(text: string): { user: string; host: string; port: number; transport: string } | null {
  const bare = /<([^>]*)>/.exec(text)?.[1] ?? text.trim();
  const match = /^sip:(?:([^@\s]*)@)?(\[[0-9A-Fa-f:.]+\]|[^\s:;?@[\]]+)(?::(\d{1,5}))?((?:;[^?\s]*)?)(?:\?\S*)?$/i.exec(
    bare,
  );
  if (!match) return null;
  const port = Number(match[3] ?? 0);
  if (port > 65_535) return null;
  const transport = /;transport=([^;]+)/i.exec(match[4] ?? '')?.[1] ?? '';
  const user = (match[1] ?? '').split(/[:;]/)[0] ?? '';
  return { user, host: (match[2] ?? '').replace(/^\[|\]$/g, ''), port, transport: transport.toLowerCase() };
}
