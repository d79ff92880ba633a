/** Calls of people who don't want to be known (RFC 3323, RFC 3325). */
import type { HeaderField } from '../message/message.ts';
import type { NameAddr } from '../message/name-addr.ts';
import { noParameters } from '../message/parameters.ts';
import { makeUri, type Uri, writeUri } from '../message/uri.ts';

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
