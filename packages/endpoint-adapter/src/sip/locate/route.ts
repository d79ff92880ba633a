/** Our own address on the way to a server. */
import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';
import { FailureError } from '@thinline/shared/failures.ts';
import { type Target, uriHost } from '../address.ts';
import { wordsOf } from '../thrown.ts';

/**
 * By the routing table: connecting a datagram socket sends nothing, and makes the system choose the source address.
 * Rejects with FailureError serverUnreachable where there is no way.
 */
export async function sourceAddress({ address, port, transport, name }: Target): Promise<string> {
  const socket = createSocket(isIP(address) === 6 ? 'udp6' : 'udp4');
  try {
    return await new Promise<string>((resolve, reject) => {
      socket.once('error', reject);
      socket.once('connect', () => resolve(socket.address().address));
      socket.connect(port, address);
    });
  } catch (error) {
    throw new FailureError('serverUnreachable', {
      server: `${uriHost(name)}:${port}`,
      transport,
      detail: wordsOf(error),
    });
  } finally {
    socket.close();
  }
}
