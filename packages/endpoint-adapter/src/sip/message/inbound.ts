/** From bytes to a message that the transaction layer may act on (RFC 3261 §8.2, §16.3 item 1, §18.3). */
import { fieldOf, fieldsOf, MAX_HEAD, readMessage, type SipMessage, sequenceOf, tagOf } from './message.ts';
import { separateVias, topVia } from './via.ts';

export type Inbound =
  | { kind: 'message'; head: SipMessage }
  /** A request with a fault that its sender is told: 400. */
  | { kind: 'refused'; head: SipMessage; fault: string }
  | { kind: 'garbage'; fault: string };

const garbage = (fault: string): Inbound => ({ kind: 'garbage', fault });

/** Header fields that come once (RFC 3261 table 2). */
const single = ['from', 'to', 'call-id', 'cseq'] as const;

/** bytes: one datagram, or one frame of a stream. */
export function readInbound(bytes: Buffer): Inbound {
  let start = 0;
  // RFC 3261 §7.5: empty lines before the start line are ignored.
  while (bytes[start] === 13 && bytes[start + 1] === 10) start += 2;
  const end = bytes.indexOf('\r\n\r\n', start);
  if (end < 0 || end - start > MAX_HEAD) return garbage('no header');
  const head = readMessage(bytes.toString('utf8', start, end + 4));
  if (!head) return garbage('no SIP message');
  separateVias(head);
  if (!topVia(head)) return garbage('no Via');
  const lacking = single.find((name) => fieldsOf(head, name).length !== 1);
  if (lacking) return garbage(`no ${lacking}, or several`);
  const sequence = sequenceOf(head);
  const length = fieldOf(head, 'content-length');
  const available = bytes.length - end - 4;
  const wanted = length === '' ? available : Number(length);
  const bodyFits = (length === '' || /^\d{1,6}$/.test(length)) && wanted <= available;
  if (head.status > 0) {
    if (sequence < 0 || !bodyFits) return garbage('malformed response');
  } else {
    const method = /\s(\S+)$/.exec(fieldOf(head, 'cseq'))?.[1];
    // Without a number there is nothing that a response could be told by.
    if (sequence < 0) return garbage('malformed CSeq');
    if (method !== head.method) return { kind: 'refused', head, fault: 'malformed CSeq' };
    if (!bodyFits) return { kind: 'refused', head, fault: 'malformed Content-Length' };
    if (tagOf(fieldOf(head, 'from')) === '') return { kind: 'refused', head, fault: 'no tag in From' };
  }
  head.body = bytes.toString('utf8', end + 4, end + 4 + wanted);
  return { kind: 'message', head };
}
