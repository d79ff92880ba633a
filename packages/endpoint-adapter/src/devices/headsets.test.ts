import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findExcluded, findHeadsets, inOrder } from './headsets.ts';
import { readPattern } from './name-pattern.ts';
import type { ListedDevice } from './product.ts';

const mic = (name: string, id = `mic ${name}`, group = ''): ListedDevice => ({
  id,
  name,
  kind: 'CAPTURE',
  isDefault: false,
  group,
});
const speaker = (name: string, id = `out ${name}`, group = ''): ListedDevice => ({
  ...mic(name, id, group),
  kind: 'PLAYBACK',
});
const pattern = (text: string) => readPattern(text).pattern;
const none = { include: [], exclude: [] };
const found = (devices: ListedDevice[], rules: Parameters<typeof findHeadsets>[1] = none) =>
  findHeadsets(devices, rules).map(({ name, capture, playback }) => [name, capture.id, playback.id]);

it('pairs by the name of the product', () => {
  expect(
    found([
      mic('Headset A Microphone'),
      mic('Headset B Microphone'),
      speaker('Headset B Speaker'),
      speaker('Headset A Speaker'),
      speaker('Ringer'),
    ]),
  ).toEqual([
    ['Headset A', 'mic Headset A Microphone', 'out Headset A Speaker'],
    ['Headset B', 'mic Headset B Microphone', 'out Headset B Speaker'],
  ]);
});

it("pairs by Windows' names in any language", () => {
  expect(
    found([
      mic('Mikrofon (2- Jabra Evolve2 65)', 'm2'),
      mic('Mikrofon (Jabra Evolve2 65)', 'm1'),
      speaker('Kopfhörer (Jabra Evolve2 65)', 's1'),
      speaker('Kopfhörer (2- Jabra Evolve2 65)', 's2'),
    ]),
  ).toEqual([
    ['2- Jabra Evolve2 65', 'm2', 's2'],
    ['Jabra Evolve2 65', 'm1', 's1'],
  ]);
});

it("pairs PulseAudio's source and sink of one card, and the driver's group", () => {
  const usb = 'usb-GN_Jabra-00';
  expect(
    found([
      mic('Jabra Mono', `alsa_input.${usb}.mono-fallback`),
      speaker('Jabra Analog Stereo', `alsa_output.${usb}.analog-stereo`),
      mic('x', 'm', 'hub 1'),
      speaker('y', 's', 'hub 1'),
    ]),
  ).toEqual([
    ['Jabra', `alsa_input.${usb}.mono-fallback`, `alsa_output.${usb}.analog-stereo`],
    ['x', 'm', 's'],
  ]);
});

it('does not join by name what is known to be apart', () => {
  const devices = [mic('Jabra', 'm1', '1'), speaker('Jabra', 's2', '2')];
  expect(found(devices)).toEqual([]);
  expect(found([...devices, mic('Jabra', 'm2', '2')])).toEqual([['Jabra', 'm2', 's2']]);
});

it('names a headset of nameless parts after its loudspeaker', () => {
  expect(found([mic('Microphone', 'm', '1'), speaker('Speakers', 's', '1')])).toEqual([['Speakers', 'm', 's']]);
});

it('never takes a monitor for a microphone', () => {
  const monitor = mic('Headset A Speaker', 'earA.monitor');
  expect(found([monitor, speaker('Headset A Speaker')])).toEqual([]);
  expect(inOrder([monitor], 'CAPTURE')).toEqual([]);
});

it('puts the default devices first', () => {
  const [a, b] = [mic('A Mic'), { ...mic('B Mic'), isDefault: true }];
  expect(found([a, b, speaker('A Speaker'), speaker('B Speaker')]).map(([name]) => name)).toEqual(['B', 'A']);
});

it('adds what is included where both are there, and takes out what is excluded', () => {
  const devices = [mic('External Mic'), speaker('Headphones'), mic('Realtek Mic'), speaker('Realtek Speaker')];
  const include = [
    { capture: pattern('External'), playback: pattern('Headphones') },
    { capture: pattern('External'), playback: pattern('Absent') },
  ];
  expect(found(devices, { include, exclude: [pattern('Realtek')] })).toEqual([
    ['External Mic:Headphones', 'mic External Mic', 'out Headphones'],
  ]);
  expect(found(devices, { include, exclude: [pattern('Headphones'), pattern('^Realtek$')] })).toEqual([]);
  expect([...findExcluded(devices, [pattern('^Realtek$'), pattern('Head')])].map(({ id }) => id)).toEqual([
    'out Headphones',
    'mic Realtek Mic',
    'out Realtek Speaker',
  ]);
});

it('pairs each device once at most, one of each kind, and none that is excluded', () => {
  const devices = fc.array(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c.monitor', 'alsa_input.x.y', 'alsa_output.x.z', ':1,0'),
      name: fc.constantFrom('A Mic', 'A Speaker', 'B', 'Mic', 'Mic (C)', 'Speaker (C)', 'Mic (USB)', ''),
      kind: fc.constantFrom('CAPTURE' as const, 'PLAYBACK' as const),
      isDefault: fc.boolean(),
      group: fc.constantFrom('', '', '1', '2'),
    }),
    { maxLength: 10 },
  );
  fc.assert(
    fc.property(devices, fc.subarray(['A', 'B', 'C']), (listed, excluded) => {
      const headsets = findHeadsets(listed, { include: [], exclude: excluded.map(pattern) });
      const halves = headsets.flatMap(({ capture, playback }) => [capture, playback]);
      expect(new Set(halves).size).toBe(halves.length);
      for (const { name, capture, playback } of headsets) {
        expect([capture.kind, playback.kind, capture.id.endsWith('.monitor')]).toEqual(['CAPTURE', 'PLAYBACK', false]);
        expect(
          excluded.some((text) =>
            `${name} ${capture.name} ${playback.name}`.toLowerCase().includes(text.toLowerCase()),
          ),
        ).toBe(false);
      }
    }),
  );
});
