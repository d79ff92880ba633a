// Original file: proto/thinline/v1/config.proto


/**
 * Both ends included; 0 and 0: any free port.
 */
export interface PortRangeInput {
  'min'?: (number);
  'max'?: (number);
}

/**
 * Both ends included; 0 and 0: any free port.
 */
export interface PortRange {
  'min': (number);
  'max': (number);
}
