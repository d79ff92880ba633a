/** The two ends of a TCP connection, as the peer has them. */
import { isIP, type Socket } from 'node:net';

/** address: 16 bytes; IPv4 is mapped (RFC 4291 §2.5.5.2). */
export interface End {
  address: Buffer;
  port: number;
}

/** Seen from the peer: near is its own end, far is ours. */
export interface Peer {
  near: End;
  far: End;
}

const mappedPrefix = Buffer.from('00000000000000000000ffff', 'hex');

/** Whether IPv4 is inside. */
export const isMapped = ({ address }: End): boolean => address.subarray(0, 12).equals(mappedPrefix);

const groupBytes = (group: string): number[] => {
  if (group.includes('.')) return group.split('.').map(Number);
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 0xff];
};

const partBytes = (part: string): number[] => (part === '' ? [] : part.split(':').flatMap(groupBytes));

/** RFC 4291 §2.2; null: it is no address. */
export function addressBytes(text: string): Buffer | null {
  const [plain = ''] = text.split('%');
  const version = isIP(plain);
  if (version === 0) return null;
  if (version === 4) return Buffer.concat([mappedPrefix, Buffer.from(groupBytes(plain))]);
  const [head = '', tail] = plain.split('::');
  const first = partBytes(head);
  const last = partBytes(tail ?? '');
  return Buffer.from([...first, ...new Array<number>(16 - first.length - last.length).fill(0), ...last]);
}

function end(text: string | undefined, port: number | undefined): End | null {
  const address = addressBytes(text ?? '');
  return address === null || port === undefined ? null : { address, port };
}

/** Null: it is not connected any more. */
export function peerOf(
  socket: Pick<Socket, 'remoteAddress' | 'remotePort' | 'localAddress' | 'localPort'>,
): Peer | null {
  const near = end(socket.remoteAddress, socket.remotePort);
  const far = end(socket.localAddress, socket.localPort);
  return near && far && { near, far };
}
