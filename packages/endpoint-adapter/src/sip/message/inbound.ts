/** From bytes to a message that the transaction layer may act on. */
import { isUtf8 } from 'node:buffer';
import { isDigits } from './lexical.ts';
import { fieldOf, MAX_HEAD, readMessage, type SipMessage } from './message.ts';
import { validate } from './validate.ts';
import { separateVias, topVia } from './via.ts';

export type Inbound =
  | { kind: 'message'; message: SipMessage }
  /** A request with a fault that its sender is told. */
  | { kind: 'refused'; message: SipMessage; status: number; fault: string }
  /** Nothing that could or should be answered. */
  | { kind: 'garbage'; fault: string };

/** Header fields, each Via being one. */
const MAX_VALUES = 512;

const garbage = (fault: string): Inbound => ({ kind: 'garbage', fault });

/** RFC 3261 §7: UTF-8. Older phones write names in the character set of their country; any reading shows something. */
const textOf = (bytes: Buffer): string => bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');

/** RFC 3261 §18.3: what follows the body is ignored; '' where less is there than announced. */
function bodyOf(message: SipMessage, rest: Buffer): string {
  const length = fieldOf(message, 'content-length');
  const wanted = isDigits(length) ? Number(length) : rest.length;
  return wanted > rest.length ? '' : textOf(rest.subarray(0, wanted));
}

/** bytes: one datagram, or one frame of a stream. */
export function readInbound(bytes: Buffer): Inbound {
  let start = 0;
  // RFC 3261 §7.5: empty lines before the start line are ignored.
  while (bytes[start] === 13 && bytes[start + 1] === 10) start += 2;
  const end = bytes.indexOf('\r\n\r\n', start);
  if (end < 0 || end - start > MAX_HEAD) return garbage('no header');
  const message = readMessage(textOf(bytes.subarray(start, end + 4)));
  if (!message) return garbage('no SIP message');
  separateVias(message);
  if (!topVia(message)) return garbage('no Via');
  if (message.fields.length > MAX_VALUES) return garbage('too many Via');
  message.body = bodyOf(message, bytes.subarray(end + 4));
  const fault = validate(message);
  if (!fault) return { kind: 'message', message };
  return fault.status === 0
    ? garbage(fault.reason)
    : { kind: 'refused', message, status: fault.status, fault: fault.reason };
}
