// Original file: proto/thinline/v1/config.proto


/**
 * What both halves write down of what they do, and where.
 */
export interface LogSettingsInput {
  'enabled'?: (boolean);
  /**
   * With commas between them: "stdout", "stderr", paths of files, relative to the working folder; %NAME% is a variable of
   * the environment of the half that writes. Empty: standard error.
   */
  'outputs'?: (string);
  /**
   * Digits that are sent and received appear as x.
   */
  'hideDtmf'?: (boolean);
  /**
   * 0: fatal, 1: errors, 2: warnings, 3: information, 4: everything. Nothing tells more.
   */
  'level'?: (number);
  /**
   * As level, of the endpoint; 5: nothing.
   */
  'endpointLevel'?: (number);
  /**
   * Of single parts of the endpoint: "gsip=2,webrtc=(error,critical)".
   */
  'moduleLevels'?: (string);
  /**
   * A new file is begun when the last one has so many KB, or after so many hours; 0: not.
   */
  'segmentKb'?: (number);
  'segmentHours'?: (number);
  /**
   * So many files are kept, or those of so many days; 0: all.
   */
  'expireFiles'?: (number);
  'expireDays'?: (number);
  /**
   * Times in files are UTC, otherwise those of the machine's time zone.
   */
  'utc'?: (boolean);
  /**
   * Of times in files: "time", "locale" or "ISO8601".
   */
  'timeFormat'?: (string);
}

/**
 * What both halves write down of what they do, and where.
 */
export interface LogSettings {
  'enabled': (boolean);
  /**
   * With commas between them: "stdout", "stderr", paths of files, relative to the working folder; %NAME% is a variable of
   * the environment of the half that writes. Empty: standard error.
   */
  'outputs': (string);
  /**
   * Digits that are sent and received appear as x.
   */
  'hideDtmf': (boolean);
  /**
   * 0: fatal, 1: errors, 2: warnings, 3: information, 4: everything. Nothing tells more.
   */
  'level': (number);
  /**
   * As level, of the endpoint; 5: nothing.
   */
  'endpointLevel': (number);
  /**
   * Of single parts of the endpoint: "gsip=2,webrtc=(error,critical)".
   */
  'moduleLevels': (string);
  /**
   * A new file is begun when the last one has so many KB, or after so many hours; 0: not.
   */
  'segmentKb': (number);
  'segmentHours': (number);
  /**
   * So many files are kept, or those of so many days; 0: all.
   */
  'expireFiles': (number);
  'expireDays': (number);
  /**
   * Times in files are UTC, otherwise those of the machine's time zone.
   */
  'utc': (boolean);
  /**
   * Of times in files: "time", "locale" or "ISO8601".
   */
  'timeFormat': (string);
}
