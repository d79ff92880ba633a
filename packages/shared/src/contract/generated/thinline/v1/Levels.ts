// Original file: proto/thinline/v1/quality.proto


/**
 * Sound levels, dBFS (0 loudest, -127 silence); sent while a call has sound.
 */
export interface LevelsInput {
  'microphoneDbfs'?: (number | string);
  'speakerDbfs'?: (number | string);
}

/**
 * Sound levels, dBFS (0 loudest, -127 silence); sent while a call has sound.
 */
export interface Levels {
  'microphoneDbfs': (number);
  'speakerDbfs': (number);
}
