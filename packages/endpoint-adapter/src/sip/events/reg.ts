/** Who is registered where, as the registrar sees it (RFC 3680). */
import { readNumber } from '../headers/values.ts';
import { readUri, sameUri, type Uri } from '../message/uri.ts';
import { bodyOf, type EventPackage, isEmpty } from './event-package.ts';
import { childrenOf, readXml, textAt, type XmlElement } from './xml.ts';

export interface RegisteredContact {
  uri: string;
  active: boolean;
  /** What has happened to it: "registered", "refreshed", "expired", "deactivated", "probation", "rejected" (§5.3.2). */
  event: string;
  /** s; null: not said. */
  expires: number | null;
  /** s; after "probation"; null: not said. */
  retryAfter: number | null;
}

export interface RegisteredAddress {
  aor: string;
  state: 'init' | 'active' | 'terminated';
  contacts: readonly RegisteredContact[];
}

export interface RegistrationInfo {
  event: 'reg';
  /** Counts the NOTIFYs of one subscription; -1: not said. */
  version: number;
  /** All there is; otherwise only what has changed. */
  full: boolean;
  addresses: readonly RegisteredAddress[];
}

const contentType = 'application/reginfo+xml';
const MAX_ADDRESSES = 16;
const MAX_CONTACTS = 64;

const attribute = (it: XmlElement, name: string): string => it.attributes.get(name)?.trim() ?? '';

const readContact = (it: XmlElement): RegisteredContact => ({
  uri: textAt(it, 'uri'),
  active: attribute(it, 'state') === 'active',
  event: attribute(it, 'event'),
  expires: readNumber(attribute(it, 'expires')),
  retryAfter: readNumber(attribute(it, 'retry-after')),
});

function readAddress(it: XmlElement): RegisteredAddress {
  const word = attribute(it, 'state');
  return {
    aor: attribute(it, 'aor'),
    state: word === 'active' || word === 'terminated' ? word : 'init',
    contacts: childrenOf(it, 'contact').slice(0, MAX_CONTACTS).map(readContact),
  };
}

export function readRegistrationInfo(body: string): RegistrationInfo | null {
  const root = readXml(body);
  if (root?.name !== 'reginfo') return null;
  return {
    event: 'reg',
    version: readNumber(attribute(root, 'version')) ?? -1,
    full: attribute(root, 'state') === 'full',
    addresses: childrenOf(root, 'registration').slice(0, MAX_ADDRESSES).map(readAddress),
  };
}

/** What is said of one contact; null: nothing. One that was removed and is there again is there. */
export function contactIn(info: RegistrationInfo, contact: Uri): RegisteredContact | null {
  const isThat = ({ uri }: RegisteredContact): boolean => {
    const read = readUri(uri);
    return read !== null && sameUri(read, contact);
  };
  const found = info.addresses.flatMap(({ contacts }) => contacts).filter(isThat);
  return found.find(({ active }) => active) ?? found[0] ?? null;
}

export const registrationInfo: EventPackage<RegistrationInfo> = {
  event: 'reg',
  accept: [contentType],
  expires: 3_761,
  read(type, body) {
    if (isEmpty(body)) return { event: 'reg', version: -1, full: false, addresses: [] };
    return readRegistrationInfo(bodyOf(contentType, type, body) ?? '');
  },
};
