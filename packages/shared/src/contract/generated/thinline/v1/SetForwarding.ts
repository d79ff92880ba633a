// Original file: proto/thinline/v1/feature.proto

import type { ForwardingInput as _thinline_v1_ForwardingInput, Forwarding as _thinline_v1_Forwarding } from '../../thinline/v1/Forwarding.ts';

export interface SetForwardingInput {
  'lineId'?: (string);
  'forwarding'?: (_thinline_v1_ForwardingInput | null);
}

export interface SetForwarding {
  'lineId': (string);
  'forwarding': (_thinline_v1_Forwarding | null);
}
