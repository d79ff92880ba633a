// Original file: proto/thinline/v1/session.proto

import type { SnapshotInput as _thinline_v1_SnapshotInput, Snapshot as _thinline_v1_Snapshot } from '../../thinline/v1/Snapshot.ts';
import type { LineInput as _thinline_v1_LineInput, Line as _thinline_v1_Line } from '../../thinline/v1/Line.ts';
import type { CallInput as _thinline_v1_CallInput, Call as _thinline_v1_Call } from '../../thinline/v1/Call.ts';
import type { AudioInput as _thinline_v1_AudioInput, Audio as _thinline_v1_Audio } from '../../thinline/v1/Audio.ts';
import type { NoticeInput as _thinline_v1_NoticeInput, Notice as _thinline_v1_Notice } from '../../thinline/v1/Notice.ts';
import type { LevelsInput as _thinline_v1_LevelsInput, Levels as _thinline_v1_Levels } from '../../thinline/v1/Levels.ts';
import type { CallQualityInput as _thinline_v1_CallQualityInput, CallQuality as _thinline_v1_CallQuality } from '../../thinline/v1/CallQuality.ts';
import type { Long } from '@grpc/proto-loader';

export interface EventInput {
  /**
   * Counts up by one within an epoch. 0: a passing measurement, neither counted nor replayed.
   * On a snapshot: the number of the last event that it includes.
   */
  'sequence'?: (number | string | Long);
  /**
   * When it happened, ms since 1970 on the endpoint's clock.
   */
  'atMs'?: (number | string);
  'snapshot'?: (_thinline_v1_SnapshotInput | null);
  'line'?: (_thinline_v1_LineInput | null);
  'lineRemoved'?: (string);
  /**
   * A call in state RELEASED is the last that is heard of it.
   */
  'call'?: (_thinline_v1_CallInput | null);
  'audio'?: (_thinline_v1_AudioInput | null);
  'notice'?: (_thinline_v1_NoticeInput | null);
  'levels'?: (_thinline_v1_LevelsInput | null);
  'quality'?: (_thinline_v1_CallQualityInput | null);
  'body'?: "snapshot"|"line"|"lineRemoved"|"call"|"audio"|"notice"|"levels"|"quality";
}

export interface Event {
  /**
   * Counts up by one within an epoch. 0: a passing measurement, neither counted nor replayed.
   * On a snapshot: the number of the last event that it includes.
   */
  'sequence': (number);
  /**
   * When it happened, ms since 1970 on the endpoint's clock.
   */
  'atMs': (number);
  'snapshot'?: (_thinline_v1_Snapshot | null);
  'line'?: (_thinline_v1_Line | null);
  'lineRemoved'?: (string);
  /**
   * A call in state RELEASED is the last that is heard of it.
   */
  'call'?: (_thinline_v1_Call | null);
  'audio'?: (_thinline_v1_Audio | null);
  'notice'?: (_thinline_v1_Notice | null);
  'levels'?: (_thinline_v1_Levels | null);
  'quality'?: (_thinline_v1_CallQuality | null);
  'body'?: "snapshot"|"line"|"lineRemoved"|"call"|"audio"|"notice"|"levels"|"quality";
}
