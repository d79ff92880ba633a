/** What the first handshake of a process would spend on loading and compiling, spent before there is a call. */
import { dtlsCertificate } from './certificate.ts';
import { DtlsSession } from './dtls-session.ts';

/**
 * Loads werift, makes the certificate, and shakes hands with itself. The thread can do little else meanwhile, so this is
 * for when no sound runs. Rejects when DTLS can't be had here.
 */
export async function prepareDtls(): Promise<void> {
  const { fingerprint } = await dtlsCertificate();
  const done: Promise<void>[] = [];
  const end = (other: () => DtlsSession): DtlsSession => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    done.push(promise);
    return new DtlsSession({
      send(packet, length) {
        const copy = Buffer.from(packet.subarray(0, length));
        setImmediate(() => other().receive(copy, '', 0));
      },
      onKeys: () => resolve(),
      onFailed: (failure, detail) => reject(new Error(`DTLS doesn't work here: ${failure}, ${detail}`)),
    });
  };
  const client: DtlsSession = end(() => server);
  const server: DtlsSession = end(() => client);
  const place = { fingerprints: [fingerprint], address: '', port: 0 };
  server.begin({ role: 'server', ...place });
  client.begin({ role: 'client', ...place });
  try {
    await Promise.all(done);
  } finally {
    client.close();
    server.close();
  }
}
