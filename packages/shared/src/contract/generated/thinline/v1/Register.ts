// Original file: proto/thinline/v1/line.proto


/**
 * Registers a line, or all where line_id is empty; with remove, takes the registration away.
 */
export interface RegisterInput {
  'lineId'?: (string);
  'remove'?: (boolean);
}

/**
 * Registers a line, or all where line_id is empty; with remove, takes the registration away.
 */
export interface Register {
  'lineId': (string);
  'remove': (boolean);
}
