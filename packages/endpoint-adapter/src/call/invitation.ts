/** What the call model reads of an INVITE, as far as it has not been asked already by signalling. */
import type { Diversion, Party } from '@thinline/shared/contract/types.ts';
import { type Alert, readAlertInfo } from '../sip/headers/alert-info.ts';
import { type AutoAnswer, readAutoAnswer } from '../sip/headers/auto-answer.ts';
import { readAppearances } from '../sip/headers/call-info.ts';
import { readDiversions } from '../sip/headers/diversion.ts';
import type { Identity } from '../sip/headers/identity.ts';
import { readReferredBy } from '../sip/headers/referred-by.ts';
import { fieldOf, fieldsOf, type SipMessage } from '../sip/message/message.ts';

export const partyOf = (identity: Identity): Party => ({
  uri: identity.uri,
  number: identity.user,
  displayName: identity.displayName,
});

/** Who sent the call here (RFC 3892); null for nobody, and for what can't be read. */
export function referrerOf(referredBy: string): Party | null {
  const read = readReferredBy(referredBy);
  return read && partyOf(read.identity);
}

export interface InvitationFacts {
  callUuid: string;
  autoAnswer: AutoAnswer;
  alert: Alert;
  diversions: Diversion[];
  referredBy: Party | null;
  /** 0: none. */
  appearance: number;
}

/** A ring tone, silence or an answer at once may be asked for by the line's own server only. */
export function readInvitation(invite: SipMessage, fromServer: boolean): InvitationFacts {
  const index = readAppearances(fieldsOf(invite, 'call-info'))[0]?.index;
  return {
    callUuid: fieldOf(invite, 'x-genesys-calluuid').slice(0, 64),
    autoAnswer: readAutoAnswer(invite),
    alert: fromServer ? readAlertInfo(fieldsOf(invite, 'alert-info')) : { suppressed: false, ring: '' },
    diversions: readDiversions(invite).map(({ reason, ...identity }) => ({ party: partyOf(identity), reason })),
    referredBy: referrerOf(fieldOf(invite, 'referred-by')),
    appearance: index === '*' ? 0 : (index ?? 0),
  };
}
