/** The TLS handshake of a connection that we have made. */
import type { X509Certificate } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import { connect, type SecureContext, type TLSSocket } from 'node:tls';

/** A socket whose handshake is done. */
export interface Secured {
  socket: TLSSocket;
  /** What the far end has proved with; null: nothing that we trust. */
  certificate: X509Certificate | null;
}

/** What it takes to shorten the next handshake with the same server. */
export interface Session {
  ticket: Buffer;
  /** That of the handshake in which the session began: Node.js has none in later ones, nor gives it out twice. */
  certificate: X509Certificate;
}

export interface HandshakeOptions {
  context: SecureContext;
  /** Whom we mean. */
  name: string;
  https: boolean;
  signal: AbortSignal;
  session: Session | null;
  newSession(session: Session): void;
  /** Why a certificate whose chain is right isn't the server's; '' where it is. */
  judge(certificate: X509Certificate): string;
  /** An error, for people. */
  describe(error: Error): string;
}

/** Rejects with words for people. */
export function shakeHands(socket: Socket, options: HandshakeOptions): Promise<Secured> {
  const { context, name, https, signal, session, newSession, judge, describe } = options;
  return new Promise((resolve, reject) => {
    const secured = connect({
      socket,
      secureContext: context,
      // RFC 6066 §3: addresses are no server names.
      servername: isIP(name) === 0 ? name : '',
      ...(https ? { ALPNProtocols: ['http/1.1'] } : {}),
      ...(session ? { session: session.ticket } : {}),
      checkServerIdentity: () => undefined,
    });
    let pending = true;
    let certificate: X509Certificate | null = null;
    let ticket: Buffer | null = null;
    const keepSession = (): void => {
      if (ticket && certificate) newSession({ ticket, certificate });
    };
    const fail = (clause: string): void => {
      if (!pending) return;
      pending = false;
      signal.removeEventListener('abort', overdue);
      secured.destroy();
      reject(new Error(clause));
    };
    const overdue = (): void => fail('the TLS handshake was not finished in time');
    // Stays for the socket's life: an error must find a listener while the socket changes hands.
    secured.on('error', (error) => fail(describe(error)));
    secured.once('close', () => fail('the server broke off the TLS handshake'));
    secured.on('session', (it) => {
      ticket = it;
      keepSession();
    });
    secured.once('secureConnect', () => {
      const proof = secured.isSessionReused() ? session?.certificate : secured.getPeerX509Certificate();
      const fault = proof ? judge(proof) : 'the server has no certificate';
      if (!proof || fault !== '') return fail(fault);
      pending = false;
      signal.removeEventListener('abort', overdue);
      certificate = proof;
      keepSession();
      resolve({ socket: secured, certificate });
    });
    signal.addEventListener('abort', overdue);
    if (signal.aborted) overdue();
  });
}
