import { describe, expect, it } from 'vitest';
import { tlsFault } from './tls-fault.ts';

const error = (code: string, message = 'as OpenSSL says it'): Error => Object.assign(new Error(message), { code });

describe('tlsFault', () => {
  it.each([
    ['CERT_HAS_EXPIRED', 'has expired'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'not trusted here'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'not trusted here'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'signed by itself'],
    ['PATH_LENGTH_EXCEEDED_IN_CHAIN', 'not accepted (PATH_LENGTH_EXCEEDED_IN_CHAIN)'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'neither TLS 1.2 nor TLS 1.3'],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'neither TLS 1.2 nor TLS 1.3'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'does not speak TLS'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'refused the TLS handshake'],
    ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', 'refused the TLS handshake'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'wants a client certificate'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'does not accept our certificate'],
    ['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED', 'our certificate: it has expired'],
    ['ERR_SSL_BAD_SIGNATURE', 'the TLS handshake failed (bad signature)'],
    ['ECONNREFUSED', 'the connection was refused (ECONNREFUSED)'],
    ['', 'as OpenSSL says it'],
  ])('%s', (code, clause) => {
    expect(tlsFault(error(code))).toContain(clause);
  });

  it('tells a handshake that was broken off from a connection that was', () => {
    const early = 'Client network socket disconnected before secure TLS connection was established';
    expect(tlsFault(error('ECONNRESET', early))).toBe('the server broke off the TLS handshake');
    expect(tlsFault(error('ECONNRESET'))).toBe('the far end broke the connection off (ECONNRESET)');
  });
});
