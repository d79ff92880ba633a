/** The far end's name, as a message gives it. */
import { type Identity, identityOf, nobody } from '../headers/identity.ts';
import { privacyOf } from '../headers/privacy.ts';
import { fieldsOf, type SipMessage, splitList } from '../message/message.ts';
import { readNameAddr } from '../message/name-addr.ts';

/** RFC 3325 §9.1 knows one or two. */
const MAX_ASSERTED = 8;

/** value: of From or To. */
export function peerIn(value: string): Identity {
  const address = readNameAddr(value);
  return address ? identityOf(address) : nobody;
}

/**
 * RFC 3325 §9.1: the name that the network vouches for; null where there is none, or none that may be shown (§9.3, RFC
 * 3323 §4.2). A sip: one is preferred to a tel: one.
 */
export function assertedPeer(message: SipMessage): Identity | null {
  const privacy = privacyOf(fieldsOf(message, 'privacy'));
  if (privacy.has('id') || privacy.has('user')) return null;
  const addresses = fieldsOf(message, 'p-asserted-identity')
    .flatMap(splitList)
    .slice(0, MAX_ASSERTED)
    .map(readNameAddr);
  const address = addresses.find((it) => it?.uri.scheme.startsWith('sip')) ?? addresses.find((it) => it !== null);
  return address ? identityOf(address) : null;
}

export const samePeer = (a: Identity, b: Identity): boolean =>
  a.uri === b.uri && a.user === b.user && a.displayName === b.displayName;
