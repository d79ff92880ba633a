import type { DeviceKind } from '@thinline/shared/contract/types.ts';
import { afterEach, expect, it, vi } from 'vitest';
import { isForPeople, miniaudio } from './miniaudio.ts';

afterEach(() => vi.unstubAllEnvs());

it('says which addon is missing', async () => {
  vi.stubEnv('THINLINE_AUDIO_ADDON', '/nowhere/thinline-audio.node');
  expect(await miniaudio.make('').unavailable()).toBe(
    'THINLINE_AUDIO_ADDON names /nowhere/thinline-audio.node, which does not exist',
  );
});

it('has no options', () => {
  expect(() => miniaudio.make('fast')).toThrow('The sound driver miniaudio has no options, so not "fast".');
});

it.each([
  ['PulseAudio', 'headset', 'CAPTURE', true],
  ['PulseAudio', 'headset.monitor', 'CAPTURE', false],
  ['PulseAudio', 'headset', 'PLAYBACK', true],
  ['ALSA', ':1,0', 'CAPTURE', true],
  ['ALSA', 'default', 'PLAYBACK', true],
  ['ALSA', 'speexrate', 'PLAYBACK', false],
  ['ALSA', 'null', 'CAPTURE', false],
  ['WASAPI', '{0.0.0.00000000}.{1}', 'PLAYBACK', true],
])('%s: is "%s" (%s) offered? %s', (backend, id, kind, offered) => {
  expect(isForPeople(backend, { id, name: id, kind: kind as DeviceKind, isDefault: false })).toBe(offered);
});
