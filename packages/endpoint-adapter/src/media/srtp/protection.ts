/** How packets are encrypted and authenticated once their index is known; where what stands is the suite's matter. */
import type { SrtpKey } from '../stream-settings.ts';
import { CounterProtection } from './counter-protection.ts';
import { GcmProtection } from './gcm-protection.ts';
import { deriveKeys } from './key-derivation.ts';
import { checkKey, suites } from './suites.ts';

/** On a packet of `length` bytes, in place. Returns the new length; `payload` is where the header ends. */
export type RtpStep = (
  packet: Uint8Array,
  payload: number,
  length: number,
  ssrc: number,
  rollOver: number,
  sequence: number,
) => number;
export type RtcpStep = (packet: Uint8Array, length: number, ssrc: number, index: number, encrypted: boolean) => number;

/** What protecting adds has room after `length`; lengths of protected packets include it. */
export interface Protection {
  /** From the end of a protected packet to the start of its master key identifier, whose length is 0 where none is. */
  readonly rtpMkiFromEnd: number;
  readonly rtcpMkiFromEnd: number;
  readonly protectRtp: RtpStep;
  readonly protectRtcp: RtcpStep;
  /** 0 where it isn't authentic; then the packet is as it was. */
  readonly unprotectRtp: RtpStep;
  readonly unprotectRtcp: RtcpStep;
}

export function makeProtection(master: SrtpKey): Protection {
  checkKey(master);
  const { cipher, rtpTagBytes, rtcpTagBytes } = suites[master.suite];
  const rtp = deriveKeys(master, 'rtp');
  const rtcp = deriveKeys(master, 'rtcp');
  const mki = master.mki ?? new Uint8Array(0);
  return cipher === 'gcm'
    ? new GcmProtection(rtp, rtcp, mki)
    : new CounterProtection(rtp, rtcp, mki, rtpTagBytes, rtcpTagBytes);
}
