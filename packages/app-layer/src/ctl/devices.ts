/** Devices by the names that people type. Pure. */
import type { Audio, Device, DeviceKind, SelectDevices } from '@thinline/shared/contract/types.ts';
import { FailureError } from '@thinline/shared/failures.ts';

/** Names, parts of names, or ids; empty: the configuration chooses; undefined: as before. */
export interface DeviceNames {
  microphone: string | undefined;
  speaker: string | undefined;
  ringer: string | undefined;
}

/** The surest way to mean a device first. */
const ways: readonly ((device: Device, said: string) => boolean)[] = [
  ({ id }, said) => id === said,
  ({ name }, said) => name.toLowerCase() === said.toLowerCase(),
  ({ name }, said) => name.toLowerCase().includes(said.toLowerCase()),
];

function idOf(said: string, kind: DeviceKind, devices: readonly Device[]): string {
  if (said === '') return '';
  const ofKind = devices.filter((device) => device.kind === kind);
  for (const means of ways) {
    const [device, ...more] = ofKind.filter((it) => means(it, said));
    if (device === undefined) continue;
    if (more.length === 0) return device.id;
    const names = [device, ...more].map(({ name, id }) => `${name} (${id})`).join(', ');
    throw new FailureError('usage', { detail: `"${said}" may be any of these: ${names}.` });
  }
  throw new FailureError('noSuchDevice', { device: said });
}

/** Throws FailureError noSuchDevice, or usage where a name may mean several. */
export function devicesByName({ microphone, speaker, ringer }: DeviceNames, audio: Audio | null): SelectDevices {
  const devices = audio?.devices ?? [];
  return {
    ...(microphone === undefined ? {} : { captureId: idOf(microphone, 'CAPTURE', devices) }),
    ...(speaker === undefined ? {} : { playbackId: idOf(speaker, 'PLAYBACK', devices) }),
    ...(ringer === undefined ? {} : { ringerId: idOf(ringer, 'PLAYBACK', devices) }),
  };
}
