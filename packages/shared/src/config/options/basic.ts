/** The container "Basic": the attributes of each Connectivity. N is the number of the line, from 0. */
import type { Option } from '../option.ts';

export const basicOptions = [
  {
    path: 'user:N',
    type: 'text',
    default: '',
    effect: 'register',
    where: 'adapter',
    fields: ['lines.user'],
    meaning: 'Whose calls the line has: the user part of its address of record.',
  },
  {
    path: 'server:N',
    type: 'text',
    default: '',
    effect: 'register',
    where: 'adapter',
    fields: ['lines.server'],
    meaning:
      'The SIP server, session border controller or proxy: `HOST[:PORT]`, IPv6 in brackets; without a port DNS says it (RFC 3263). `A;B`: B stands in for A. A host that ends in `.invalid` means "not configured".',
  },
  {
    path: 'protocol:N',
    type: 'choice',
    choices: ['udp', 'tcp', 'tls', 'wss'],
    default: '',
    effect: 'register',
    where: 'adapter',
    fields: ['lines.transport'],
    meaning:
      'Transport to the server; empty: DNS decides. `wss` is SIP over WebSocket (RFC 7118); `https`, the WebRTC gateway, is not available.',
  },
] as const satisfies readonly Option[];
