/** Refer-To: whom a REFER asks to call, perhaps in another call's place (RFC 3515 §2.1, RFC 3891 §6). */
import { readNameAddr } from '../message/name-addr.ts';
import { type Uri, writeUri } from '../message/uri.ts';
import { type Replaces, readReplaces, writeReplaces } from './replaces.ts';
import { readUriHeaders, writeUriHeader } from './uri-headers.ts';

export interface ReferTo {
  /** Without method and header fields. */
  uri: Uri;
  displayName: string;
  method: string;
  replaces: Replaces | null;
}

/**
 * Null for what is none, and for a Replaces that can't be read: without it the call would be another one. Header fields
 * other than that are ignored (RFC 3261 §19.1.5).
 */
export function readReferTo(value: string): ReferTo | null {
  // Brackets are often forgotten, though a URI with header fields needs them.
  const address = readNameAddr(value) ?? readNameAddr(`<${value.trim()}>`);
  if (!address) return null;
  const { uri } = address;
  const parameters = new Map(uri.parameters);
  parameters.delete('method');
  const asked = readUriHeaders(uri).get('replaces');
  const replaces = asked === undefined ? null : readReplaces(asked);
  if (asked !== undefined && !replaces) return null;
  return {
    uri: { ...uri, parameters, headers: '' },
    displayName: address.displayName,
    method: uri.parameters.get('method') || 'INVITE',
    replaces,
  };
}

/** For a transfer; replaces: the dialog with that target, as the target sees it. */
export function writeReferTo(uri: Uri, replaces: Replaces | null): string {
  const headers = replaces ? writeUriHeader('Replaces', writeReplaces(replaces)) : '';
  return `<${writeUri({ ...uri, headers })}>`;
}
