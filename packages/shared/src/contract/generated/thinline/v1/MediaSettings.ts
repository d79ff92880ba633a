// Original file: proto/thinline/v1/config.proto

import type { CodecSettingsInput as _thinline_v1_CodecSettingsInput, CodecSettings as _thinline_v1_CodecSettings } from '../../thinline/v1/CodecSettings.ts';

/**
 * What sound is agreed on, how it is protected, and what is done to it.
 */
export interface MediaSettingsInput {
  /**
   * In order of preference; a codec that isn't named isn't used.
   */
  'codecs'?: (_thinline_v1_CodecSettingsInput)[];
  /**
   * Whose order says which codec answers an offer: "config" or "offer".
   */
  'answerSdpPriority'?: (string);
  /**
   * DSCP of RTP and RTCP; 0: the system's.
   */
  'audioQos'?: (number);
  /**
   * So long without RTP, s, and the sound counts as lost; 0: never.
   */
  'rtpInactivityTimeoutS'?: (number);
  /**
   * Nothing is sent in silence where the far end takes that.
   */
  'dtx'?: (boolean);
  /**
   * What counts as silence: 0 to 3, 3 the most eager.
   */
  'vadLevel'?: (number);
  'echoControl'?: (boolean);
  /**
   * 0: off, 1: moderate, 2: strong.
   */
  'noiseSuppression'?: (number);
  /**
   * Gain control of the microphone, and of what is heard.
   */
  'agc'?: (boolean);
  'rxAgc'?: (boolean);
  /**
   * Digits that are sent are heard here too.
   */
  'dtmfFeedback'?: (boolean);
  /**
   * "disabled", "optional", "elective", "enabled" or "force".
   */
  'useSrtp'?: (string);
  /**
   * UNENCRYPTED_SRTCP is offered (RFC 4568): RTCP is authenticated only.
   */
  'unencryptedSrtcp'?: (boolean);
  /**
   * RTCP at the port of RTP (RFC 5761) is offered.
   */
  'rtcpMux'?: (boolean);
  /**
   * Redundant audio (RFC 2198) is offered.
   */
  'redundancy'?: (boolean);
}

/**
 * What sound is agreed on, how it is protected, and what is done to it.
 */
export interface MediaSettings {
  /**
   * In order of preference; a codec that isn't named isn't used.
   */
  'codecs': (_thinline_v1_CodecSettings)[];
  /**
   * Whose order says which codec answers an offer: "config" or "offer".
   */
  'answerSdpPriority': (string);
  /**
   * DSCP of RTP and RTCP; 0: the system's.
   */
  'audioQos': (number);
  /**
   * So long without RTP, s, and the sound counts as lost; 0: never.
   */
  'rtpInactivityTimeoutS': (number);
  /**
   * Nothing is sent in silence where the far end takes that.
   */
  'dtx': (boolean);
  /**
   * What counts as silence: 0 to 3, 3 the most eager.
   */
  'vadLevel': (number);
  'echoControl': (boolean);
  /**
   * 0: off, 1: moderate, 2: strong.
   */
  'noiseSuppression': (number);
  /**
   * Gain control of the microphone, and of what is heard.
   */
  'agc': (boolean);
  'rxAgc': (boolean);
  /**
   * Digits that are sent are heard here too.
   */
  'dtmfFeedback': (boolean);
  /**
   * "disabled", "optional", "elective", "enabled" or "force".
   */
  'useSrtp': (string);
  /**
   * UNENCRYPTED_SRTCP is offered (RFC 4568): RTCP is authenticated only.
   */
  'unencryptedSrtcp': (boolean);
  /**
   * RTCP at the port of RTP (RFC 5761) is offered.
   */
  'rtcpMux': (boolean);
  /**
   * Redundant audio (RFC 2198) is offered.
   */
  'redundancy': (boolean);
}
