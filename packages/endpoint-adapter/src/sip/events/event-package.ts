/** What a subscription has to know of an event package (RFC 6665 §5.4). */
import type { SipMessage } from '../message/message.ts';
import { readBodies } from '../message/multipart.ts';

export interface EventPackage<Facts> {
  /** For Event. */
  event: string;
  /** For Accept; none: its NOTIFYs have no body. */
  accept: readonly string[];
  /** s; for Expires, where nothing else is configured. */
  expires: number;
  /** What a NOTIFY says; null: nothing that can be read. A first NOTIFY may have no body (RFC 6665 §4.2.1.2). */
  read(contentType: string, body: string, notify: SipMessage): Facts | null;
}

/** The first body of a type, alone or among others; null where there is none. */
export const bodyOf = (type: string, contentType: string, body: string): string | null =>
  readBodies(contentType, body).find((it) => it.type === type)?.content ?? null;

/** Nothing is said with that. */
export const isEmpty = (body: string): boolean => body.trim() === '';
