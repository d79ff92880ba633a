/** Which of the devices that are there are used while there is no call. Pure. */
import type { DeviceKind } from '@thinline/shared/contract/types.ts';
import type { DeviceRules } from './device-rules.ts';
import { findExcluded, findHeadsets, type Headset, inOrder, namesOf } from './headsets.ts';
import { findFirstMatch, type NamePattern } from './name-pattern.ts';
import type { ListedDevice } from './product.ts';

export interface ChosenDevice {
  readonly device: ListedDevice;
  /** Named in the options, or taken because none of those named is there. */
  readonly origin: 'listed' | 'fallback';
}

export interface DeviceChoice {
  /** null: none there. */
  readonly capture: ChosenDevice | null;
  readonly playback: ChosenDevice | null;
  readonly ringer: ChosenDevice | null;
  /** The loudspeaker that the system prefers, whatever the options say. */
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

/** The devices of the first entry present, else in the system's order; excluded ones are the last resort. */
export function chooseDevices(devices: readonly ListedDevice[], rules: DeviceRules): DeviceChoice {
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
  const headset = rules.useHeadset ? findListedHeadset(devices, rules) : null;
  const system = inOrder(devices, 'PLAYBACK')[0] ?? null;
  const named = (kind: DeviceKind, patterns: readonly NamePattern[], half: ListedDevice | undefined) => {
    if (rules.useHeadset) return half ? asListed(half) : null;
    return listed(kind, patterns);
  };
  return {
    capture: named('CAPTURE', rules.captures, headset?.capture) ?? fallback('CAPTURE'),
    playback: named('PLAYBACK', rules.playbacks, headset?.playback) ?? fallback('PLAYBACK'),
    ringer: listed('PLAYBACK', rules.ringers) ?? (system && { device: system, origin: 'fallback' }),
    system,
    headsetAvailable: headset !== null,
  };
}
