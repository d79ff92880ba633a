/** Devices and rules for tests. */
import type { DeviceSettings } from '@thinline/shared/contract/types.ts';
import fc from 'fast-check';
import { readDeviceRules } from '../device-rules.ts';
import type { ListedDevice } from '../product.ts';
import type { ChosenDevice } from '../selection.ts';

export const mic = (name: string): ListedDevice => ({ id: name, name, kind: 'CAPTURE', isDefault: false });
export const speaker = (name: string): ListedDevice => ({ id: name, name, kind: 'PLAYBACK', isDefault: false });

export const isListed = (chosen: ChosenDevice | null): boolean => chosen?.origin === 'listed';

export const rulesOf = (settings: Partial<DeviceSettings>) =>
  readDeviceRules({
    useHeadset: false,
    headsetName: '',
    audioInDevice: '',
    audioOutDevice: '',
    ringerDevice: '',
    includeHeadset: '',
    excludeHeadset: '',
    audioLayer: 0,
    releaseMs: 200,
    restartIfStuck: false,
    follow: true,
    ...settings,
  }).rules;

const products = ['Headset A', 'Headset B', 'Headset C', 'Realtek'];
const all = products.flatMap((name) => [mic(`${name} Microphone`), speaker(`${name} Speaker`)]);

/** Some of four headsets' halves, in any order, one of each kind perhaps the default. */
export const anyListing: fc.Arbitrary<ListedDevice[]> = fc
  .tuple(fc.shuffledSubarray(all), fc.constantFrom('', ...products))
  .map(([devices, isDefault]) =>
    devices.map((device) => ({ ...device, isDefault: isDefault !== '' && device.name.startsWith(isDefault) })),
  );

const someNames = fc.shuffledSubarray(products, { maxLength: 3 }).map((names) => names.join(', '));

export const anyRules = fc
  .record({
    useHeadset: fc.boolean(),
    headsetName: fc.oneof(someNames, fc.constantFrom('*', 'Headset [AB]', '')),
    audioInDevice: someNames,
    audioOutDevice: someNames,
    includeHeadset: fc.constantFrom('', 'Headset A:Headset B', 'Realtek:Realtek'),
    excludeHeadset: fc.constantFrom('', '', 'Realtek', 'Headset B'),
    follow: fc.boolean(),
  })
  .map(rulesOf);
