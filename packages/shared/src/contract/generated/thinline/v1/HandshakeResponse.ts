// Original file: proto/thinline/v1/session.proto

import type { EndpointIdentityInput as _thinline_v1_EndpointIdentityInput, EndpointIdentity as _thinline_v1_EndpointIdentity } from '../../thinline/v1/EndpointIdentity.ts';
import type { FailureInput as _thinline_v1_FailureInput, Failure as _thinline_v1_Failure } from '../../thinline/v1/Failure.ts';

export interface HandshakeResponseInput {
  'protocol'?: (number);
  'endpoint'?: (_thinline_v1_EndpointIdentityInput | null);
  /**
   * What it can do: the fields of Command's body that it knows ("transfer"). Empty: an endpoint that came before them.
   */
  'capabilities'?: (string)[];
  /**
   * Set when the endpoint refuses this session.
   */
  'failure'?: (_thinline_v1_FailureInput | null);
}

export interface HandshakeResponse {
  'protocol': (number);
  'endpoint': (_thinline_v1_EndpointIdentity | null);
  /**
   * What it can do: the fields of Command's body that it knows ("transfer"). Empty: an endpoint that came before them.
   */
  'capabilities': (string)[];
  /**
   * Set when the endpoint refuses this session.
   */
  'failure': (_thinline_v1_Failure | null);
}
