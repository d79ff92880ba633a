/** Who we are and whom we trust in TLS, and the handshakes (RFC 3261 §26.3.1, RFC 5922, RFC 5923). */
import type { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import {
  createSecureContext,
  createServer,
  getCACertificates,
  type SecureContext,
  type SecureContextOptions,
  type Server,
} from 'node:tls';
import type { TlsSettings } from '@thinline/shared/contract/types.ts';
import { certificateFolder } from '@thinline/shared/paths.ts';
import type { Target } from '../address.ts';
import { wordsOf } from '../thrown.ts';
import { readAuthorities, readCertificate } from './certificate-file.ts';
import { tlsFault, wantsCertificate } from './tls-fault.ts';
import { type Secured, type Session, shakeHands } from './tls-handshake.ts';
import { isNamed, nameFault } from './tls-name.ts';

export const usualTls: TlsSettings = { certificate: '', checkName: true, authorities: '' };

/** Sessions that we can resume, one a server; the oldest gives way. */
const MAX_SESSIONS = 64;

const versions = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' } as const satisfies SecureContextOptions;

export interface TlsIdentity {
  /** Whether we have a certificate that can be shown. */
  readonly certified: boolean;
  /** Why the certificate that is configured can't be used; '' where nothing is wrong. */
  readonly certificateFault: string;
  /** Makes a connected socket secure; rejects with words for people. https: a certificate as WebSockets have them will do. */
  secure(socket: Socket, target: Target, options: { https: boolean; signal: AbortSignal }): Promise<Secured>;
  /** The same for a connection that a peer made. */
  accept(socket: Socket, signal: AbortSignal): Promise<Secured>;
  /** Whether the far end has proved to us that it is called that. */
  vouches(secured: Secured, name: string): boolean;
  /** An error of a socket that is secure already, for people. */
  describe(error: Error): string;
}

/** Those of this machine and those that come with Node.js. */
const systemAuthorities = (): string[] => [
  ...new Set([...getCACertificates('default'), ...getCACertificates('system')]),
];

/** Which two ends a socket joins. */
const endsOf = (socket: Socket): string =>
  `${socket.remoteAddress} ${socket.remotePort} ${socket.localAddress} ${socket.localPort}`;

/** A certificate that can't be read is a fault, not an end: many servers want none. */
export async function openTlsIdentity(settings: TlsSettings): Promise<TlsIdentity> {
  let pem = '';
  let certificateFault = '';
  if (settings.certificate !== '') {
    try {
      pem = await readCertificate(settings.certificate, certificateFolder());
    } catch (error) {
      certificateFault = wordsOf(error);
    }
  }
  const sessions = new Map<string, Session>();
  const handshakes = new Map<string, (done: Secured | Error) => void>();
  let context: Promise<SecureContext> | null = null;
  let server: Promise<Server> | null = null;

  const own = pem === '' ? {} : { cert: pem, key: pem };

  const describe = (error: Error): string => {
    const ours = certificateFault !== '' && wantsCertificate(error) ? `; ours cannot be used: ${certificateFault}` : '';
    return tlsFault(error) + ours;
  };

  /** Whom we trust, made when first needed: reading hundreds of authorities takes its time. */
  const makeContext = async (): Promise<SecureContext> => {
    try {
      const ca = settings.authorities === '' ? systemAuthorities() : await readAuthorities(settings.authorities);
      return createSecureContext({ ...versions, ...own, ca });
    } catch (error) {
      // They may be there when somebody tries again.
      context = null;
      throw new Error(`the trusted authorities cannot be used: ${wordsOf(error)}`);
    }
  };

  const makeServer = async (): Promise<Server> => {
    // A list of every public authority would be more than a handshake takes, so peers are asked for a certificate only
    // where the authorities are chosen. Without one, or with a wrong one, they are peers like those that use TCP.
    const chosen = settings.authorities === '' ? null : await readAuthorities(settings.authorities).catch(() => null);
    const made = createServer({
      ...versions,
      ...own,
      ...(chosen ? { ca: chosen } : {}),
      requestCert: chosen !== null,
      rejectUnauthorized: false,
    });
    made.on('secureConnection', (secured) => {
      // An error must find a listener while the socket changes hands.
      secured.on('error', () => {});
      const proof = secured.authorized ? secured.getPeerX509Certificate() : undefined;
      handshakes.get(endsOf(secured))?.({ socket: secured, certificate: proof ?? null });
    });
    made.on('tlsClientError', (error, secured) => handshakes.get(endsOf(secured))?.(error));
    return made;
  };

  const keepSession = (key: string, session: Session): void => {
    sessions.delete(key);
    sessions.set(key, session);
    const [oldest] = sessions.keys();
    if (sessions.size > MAX_SESSIONS && oldest !== undefined) sessions.delete(oldest);
  };

  const rightName = (certificate: X509Certificate, name: string, https: boolean): boolean =>
    !settings.checkName || isNamed(certificate, name, https);

  return {
    certified: pem !== '',
    certificateFault,
    describe,
    vouches: ({ certificate }, name) => certificate !== null && rightName(certificate, name, false),
    secure: async (socket, { address, port, name }, { https, signal }) => {
      const key = `${address} ${port} ${name.toLowerCase()}`;
      const session = sessions.get(key);
      try {
        context ??= makeContext();
        return await shakeHands(socket, {
          context: await context,
          name,
          https,
          signal,
          session: session && Date.parse(session.certificate.validTo) > Date.now() ? session : null,
          newSession: (it) => keepSession(key, it),
          judge: (it) => (rightName(it, name, https) ? '' : nameFault(it, name)),
          describe,
        });
      } catch (error) {
        sessions.delete(key);
        socket.destroy();
        throw error;
      }
    },
    accept: async (socket, signal) => {
      const key = endsOf(socket);
      server ??= makeServer();
      const listener = await server;
      return new Promise((resolve, reject) => {
        const done = (result: Secured | Error): void => {
          signal.removeEventListener('abort', overdue);
          handshakes.delete(key);
          if (result instanceof Error) {
            socket.destroy();
            reject(result);
          } else resolve(result);
        };
        const overdue = (): void => done(new Error('the TLS handshake was not finished in time'));
        const gone = (): void => done(new Error('the peer broke off the TLS handshake'));
        if (signal.aborted) return overdue();
        if (socket.destroyed) return gone();
        signal.addEventListener('abort', overdue);
        socket.once('close', gone);
        handshakes.set(key, done);
        listener.emit('connection', socket);
      });
    },
  };
}
