// Original file: proto/thinline/v1/device.proto

import type { DeviceInput as _thinline_v1_DeviceInput, Device as _thinline_v1_Device } from '../../thinline/v1/Device.ts';
import type { FailureInput as _thinline_v1_FailureInput, Failure as _thinline_v1_Failure } from '../../thinline/v1/Failure.ts';
import type { _thinline_v1_TestSound_KindInput, _thinline_v1_TestSound_Kind } from '../../thinline/v1/TestSound.ts';

/**
 * What the endpoint can hear and say with.
 */
export interface AudioInput {
  /**
   * "miniaudio", "portaudio" or "virtual", and the sentence that says why this one.
   */
  'driver'?: (string);
  'driverReason'?: (string);
  'devices'?: (_thinline_v1_DeviceInput)[];
  /**
   * In use, or to be used by the next call; empty: none there.
   */
  'captureId'?: (string);
  'playbackId'?: (string);
  'failure'?: (_thinline_v1_FailureInput | null);
  /**
   * Codecs that can be offered, in order of preference: "PCMU", "PCMA", "opus".
   */
  'codecs'?: (string)[];
  /**
   * A headset is wanted, and one of those named is there, with both its halves.
   */
  'headsetAvailable'?: (boolean);
  /**
   * What rings where a ringer is asked for; empty: none there.
   */
  'ringerId'?: (string);
  /**
   * 0 to 100, 100 the loudest, beside what the device itself does to sound.
   */
  'microphoneVolume'?: (number);
  'speakerVolume'?: (number);
  /**
   * For all calls.
   */
  'microphoneMuted'?: (boolean);
  'speakerMuted'?: (boolean);
  /**
   * What the agent wants to be used, whether it is there or not; empty: the configuration says it.
   */
  'chosenCaptureId'?: (string);
  'chosenPlaybackId'?: (string);
  'chosenRingerId'?: (string);
  /**
   * What is being tried out now.
   */
  'test'?: (_thinline_v1_TestSound_KindInput);
}

/**
 * What the endpoint can hear and say with.
 */
export interface Audio {
  /**
   * "miniaudio", "portaudio" or "virtual", and the sentence that says why this one.
   */
  'driver': (string);
  'driverReason': (string);
  'devices': (_thinline_v1_Device)[];
  /**
   * In use, or to be used by the next call; empty: none there.
   */
  'captureId': (string);
  'playbackId': (string);
  'failure': (_thinline_v1_Failure | null);
  /**
   * Codecs that can be offered, in order of preference: "PCMU", "PCMA", "opus".
   */
  'codecs': (string)[];
  /**
   * A headset is wanted, and one of those named is there, with both its halves.
   */
  'headsetAvailable': (boolean);
  /**
   * What rings where a ringer is asked for; empty: none there.
   */
  'ringerId': (string);
  /**
   * 0 to 100, 100 the loudest, beside what the device itself does to sound.
   */
  'microphoneVolume': (number);
  'speakerVolume': (number);
  /**
   * For all calls.
   */
  'microphoneMuted': (boolean);
  'speakerMuted': (boolean);
  /**
   * What the agent wants to be used, whether it is there or not; empty: the configuration says it.
   */
  'chosenCaptureId': (string);
  'chosenPlaybackId': (string);
  'chosenRingerId': (string);
  /**
   * What is being tried out now.
   */
  'test': (_thinline_v1_TestSound_Kind);
}
