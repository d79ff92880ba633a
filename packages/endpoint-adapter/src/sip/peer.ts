/** The far end's name, as a message gives it. */
import { Grammar, type IncomingMessage, type NameAddrHeader, URI } from 'sip.js/lib/core/index.js';
import { splitList } from './message/message.ts';
import type { Peer } from './session.ts';

const decode = (user: string): string => {
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
};

/** Without parameters, which are for routing and not for people. */
export function peerOf(name: NameAddrHeader): Peer {
  const { scheme, user = '', host, port } = name.uri;
  return {
    uri: new URI(scheme, user, host, port).toString(),
    user: decode(user),
    displayName: (name.displayName ?? '').replace(/\\(.)/g, '$1'),
  };
}

/** RFC 3325 §9.1: the name that the network vouches for; null where there is none. */
export function assertedPeer(message: IncomingMessage): Peer | null {
  const value = splitList(message.getHeader('p-asserted-identity') ?? '')[0];
  const name = value === undefined ? undefined : Grammar.nameAddrHeaderParse(value);
  return name ? peerOf(name) : null;
}

export const samePeer = (a: Peer, b: Peer): boolean =>
  a.uri === b.uri && a.user === b.user && a.displayName === b.displayName;
