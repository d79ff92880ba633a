/** What the program that plays the app layer is told, and what it answers. */
import type { TlsSettings } from '@thinline/app-layer/channel/tls.ts';

/** The pipe, as the program finds it where it runs. */
export type Place =
  | { kind: 'local'; path: string }
  | { kind: 'tls'; settings: TlsSettings }
  | { kind: 'xrdp'; channel: 'dynamic' | 'static' };

export interface Job {
  place: Place;
  /** gRPC right on the pipe, without the session layer. */
  isBare: boolean;
  /** measure: prints a Round as JSON. hold: prints `reading` once events come in plenty, and goes on with that. */
  work: 'measure' | 'hold';
}

/** ms */
export interface Latency {
  p50: number;
  p99: number;
}

/** Throughput in MiB/s. */
export interface Round {
  unary: Latency;
  event: Latency;
  unaryUnderBulk: Latency;
  eventUnderBulk: Latency;
  down: number;
  up: number;
}

/** The names of what is watched: a time every now and then, or as much as goes through. */
export const watched = { times: 'times', bulk: 'bulk' } as const;

/** Of this machine, whichever process asks, ms. */
export const clock = (): number => Number(process.hrtime.bigint()) / 1e6;
