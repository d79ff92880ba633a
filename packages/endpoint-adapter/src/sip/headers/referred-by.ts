/** Referred-By: who asked for a call (RFC 3892). */
import { readNameAddr, writeNameAddr } from '../message/name-addr.ts';
import { type Identity, identityOf } from './identity.ts';

export interface ReferredBy {
  /** For the INVITE: as it came (RFC 3892 §2.2), but never with a password in its URI. */
  value: string;
  identity: Identity;
}

export function readReferredBy(value: string): ReferredBy | null {
  const address = readNameAddr(value);
  if (!address) return null;
  const safe =
    address.uri.password === '' ? value : writeNameAddr({ ...address, uri: { ...address.uri, password: '' } });
  return { value: safe, identity: identityOf(address) };
}
