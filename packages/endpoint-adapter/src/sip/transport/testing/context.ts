/** What a transport needs, for tests of one transport. */
import type { TlsSettings } from '@thinline/shared/contract/types.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { makeDial } from '../dial.ts';
import { openTlsIdentity, usualTls } from '../tls-identity.ts';
import type { TransportContext, TransportSink } from '../transport.ts';

export async function makeContext(sink: TransportSink, tls: Partial<TlsSettings> = {}): Promise<TransportContext> {
  return {
    sink,
    log: silent,
    dial: makeDial({ min: 0, max: 0 }),
    mark: () => {},
    tls: await openTlsIdentity({ ...usualTls, ...tls }),
  };
}
