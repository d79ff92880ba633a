/** Every transport that the user agent speaks. */
import { tcp } from './tcp.ts';
import { tls } from './tls.ts';
import type { SipTransport } from './transport.ts';
import { udp } from './udp.ts';
import { wss } from './wss.ts';

export const transports: readonly SipTransport[] = [udp, tcp, tls, wss];
