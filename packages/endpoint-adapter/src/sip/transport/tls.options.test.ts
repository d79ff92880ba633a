/** What each option of TLS changes, from the file to handshakes on loopback. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createServer, type Server, type TLSSocket, type TlsOptions } from 'node:tls';
import type { Settings } from '@thinline/shared/config/testing/configured.ts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { becomes, closeAll, openConfiguredLine } from '../testing/configured-line.ts';
import { type Authority, type Certificate, loadPem, startAuthority } from './testing/certificates.ts';

let ours: Authority;
let others: Authority;
let here: Certificate;
let elsewhere: Certificate;
let client: Certificate;
beforeAll(async () => {
  [ours, others] = await Promise.all([startAuthority(), startAuthority('Other Authority')]);
  here = await ours.issue({ names: ['IP:127.0.0.1'] });
  elsewhere = await ours.issue({ names: ['DNS:sip.example'] });
  client = await ours.issue({ names: ['DNS:phone.example'] });
});
afterAll(async () => {
  await ours.stop();
  await others.stop();
});

let servers: Server[];
let open: Socket[];
beforeEach(() => {
  servers = [];
  open = [];
});
afterEach(async () => {
  await closeAll();
  for (const socket of open) socket.destroy();
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
});

/** What a line is told by a server with that certificate: the certificate that it has shown itself, or why it could not register. */
async function register(certificate: Certificate, settings: Settings, options: TlsOptions = {}): Promise<string> {
  const server = createServer({ ...(await loadPem(certificate.both)), ...options });
  servers.push(server.listen(0, '127.0.0.1'));
  server.on('connection', (socket: Socket) => open.push(socket.on('error', () => {})));
  server.on('tlsClientError', () => {});
  await once(server, 'listening');
  const spoken = new Promise<string>((resolve) =>
    server.on('secureConnection', (socket: TLSSocket) => {
      socket.on('error', () => {});
      socket.once('data', () => resolve(`spoken ${socket.getPeerX509Certificate()?.subjectAltName ?? ''}`));
    }),
  );
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  const { line } = await openConfiguredLine({
    'server:N': `127.0.0.1:${port}`,
    'protocol:N': 'tls',
    ...settings,
  });
  const failed = becomes(line, 'FAILED').then(() => `failed ${line.snapshot.failure?.cause}`);
  return Promise.race([spoken, failed]);
}

const authorities = (authority: Authority) => ({ 'system.security.authorities': authority.file });

it('system.security.authorities: are those whose certificates are believed', async () => {
  expect(await register(here, authorities(ours))).toMatch(/^spoken/);
  expect(await register(here, authorities(others))).toMatch(/^failed .* not trusted here/);
  expect(await register(here, {})).toMatch(/^failed .* not trusted here/);
});

it('system.security.tls-target-name-check: host wants the name that we asked for, no and none take any', async () => {
  const checking = (check: string) =>
    register(elsewhere, { ...authorities(ours), 'system.security.tls-target-name-check': check });
  expect(await checking('host')).toMatch(/^failed .* instead of "127.0.0.1"/);
  expect(await checking('no')).toMatch(/^spoken/);
  expect(await checking('none')).toMatch(/^spoken/);
});

it('system.security.certificate: is what we show a server that asks who we are', async () => {
  const asking = { ca: (await loadPem(ours.file)).cert, requestCert: true, rejectUnauthorized: true };
  const certificate = { ...authorities(ours), 'system.security.certificate': client.both };
  expect(await register(here, certificate, asking)).toBe('spoken DNS:phone.example');
  expect(await register(here, authorities(ours), asking)).toMatch(/^failed .* client certificate/);
});
