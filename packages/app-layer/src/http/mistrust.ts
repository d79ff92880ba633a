/** A browser that does not trust our certificate leaves no other trace than a handshake that it breaks off. */
import type { Log } from '@thinline/shared/log/log.ts';

/** The alerts with which it does (RFC 8446 §6.2): bad_certificate, certificate_unknown and unknown_ca among them. */
const alert = /ALERT_(?:BAD_CERTIFICATE|CERTIFICATE_\w+|UNKNOWN_CA)$/;

/** Said once, as it tries again and again. */
export function mistrustTeller(log: Log): (error: Error) => void {
  let said = false;
  return (error) => {
    if (said || !('code' in error) || !alert.test(String(error.code))) return;
    said = true;
    log.warning('a browser does not trust the certificate of the connector: see "thinline certificate show"');
  };
}
