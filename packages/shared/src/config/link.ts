/** What a Softphone.config says about the link between the halves. The app layer goes by it; the endpoint isn't told. */
import { Reader } from './reader.ts';

const mismatches = ['warn', 'readonly', 'block'] as const;
const fallbacks = ['none', 'desktop'] as const;
const roamings = ['at_once', 'after_calls'] as const;

/** What becomes of an adapter that is older than wanted. */
export type OnMismatch = (typeof mismatches)[number];
/** Where sound is when no endpoint can be used. */
export type Fallback = (typeof fallbacks)[number];
/** When another endpoint is told its configuration, while the last one has calls. */
export type Roaming = (typeof roamings)[number];

export interface LinkSettings {
  /** "auto", or the name of a channel provider. */
  channel: string;
  /** host:port, for TLS; empty: none is named. */
  endpoint: string;
  /** PEM files, for TLS; empty: none. */
  certificate: string;
  authorities: string;
  /** "1.2.0"; empty: any adapter will do. */
  minAdapter: string;
  onMismatch: OnMismatch;
  fallback: Fallback;
  roaming: Roaming;
}

const oneOf = <Word extends string>(words: readonly Word[], text: string, otherwise: Word): Word =>
  words.find((it) => it === text) ?? otherwise;

export function linkSettingsFrom(reader: Reader): LinkSettings {
  return {
    channel: reader.choice('policy.link.channel'),
    endpoint: reader.text('policy.link.endpoint'),
    certificate: reader.text('policy.link.certificate'),
    authorities: reader.text('policy.link.authorities'),
    minAdapter: reader.text('policy.link.min_adapter'),
    onMismatch: oneOf(mismatches, reader.choice('policy.link.on_mismatch'), 'warn'),
    fallback: oneOf(fallbacks, reader.choice('policy.link.fallback'), 'none'),
    roaming: oneOf(roamings, reader.choice('policy.link.roaming'), 'at_once'),
  };
}

/** Where no file says anything else. */
export const usualLinkSettings: LinkSettings = linkSettingsFrom(new Reader(new Map()));
