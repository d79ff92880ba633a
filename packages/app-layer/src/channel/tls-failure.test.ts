import { describe, expect, it } from 'vitest';
import { type TlsOutcome, tlsFailure } from './tls-failure.ts';

const fault = (code: string): Error => Object.assign(new Error(`secret words ${code}`), { code });

const told = (outcome: Partial<TlsOutcome>): string => {
  const { message, cause } = tlsFailure({
    host: 'thin7.example',
    port: 4433,
    ending: 'closed',
    isSecure: false,
    fault: null,
    ...outcome,
  }).failure;
  return `${message} ${cause}`;
};

describe('why there is no TLS', () => {
  it.each([
    ['ECONNREFUSED', 'nothing listens there'],
    ['ENOTFOUND', 'DNS does not know the name'],
    ['EHOSTUNREACH', 'there is no way to that host'],
    ['ETIMEDOUT', 'it does not answer'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'it does not speak TLS'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'it speaks no TLS 1.3'],
    ['ESOMETHING', 'ESOMETHING'],
  ])('%s: cannot be reached', (code, detail) => {
    expect(told({ fault: fault(code) })).toBe(
      `The phone at thin7.example:4433 cannot be reached. There is no TLS connection: ${detail}.`,
    );
  });

  it.each([
    ['SELF_SIGNED_CERT_IN_CHAIN', 'none of the authorities in policy.link.authorities has signed it'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'none of the authorities in policy.link.authorities has signed it'],
    ['CERT_HAS_EXPIRED', 'it, or that of its authority, has expired'],
    ['CERT_NOT_YET_VALID', 'it is not valid yet; is the clock right?'],
    ['INVALID_PURPOSE', 'it is not meant for servers'],
  ])('%s: their certificate', (code, detail) => {
    expect(told({ fault: fault(code) })).toBe(
      `The certificate of the phone at thin7.example:4433 is not accepted. What is wrong with it: ${detail}.`,
    );
  });

  it('ERR_TLS_CERT_ALTNAME_INVALID: the certificate of another host', () => {
    expect(told({ fault: fault('ERR_TLS_CERT_ALTNAME_INVALID') })).toBe(
      'The certificate of the phone at thin7.example:4433 is that of another host. It does not name "thin7.example".',
    );
  });

  it.each([
    'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
    'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
    'ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE',
    'ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED',
    'ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN',
  ])('%s: our certificate', (code) => {
    expect(told({ isSecure: true, fault: fault(code) })).toMatch(/does not accept our certificate/);
  });

  it('a close without a word after the handshake: our certificate', () => {
    expect(told({ isSecure: true })).toMatch(/does not accept our certificate/);
    expect(told({ isSecure: true, fault: fault('ECONNRESET') })).toMatch(/does not accept our certificate/);
    expect(told({ isSecure: false, fault: fault('ECONNRESET') })).toMatch(/cannot be reached.*broke off/);
    expect(told({ isSecure: false })).toMatch(/cannot be reached.*broke off/);
  });

  it('silence, or another word: no adapter', () => {
    expect(told({ ending: 'late' })).toMatch(/cannot be reached.*in time/);
    expect(told({ isSecure: true, ending: 'late' })).toMatch(/cannot be reached.*in time/);
    expect(told({ isSecure: true, ending: 'stranger' })).toMatch(/cannot be reached.*no endpoint adapter/);
  });

  it('never what OpenSSL said', () => {
    expect(told({ fault: fault('CERT_HAS_EXPIRED') })).not.toContain('secret words');
    expect(
      String(tlsFailure({ host: 'h', port: 1, ending: 'closed', isSecure: false, fault: fault('X') })),
    ).not.toContain('secret words');
  });
});
