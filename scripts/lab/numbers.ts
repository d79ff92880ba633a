/** The lab's numbers as a table: what each does with a call. */
import type { SoundKind } from './sound.ts';

export interface LabNumber {
  number: string;
  meaning: string;
  /** An INVITE gets this final status; a 302 leads to redirectTo. */
  refuse?: number;
  redirectTo?: string;
  /** ms of ringing before the answer; null: never answered. */
  ringMs?: number | null;
  sound?: SoundKind;
  hangUpAfterMs?: number;
  /** Calls the caller back after so long. */
  callBackMs?: number;
  /** DTMF sent after the answer; what is heard is sent back and reported. */
  digits?: string;
}

export const numbers: readonly LabNumber[] = [
  { number: '600', meaning: 'echo', ringMs: 0, sound: 'echo' },
  { number: '601', meaning: 'a spoken loop', ringMs: 0, sound: 'speech' },
  { number: '602', meaning: 'answers after 3 s of ringing', ringMs: 3000, sound: 'speech' },
  { number: '603', meaning: 'busy', refuse: 486 },
  { number: '604', meaning: 'never answers', ringMs: null },
  { number: '605', meaning: 'calls you back in 2 s', refuse: 480, callBackMs: 2000, sound: 'speech' },
  { number: '606', meaning: 'redirects to 601', refuse: 302, redirectTo: '601' },
  { number: '607', meaning: 'hangs up after 3 s', ringMs: 0, sound: 'speech', hangUpAfterMs: 3000 },
  { number: '608', meaning: 'sends DTMF and reports what it hears', ringMs: 0, sound: 'silence', digits: '1234#' },
];
