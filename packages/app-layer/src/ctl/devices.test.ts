import { blankAudio } from '@thinline/shared/contract/blank.ts';
import type { Device } from '@thinline/shared/contract/types.ts';
import { expect, test } from 'vitest';
import { devicesByName } from './devices.ts';

const device = (id: string, name: string, kind: Device['kind']): Device => ({ id, name, kind, isDefault: false });
const audio = blankAudio({
  devices: [
    device('m1', 'Headset A', 'CAPTURE'),
    device('m2', 'Headset A2', 'CAPTURE'),
    device('e1', 'Headset A', 'PLAYBACK'),
    device('e2', 'Headset A', 'PLAYBACK'),
  ],
});
const none = { microphone: undefined, speaker: undefined, ringer: undefined };

test('an id goes before a name, and a whole name before a part of one', () => {
  expect(devicesByName({ ...none, microphone: 'headset a' }, audio)).toEqual({ captureId: 'm1' });
  expect(devicesByName({ ...none, microphone: 'A2', speaker: 'e2' }, audio)).toEqual({
    captureId: 'm2',
    playbackId: 'e2',
  });
  expect(devicesByName({ ...none, ringer: '' }, audio)).toEqual({ ringerId: '' });
  expect(devicesByName(none, null)).toEqual({});
});

test.each([
  [{ microphone: 'e1' }, 'e1 is not there'],
  [{ ringer: 'Bell' }, 'Bell is not there'],
  [{ speaker: 'headset a' }, '"headset a" may be any of these: Headset A (e1), Headset A (e2).'],
  [{ microphone: 'head' }, '"head" may be any of these: Headset A (m1), Headset A2 (m2).'],
])('%j: %s', (names, why) => {
  expect(() => devicesByName({ ...none, ...names }, audio)).toThrow(
    expect.objectContaining({ failure: expect.objectContaining({ message: expect.stringContaining(why) }) }),
  );
});
