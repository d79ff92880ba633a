import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeviceRules } from './device-rules.ts';
import { type DeviceStep, nextDevices } from './in-call.ts';
import { type DevicePicks, noPicks } from './picks.ts';
import type { ListedDevice } from './product.ts';
import { chooseDevices, type DeviceChoice } from './selection.ts';
import { anyListing, anyRules, isListed, mic, rulesOf, speaker } from './testing/devices.ts';

const [micA, earA] = [mic('Headset A Microphone'), speaker('Headset A Speaker')];
const [micB, earB] = [mic('Headset B Microphone'), speaker('Headset B Speaker')];
const [micR, earR] = [
  { ...mic('Realtek Mic'), isDefault: true },
  { ...speaker('Realtek Speaker'), isDefault: true },
];
const [a, b, builtIn] = [
  [micA, earA],
  [micB, earB],
  [micR, earR],
];

const headsets = { useHeadset: true, headsetName: 'Headset B, Headset A', follow: true };

/** One listing after the other, in one call that begins after the first; what is in use after each of them. */
const live = (rules: DeviceRules, ...listings: ListedDevice[][]): string[] => liveWith(noPicks, rules, ...listings);

function liveWith(picks: DevicePicks, rules: DeviceRules, ...listings: ListedDevice[][]): string[] {
  let choice: DeviceChoice | null = null;
  return listings.map((devices, index) => {
    const step = nextDevices({ before: choice, inCall: index > 0, devices, rules, picks });
    choice = step.choice;
    return describeStep(step);
  });
}

function describeStep({ choice, capture, playback }: DeviceStep): string {
  const short = (chosen: DeviceChoice['capture']) => chosen?.device.name.replace(/Headset |icrophone|peaker/g, '');
  return `${short(choice.capture) ?? '-'} ${capture}, ${short(choice.playback) ?? '-'} ${playback}`;
}

it('stays on a listed headset when a better one appears', () => {
  expect(live(rulesOf(headsets), a, [...a, ...b], [...b, ...a])).toEqual([
    'A M switched, A S switched',
    'A M kept, A S kept',
    'A M kept, A S kept',
  ]);
});

it('goes to the next of the list when it is lost, and does not come back in this call', () => {
  const rules = rulesOf(headsets);
  expect(live(rules, [...b, ...a, ...builtIn], [...a, ...builtIn], [...builtIn, ...a, ...b])).toEqual([
    'B M switched, B S switched',
    'A M switched, A S switched',
    'A M kept, A S kept',
  ]);
  const before = chooseDevices(a, rules);
  expect(describeStep(nextDevices({ before, inCall: false, devices: [...a, ...b], rules }))).toBe(
    'B M switched, B S switched',
  );
});

it('leaves a fallback for a listed headset, if it is to follow', () => {
  const listings = [a, builtIn, [...builtIn, ...a]];
  const onFallback = 'Realtek Mic switched, Realtek S switched';
  expect(live(rulesOf(headsets), ...listings).slice(1)).toEqual([onFallback, 'A M switched, A S switched']);
  expect(live(rulesOf({ ...headsets, follow: false }), ...listings).slice(1)).toEqual([
    onFallback,
    'Realtek Mic kept, Realtek S kept',
  ]);
});

it('does not follow a new default device', () => {
  const newDefault = a.map((device) => ({ ...device, isDefault: true }));
  const before = builtIn.map((device) => ({ ...device, isDefault: false }));
  expect(live(rulesOf({}), builtIn, [...before, ...newDefault])).toEqual([
    'Realtek Mic switched, Realtek S switched',
    'Realtek Mic kept, Realtek S kept',
  ]);
});

it('goes on with half a headset until there is a whole one', () => {
  expect(
    live(rulesOf({ ...headsets, follow: false }), a, [micR, earR, earA], [micR, earR, ...a], [earR, earA, ...b]),
  ).toEqual([
    'A M switched, A S switched',
    'Realtek Mic switched, A S kept',
    'Realtek Mic kept, A S kept',
    'B M switched, B S switched',
  ]);
});

it('keeps a call without devices, and takes the first that come', () => {
  expect(live(rulesOf({ ...headsets, follow: false }), a, [], [earR], [earR, micR], [earR, micR, ...a])).toEqual([
    'A M switched, A S switched',
    '- none, - none',
    '- none, Realtek S switched',
    'Realtek Mic switched, Realtek S kept',
    'Realtek Mic kept, Realtek S kept',
  ]);
});

describe('what the agent has picked', () => {
  const picks = { ...noPicks, capture: micB, playback: earB };
  const onB = 'B M switched, B S switched';

  it('goes before the list, gives way to it when it is lost, and waits for the end of the call', () => {
    const rules = rulesOf({ ...headsets, headsetName: 'Headset A' });
    const all = [...builtIn, ...a, ...b];
    expect(liveWith(picks, rules, all, [...builtIn, ...a], all)).toEqual([
      onB,
      'A M switched, A S switched',
      'A M kept, A S kept',
    ]);
    const before = chooseDevices([...builtIn, ...a], rules, picks);
    expect(describeStep(nextDevices({ before, inCall: false, devices: all, rules, picks }))).toBe(onB);
  });

  it.each([{ useHeadset: true, headsetName: 'Poly' }, { useHeadset: false }])(
    'takes over from a fallback in the call, with %j',
    (settings) => {
      const listings = [[...builtIn, ...b], builtIn, [...builtIn, micB], [...builtIn, ...b]];
      expect(liveWith(picks, rulesOf({ ...settings, follow: true }), ...listings)).toEqual([
        onB,
        'Realtek Mic switched, Realtek S switched',
        'B M switched, Realtek S kept',
        'B M kept, B S switched',
      ]);
      expect(liveWith(picks, rulesOf({ ...settings, follow: false }), ...listings).at(-1)).toBe(
        'Realtek Mic kept, Realtek S kept',
      );
    },
  );

  it('of one half leaves the other to the list', () => {
    const rules = rulesOf({ ...headsets, headsetName: 'Headset A' });
    expect(liveWith({ ...noPicks, capture: micR }, rules, builtIn, [...builtIn, ...a], [...a, earR])).toEqual([
      'Realtek Mic switched, Realtek S switched',
      'Realtek Mic kept, A S switched',
      'A M switched, A S kept',
    ]);
  });
});

it('treats the directions apart where no headset is wanted', () => {
  const rules = rulesOf({ audioInDevice: 'Headset A, Headset B', audioOutDevice: 'Headset B', follow: true });
  expect(live(rules, [...builtIn, micB], [...builtIn, ...a, micB], [...a, ...b, ...builtIn], [...a, earR])).toEqual([
    'B M switched, Realtek S switched',
    'B M kept, Realtek S kept',
    'B M kept, B S switched',
    'A M switched, Realtek S switched',
  ]);
});

it('tells a microphone from the loudspeaker of the same id', () => {
  const half = { ...earA, id: micA.id };
  expect(live(rulesOf(headsets), [micA, half], [half, ...builtIn])[1]).toBe('Realtek Mic switched, A S kept');
});

it('uses what a device has become', () => {
  const renamed = { ...micA, name: 'Headset A (2)' };
  const rules = rulesOf(headsets);
  const { choice } = nextDevices({ before: chooseDevices(a, rules), inCall: true, devices: [renamed, earA], rules });
  expect(choice.capture).toEqual({ device: renamed, origin: 'listed' });
});

const whole = ({ capture, playback }: DeviceChoice) => isListed(capture) && isListed(playback);

/** What is wrong about one step of a call. */
function faultsOf(
  before: DeviceChoice,
  { choice, ...step }: DeviceStep,
  devices: readonly ListedDevice[],
  rules: DeviceRules,
) {
  const faults: string[] = [];
  const isThere = (kind: 'capture' | 'playback') => devices.some(({ id }) => id === before[kind]?.device.id);
  const stayed = isThere('capture') && isThere('playback');
  const moved = step.capture !== 'kept' || step.playback !== 'kept';
  if (step.moved && !moved) faults.push('did not move');
  if (whole(before) && stayed && moved) faults.push('left listed devices');
  if (rules.useHeadset && choice.headsetAvailable && rules.follow && !whole(choice)) faults.push('missed a headset');
  for (const kind of ['capture', 'playback'] as const) {
    const chosen = choice[kind];
    const candidates = devices.filter((device) => device.kind === kind.toUpperCase());
    if (chosen === null ? candidates.length > 0 : !candidates.includes(chosen.device)) faults.push(`wrong ${kind}`);
    if ((step[kind] === 'none') !== (chosen === null)) faults.push('wrong verdict');
    if (step[kind] === 'kept' && chosen?.device.id !== before[kind]?.device.id) faults.push('not kept');
    if (!step.moved && chosen?.device.id !== before[kind]?.device.id) faults.push('moved untold');
    if (step[kind] !== 'kept' && !rules.useHeadset && isThere(kind) && isListed(before[kind])) faults.push('stole');
    if (step[kind] !== 'kept' && stayed && !rules.follow) faults.push('followed');
    const excluded = rules.exclude.some(({ text }) => chosen?.device.name.includes(text));
    if (excluded && rules.useHeadset && isListed(chosen)) faults.push('took an excluded headset');
  }
  return faults;
}

it('whatever is plugged: nothing vanished is kept, nothing there is missed, no listed headset is left', () => {
  fc.assert(
    fc.property(fc.array(anyListing, { minLength: 2, maxLength: 8 }), anyRules, ([first = [], ...listings], rules) => {
      let before = chooseDevices(first, rules);
      for (const devices of listings) {
        const situation = { before, inCall: true, devices: Object.freeze(devices), rules };
        const step = nextDevices(situation);
        const again = nextDevices(situation);
        const faults = faultsOf(before, step, devices, rules);
        if (JSON.stringify(again) !== JSON.stringify(step)) faults.push('took another one the second time');
        if (faults.length > 0) throw new Error(faults.join(', '));
        before = step.choice;
      }
      const { choice } = nextDevices({ before, inCall: false, devices: first, rules });
      expect(choice).toEqual(chooseDevices(first, rules));
    }),
    { numRuns: 200 },
  );
});

it('is back where it was when the only listed headset is unplugged and plugged again', () => {
  const rules = rulesOf({ ...headsets, headsetName: 'Headset A' });
  fc.assert(
    fc.property(anyListing, (listing) => {
      const others = listing.filter(({ name }) => !name.startsWith('Headset A'));
      const plugged = [...others, ...a];
      const first = chooseDevices(plugged, rules);
      const unplugged = nextDevices({ before: first, inCall: true, devices: others, rules }).choice;
      expect(nextDevices({ before: unplugged, inCall: true, devices: plugged, rules }).choice).toEqual(first);
    }),
  );
});
