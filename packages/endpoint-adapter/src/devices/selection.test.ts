import fc from 'fast-check';
import { expect, it } from 'vitest';
import { noPicks } from './picks.ts';
import type { ListedDevice } from './product.ts';
import { chooseDevices, type DeviceChoice } from './selection.ts';
import { anyListing, anyRules, isListed, mic, rulesOf, speaker } from './testing/devices.ts';

const a = [mic('Headset A Microphone'), speaker('Headset A Speaker')];
const b = [mic('Headset B Microphone'), speaker('Headset B Speaker')];
const builtIn = [
  { ...mic('Realtek Mic'), isDefault: true },
  { ...speaker('Realtek Speaker'), isDefault: true },
];
const ringer = speaker('Ringer');

function told(choice: DeviceChoice): string {
  const one = (chosen: DeviceChoice['capture']) => (chosen ? `${chosen.device.name} ${chosen.origin}` : 'none');
  return `${one(choice.capture)}, ${one(choice.playback)}, ${choice.headsetAvailable ? 'available' : 'not available'}`;
}

it('takes the first listed headset that is there', () => {
  const rules = rulesOf({ useHeadset: true, headsetName: 'Headset B, Headset A' });
  const onA = 'Headset A Microphone listed, Headset A Speaker listed, available';
  const onB = 'Headset B Microphone listed, Headset B Speaker listed, available';
  expect(told(chooseDevices([...builtIn, ...a, ...b], rules))).toBe(onB);
  expect(told(chooseDevices([...builtIn, ...a], rules))).toBe(onA);
  expect(told(chooseDevices([...builtIn, ...a, ...b.slice(0, 1)], rules))).toBe(onA);
});

it('falls back to the system, which is no headset', () => {
  const fallback = 'Realtek Mic fallback, Realtek Speaker fallback, not available';
  const all = [...a, ...builtIn];
  expect(told(chooseDevices(all, rulesOf({ useHeadset: true, headsetName: 'Poly' })))).toBe(fallback);
  expect(told(chooseDevices(all, rulesOf({ useHeadset: true, headsetName: '' })))).toBe(fallback);
  expect(told(chooseDevices(a, rulesOf({ useHeadset: true })))).toBe(
    'Headset A Microphone fallback, Headset A Speaker fallback, not available',
  );
  expect(told(chooseDevices([], rulesOf({ useHeadset: true, headsetName: '*' })))).toBe('none, none, not available');
});

it('with a star takes any headset, the default one first, but no excluded one', () => {
  const rules = { useHeadset: true, headsetName: '*' };
  const all = [...a, ...builtIn];
  expect(told(chooseDevices(all, rulesOf(rules)))).toBe('Realtek Mic listed, Realtek Speaker listed, available');
  const excluding = rulesOf({ ...rules, excludeHeadset: 'Realtek' });
  expect(told(chooseDevices(all, excluding))).toBe('Headset A Microphone listed, Headset A Speaker listed, available');
  expect(told(chooseDevices(builtIn, excluding))).toBe('Realtek Mic fallback, Realtek Speaker fallback, not available');
});

it('takes what is excluded as the last resort', () => {
  const rules = rulesOf({ useHeadset: true, headsetName: 'Poly', excludeHeadset: 'Realtek' });
  expect(told(chooseDevices([...builtIn, ...a], rules))).toBe(
    'Headset A Microphone fallback, Headset A Speaker fallback, not available',
  );
});

it('takes included pairs after those that are named', () => {
  const pair = [mic('External Mic'), speaker('Headphones')];
  const rules = { useHeadset: true, headsetName: 'Headset A', includeHeadset: 'External:Headphones' };
  expect(told(chooseDevices([...pair, ...a], rulesOf(rules)))).toContain('Headset A Microphone listed');
  expect(told(chooseDevices([...pair, ...b], rulesOf(rules)))).toBe(
    'External Mic listed, Headphones listed, available',
  );
  expect(told(chooseDevices(pair, rulesOf({ ...rules, headsetName: '' })))).toContain('available');
  expect(told(chooseDevices(pair.slice(1), rulesOf(rules)))).toBe('none, Headphones fallback, not available');
});

it('chooses microphone and loudspeaker apart where no headset is wanted', () => {
  const rules = rulesOf({ audioInDevice: 'Headset B, Headset A', audioOutDevice: 'Poly', headsetName: 'Headset A' });
  expect(told(chooseDevices([...builtIn, ...a, ...b], rules))).toBe(
    'Headset B Microphone listed, Realtek Speaker fallback, not available',
  );
  // What is excluded is excluded from headsets only.
  const manual = rulesOf({ audioInDevice: 'Realtek', excludeHeadset: 'Realtek' });
  expect(told(chooseDevices([...a, ...builtIn], manual))).toContain('Realtek Mic listed, Headset A Speaker fallback');
});

it('rings where it is told to, else at the default device', () => {
  const all = [...a, ...builtIn, ringer];
  const at = (ringerDevice: string, devices = all) => chooseDevices(devices, rulesOf({ ringerDevice }));
  expect(at('^Ring').ringer).toEqual({ device: ringer, origin: 'listed' });
  expect(at('Poly').ringer).toEqual({ device: builtIn[1], origin: 'fallback' });
  expect(at('').system).toEqual(builtIn[1]);
  expect([at('Poly', a.slice(0, 1)).ringer, at('').ringer?.device.name]).toEqual([null, 'Realtek Speaker']);
});

const pickOf = ({ id, name }: ListedDevice) => ({ id, name });
const [micB, earB] = [mic('Headset B Microphone'), speaker('Headset B Speaker')];

it('takes what the agent has picked, as long as it is there', () => {
  const rules = rulesOf({ useHeadset: true, headsetName: 'Headset A' });
  const picks = { ...noPicks, capture: pickOf(micB), playback: pickOf(earB) };
  expect(told(chooseDevices([...builtIn, ...a, ...b], rules, picks))).toBe(
    'Headset B Microphone picked, Headset B Speaker picked, available',
  );
  expect(told(chooseDevices([...builtIn, ...a, micB], rules, picks))).toBe(
    'Headset B Microphone picked, Headset A Speaker listed, available',
  );
  expect(told(chooseDevices([...builtIn, ...a], rules, picks))).toBe(
    'Headset A Microphone listed, Headset A Speaker listed, available',
  );
});

it('counts no headset that is only picked', () => {
  const rules = rulesOf({ useHeadset: true, headsetName: 'Poly', excludeHeadset: 'Headset B' });
  const picks = { ...noPicks, capture: pickOf(micB), playback: pickOf(earB) };
  expect(told(chooseDevices([...builtIn, ...b], rules, picks))).toBe(
    'Headset B Microphone picked, Headset B Speaker picked, not available',
  );
});

it('knows a picked device again by its name, and of several by its id', () => {
  const [first, second] = [
    { ...micB, id: '1' },
    { ...micB, id: '2' },
  ];
  const picks = { ...noPicks, capture: pickOf(second) };
  expect(chooseDevices([first, second], rulesOf({}), picks).capture?.device.id).toBe('2');
  expect(chooseDevices([first], rulesOf({}), picks).capture?.device.id).toBe('1');
  expect(chooseDevices([{ ...speaker(micB.name), id: '2' }, mic('Other')], rulesOf({}), picks).capture?.origin).toBe(
    'fallback',
  );
});

it('rings at a picked ringer, also where it would ring at the default device', () => {
  const picks = { ...noPicks, ringer: pickOf(ringer) };
  const rules = rulesOf({ ringerDevice: 'Headset' });
  const withRinger = chooseDevices([...a, ...builtIn, ringer], rules, picks);
  expect([withRinger.ringer, withRinger.system]).toEqual([{ device: ringer, origin: 'picked' }, ringer]);
  const without = chooseDevices([...a, ...builtIn], rules, picks);
  expect([without.ringer?.device.name, without.system]).toEqual(['Headset A Speaker', builtIn[1]]);
});

it('takes what is there, misses nothing, and counts no half and no excluded headset', () => {
  fc.assert(
    fc.property(anyListing, anyRules, (devices, rules) => {
      const choice = chooseDevices(Object.freeze(devices), rules);
      const faults: string[] = [];
      if (JSON.stringify(chooseDevices([...devices], rules)) !== JSON.stringify(choice))
        faults.push('not the same twice');
      if (choice.headsetAvailable && !rules.useHeadset) faults.push('a headset that is not wanted');
      if ((choice.ringer === null) !== (choice.playback === null)) faults.push('wrong ringer');
      for (const kind of ['capture', 'playback'] as const) {
        const chosen = choice[kind];
        const there = devices.filter((device) => device.kind === kind.toUpperCase());
        if (chosen === null ? there.length > 0 : !there.includes(chosen.device)) faults.push(`wrong ${kind}`);
        if (!rules.useHeadset) continue;
        if (isListed(chosen) !== choice.headsetAvailable) faults.push(`half a headset`);
        const excluded = rules.exclude.some(({ text }) => chosen?.device.name.includes(text));
        if (excluded && isListed(chosen)) faults.push('an excluded headset');
        const better = there.some(({ name }) => !rules.exclude.some(({ text }) => name.includes(text)));
        if (excluded && better) faults.push('an excluded device, though there is a better one');
      }
      expect(faults).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

it('takes whatever is picked and there, and does not count it', () => {
  const picked = fc.constantFrom(null, ...a, ...b, ...builtIn);
  fc.assert(
    fc.property(anyListing, anyRules, picked, picked, (devices, rules, capture, playback) => {
      const choice = chooseDevices(devices, rules, { ...noPicks, capture, playback });
      const without = chooseDevices(devices, rules);
      const nameIfThere = (kind: string, pick: ListedDevice | null) =>
        devices.find((device) => device.kind === kind && device.name === pick?.name)?.name;
      expect([choice.capture?.device.name, choice.playback?.device.name, choice.headsetAvailable]).toEqual([
        nameIfThere('CAPTURE', capture) ?? without.capture?.device.name,
        nameIfThere('PLAYBACK', playback) ?? without.playback?.device.name,
        without.headsetAvailable,
      ]);
    }),
  );
});
