/** What the agent has set of the sound: which devices, how loud, muted or not. Pure. */
import type { Audio, Device, DeviceKind, SelectDevices, SetVolume } from '@thinline/shared/contract/types.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import { type DevicePick, type DevicePicks, findPicked, noPicks } from '../devices/picks.ts';
import { fullVolume, type Volumes } from './volume.ts';

export interface SoundPreferences {
  readonly picks: DevicePicks;
  readonly volumes: Volumes;
}

export const usualPreferences: SoundPreferences = {
  picks: noPicks,
  volumes: { microphone: fullVolume, speaker: fullVolume, microphoneMuted: false, speakerMuted: false },
};

/** Those fields of Audio that say what is set. */
export type ShownPreferences = Pick<
  Audio,
  | 'microphoneVolume'
  | 'speakerVolume'
  | 'microphoneMuted'
  | 'speakerMuted'
  | 'chosenCaptureId'
  | 'chosenPlaybackId'
  | 'chosenRingerId'
>;

/** One that isn't there is shown by the id that it had. */
export function shownPreferences({ picks, volumes }: SoundPreferences, devices: readonly Device[]): ShownPreferences {
  const idOf = (pick: DevicePick | null, kind: DeviceKind): string =>
    findPicked(pick, devices, kind)?.id ?? pick?.id ?? '';
  return {
    microphoneVolume: volumes.microphone,
    speakerVolume: volumes.speaker,
    microphoneMuted: volumes.microphoneMuted,
    speakerMuted: volumes.speakerMuted,
    chosenCaptureId: idOf(picks.capture, 'CAPTURE'),
    chosenPlaybackId: idOf(picks.playback, 'PLAYBACK'),
    chosenRingerId: idOf(picks.ringer, 'PLAYBACK'),
  };
}

/** Throws FailureError noSuchDevice, and then nothing is changed. One that was chosen before may be away. */
export function selectDevices(before: DevicePicks, asked: SelectDevices, devices: readonly Device[]): DevicePicks {
  const pick = (id: string | undefined, current: DevicePick | null, kind: DeviceKind): DevicePick | null => {
    if (id === undefined) return current;
    if (id === '') return null;
    const device = devices.find((it) => it.id === id && it.kind === kind);
    if (device) return { id, name: device.name };
    if (id === current?.id) return current;
    throw new FailureError('noSuchDevice', { device: id });
  };
  return {
    capture: pick(asked.captureId, before.capture, 'CAPTURE'),
    playback: pick(asked.playbackId, before.playback, 'PLAYBACK'),
    ringer: pick(asked.ringerId, before.ringer, 'PLAYBACK'),
  };
}

/** More than 100 is taken for 100. */
export function setVolume(before: Volumes, asked: SetVolume): Volumes {
  const { microphone, speaker, microphoneMuted, speakerMuted } = asked;
  return {
    microphone: Math.min(fullVolume, microphone ?? before.microphone),
    speaker: Math.min(fullVolume, speaker ?? before.speaker),
    microphoneMuted: microphoneMuted ?? before.microphoneMuted,
    speakerMuted: speakerMuted ?? before.speakerMuted,
  };
}
