/** What the parts of a line have in common that concern what its server keeps for it. */
import type { LineConfiguration } from '@thinline/shared/contract/types.ts';
import type { Client } from '../dialog/client.ts';
import type { Routing } from '../dialog/routing.ts';
import type { Credentials } from '../digest.ts';
import type { Uri } from '../message/uri.ts';
import type { SubscriptionPorts } from '../subscription/subscription.ts';
import type { Flow } from '../transport/transport.ts';

export interface FeaturePorts extends SubscriptionPorts {
  configuration: LineConfiguration;
  aor: Uri;
  routing: Routing;
  clientWith(routing: Routing, credentials: Credentials): Client;
  /** The URI in our Contact, as it is now. */
  contactUri(): Uri;
  isServer(flow: Flow): boolean;
  /** The registrar has let go of our registration. */
  registrationLost(): void;
  changed(): void;
}

export interface Feature {
  /** The line is registered; what is there already stays as it is. */
  start(): void;
  /** The way to the server has broken, or is another one. */
  again(): void;
  /** Settles when the server knows that we go. */
  leave(): Promise<void>;
  /** Without a word. */
  stop(): void;
}
