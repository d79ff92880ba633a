/** The way to an endpoint that listens with TLS (thinline-adapter --tls), where no virtual channel leads there. */
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import { FailureError } from '@thinline/shared/failures.ts';
import { readHostPort, readTlsIdentity, type TlsIdentity, welcome } from '@thinline/shared/mutual-tls.ts';
import type { ChannelProvider } from './provider.ts';
import { type TlsEnding, tlsFailure } from './tls-failure.ts';

/** From the first packet to the endpoint's word that our certificate is good, ms. */
const longestOpening = 5000;

/** policy.link.…: host:port, and paths of PEM files. */
export interface TlsSettings {
  endpoint: string;
  certificate: string;
  authorities: string;
}

export const tls = (settings: TlsSettings): ChannelProvider => ({
  name: 'tls',
  placement: settings.endpoint === '' ? 'an endpoint that is not configured' : settings.endpoint,
  mostWaitMs: 4000,
  open: () => open(settings),
});

async function open({ endpoint, certificate, authorities }: TlsSettings): Promise<Duplex> {
  const missing = Object.entries({ endpoint, certificate, authorities }).find(([, value]) => value === '');
  if (missing) throw new FailureError('tlsNotConfigured', { option: `the option policy.link.${missing[0]}` });
  const place = readHostPort(endpoint);
  if (!place || place.port === 0)
    throw new FailureError('tlsNotConfigured', { option: 'the option policy.link.endpoint' });
  // Read at each opening, so that a renewed certificate is taken without a new start.
  const identity = await readTlsIdentity({ certificate, authorities }).catch((error: Error) => {
    throw new FailureError('tlsFiles', { detail: error.message });
  });
  return secure(place, identity);
}

async function secure({ host, port }: { host: string; port: number }, identity: TlsIdentity): Promise<TLSSocket> {
  // RFC 6066 §3: addresses are no server names.
  const servername = isIP(host) === 0 ? host : '';
  // Said aloud, or NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment lets anybody be the endpoint.
  const socket = connect({ ...identity, rejectUnauthorized: true, host, port, servername });
  socket.setNoDelay(true);
  let fault: Error | null = null;
  let isSecure = false;
  // It stays: an error must find a listener while the socket changes hands.
  socket.on('error', (error) => {
    fault ??= error;
  });
  socket.once('secureConnect', () => {
    isSecure = true;
  });
  const ending = await firstWord(socket);
  if (ending === 'welcome') return socket;
  socket.destroy();
  throw tlsFailure({ host, port, ending, isSecure, fault });
}

function firstWord(socket: TLSSocket): Promise<'welcome' | TlsEnding> {
  return new Promise((resolve) => {
    const settle = (ending: 'welcome' | TlsEnding): void => {
      clearTimeout(timer);
      socket.off('readable', look).off('close', closed);
      resolve(ending);
    };
    const look = (): void => {
      const byte: unknown = socket.read(1);
      if (Buffer.isBuffer(byte)) settle(byte[0] === welcome ? 'welcome' : 'stranger');
    };
    const closed = (): void => settle('closed');
    const timer = setTimeout(() => settle('late'), longestOpening);
    socket.on('readable', look).once('close', closed);
  });
}
