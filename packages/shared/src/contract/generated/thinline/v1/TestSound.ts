// Original file: proto/thinline/v1/device.proto


// Original file: proto/thinline/v1/device.proto

export const _thinline_v1_TestSound_Kind = {
  /**
   * Ends what is being tried out.
   */
  NONE: 'NONE',
  /**
   * A tone at the loudspeaker, and at the ringer.
   */
  TONE: 'TONE',
  RINGER: 'RINGER',
  /**
   * Levels are sent as in a call.
   */
  MICROPHONE: 'MICROPHONE',
} as const;

export type _thinline_v1_TestSound_KindInput =
  /**
   * Ends what is being tried out.
   */
  | 'NONE'
  | 0
  /**
   * A tone at the loudspeaker, and at the ringer.
   */
  | 'TONE'
  | 1
  | 'RINGER'
  | 2
  /**
   * Levels are sent as in a call.
   */
  | 'MICROPHONE'
  | 3

export type _thinline_v1_TestSound_Kind = typeof _thinline_v1_TestSound_Kind[keyof typeof _thinline_v1_TestSound_Kind]

/**
 * Lets the agent hear or see that a device works, with or without a call. Each ends by itself.
 */
export interface TestSoundInput {
  'kind'?: (_thinline_v1_TestSound_KindInput);
}

/**
 * Lets the agent hear or see that a device works, with or without a call. Each ends by itself.
 */
export interface TestSound {
  'kind': (_thinline_v1_TestSound_Kind);
}
