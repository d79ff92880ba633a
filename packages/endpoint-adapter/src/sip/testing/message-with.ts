/** For tests: an INVITE with just these fields, of which each line is one. */
import { readMessage, type SipMessage } from '../message/message.ts';

export function messageWith(...lines: readonly string[]): SipMessage {
  const message = readMessage(`INVITE sip:a SIP/2.0\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`);
  if (!message) throw new Error('no message');
  return message;
}
