/** Which of the devices that are there are used while there is no call. Pure. */
import type { DeviceKind } from '@thinline/shared/contract/types.ts';
import type { DeviceRules } from './device-rules.ts';
import { findExcluded, findHeadsets, type Headset, inOrder, namesOf } from './headsets.ts';
import { findFirstMatch, type NamePattern } from './name-pattern.ts';
import { type DevicePicks, findPicked, noPicks } from './picks.ts';
import type { ListedDevice } from './product.ts';

export interface ChosenDevice {
  readonly device: ListedDevice;
  /** Chosen by the agent, named in the options, or taken because none of those is there. */
  readonly origin: 'picked' | 'listed' | 'fallback';
}

export interface DeviceChoice {
  /** null: none there. */
  readonly capture: ChosenDevice | null;
  readonly playback: ChosenDevice | null;
  readonly ringer: ChosenDevice | null;
  /** What rings as the system's device: the loudspeaker that the system prefers, unless the agent has chosen a ringer. */
  readonly system: ListedDevice | null;
  /** A headset is wanted, and one of those listed is there, with both halves. */
  readonly headsetAvailable: boolean;
}

const nameOf = (device: ListedDevice): string[] => [device.name];

function findListedHeadset(devices: readonly ListedDevice[], rules: DeviceRules): Headset | null {
  const headsets = findHeadsets(devices, rules);
  return findFirstMatch(rules.headsets, headsets, namesOf) ?? headsets.find(({ included }) => included) ?? null;
}

const asListed = (device: ListedDevice): ChosenDevice => ({ device, origin: 'listed' });

/**
 * What the agent has picked, else the devices of the first entry present, else in the system's order; excluded ones are the
 * last resort. Whether there is a headset doesn't depend on what is picked.
 */
export function chooseDevices(
  devices: readonly ListedDevice[],
  rules: DeviceRules,
  picks: DevicePicks = noPicks,
): DeviceChoice {
  const excluded = findExcluded(devices, rules.exclude);
  const fallback = (kind: DeviceKind): ChosenDevice | null => {
    const candidates = inOrder(devices, kind);
    const device = candidates.find((each) => !excluded.has(each)) ?? candidates[0];
    return device ? { device, origin: 'fallback' } : null;
  };
  const listed = (kind: DeviceKind, patterns: readonly NamePattern[]): ChosenDevice | null => {
    const device = findFirstMatch(patterns, inOrder(devices, kind), nameOf);
    return device ? asListed(device) : null;
  };
  const picked = (role: keyof DevicePicks, kind: DeviceKind): ChosenDevice | null => {
    const device = findPicked(picks[role], devices, kind);
    return device && { device, origin: 'picked' };
  };
  const headset = rules.useHeadset ? findListedHeadset(devices, rules) : null;
  const system = inOrder(devices, 'PLAYBACK')[0] ?? null;
  const named = (kind: DeviceKind, patterns: readonly NamePattern[], half: ListedDevice | undefined) => {
    if (rules.useHeadset) return half ? asListed(half) : null;
    return listed(kind, patterns);
  };
  const ringer = picked('ringer', 'PLAYBACK');
  return {
    capture: picked('capture', 'CAPTURE') ?? named('CAPTURE', rules.captures, headset?.capture) ?? fallback('CAPTURE'),
    playback:
      picked('playback', 'PLAYBACK') ?? named('PLAYBACK', rules.playbacks, headset?.playback) ?? fallback('PLAYBACK'),
    ringer: ringer ?? listed('PLAYBACK', rules.ringers) ?? (system && { device: system, origin: 'fallback' }),
    system: ringer?.device ?? system,
    headsetAvailable: headset !== null,
  };
}
