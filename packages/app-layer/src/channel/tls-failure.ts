/** Why there is no TLS connection to the endpoint, in words for people. */
import { FailureError } from '@thinline/shared/failures.ts';

/** stranger: its first word was another. late: there was none in time. */
export type TlsEnding = 'closed' | 'late' | 'stranger';

export interface TlsOutcome {
  host: string;
  port: number;
  ending: TlsEnding;
  /** Whether our side of the handshake was done. */
  isSecure: boolean;
  fault: Error | null;
}

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

const untrusted = 'none of the authorities in policy.link.authorities has signed it';
const old = 'it speaks no TLS 1.3';
const noTls = 'it does not speak TLS';

/** Codes of certificate verification (X509_V_ERR_…): what is wrong with that of the endpoint. */
const theirs: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'it, or that of its authority, has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet; is the clock right?',
  CERT_REVOKED: 'it was revoked',
  CERT_UNTRUSTED: untrusted,
  INVALID_CA: untrusted,
  INVALID_PURPOSE: 'it is not meant for servers',
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
};

/** The same for what keeps the two from talking at all. */
const unreachable: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'it broke off the connection',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no way to that network',
  ENOTFOUND: 'DNS does not know the name',
  EAI_AGAIN: 'DNS does not answer',
  ETIMEDOUT: 'it does not answer',
  ERR_SSL_UNSUPPORTED_PROTOCOL: old,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: old,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
};

/** An alert by which the other end says what it thinks of our certificate (RFC 8446 §6.2), by OpenSSL's name. */
const ofOurs = /ALERT.*(CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)|UNKNOWN_CA$/;

export function tlsFailure({ host, port, ending, isSecure, fault }: TlsOutcome): FailureError {
  const place = { host, port };
  const code = fault ? codeOf(fault) : '';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return new FailureError('tlsName', place);
  const wrong = theirs[code];
  if (wrong !== undefined) return new FailureError('tlsTheirs', { ...place, detail: wrong });
  const broke = unreachable[code];
  // It has looked at our certificate by the time that it closes a connection which was good for us.
  if (ofOurs.test(code) || (isSecure && ending === 'closed')) return new FailureError('tlsOurs', place);
  if (ending === 'stranger')
    return new FailureError('tlsUnreachable', { ...place, detail: 'it is no endpoint adapter' });
  if (ending === 'late') return new FailureError('tlsUnreachable', { ...place, detail: 'it did not answer in time' });
  return new FailureError('tlsUnreachable', { ...place, detail: broke ?? (code || 'it broke off the connection') });
}
