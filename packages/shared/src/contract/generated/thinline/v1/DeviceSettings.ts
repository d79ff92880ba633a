// Original file: proto/thinline/v1/config.proto


/**
 * Which devices sound comes from and goes to. Names are lists, the preferred one first: names, parts of names, or
 * regular expressions; "*": any.
 */
export interface DeviceSettingsInput {
  /**
   * A headset of headset_name is wanted; otherwise audio_in_device and audio_out_device say it, each for itself.
   */
  'useHeadset'?: (boolean);
  'headsetName'?: (string);
  'audioInDevice'?: (string);
  'audioOutDevice'?: (string);
  /**
   * What rings in the modes 4 and 5.
   */
  'ringerDevice'?: (string);
  /**
   * Pairs that are headsets too: "microphone:loudspeaker,…".
   */
  'includeHeadset'?: (string);
  /**
   * What is no headset, whatever its name.
   */
  'excludeHeadset'?: (string);
  /**
   * 0, 1 or 2; 1000: the microphone stays open; 2000: the loudspeaker does; 3000: both do.
   */
  'audioLayer'?: (number);
  /**
   * Devices are released so long after the last sound, ms.
   */
  'releaseMs'?: (number);
  /**
   * A device that gives no sound any more is opened anew.
   */
  'restartIfStuck'?: (boolean);
  /**
   * A named device that appears in a call replaces one that was taken for want of a named one.
   */
  'follow'?: (boolean);
}

/**
 * Which devices sound comes from and goes to. Names are lists, the preferred one first: names, parts of names, or
 * regular expressions; "*": any.
 */
export interface DeviceSettings {
  /**
   * A headset of headset_name is wanted; otherwise audio_in_device and audio_out_device say it, each for itself.
   */
  'useHeadset': (boolean);
  'headsetName': (string);
  'audioInDevice': (string);
  'audioOutDevice': (string);
  /**
   * What rings in the modes 4 and 5.
   */
  'ringerDevice': (string);
  /**
   * Pairs that are headsets too: "microphone:loudspeaker,…".
   */
  'includeHeadset': (string);
  /**
   * What is no headset, whatever its name.
   */
  'excludeHeadset': (string);
  /**
   * 0, 1 or 2; 1000: the microphone stays open; 2000: the loudspeaker does; 3000: both do.
   */
  'audioLayer': (number);
  /**
   * Devices are released so long after the last sound, ms.
   */
  'releaseMs': (number);
  /**
   * A device that gives no sound any more is opened anew.
   */
  'restartIfStuck': (boolean);
  /**
   * A named device that appears in a call replaces one that was taken for want of a named one.
   */
  'follow': (boolean);
}
