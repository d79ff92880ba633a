import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Authority, startAuthority } from '../../sip/transport/testing/certificates.ts';
import type { TlsTrust } from '../stream-settings.ts';
import { openRelay, RelayError, type RelayReceiver } from './relay.ts';
import { errorCode, readStun, stunAttribute, writeStun } from './stun.ts';

const allocateError = 0x0113;

/** A TURN server by TLS that has no room for anybody, and a name that isn't the one by which it is asked. */
let server: Server;
let authority: Authority;
beforeAll(async () => {
  authority = await startAuthority();
  const { both } = await authority.issue({ names: ['DNS:turn.test'] });
  const pem = await readFile(both, 'utf8');
  server = createServer({ cert: pem, key: pem }, (socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      const request = readStun(bytes);
      if (request === null) return;
      const attributes = [[stunAttribute.errorCode, errorCode(486, 'Allocation Quota Reached')]] as const;
      const { transaction } = request;
      socket.write(writeStun({ type: allocateError, transaction, attributes, password: null }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.close();
  await authority.stop();
});

/** How it ended: 'refused' by a server that is believed to be the right one. */
async function ask(trust: TlsTrust | undefined, host = 'turn.test'): Promise<string> {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const relay = openRelay({
    server: { address: '127.0.0.1', port },
    host,
    transport: 'tls',
    user: 'agent',
    password: 'secret',
    ...(trust && { trust }),
    authorities: undefined,
    send: () => undefined,
    onReceiver: () => undefined,
    onPacket: () => undefined,
  });
  const error: unknown = await relay.catch((it: unknown) => it);
  if (!(error instanceof RelayError)) throw new Error('it was opened');
  return error.problem;
}

it('trusts the authorities that are configured, and them alone', async () => {
  expect(await ask({ authorities: authority.file, checkName: true })).toBe('refused');
  expect(await ask(undefined)).toBe('untrusted');
  expect(await ask({ authorities: '', checkName: false })).toBe('untrusted');
  expect(await ask({ authorities: `${authority.file}.none`, checkName: true })).toBe('untrusted');
});

it('wants the name that it was told, unless names are not looked at', async () => {
  const { file: authorities } = authority;
  expect(await ask({ authorities, checkName: true }, 'other.test')).toBe('untrusted');
  expect(await ask({ authorities, checkName: true }, '127.0.0.1')).toBe('untrusted');
  expect(await ask({ authorities, checkName: false }, 'other.test')).toBe('refused');
});

it('a question for the password that comes twice is no refusal', async () => {
  const realm = [0x0014, Buffer.from('turn.test')] as const;
  const nonce = [0x0015, Buffer.from('nonce')] as const;
  let receive: RelayReceiver = () => false;
  const answer = (request: Uint8Array): void => {
    const message = readStun(request);
    if (message === null) return;
    const { transaction } = message;
    const isSigned = message.attributes.has(stunAttribute.username);
    const said = isSigned ? errorCode(486, 'Allocation Quota Reached') : errorCode(401, 'Unauthorized');
    const attributes = [[stunAttribute.errorCode, said], realm, nonce] as const;
    const error = writeStun({ type: allocateError, transaction, attributes, password: null });
    for (const _ of isSigned ? [1] : [1, 2]) receive(error, '192.0.2.1', 3478);
  };
  const relay = openRelay({
    server: { address: '192.0.2.1', port: 3478 },
    host: 'turn.test',
    transport: 'udp',
    user: 'agent',
    password: 'secret',
    authorities: undefined,
    send: (packet) => setImmediate(answer, Uint8Array.from(packet)),
    onReceiver: (it) => {
      receive = it;
    },
    onPacket: () => undefined,
  });
  await expect(relay).rejects.toThrow('486 Allocation Quota Reached');
});
