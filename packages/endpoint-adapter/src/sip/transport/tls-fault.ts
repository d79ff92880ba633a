/** What went wrong with TLS, in one clause that people understand. */
import { codeOf } from '../thrown.ts';
import { socketFault } from './dial.ts';

const untrusted = 'the certificate of the server is from an authority that is not trusted here';
const broken = 'the certificate of the server is damaged';
const ourCertificate = 'the server does not accept our certificate';
const oldTls = 'the server speaks neither TLS 1.2 nor TLS 1.3';
const noTls = 'the server does not speak TLS on that port';

/** Codes of certificate verification (X509_V_ERR_…), and of OpenSSL's errors and alerts without "ERR_SSL_". */
const clauses: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'the certificate of the server, or of its authority, has expired',
  CERT_NOT_YET_VALID: 'the certificate of the server is not valid yet; is the clock right?',
  CERT_REVOKED: 'the certificate of the server was revoked',
  INVALID_PURPOSE: 'the certificate of the server is not meant for servers',
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  CERT_UNTRUSTED: untrusted,
  INVALID_CA: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate of the server is signed by itself and not trusted here',
  CERT_SIGNATURE_FAILURE: broken,
  UNABLE_TO_DECRYPT_CERT_SIGNATURE: broken,
  UNSUPPORTED_PROTOCOL: oldTls,
  NO_PROTOCOLS_AVAILABLE: oldTls,
  TLSV1_ALERT_PROTOCOL_VERSION: oldTls,
  WRONG_VERSION_NUMBER: noTls,
  PACKET_LENGTH_TOO_LONG: noTls,
  HTTP_REQUEST: noTls,
  TLSV13_ALERT_CERTIFICATE_REQUIRED: 'the server wants a client certificate',
  SSLV3_ALERT_HANDSHAKE_FAILURE:
    'the server refused the TLS handshake: no cipher in common, or it wants a client certificate',
  TLSV1_ALERT_INSUFFICIENT_SECURITY: 'the server refused the TLS handshake: our ciphers are too weak for it',
  TLSV1_ALERT_ACCESS_DENIED: 'the server refused the TLS handshake: access denied',
  TLSV1_UNRECOGNIZED_NAME: 'the server does not know the name that it was called by',
  TLSV1_ALERT_UNKNOWN_CA: ourCertificate,
  SSLV3_ALERT_BAD_CERTIFICATE: ourCertificate,
  SSLV3_ALERT_UNSUPPORTED_CERTIFICATE: ourCertificate,
  SSLV3_ALERT_CERTIFICATE_REVOKED: ourCertificate,
  SSLV3_ALERT_CERTIFICATE_EXPIRED: `${ourCertificate}: it has expired`,
  SSLV3_ALERT_CERTIFICATE_UNKNOWN: ourCertificate,
  ERR_TLS_HANDSHAKE_TIMEOUT: 'the TLS handshake was not finished in time',
};

/** Names change between versions of OpenSSL: SSLV3_ALERT_… is now SSL/TLS_ALERT_…; TLSV1 is TLSV13 at times. */
const plainCode = (error: Error): string =>
  codeOf(error)
    .replace(/^ERR_SSL_/, '')
    .replace(/^SSL\/TLS_/, 'SSLV3_');

/** Of an error that Node.js reports for a TLS socket. */
export function tlsFault(error: Error): string {
  const code = plainCode(error);
  const clause = clauses[code];
  if (clause) return clause;
  if (code === 'ECONNRESET' && error.message.includes('before secure TLS connection'))
    return 'the server broke off the TLS handshake';
  if (/CERT|ISSUER|CHAIN|HOSTNAME/.test(code)) return `the certificate of the server is not accepted (${code})`;
  if (codeOf(error).startsWith('ERR_SSL_'))
    return `the TLS handshake failed (${code.toLowerCase().replaceAll('_', ' ')})`;
  return socketFault(error);
}

/** Whether a certificate of ours would have helped. */
export const wantsCertificate = (error: Error): boolean =>
  ['TLSV13_ALERT_CERTIFICATE_REQUIRED', 'SSLV3_ALERT_HANDSHAKE_FAILURE'].includes(plainCode(error));

/** Whether a clause of this file says that the two don't trust or understand each other, rather than that there is no way. */
export const isTlsFault = (clause: string): boolean =>
  /\b(TLS|certificate|authorit(y|ies)|name that it was called by)\b/.test(clause);
