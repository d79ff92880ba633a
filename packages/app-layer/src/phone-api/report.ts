/** The phone as other programs see it: GET /phone/state. */
import type { Audio, Call, CallQuality, Line, Notice } from '@thinline/shared/contract/types.ts';
import type { LinkStatus, PhoneState } from '../endpoint/replica.ts';

/** Digits that were pressed may be a PIN or a card's number: programs that follow the phone don't get them. */
export type ReportedCall = Omit<Call, 'dtmfSent' | 'dtmfReceived'>;

export interface PhoneReport {
  link: LinkStatus;
  lines: readonly Line[];
  calls: readonly ReportedCall[];
  /** The calls that ended last, newest first. */
  released: readonly ReportedCall[];
  qualities: readonly CallQuality[];
  /** null: the endpoint has not been reached yet. */
  audio: Audio | null;
  notices: readonly Notice[];
}

export function reportedCall({ dtmfSent, dtmfReceived, ...call }: Call): ReportedCall {
  return call;
}

export function reportOf({ link, phone, released }: PhoneState): PhoneReport {
  return {
    link,
    lines: phone?.lines ?? [],
    calls: (phone?.calls ?? []).map(reportedCall),
    released: released.map(reportedCall),
    qualities: phone?.qualities ?? [],
    audio: phone?.audio ?? null,
    notices: phone?.notices ?? [],
  };
}

/** As JSON: without what the contract's messages have for gRPC alone ("_jitterMs" beside "jitterMs"). */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, (key, it: unknown) => (key.startsWith('_') ? undefined : it));
