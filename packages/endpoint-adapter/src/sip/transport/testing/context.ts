/** What a transport needs, for tests of one transport. */
import { silent } from '@thinline/shared/log/log.ts';
import { makeDial, makeMark } from '../dial.ts';
import { openTlsIdentity, type TlsSettings, usualTls } from '../tls-identity.ts';
import type { TransportContext, TransportSink } from '../transport.ts';

export async function makeContext(sink: TransportSink, tls: Partial<TlsSettings> = {}): Promise<TransportContext> {
  const mark = makeMark(0);
  return {
    sink,
    log: silent,
    mark,
    dial: makeDial({ min: 0, max: 0 }, mark),
    tls: await openTlsIdentity({ ...usualTls, ...tls }),
    webSocketPath: () => '/',
  };
}
