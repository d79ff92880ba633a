/** The session descriptions in messages. */
import { fieldOf, type SipMessage } from '../message/message.ts';
import { readBodies } from '../message/multipart.ts';
import type { Body } from '../message/response.ts';

const sdpType = 'application/sdp';

export const sdpBody = (content: string): Body => ({ type: sdpType, content });

/** Null where the message has none, alone or among others (RFC 5621). */
export function sdpOf(message: SipMessage): string | null {
  if (message.body === '') return null;
  return (
    readBodies(fieldOf(message, 'content-type'), message.body).find(({ type }) => type === sdpType)?.content ?? null
  );
}

/** A body where SDP should be, and none in it that the receiver may ignore (RFC 3261 §8.2.3). */
export const isForeignBody = (message: SipMessage): boolean =>
  message.body !== '' &&
  sdpOf(message) === null &&
  !/;\s*handling\s*=\s*optional/i.test(fieldOf(message, 'content-disposition'));
