/** The first call must not wait for the compiler: sip.js's generated parser takes some 40 ms for its first INVITE. */
import type { LoggerFactory } from 'sip.js/lib/core/index.js';
import { coreRequest } from './message/core-message.ts';
import { readInbound } from './message/inbound.ts';

const rounds = 8;

const invite = [
  'INVITE sip:alice@192.0.2.1:5060;transport=udp SIP/2.0',
  'Via: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bK1;rport=5060;received=192.0.2.2',
  'Record-Route: <sip:192.0.2.2;lr>',
  'From: "Bob" <sip:bob@example.org>;tag=1',
  'To: <sip:alice@example.org>',
  'Call-ID: 1@192.0.2.2',
  'CSeq: 1 INVITE',
  'Contact: <sip:bob@192.0.2.2:5060>',
  'Max-Forwards: 70',
  'Content-Type: application/sdp',
  'Content-Length: 0',
  '',
  '',
].join('\r\n');

export function warmUp(loggerFactory: LoggerFactory): void {
  const logger = loggerFactory.getLogger('sip.parser');
  for (let i = 0; i < rounds; i++) {
    const inbound = readInbound(Buffer.from(invite));
    if (inbound.kind === 'message') coreRequest(inbound.head, 'warm-up', logger);
  }
}
