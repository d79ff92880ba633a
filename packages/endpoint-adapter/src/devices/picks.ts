/** The devices that the agent wants, whatever the options say. Pure. */
import type { DeviceKind } from '@thinline/shared/contract/types.ts';
import { inOrder } from './headsets.ts';
import type { ListedDevice } from './product.ts';

/** A device as it was called when it was chosen: it may be away now, or back under another id. */
export interface DevicePick {
  readonly id: string;
  readonly name: string;
}

/** null: the options choose. */
export interface DevicePicks {
  readonly capture: DevicePick | null;
  readonly playback: DevicePick | null;
  readonly ringer: DevicePick | null;
}

export const noPicks: DevicePicks = { capture: null, playback: null, ringer: null };

/** That of the name; of several, that of the id. null: it isn't there. */
export function findPicked(
  pick: DevicePick | null,
  devices: readonly ListedDevice[],
  kind: DeviceKind,
): ListedDevice | null {
  if (pick === null) return null;
  const named = inOrder(devices, kind).filter(({ name }) => name === pick.name);
  return named.find(({ id }) => id === pick.id) ?? named[0] ?? null;
}
