/** Calls of people who don't want to be known (RFC 3323, RFC 3325): our own, and those that come to us. */
import { fieldOf, fieldsOf, type HeaderField, type SipMessage } from '../message/message.ts';
import { type NameAddr, readNameAddr } from '../message/name-addr.ts';
import { noParameters } from '../message/parameters.ts';
import { makeUri, type Uri, writeUri } from '../message/uri.ts';
import { type Identity, identityOf } from './identity.ts';
import { listOf } from './values.ts';

/** From of an anonymous call, without its tag (RFC 3323 §4.1.1). */
export const anonymousAddress: NameAddr = {
  displayName: 'Anonymous',
  uri: makeUri({ user: 'anonymous', host: 'anonymous.invalid' }),
  parameters: noParameters,
};

/** What an anonymous call of ours has besides; own: who the server is to know us as (RFC 3325 §9.2, §9.3). */
export const anonymousFields = (own: Uri): HeaderField[] => [
  { name: 'privacy', value: 'id' },
  { name: 'p-preferred-identity', value: `<${writeUri({ ...own, password: '', headers: '' })}>` },
];

const MAX_WORDS = 16;

/** The words of Privacy, lower case (RFC 3323 §4.2). Semicolons separate them; some write commas. */
export const privacyOf = (values: readonly string[]): ReadonlySet<string> =>
  new Set(
    values
      .flatMap((value) => value.split(/[;,]/, MAX_WORDS))
      .map((word) => word.trim().toLowerCase())
      .filter((word) => word !== '')
      .slice(0, MAX_WORDS),
  );

const isAnonymous = ({ uri }: NameAddr): boolean =>
  uri.host.endsWith('anonymous.invalid') || uri.user.toLowerCase() === 'anonymous';

const MAX_ASSERTED = 4;

/** Who calls, as far as we may show it; null: anonymous. A server's word counts more than the caller's (RFC 3325 §9.1). */
export function readCaller(message: SipMessage): Identity | null {
  const privacy = privacyOf(fieldsOf(message, 'privacy'));
  const asserted = listOf(fieldsOf(message, 'p-asserted-identity'), MAX_ASSERTED).map(readNameAddr);
  const from = readNameAddr(fieldOf(message, 'from'));
  const hidden = privacy.has('id') || privacy.has('user');
  const known = (hidden ? null : asserted.find((it) => it && !isAnonymous(it))) ?? from;
  return !known || isAnonymous(known) || privacy.has('user') ? null : identityOf(known);
}
