/** Where requests go, as a line knows it. */
import type { Target } from '../address.ts';
import type { SipMessage } from '../message/message.ts';
import type { Flow } from '../transport/transport.ts';

export interface Routing {
  /** Best first. Rejects, or is empty, where there is none. */
  targets(request: SipMessage): readonly Target[] | Promise<readonly Target[]>;
  /** Whether that is the line's own server: nobody else gets to see credentials. */
  trusts(target: Target): boolean;
  /** It said nothing, broke, or answered 503. */
  failed(target: Target, forMs: number | null): void;
  /** It has failed a short while ago. */
  isBad(target: Target): boolean;
  /** It answered. */
  worked(target: Target): void;
  sentBy(flow: Flow): string;
}
