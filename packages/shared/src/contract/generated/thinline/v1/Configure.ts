// Original file: proto/thinline/v1/session.proto

import type { ConfigurationInput as _thinline_v1_ConfigurationInput, Configuration as _thinline_v1_Configuration } from '../../thinline/v1/Configuration.ts';

export interface ConfigureInput {
  'configuration'?: (_thinline_v1_ConfigurationInput | null);
}

export interface Configure {
  'configuration': (_thinline_v1_Configuration | null);
}
