/** Microphones and loudspeakers that belong together. Pure. */
import type { DeviceKind } from '@thinline/shared/contract/types.ts';
import { findMatch, matchName, type NamePattern } from './name-pattern.ts';
import { cardOf, isMonitor, type ListedDevice, productInBrackets, productOf } from './product.ts';

export interface Headset {
  readonly name: string;
  readonly capture: ListedDevice;
  readonly playback: ListedDevice;
  /** An administrator said that it is one. */
  readonly included: boolean;
}

export interface PatternPair {
  readonly capture: NamePattern;
  readonly playback: NamePattern;
}

export interface HeadsetRules {
  readonly include: readonly PatternPair[];
  readonly exclude: readonly NamePattern[];
}

/** The order to choose in: the system's default first, then as listed. */
export function inOrder(devices: readonly ListedDevice[], kind: DeviceKind): ListedDevice[] {
  const usable = devices.filter((device) => device.kind === kind && !isMonitor(device));
  return [...usable.filter((device) => device.isDefault), ...usable.filter((device) => !device.isDefault)];
}

export const namesOf = (headset: Headset): string[] => [headset.name, headset.capture.name, headset.playback.name];

type KeyOf = (device: ListedDevice) => string;

/** The surest sign first. Names don't join what is known to be of different hardware. */
const signs: readonly KeyOf[] = [
  (device) => cardOf(device) ?? '',
  (device) => productOf(device.name).toLowerCase(),
  (device) => productInBrackets(device.name).toLowerCase(),
];

const mayBelong = (a: ListedDevice, b: ListedDevice): boolean => {
  const [cardA, cardB] = [cardOf(a), cardOf(b)];
  return cardA === null || cardB === null || cardA === cardB;
};

function nameOf(capture: ListedDevice, playback: ListedDevice): string {
  const shared = productInBrackets(capture.name);
  if (shared !== '' && shared === productInBrackets(playback.name)) return shared;
  return productOf(capture.name) || productOf(playback.name) || playback.name;
}

/** Each device is in one pair at most. */
function pairProducts(devices: readonly ListedDevice[]): Headset[] {
  const [captures, playbacks] = [inOrder(devices, 'CAPTURE'), inOrder(devices, 'PLAYBACK')];
  const partners = new Map<ListedDevice, ListedDevice>();
  const taken = new Set<ListedDevice>();
  for (const keyOf of signs) {
    const candidates = Map.groupBy(playbacks, keyOf);
    for (const capture of captures) {
      const key = keyOf(capture);
      if (key === '' || partners.has(capture)) continue;
      const playback = candidates.get(key)?.find((each) => !taken.has(each) && mayBelong(capture, each));
      if (playback === undefined) continue;
      partners.set(capture, playback);
      taken.add(playback);
    }
  }
  return captures.flatMap((capture) => {
    const playback = partners.get(capture);
    return playback ? [{ name: nameOf(capture, playback), capture, playback, included: false }] : [];
  });
}

function pairIncluded(devices: readonly ListedDevice[], pairs: readonly PatternPair[]): Headset[] {
  const [captures, playbacks] = [inOrder(devices, 'CAPTURE'), inOrder(devices, 'PLAYBACK')];
  return pairs.flatMap((pair) => {
    const capture = findMatch(pair.capture, captures, (device) => [device.name]);
    const playback = findMatch(pair.playback, playbacks, (device) => [device.name]);
    if (capture === null || playback === null) return [];
    return [{ name: `${capture.name}:${playback.name}`, capture, playback, included: true }];
  });
}

const isExcluded = (headset: Headset, exclude: readonly NamePattern[]): boolean =>
  namesOf(headset).some((name) => exclude.some((pattern) => matchName(pattern, name) > 0));

/** That with the system's default microphone first; what is included comes last. */
export function findHeadsets(devices: readonly ListedDevice[], rules: HeadsetRules): Headset[] {
  const all = [...pairProducts(devices), ...pairIncluded(devices, rules.include)];
  return all.filter((headset) => !isExcluded(headset, rules.exclude));
}

/** The devices that are no headset, or a part of one, because an administrator said so. */
export function findExcluded(devices: readonly ListedDevice[], exclude: readonly NamePattern[]): Set<ListedDevice> {
  const ofHeadsets = pairProducts(devices).filter((headset) => isExcluded(headset, exclude));
  const byName = devices.filter((device) => exclude.some((pattern) => matchName(pattern, device.name) > 0));
  return new Set([...byName, ...ofHeadsets.flatMap(({ capture, playback }) => [capture, playback])]);
}
