/** Who was called before us, from Diversion (RFC 5806) and History-Info (RFC 7044). */
import { fieldsOf, type SipMessage } from '../message/message.ts';
import { type NameAddr, readNameAddr } from '../message/name-addr.ts';
import { type Identity, identityOf, nobody } from './identity.ts';
import { privacyOf } from './privacy.ts';
import { readReasons } from './reason.ts';
import { readUriHeaders } from './uri-headers.ts';
import { listOf } from './values.ts';

/** All but the reason is '' where the diverting side wants it kept private. */
export interface Diversion extends Identity {
  /** A word of RFC 5806: "user-busy", "no-answer"; "unknown" where there is none. */
  reason: string;
}

const MAX_DIVERSIONS = 16;

const addressesOf = (message: SipMessage, name: string, most: number): NameAddr[] =>
  listOf(fieldsOf(message, name), most)
    .map(readNameAddr)
    .filter((address) => address !== null);

/** RFC 5806: what is to be hidden is in the privacy parameter. */
function readDiversion(address: NameAddr): Diversion {
  const privacy = address.parameters.get('privacy')?.toLowerCase() ?? '';
  const { uri, user, displayName } = identityOf(address);
  const hidesUri = privacy === 'full' || privacy === 'uri';
  const hidesName = privacy === 'full' || privacy === 'name';
  return {
    uri: hidesUri ? '' : uri,
    user: hidesUri ? '' : user,
    displayName: hidesName ? '' : displayName,
    reason: address.parameters.get('reason')?.toLowerCase() || 'unknown',
  };
}

/** RFC 4458 and RFC 7544: causes as words of Diversion. */
const reasonWords: Readonly<Record<string, string>> = {
  302: 'unconditional',
  408: 'no-answer',
  480: 'deflection',
  486: 'user-busy',
  487: 'deflection',
  503: 'unavailable',
};

const sipCause = (address: NameAddr): number =>
  readReasons([readUriHeaders(address.uri).get('reason') ?? '']).find(({ protocol }) => protocol === 'SIP')?.cause ?? 0;

const isPrivate = (address: NameAddr): boolean =>
  privacyOf([readUriHeaders(address.uri).get('privacy') ?? '']).has('history');

/**
 * RFC 7044 lists every target that the request went to. Somebody was called there before us if the next target was
 * chosen in his place: it names him in "mp", or has a cause (RFC 4458), or he himself has a Reason of SIP.
 */
function readHistory(message: SipMessage): Diversion[] {
  const privacy = privacyOf(fieldsOf(message, 'privacy'));
  const allPrivate = ['history', 'header', 'session'].some((word) => privacy.has(word));
  const entries = addressesOf(message, 'history-info', 2 * MAX_DIVERSIONS);
  const listed = new Set<NameAddr>();
  return entries.flatMap((next, i) => {
    const index = next.parameters.get('mp');
    const diverting =
      entries.find((it) => index !== undefined && it.parameters.get('index') === index) ?? entries[i - 1];
    if (!diverting || diverting === next || listed.has(diverting)) return [];
    const cause = next.uri.parameters.get('cause') ?? '';
    const reason = sipCause(diverting);
    if (index === undefined && cause === '' && reason < 300) return [];
    listed.add(diverting);
    const identity = allPrivate || isPrivate(diverting) ? nobody : identityOf(diverting);
    return [{ ...identity, reason: reasonWords[cause] ?? reasonWords[reason] ?? 'unknown' }];
  });
}

/** In the order of the diversions, first the one who was called first. */
export function readDiversions(message: SipMessage): Diversion[] {
  const history = readHistory(message);
  // RFC 5806: the last diversion is on top.
  const diversions = addressesOf(message, 'diversion', MAX_DIVERSIONS).map(readDiversion).reverse();
  // Where both are there they say the same (RFC 7544), unless one has not been kept up by all servers.
  return (history.length >= diversions.length ? history : diversions).slice(0, MAX_DIVERSIONS);
}
