// Original file: proto/thinline/v1/quality.proto


/**
 * R from 0 to 93.2, MOS from 1 to 4.5. R and conversational MOS need the delay, which is known from RTCP.
 */
export interface RatingInput {
  'r'?: (number | string);
  'mosListening'?: (number | string);
  'mosConversational'?: (number | string);
  '_r'?: "r";
  '_mosConversational'?: "mosConversational";
}

/**
 * R from 0 to 93.2, MOS from 1 to 4.5. R and conversational MOS need the delay, which is known from RTCP.
 */
export interface Rating {
  'r'?: (number);
  'mosListening': (number);
  'mosConversational'?: (number);
  '_r'?: "r";
  '_mosConversational'?: "mosConversational";
}
