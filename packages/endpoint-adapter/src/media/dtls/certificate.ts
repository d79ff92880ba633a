/** Our certificate for DTLS: made once in a process, self-signed, told to the far end by its fingerprint (RFC 5763 §3). */
import { X509Certificate } from 'node:crypto';
import { loadWerift } from '../ice/werift.ts';
import type { Fingerprint } from '../stream-settings.ts';

export interface DtlsCertificate {
  /** PEM. */
  certificate: string;
  key: string;
  fingerprint: Fingerprint;
}

let made: Promise<DtlsCertificate> | null = null;

/** EC P-256. Rejects when werift can't be loaded. */
export function dtlsCertificate(): Promise<DtlsCertificate> {
  made ??= make();
  return made;
}

async function make(): Promise<DtlsCertificate> {
  const { CipherContext, HashAlgorithm, NamedCurveAlgorithm, SignatureAlgorithm } = await loadWerift();
  const { certPem, keyPem } = await CipherContext.createSelfSignedCertificateWithKey(
    { hash: HashAlgorithm.sha256_4, signature: SignatureAlgorithm.ecdsa_3 },
    NamedCurveAlgorithm.secp256r1_23,
  );
  const value = new X509Certificate(certPem).fingerprint256;
  return { certificate: certPem, key: keyPem, fingerprint: { algorithm: 'sha-256', value } };
}
