/** What a Softphone.config says about the choice of devices. */
import type { DeviceSettings } from '../contract/types.ts';
import { Reader } from './reader.ts';

export function devicesFrom(reader: Reader): DeviceSettings {
  return {
    useHeadset: reader.flag('policy.device.use_headset'),
    headsetName: reader.text('policy.device.headset_name'),
    audioInDevice: reader.text('policy.device.audio_in_device'),
    audioOutDevice: reader.text('policy.device.audio_out_device'),
    ringerDevice: reader.text('policy.device.ringer_device'),
    includeHeadset: reader.text('policy.device.include_headset'),
    excludeHeadset: reader.text('policy.device.exclude_headset'),
    audioLayer: Number(reader.choice('policy.endpoint.webrtc_audio_layer')),
    releaseMs: reader.integer('policy.endpoint.defer_device_release'),
    restartIfStuck: reader.flag('policy.session.restart_audio_if_stuck'),
    follow: reader.flag('policy.device.follow'),
  };
}

/** What goes for an endpoint that was told nothing about devices. */
export const usualDevices = (): DeviceSettings => devicesFrom(new Reader(new Map()));
