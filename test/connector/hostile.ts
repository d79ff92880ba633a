/** What a hostile page or program says to a server, byte by byte where no client would say it. */
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** A connection to the address, with or without TLS as it says. */
export async function dial(address: string): Promise<Socket> {
  const { protocol, hostname, port } = new URL(address);
  const where = { host: hostname, port: Number(port) };
  const socket = protocol === 'https:' ? connectTls({ ...where, rejectUnauthorized: false }) : connectTcp(where);
  socket.on('error', () => {});
  await once(socket, protocol === 'https:' ? 'secureConnect' : 'connect');
  return socket;
}

/** All that comes back until the other end closes; a reset ends it too. */
export async function hear(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
  return text;
}

export async function say(address: string, words: string): Promise<string> {
  const socket = await dial(address);
  socket.write(words);
  return hear(socket);
}

/** The status lines of what was heard. */
export const statuses = (heard: string): number[] =>
  [...heard.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, digits]) => Number(digits));

/** A request of these lines and this body, on a connection that ends after it. */
export function request(address: string, first: string, headers: readonly string[] = [], body = ''): string {
  const lines = [`${first} HTTP/1.1`, `Host: ${new URL(address).host}`, 'Connection: close', ...headers];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}
