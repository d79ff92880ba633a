// Original file: proto/thinline/v1/call.proto

import type { PartyInput as _thinline_v1_PartyInput, Party as _thinline_v1_Party } from '../../thinline/v1/Party.ts';

export interface DiversionInput {
  'party'?: (_thinline_v1_PartyInput | null);
  /**
   * "busy", "no-answer", "unconditional", ... as the header field says; empty: it doesn't.
   */
  'reason'?: (string);
}

export interface Diversion {
  'party': (_thinline_v1_Party | null);
  /**
   * "busy", "no-answer", "unconditional", ... as the header field says; empty: it doesn't.
   */
  'reason': (string);
}
