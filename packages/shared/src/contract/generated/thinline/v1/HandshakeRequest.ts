// Original file: proto/thinline/v1/session.proto

import type { AgentSessionInput as _thinline_v1_AgentSessionInput, AgentSession as _thinline_v1_AgentSession } from '../../thinline/v1/AgentSession.ts';

export interface HandshakeRequestInput {
  /**
   * The protocol versions that the app layer speaks, both ends included.
   */
  'protocolMin'?: (number);
  'protocolMax'?: (number);
  /**
   * The product's version, for people and logs; nothing is decided by it.
   */
  'productVersion'?: (string);
  /**
   * What it can show beyond protocol_min.
   */
  'capabilities'?: (string)[];
  'session'?: (_thinline_v1_AgentSessionInput | null);
}

export interface HandshakeRequest {
  /**
   * The protocol versions that the app layer speaks, both ends included.
   */
  'protocolMin': (number);
  'protocolMax': (number);
  /**
   * The product's version, for people and logs; nothing is decided by it.
   */
  'productVersion': (string);
  /**
   * What it can show beyond protocol_min.
   */
  'capabilities': (string)[];
  'session': (_thinline_v1_AgentSession | null);
}
