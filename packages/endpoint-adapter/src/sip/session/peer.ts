/** The far end's name, as a message gives it. */
import { privacyOf } from '../headers/privacy.ts';
import { fieldsOf, type SipMessage, splitList } from '../message/message.ts';
import { type NameAddr, readNameAddr } from '../message/name-addr.ts';
import { noParameters } from '../message/parameters.ts';
import { unescapeUser, writeUri } from '../message/uri.ts';
import type { Peer } from './session.ts';

/** RFC 3325 §9.1 knows one or two. */
const MAX_ASSERTED = 8;

export const nobody: Peer = { uri: '', user: '', displayName: '' };

/** Without parameters, which are for routing and not for people. */
export const peerOf = ({ uri, displayName }: Pick<NameAddr, 'uri' | 'displayName'>): Peer => ({
  uri: writeUri({ ...uri, password: '', headers: '', parameters: noParameters }),
  user: unescapeUser(uri.user),
  displayName,
});

export function peerIn(value: string): Peer {
  const address = readNameAddr(value);
  return address ? peerOf(address) : nobody;
}

/**
 * RFC 3325 §9.1: the name that the network vouches for; null where there is none, or none that may be shown (§9.3, RFC
 * 3323 §4.2). A sip: one is preferred to a tel: one.
 */
export function assertedPeer(message: SipMessage): Peer | null {
  const privacy = privacyOf(fieldsOf(message, 'privacy'));
  if (privacy.has('id') || privacy.has('user')) return null;
  const addresses = fieldsOf(message, 'p-asserted-identity')
    .flatMap(splitList)
    .slice(0, MAX_ASSERTED)
    .map(readNameAddr);
  const address = addresses.find((it) => it?.uri.scheme.startsWith('sip')) ?? addresses.find((it) => it !== null);
  return address ? peerOf(address) : null;
}

export const samePeer = (a: Peer, b: Peer): boolean =>
  a.uri === b.uri && a.user === b.user && a.displayName === b.displayName;
