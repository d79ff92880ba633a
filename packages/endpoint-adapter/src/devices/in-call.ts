/** What becomes of the devices in use when others come and go. Pure. */
import type { DeviceRules } from './device-rules.ts';
import type { DevicePicks } from './picks.ts';
import type { ListedDevice } from './product.ts';
import { type ChosenDevice, chooseDevices, type DeviceChoice } from './selection.ts';

export interface DeviceSituation {
  /** null: nothing was chosen yet. */
  readonly before: DeviceChoice | null;
  readonly inCall: boolean;
  readonly devices: readonly ListedDevice[];
  readonly rules: DeviceRules;
  readonly picks?: DevicePicks;
}

export type Verdict = 'kept' | 'switched' | 'none';

export interface DeviceStep {
  readonly choice: DeviceChoice;
  readonly capture: Verdict;
  readonly playback: Verdict;
  /** Other devices than before, one or both: what is open has to be closed, and these opened. */
  readonly moved: boolean;
}

/**
 * Without a call, the best devices. In a call nothing moves without need: a lost device is replaced, and with `follow` a
 * fallback gives way to what is picked or listed; but one listed headset never takes over from another.
 */
export function nextDevices({ before, inCall, devices, rules, picks }: DeviceSituation): DeviceStep {
  const best = chooseDevices(devices, rules, picks);
  const choice = before !== null && inCall ? { ...best, ...duringCall(before, best, devices, rules) } : best;
  const capture = judge(before?.capture ?? null, choice.capture);
  const playback = judge(before?.playback ?? null, choice.playback);
  return { choice, capture, playback, moved: idsOf(before) !== idsOf(choice) };
}

const idsOf = (choice: DeviceChoice | null): string =>
  JSON.stringify([choice?.capture?.device.id ?? null, choice?.playback?.device.id ?? null]);

type InUse = Pick<DeviceChoice, 'capture' | 'playback'>;

function duringCall(
  before: DeviceChoice,
  best: DeviceChoice,
  devices: readonly ListedDevice[],
  rules: DeviceRules,
): InUse {
  const capture = stillThere(before.capture, devices);
  const playback = stillThere(before.playback, devices);
  const onHeadset = isWanted(capture) && isWanted(playback);
  const mayMove = rules.follow || capture === null || playback === null;
  // A headset is taken as a whole, or not at all.
  if (best.headsetAvailable && !onHeadset && mayMove) return best;
  return {
    capture: keepOrTake(capture, best.capture, rules.follow),
    playback: keepOrTake(playback, best.playback, rules.follow),
  };
}

function stillThere(chosen: ChosenDevice | null, devices: readonly ListedDevice[]): ChosenDevice | null {
  if (chosen === null) return null;
  const { id, kind } = chosen.device;
  const device = devices.find((each) => each.id === id && each.kind === kind);
  return device ? { ...chosen, device } : null;
}

const isWanted = (chosen: ChosenDevice | null): boolean => chosen !== null && chosen.origin !== 'fallback';

function keepOrTake(current: ChosenDevice | null, best: ChosenDevice | null, follow: boolean): ChosenDevice | null {
  const givesWay = current?.origin === 'fallback' && isWanted(best) && follow;
  return current === null || givesWay ? best : current;
}

function judge(before: ChosenDevice | null, after: ChosenDevice | null): Verdict {
  if (after === null) return 'none';
  return before?.device.id === after.device.id ? 'kept' : 'switched';
}
