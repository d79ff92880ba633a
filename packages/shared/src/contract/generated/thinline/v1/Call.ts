// Original file: proto/thinline/v1/call.proto

import type { PartyInput as _thinline_v1_PartyInput, Party as _thinline_v1_Party } from '../../thinline/v1/Party.ts';
import type { FailureInput as _thinline_v1_FailureInput, Failure as _thinline_v1_Failure } from '../../thinline/v1/Failure.ts';
import type { RedirectionInput as _thinline_v1_RedirectionInput, Redirection as _thinline_v1_Redirection } from '../../thinline/v1/Redirection.ts';
import type { DiversionInput as _thinline_v1_DiversionInput, Diversion as _thinline_v1_Diversion } from '../../thinline/v1/Diversion.ts';
import type { TransferringInput as _thinline_v1_TransferringInput, Transferring as _thinline_v1_Transferring } from '../../thinline/v1/Transferring.ts';

// Original file: proto/thinline/v1/call.proto

export const _thinline_v1_Call_Direction = {
  OUTGOING: 'OUTGOING',
  INCOMING: 'INCOMING',
} as const;

export type _thinline_v1_Call_DirectionInput =
  | 'OUTGOING'
  | 0
  | 'INCOMING'
  | 1

export type _thinline_v1_Call_Direction = typeof _thinline_v1_Call_Direction[keyof typeof _thinline_v1_Call_Direction]

// Original file: proto/thinline/v1/call.proto

export const _thinline_v1_Call_State = {
  /**
   * The INVITE is sent.
   */
  DIALING: 'DIALING',
  /**
   * The far end rings, or there is early media.
   */
  RINGING: 'RINGING',
  /**
   * An incoming call waits for an answer.
   */
  ALERTING: 'ALERTING',
  TALKING: 'TALKING',
  /**
   * Held by us (and perhaps by the far end too: see held_by_remote).
   */
  HELD: 'HELD',
  /**
   * Held by the far end alone.
   */
  REMOTE_HELD: 'REMOTE_HELD',
  RELEASED: 'RELEASED',
} as const;

export type _thinline_v1_Call_StateInput =
  /**
   * The INVITE is sent.
   */
  | 'DIALING'
  | 0
  /**
   * The far end rings, or there is early media.
   */
  | 'RINGING'
  | 1
  /**
   * An incoming call waits for an answer.
   */
  | 'ALERTING'
  | 2
  | 'TALKING'
  | 3
  /**
   * Held by us (and perhaps by the far end too: see held_by_remote).
   */
  | 'HELD'
  | 4
  /**
   * Held by the far end alone.
   */
  | 'REMOTE_HELD'
  | 5
  | 'RELEASED'
  | 6

export type _thinline_v1_Call_State = typeof _thinline_v1_Call_State[keyof typeof _thinline_v1_Call_State]

export interface CallInput {
  'id'?: (string);
  'lineId'?: (string);
  'state'?: (_thinline_v1_Call_StateInput);
  'direction'?: (_thinline_v1_Call_DirectionInput);
  'remote'?: (_thinline_v1_PartyInput | null);
  'muted'?: (boolean);
  'heldByRemote'?: (boolean);
  /**
   * ms since 1970; 0: not yet.
   */
  'createdAtMs'?: (number | string);
  'connectedAtMs'?: (number | string);
  'releasedAtMs'?: (number | string);
  /**
   * Why it was released, where it was not a plain end of call.
   */
  'failure'?: (_thinline_v1_FailureInput | null);
  /**
   * Where the call was sent on to, in order (3xx and 181).
   */
  'redirections'?: (_thinline_v1_RedirectionInput)[];
  /**
   * In use now: "PCMU", "opus"; empty before there is one.
   */
  'codec'?: (string);
  /**
   * The digits sent and received so far, for the agent's eye; at most the last 32 of each.
   */
  'dtmfSent'?: (string);
  'dtmfReceived'?: (string);
  /**
   * The SIP Call-ID, to find the call in a server's log.
   */
  'sipCallId'?: (string);
  /**
   * The far end sends sound before the answer.
   */
  'earlyMedia'?: (boolean);
  /**
   * X-Genesys-CallUUID: the contact centre's own number for the call; empty: none.
   */
  'callUuid'?: (string);
  /**
   * Who the call was meant for before it came here, the first one first (History-Info, Diversion).
   */
  'diversions'?: (_thinline_v1_DiversionInput)[];
  /**
   * Who sent the call here (Referred-By).
   */
  'referredBy'?: (_thinline_v1_PartyInput | null);
  /**
   * A transfer of this call that was asked for.
   */
  'transfer'?: (_thinline_v1_TransferringInput | null);
  /**
   * Which ring the caller's server asks for (Alert-Info), and whether there is to be none; empty: the usual one.
   */
  'ring'?: (string);
  'silent'?: (boolean);
  /**
   * It will answer by itself then, ms since 1970; 0: it won't.
   */
  'autoAnswerAtMs'?: (number | string);
  /**
   * The appearance of a shared line; 0: none.
   */
  'appearance'?: (number);
  /**
   * What the far end said about the end, for people: "Call completed elsewhere"; empty: nothing.
   */
  'endReason'?: (string);
  /**
   * It hears, and is heard by, the other calls of the conference.
   */
  'conference'?: (boolean);
  /**
   * It was refused here, by the agent or what controls the phone for him.
   */
  'rejected'?: (boolean);
}

export interface Call {
  'id': (string);
  'lineId': (string);
  'state': (_thinline_v1_Call_State);
  'direction': (_thinline_v1_Call_Direction);
  'remote': (_thinline_v1_Party | null);
  'muted': (boolean);
  'heldByRemote': (boolean);
  /**
   * ms since 1970; 0: not yet.
   */
  'createdAtMs': (number);
  'connectedAtMs': (number);
  'releasedAtMs': (number);
  /**
   * Why it was released, where it was not a plain end of call.
   */
  'failure': (_thinline_v1_Failure | null);
  /**
   * Where the call was sent on to, in order (3xx and 181).
   */
  'redirections': (_thinline_v1_Redirection)[];
  /**
   * In use now: "PCMU", "opus"; empty before there is one.
   */
  'codec': (string);
  /**
   * The digits sent and received so far, for the agent's eye; at most the last 32 of each.
   */
  'dtmfSent': (string);
  'dtmfReceived': (string);
  /**
   * The SIP Call-ID, to find the call in a server's log.
   */
  'sipCallId': (string);
  /**
   * The far end sends sound before the answer.
   */
  'earlyMedia': (boolean);
  /**
   * X-Genesys-CallUUID: the contact centre's own number for the call; empty: none.
   */
  'callUuid': (string);
  /**
   * Who the call was meant for before it came here, the first one first (History-Info, Diversion).
   */
  'diversions': (_thinline_v1_Diversion)[];
  /**
   * Who sent the call here (Referred-By).
   */
  'referredBy': (_thinline_v1_Party | null);
  /**
   * A transfer of this call that was asked for.
   */
  'transfer': (_thinline_v1_Transferring | null);
  /**
   * Which ring the caller's server asks for (Alert-Info), and whether there is to be none; empty: the usual one.
   */
  'ring': (string);
  'silent': (boolean);
  /**
   * It will answer by itself then, ms since 1970; 0: it won't.
   */
  'autoAnswerAtMs': (number);
  /**
   * The appearance of a shared line; 0: none.
   */
  'appearance': (number);
  /**
   * What the far end said about the end, for people: "Call completed elsewhere"; empty: nothing.
   */
  'endReason': (string);
  /**
   * It hears, and is heard by, the other calls of the conference.
   */
  'conference': (boolean);
  /**
   * It was refused here, by the agent or what controls the phone for him.
   */
  'rejected': (boolean);
}
