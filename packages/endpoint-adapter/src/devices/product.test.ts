import type { DeviceKind } from '@thinline/shared/contract/types.ts';
import { expect, it } from 'vitest';
import { cardOf, isMonitor, productInBrackets, productOf } from './product.ts';

const device = (id: string, name = '', kind: DeviceKind = 'CAPTURE') => ({ id, name, kind, isDefault: false });

it.each([
  ['alsa_input.usb-GN_Audio_A_S_Jabra_Evolve2_65-00.mono-fallback', 'usb-GN_Audio_A_S_Jabra_Evolve2_65-00'],
  ['alsa_output.pci-0000_00_1f.3.analog-stereo', 'pci-0000_00_1f.3'],
  ['bluez_source.50_C2_ED_00_11_22.handsfree_head_unit', '50_C2_ED_00_11_22'],
  ['bluez_output.50_C2_ED_00_11_22.1', '50_C2_ED_00_11_22'],
  [':1,0', '1'],
  ['sysdefault:CARD=Evolve,DEV=0', 'Evolve'],
  ['earA', null],
  ['{0.0.1.00000000}.{d3d1e2c7-0000-0000-0000-000000000000}', null],
])('the card of %s is %s', (id, card) => {
  expect(cardOf(device(id))).toBe(card);
});

it('believes a driver that knows more than the id', () => {
  expect(cardOf({ ...device(':1,0'), group: 'container 7' })).toBe('container 7');
  expect(cardOf({ ...device(':1,0'), group: '' })).toBe('1');
});

it.each([
  ['Headset A Microphone', 'Headset A'],
  ['Jabra Evolve2 65 Analog Stereo', 'Jabra Evolve2 65'],
  ['Jabra Headset', 'Jabra Headset'],
  ['MacBook Pro Speakers', 'MacBook Pro'],
  ['Microphone', ''],
  ['Default Capture Device', ''],
  ['', ''],
])('the product of "%s" is "%s"', (name, product) => {
  expect(productOf(name)).toBe(product);
});

it.each([
  ['Headset Microphone (Jabra Evolve2 65)', 'Jabra Evolve2 65'],
  ['Microphone (Realtek(R) Audio)', 'Realtek(R) Audio'],
  ['Kopfhörer (2- Poly Blackwire)', '2- Poly Blackwire'],
  ['Jabra Evolve2 (Bluetooth)', ''],
  ['Jabra', ''],
])('in the brackets of "%s" is "%s"', (name, product) => {
  expect(productInBrackets(name)).toBe(product);
});

it('knows what is no microphone', () => {
  expect(isMonitor(device('earA.monitor'))).toBe(true);
  expect(isMonitor(device('7', 'Monitor of Headset A Speaker'))).toBe(true);
  expect(isMonitor(device('micA', 'A Monitor'))).toBe(false);
  expect(isMonitor(device('wall.monitor', '', 'PLAYBACK'))).toBe(false);
});
