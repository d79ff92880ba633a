// Original file: proto/thinline/v1/call.proto


/**
 * Joins all answered calls, and those that are answered while it lasts; off: all but one are held.
 */
export interface ConferenceInput {
  'on'?: (boolean);
}

/**
 * Joins all answered calls, and those that are answered while it lasts; off: all but one are held.
 */
export interface Conference {
  'on': (boolean);
}
