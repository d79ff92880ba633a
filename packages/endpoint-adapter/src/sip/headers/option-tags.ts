/** Require and Supported: option tags (RFC 3261 §19.2). */
import { fieldsOf, type SipMessage, splitList } from '../message/message.ts';

export const hasOption = (message: SipMessage, name: 'require' | 'supported', option: string): boolean =>
  fieldsOf(message, name)
    .flatMap(splitList)
    .some((it) => it.toLowerCase() === option);
