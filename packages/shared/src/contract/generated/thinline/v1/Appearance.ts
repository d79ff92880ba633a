// Original file: proto/thinline/v1/feature.proto


// Original file: proto/thinline/v1/feature.proto

export const _thinline_v1_Appearance_State = {
  IDLE: 'IDLE',
  SEIZED: 'SEIZED',
  PROGRESSING: 'PROGRESSING',
  ALERTING: 'ALERTING',
  ACTIVE: 'ACTIVE',
  HELD: 'HELD',
} as const;

export type _thinline_v1_Appearance_StateInput =
  | 'IDLE'
  | 0
  | 'SEIZED'
  | 1
  | 'PROGRESSING'
  | 2
  | 'ALERTING'
  | 3
  | 'ACTIVE'
  | 4
  | 'HELD'
  | 5

export type _thinline_v1_Appearance_State = typeof _thinline_v1_Appearance_State[keyof typeof _thinline_v1_Appearance_State]

/**
 * One call of a line that is shared with other phones.
 */
export interface AppearanceInput {
  'index'?: (number);
  'state'?: (_thinline_v1_Appearance_StateInput);
}

/**
 * One call of a line that is shared with other phones.
 */
export interface Appearance {
  'index': (number);
  'state': (_thinline_v1_Appearance_State);
}
