/** Every transport that the user agent speaks. */
import { tcp } from './tcp.ts';
import type { SipTransport } from './transport.ts';
import { udp } from './udp.ts';

export const transports: readonly SipTransport[] = [udp, tcp];
