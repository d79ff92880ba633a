// Original file: proto/thinline/v1/feature.proto


/**
 * line_id: empty for the first line.
 */
export interface SetDoNotDisturbInput {
  'lineId'?: (string);
  'on'?: (boolean);
}

/**
 * line_id: empty for the first line.
 */
export interface SetDoNotDisturb {
  'lineId': (string);
  'on': (boolean);
}
