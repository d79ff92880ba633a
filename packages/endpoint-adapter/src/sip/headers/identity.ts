/** Who somebody is, for people to read. */
import type { NameAddr } from '../message/name-addr.ts';
import { noParameters } from '../message/parameters.ts';
import { unescapeUser, writeUri } from '../message/uri.ts';

export interface Identity {
  /** Without parameters, which are for routing, and without a password. */
  uri: string;
  /** Without escapes. */
  user: string;
  displayName: string;
}

export const nobody: Identity = { uri: '', user: '', displayName: '' };

export const identityOf = ({ uri, displayName }: Pick<NameAddr, 'uri' | 'displayName'>): Identity => ({
  uri: writeUri({ ...uri, password: '', parameters: noParameters, headers: '' }),
  user: unescapeUser(uri.user),
  displayName,
});
