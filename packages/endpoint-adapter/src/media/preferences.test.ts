import type { Device } from '@thinline/shared/contract/types.ts';
import { expect, it } from 'vitest';
import { noPicks } from '../devices/picks.ts';
import { selectDevices, setVolume, shownPreferences, usualPreferences } from './preferences.ts';

const mic: Device = { id: 'm1', name: 'Microphone', kind: 'CAPTURE', isDefault: false };
const ear: Device = { id: 'e1', name: 'Loudspeaker', kind: 'PLAYBACK', isDefault: false };
const devices = [mic, ear];

it('selects what is named, leaves what is not, and lets the configuration choose what is empty', () => {
  const both = selectDevices(noPicks, { captureId: 'm1', playbackId: 'e1', ringerId: 'e1' }, devices);
  expect(both).toEqual({
    capture: { id: 'm1', name: 'Microphone' },
    playback: { id: 'e1', name: 'Loudspeaker' },
    ringer: { id: 'e1', name: 'Loudspeaker' },
  });
  expect(selectDevices(both, { playbackId: '' }, devices)).toEqual({ ...both, playback: null });
  expect(selectDevices(both, {}, [])).toEqual(both);
});

it('refuses what is not there, or of the other kind, unless it was chosen before', () => {
  const chosen = selectDevices(noPicks, { captureId: 'm1' }, devices);
  expect(selectDevices(chosen, { captureId: 'm1', playbackId: 'e1' }, [ear]).capture).toEqual(chosen.capture);
  for (const asked of [{ captureId: 'm2' }, { captureId: 'e1' }, { ringerId: 'm1' }]) {
    expect(() => selectDevices(chosen, asked, devices)).toThrow(/is not there/);
  }
});

it('shows a chosen device by the id that it has now, or had', () => {
  const preferences = { ...usualPreferences, picks: selectDevices(noPicks, { captureId: 'm1' }, devices) };
  const shown = (listed: Device[]) => shownPreferences(preferences, listed).chosenCaptureId;
  expect([shown(devices), shown([{ ...mic, id: 'm7' }]), shown([])]).toEqual(['m1', 'm7', 'm1']);
  expect(shownPreferences(usualPreferences, devices)).toEqual({
    microphoneVolume: 100,
    speakerVolume: 100,
    microphoneMuted: false,
    speakerMuted: false,
    chosenCaptureId: '',
    chosenPlaybackId: '',
    chosenRingerId: '',
  });
});

it('sets volumes and mutes, each for itself', () => {
  const before = usualPreferences.volumes;
  expect(setVolume(before, { microphone: 40 })).toEqual({ ...before, microphone: 40 });
  expect(setVolume(before, { speaker: 0, microphoneMuted: true })).toEqual({
    ...before,
    speaker: 0,
    microphoneMuted: true,
  });
  expect(setVolume(before, { microphone: 4_294_967_295 }).microphone).toBe(100);
});
