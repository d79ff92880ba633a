// Original file: proto/thinline/v1/device.proto


/**
 * Devices to use from now on, by their ids, whatever the configuration prefers. It is remembered at the endpoint by name.
 * Absent: as before; empty: the configuration says it.
 */
export interface SelectDevicesInput {
  'captureId'?: (string);
  'playbackId'?: (string);
  'ringerId'?: (string);
  '_captureId'?: "captureId";
  '_playbackId'?: "playbackId";
  '_ringerId'?: "ringerId";
}

/**
 * Devices to use from now on, by their ids, whatever the configuration prefers. It is remembered at the endpoint by name.
 * Absent: as before; empty: the configuration says it.
 */
export interface SelectDevices {
  'captureId'?: (string);
  'playbackId'?: (string);
  'ringerId'?: (string);
  '_captureId'?: "captureId";
  '_playbackId'?: "playbackId";
  '_ringerId'?: "ringerId";
}
