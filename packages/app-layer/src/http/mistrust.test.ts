import { logTo } from '@thinline/shared/log/log.ts';
import { expect, test } from 'vitest';
import { mistrustTeller } from './mistrust.ts';

const fault = (code: string) => Object.assign(new Error('a test'), { code });

test('a certificate that is not trusted is told of once, other faults are not', () => {
  const said: string[] = [];
  const tell = mistrustTeller(
    logTo({ wants: () => true, record: (level, _name, text) => said.push(`${level} ${text}`) }),
  );
  for (const code of ['ECONNRESET', 'ERR_SSL_HTTP_REQUEST', 'ERR_SSL_UNSUPPORTED_PROTOCOL']) tell(fault(code));
  tell(new Error('a test'));
  expect(said).toEqual([]);
  // As Chromium 156 and curl 7.88 make Node say it.
  tell(fault('ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_UNKNOWN'));
  tell(fault('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'));
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/^warning a browser does not trust/);
});
