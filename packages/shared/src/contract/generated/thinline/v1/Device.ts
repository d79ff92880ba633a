// Original file: proto/thinline/v1/device.proto


// Original file: proto/thinline/v1/device.proto

export const _thinline_v1_Device_Kind = {
  CAPTURE: 'CAPTURE',
  PLAYBACK: 'PLAYBACK',
} as const;

export type _thinline_v1_Device_KindInput =
  | 'CAPTURE'
  | 0
  | 'PLAYBACK'
  | 1

export type _thinline_v1_Device_Kind = typeof _thinline_v1_Device_Kind[keyof typeof _thinline_v1_Device_Kind]

export interface DeviceInput {
  /**
   * The driver's own name for it, stable while it is plugged in.
   */
  'id'?: (string);
  'name'?: (string);
  'kind'?: (_thinline_v1_Device_KindInput);
  'isDefault'?: (boolean);
}

export interface Device {
  /**
   * The driver's own name for it, stable while it is plugged in.
   */
  'id': (string);
  'name': (string);
  'kind': (_thinline_v1_Device_Kind);
  'isDefault': (boolean);
}
