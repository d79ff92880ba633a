// Original file: proto/thinline/v1/config.proto


/**
 * What the agent hears of calls, beside the calls themselves. Files are those of the endpoint; empty, absent or not
 * playable: a tone of ours.
 */
export interface AlertingSettingsInput {
  /**
   * 0: silent, 1: the system's default device, 2: the headset, 3: both, 4: the ringer, 5: 1 and 4, 6: the headset once,
   * 7: 1 and 2 once.
   */
  'ringingMode'?: (number);
  /**
   * In the headset, and in the ringer.
   */
  'ringingFile'?: (string);
  /**
   * At the system's default device.
   */
  'systemRingingFile'?: (string);
  /**
   * 0: nothing, 1: reliable early media, 2: the file, 3: reliable early media, else the file, 4: early media, 6: early
   * media, else the file.
   */
  'ringbackMode'?: (number);
  'ringbackFile'?: (string);
  /**
   * Heard when another call comes in a call.
   */
  'callWaitingTone'?: (boolean);
  'callWaitingFile'?: (string);
  /**
   * A call that comes while all others are held rings; otherwise it is told as one that comes in a call.
   */
  'ringWhileHeld'?: (boolean);
  /**
   * A beep where a call is answered by itself, and where one ends.
   */
  'beeps'?: (boolean);
}

/**
 * What the agent hears of calls, beside the calls themselves. Files are those of the endpoint; empty, absent or not
 * playable: a tone of ours.
 */
export interface AlertingSettings {
  /**
   * 0: silent, 1: the system's default device, 2: the headset, 3: both, 4: the ringer, 5: 1 and 4, 6: the headset once,
   * 7: 1 and 2 once.
   */
  'ringingMode': (number);
  /**
   * In the headset, and in the ringer.
   */
  'ringingFile': (string);
  /**
   * At the system's default device.
   */
  'systemRingingFile': (string);
  /**
   * 0: nothing, 1: reliable early media, 2: the file, 3: reliable early media, else the file, 4: early media, 6: early
   * media, else the file.
   */
  'ringbackMode': (number);
  'ringbackFile': (string);
  /**
   * Heard when another call comes in a call.
   */
  'callWaitingTone': (boolean);
  'callWaitingFile': (string);
  /**
   * A call that comes while all others are held rings; otherwise it is told as one that comes in a call.
   */
  'ringWhileHeld': (boolean);
  /**
   * A beep where a call is answered by itself, and where one ends.
   */
  'beeps': (boolean);
}
