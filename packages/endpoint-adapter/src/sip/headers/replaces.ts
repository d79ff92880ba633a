/** Replaces: the dialog that a new one takes the place of (RFC 3891). */
import { isToken } from '../message/lexical.ts';
import { readParameters } from '../message/parameters.ts';

/** As the receiver of the INVITE sees that dialog. */
export interface Replaces {
  callId: string;
  /** The receiver's own tag. */
  toTag: string;
  /** The tag of its far end. */
  fromTag: string;
  earlyOnly: boolean;
}

/** Null for what is none; RFC 3891 §3: it has both tags. */
export function readReplaces(value: string): Replaces | null {
  const semicolon = value.indexOf(';');
  const callId = value.slice(0, Math.max(semicolon, 0)).trim();
  const parameters = readParameters(value.slice(Math.max(semicolon, 0)));
  const toTag = parameters?.get('to-tag') ?? '';
  const fromTag = parameters?.get('from-tag') ?? '';
  if (!/^[^\s,;]+$/.test(callId) || !isToken(toTag) || !isToken(fromTag)) return null;
  return { callId, toTag, fromTag, earlyOnly: parameters?.has('early-only') ?? false };
}

export const writeReplaces = ({ callId, toTag, fromTag, earlyOnly }: Replaces): string =>
  `${callId};to-tag=${toTag};from-tag=${fromTag}${earlyOnly ? ';early-only' : ''}`;
