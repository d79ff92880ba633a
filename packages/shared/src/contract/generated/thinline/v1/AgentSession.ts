// Original file: proto/thinline/v1/session.proto


/**
 * Who sits at the screen half.
 */
export interface AgentSessionInput {
  /**
   * Random, new at each start of the app layer.
   */
  'id'?: (string);
  /**
   * The desktop's user. A second session of the same user takes the endpoint over, another user's is refused.
   */
  'user'?: (string);
  'host'?: (string);
}

/**
 * Who sits at the screen half.
 */
export interface AgentSession {
  /**
   * Random, new at each start of the app layer.
   */
  'id': (string);
  /**
   * The desktop's user. A second session of the same user takes the endpoint over, another user's is refused.
   */
  'user': (string);
  'host': (string);
}
