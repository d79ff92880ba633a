/** a=setup and a=fingerprint: DTLS-SRTP (RFC 5763, RFC 8842). */
import type { Fingerprint } from '../../media/stream-settings.ts';
import { attributeOf, attributesOf, type MediaSection, type SessionText } from './text.ts';

export type Setup = 'active' | 'passive' | 'actpass' | 'holdconn';

export interface RemoteDtls {
  /** Null: not said. */
  setup: Setup | null;
  fingerprints: Fingerprint[];
}

/** Bytes of a digest. RFC 8122 §5: MD2 and MD5 are not to be used. */
const digests: Readonly<Record<string, number>> = {
  'sha-1': 20,
  'sha-224': 28,
  'sha-256': 32,
  'sha-384': 48,
  'sha-512': 64,
};
const mostFingerprints = 8;
const setups: readonly Setup[] = ['active', 'passive', 'actpass', 'holdconn'];

export function readDtls(media: MediaSection, session: SessionText): RemoteDtls | null {
  const own = attributesOf('fingerprint', media);
  const values = own.length > 0 ? own : attributesOf('fingerprint', session);
  const fingerprints = values.slice(0, mostFingerprints).flatMap((it) => readFingerprint(it) ?? []);
  if (fingerprints.length === 0) return null;
  const said = attributeOf('setup', media, session)?.toLowerCase();
  return { setup: setups.find((it) => it === said) ?? null, fingerprints };
}

function readFingerprint(text: string): Fingerprint | null {
  const [, name = '', value = ''] = /^([\w-]+) +([0-9a-f]{2}(?::[0-9a-f]{2})*)$/i.exec(text) ?? [];
  const algorithm = name.toLowerCase();
  const bytes = Object.hasOwn(digests, algorithm) ? digests[algorithm] : 0;
  return bytes && value.length === bytes * 3 - 1 ? { algorithm, value: value.toUpperCase() } : null;
}

/**
 * Who begins, when we answer. RFC 5763 §5: the answerer does, where it may; RFC 8842 §5.3: while the association stays,
 * so do the roles. Null where nobody would.
 */
export function roleInAnswer(offered: Setup | null, before: 'client' | 'server' | null): 'client' | 'server' | null {
  if (offered === 'holdconn') return null;
  if (offered === 'actpass') return before ?? 'client';
  // RFC 4145 §4: an offer that doesn't say is active.
  return offered === 'passive' ? 'client' : 'server';
}

/** Who begins, by the far end's answer to what we have offered; null where nobody would. */
export function roleAfterAnswer(offered: Setup | null, answered: Setup | null): 'client' | 'server' | null {
  if (answered === 'holdconn') return null;
  if (offered === 'active') return 'client';
  if (offered === 'passive') return 'server';
  // RFC 4145 §4: an answer that doesn't say is passive. One of actpass is wrong, and means active where it is seen.
  return answered === 'active' || answered === 'actpass' ? 'server' : 'client';
}
