/** How a system is asked whose the peer of a TCP connection is. */
import type { Peer } from './peer-address.ts';

export type Owner = 'own' | 'other' | 'unknown';

export interface OwnerKind {
  platform: NodeJS.Platform;
  /** Whether it can be asked here. Does not reject. */
  isHere(): Promise<boolean>;
  /** Does not reject. */
  ownerOf(peer: Peer): Promise<Owner>;
}
