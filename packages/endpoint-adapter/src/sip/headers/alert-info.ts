/** How the caller wants an INVITE to ring (RFC 3261 §20.4, RFC 7462). */
import { asksForAnswer } from './auto-answer.ts';
import { readInfoValues } from './info-values.ts';

export interface Alert {
  /** No ringing: the server has made this call for its own user. */
  suppressed: boolean;
  /** URN, URI or word of a ring tone; '' where none is asked for. */
  ring: string;
}

const MAX_RING = 256;

/** What SIP Server's option make-call-alert-info puts there has several spellings. */
function isSilent(value: string): boolean {
  const text = value.toLowerCase().replace(/\s/g, '');
  return text.includes('service:3pcc') || text.includes('service=3pcc') || text.includes('file://null');
}

/** Of several values the first that names a ring tone counts; the info parameter names it more closely than the URI. */
export function readAlertInfo(values: readonly string[]): Alert {
  const rings = readInfoValues(values)
    .filter((value) => !asksForAnswer(value) && !isSilent(value.uri))
    .map(({ uri, words, parameters }) => parameters.get('info') || uri || words);
  return { suppressed: values.some(isSilent), ring: rings.find((ring) => ring !== '')?.slice(0, MAX_RING) ?? '' };
}
