// Original file: proto/thinline/v1/device.proto


/**
 * Absent: as before.
 */
export interface SetVolumeInput {
  /**
   * 0 to 100.
   */
  'microphone'?: (number);
  'speaker'?: (number);
  'microphoneMuted'?: (boolean);
  'speakerMuted'?: (boolean);
  '_microphone'?: "microphone";
  '_speaker'?: "speaker";
  '_microphoneMuted'?: "microphoneMuted";
  '_speakerMuted'?: "speakerMuted";
}

/**
 * Absent: as before.
 */
export interface SetVolume {
  /**
   * 0 to 100.
   */
  'microphone'?: (number);
  'speaker'?: (number);
  'microphoneMuted'?: (boolean);
  'speakerMuted'?: (boolean);
  '_microphone'?: "microphone";
  '_speaker'?: "speaker";
  '_microphoneMuted'?: "microphoneMuted";
  '_speakerMuted'?: "speakerMuted";
}
