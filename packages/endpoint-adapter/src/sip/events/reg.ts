/** Which Contacts are registered, as the registrar sees it (RFC 3680). */
import { readNumber } from '../headers/values.ts';
import { readUri, sameUri, type Uri } from '../message/uri.ts';
import { bodyOf, type EventPackage, isEmpty } from './event-package.ts';
import { childrenOf, readXml, textAt, type XmlElement } from './xml.ts';

export interface RegisteredContact {
  uri: string;
  active: boolean;
  /** What has happened to it: "registered", "refreshed", "expired", "deactivated", "probation", "rejected" (§5.3.2). */
  event: string;
  /** s; after "probation"; null: not said. */
  retryAfter: number | null;
}

export interface RegistrationInfo {
  /** Of all addresses of record that it tells of. */
  contacts: readonly RegisteredContact[];
}

const contentType = 'application/reginfo+xml';
const MAX_ADDRESSES = 16;
const MAX_CONTACTS = 64;

const attribute = (it: XmlElement, name: string): string => it.attributes.get(name)?.trim() ?? '';

const readContact = (it: XmlElement): RegisteredContact => ({
  uri: textAt(it, 'uri'),
  active: attribute(it, 'state') === 'active',
  event: attribute(it, 'event'),
  retryAfter: readNumber(attribute(it, 'retry-after')),
});

function readRegistrationInfo(body: string): RegistrationInfo | null {
  const root = readXml(body);
  if (root?.name !== 'reginfo') return null;
  const addresses = childrenOf(root, 'registration').slice(0, MAX_ADDRESSES);
  return { contacts: addresses.flatMap((it) => childrenOf(it, 'contact').slice(0, MAX_CONTACTS).map(readContact)) };
}

/** What is said of one contact; null: nothing. One that was removed and is there again is there. */
export function contactIn({ contacts }: RegistrationInfo, contact: Uri): RegisteredContact | null {
  const isThat = ({ uri }: RegisteredContact): boolean => {
    const read = readUri(uri);
    return read !== null && sameUri(read, contact);
  };
  const found = contacts.filter(isThat);
  return found.find(({ active }) => active) ?? found[0] ?? null;
}

export const registrationInfo: EventPackage<RegistrationInfo> = {
  event: 'reg',
  accept: [contentType],
  expires: 3_761,
  read(type, body) {
    if (isEmpty(body)) return { contacts: [] };
    return readRegistrationInfo(bodyOf(contentType, type, body) ?? '');
  },
};
