/** ICE in SDP (RFC 8839): what the far end says, and what we do. */
import { isIP } from 'node:net';
import { sameCredentials } from '../../media/ice/credentials.ts';
import type { LocalIce, RemoteIce } from '../../media/stream-settings.ts';
import { type Attribute, attributeOf, attributesOf, type MediaSection, type SessionText } from './text.ts';

/** Without the role, which depends on who has offered. */
export type ReadIce = Omit<RemoteIce, 'controlling'>;

const mostCandidates = 32;
const longestCandidate = 256;
const candidate = /^[\w+/]{1,32} [1-9]\d{0,2} \w{1,8} \d{1,10} (\S+) (\d{1,5}) typ \w+/;

/** 'mismatch': somebody on the way has changed the address but not the candidates (RFC 8839 §4.2.5). */
export function readIce(media: MediaSection, session: SessionText): ReadIce | 'mismatch' | null {
  const ufrag = attributeOf('ice-ufrag', media, session) ?? '';
  const password = attributeOf('ice-pwd', media, session) ?? '';
  // RFC 8839 §5.4
  if (!/^[\w+/]{4,256}$/.test(ufrag) || !/^[\w+/]{22,256}$/.test(password)) return null;
  const candidates = attributesOf('candidate', media)
    .filter((it) => it.length <= longestCandidate && candidate.test(it))
    .slice(0, mostCandidates);
  if (isMismatch(candidates, media)) return 'mismatch';
  return { ufrag, password, candidates, lite: attributeOf('ice-lite', session, media) !== null };
}

function isMismatch(candidates: readonly string[], { address, port }: MediaSection): boolean {
  // RFC 8840: candidates that are still to come have a default of port 9.
  if (candidates.length === 0 || port === 9) return false;
  const places = candidates.map((it) => candidate.exec(it) ?? []);
  // Names hide addresses that can't be compared.
  if (places.some(([, host = '']) => isIP(host) === 0)) return false;
  return !places.some(
    ([, host = '', itsPort]) => host.toLowerCase() === address.toLowerCase() && Number(itsPort) === port,
  );
}

export const iceAttributes = ({ ufrag, password, candidates }: LocalIce): Attribute[] => [
  { name: 'ice-ufrag', value: ufrag },
  { name: 'ice-pwd', value: password },
  { name: 'ice-options', value: 'ice2' },
  ...candidates.map((value) => ({ name: 'candidate', value })),
  // All that we have is there (RFC 8840).
  { name: 'end-of-candidates', value: '' },
];

/** RFC 8445 §6.1.1: who has offered decides, unless the far end can't. It stays so until ICE is begun anew. */
export function withRole(theirs: ReadIce, weOffered: boolean, before: RemoteIce | null): RemoteIce {
  const same = before !== null && sameCredentials(before, theirs);
  return { ...theirs, controlling: theirs.lite || (same ? before.controlling : weOffered) };
}
