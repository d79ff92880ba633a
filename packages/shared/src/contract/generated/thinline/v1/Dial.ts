// Original file: proto/thinline/v1/call.proto


/**
 * target: a number, user@host or a sip: URI. line_id: empty for the first line.
 */
export interface DialInput {
  'target'?: (string);
  'lineId'?: (string);
}

/**
 * target: a number, user@host or a sip: URI. line_id: empty for the first line.
 */
export interface Dial {
  'target': (string);
  'lineId': (string);
}
