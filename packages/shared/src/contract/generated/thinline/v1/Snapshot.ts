// Original file: proto/thinline/v1/session.proto

import type { EndpointIdentityInput as _thinline_v1_EndpointIdentityInput, EndpointIdentity as _thinline_v1_EndpointIdentity } from '../../thinline/v1/EndpointIdentity.ts';
import type { LineInput as _thinline_v1_LineInput, Line as _thinline_v1_Line } from '../../thinline/v1/Line.ts';
import type { CallInput as _thinline_v1_CallInput, Call as _thinline_v1_Call } from '../../thinline/v1/Call.ts';
import type { AudioInput as _thinline_v1_AudioInput, Audio as _thinline_v1_Audio } from '../../thinline/v1/Audio.ts';
import type { CallQualityInput as _thinline_v1_CallQualityInput, CallQuality as _thinline_v1_CallQuality } from '../../thinline/v1/CallQuality.ts';
import type { NoticeInput as _thinline_v1_NoticeInput, Notice as _thinline_v1_Notice } from '../../thinline/v1/Notice.ts';

/**
 * All that the endpoint knows, at one moment.
 */
export interface SnapshotInput {
  'endpoint'?: (_thinline_v1_EndpointIdentityInput | null);
  /**
   * The revision of the configuration in force; empty when there is none yet.
   */
  'configurationRevision'?: (string);
  'lines'?: (_thinline_v1_LineInput)[];
  'calls'?: (_thinline_v1_CallInput)[];
  'audio'?: (_thinline_v1_AudioInput | null);
  'qualities'?: (_thinline_v1_CallQualityInput)[];
  'notices'?: (_thinline_v1_NoticeInput)[];
}

/**
 * All that the endpoint knows, at one moment.
 */
export interface Snapshot {
  'endpoint': (_thinline_v1_EndpointIdentity | null);
  /**
   * The revision of the configuration in force; empty when there is none yet.
   */
  'configurationRevision': (string);
  'lines': (_thinline_v1_Line)[];
  'calls': (_thinline_v1_Call)[];
  'audio': (_thinline_v1_Audio | null);
  'qualities': (_thinline_v1_CallQuality)[];
  'notices': (_thinline_v1_Notice)[];
}
