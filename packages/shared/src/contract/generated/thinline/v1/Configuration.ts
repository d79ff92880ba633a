// Original file: proto/thinline/v1/config.proto

import type { LineConfigurationInput as _thinline_v1_LineConfigurationInput, LineConfiguration as _thinline_v1_LineConfiguration } from '../../thinline/v1/LineConfiguration.ts';
import type { PortRangeInput as _thinline_v1_PortRangeInput, PortRange as _thinline_v1_PortRange } from '../../thinline/v1/PortRange.ts';
import type { SipSettingsInput as _thinline_v1_SipSettingsInput, SipSettings as _thinline_v1_SipSettings } from '../../thinline/v1/SipSettings.ts';
import type { CallPolicyInput as _thinline_v1_CallPolicyInput, CallPolicy as _thinline_v1_CallPolicy } from '../../thinline/v1/CallPolicy.ts';
import type { MediaSettingsInput as _thinline_v1_MediaSettingsInput, MediaSettings as _thinline_v1_MediaSettings } from '../../thinline/v1/MediaSettings.ts';
import type { DeviceSettingsInput as _thinline_v1_DeviceSettingsInput, DeviceSettings as _thinline_v1_DeviceSettings } from '../../thinline/v1/DeviceSettings.ts';
import type { AlertingSettingsInput as _thinline_v1_AlertingSettingsInput, AlertingSettings as _thinline_v1_AlertingSettings } from '../../thinline/v1/AlertingSettings.ts';
import type { LogSettingsInput as _thinline_v1_LogSettingsInput, LogSettings as _thinline_v1_LogSettings } from '../../thinline/v1/LogSettings.ts';
import type { QualitySettingsInput as _thinline_v1_QualitySettingsInput, QualitySettings as _thinline_v1_QualitySettings } from '../../thinline/v1/QualitySettings.ts';

/**
 * What the endpoint is told to be. The app layer reads it from Softphone.config and sends it after a handshake, unless
 * its revision is in force already. What is the same as before is left alone, whatever the revision.
 */
export interface ConfigurationInput {
  /**
   * Random, new at each reading of the file.
   */
  'revision'?: (string);
  'lines'?: (_thinline_v1_LineConfigurationInput)[];
  'sipPorts'?: (_thinline_v1_PortRangeInput | null);
  /**
   * RTP takes even ports, RTCP the odd one above; both within the range.
   */
  'rtpPorts'?: (_thinline_v1_PortRangeInput | null);
  'sip'?: (_thinline_v1_SipSettingsInput | null);
  'calls'?: (_thinline_v1_CallPolicyInput | null);
  'media'?: (_thinline_v1_MediaSettingsInput | null);
  'devices'?: (_thinline_v1_DeviceSettingsInput | null);
  'alerting'?: (_thinline_v1_AlertingSettingsInput | null);
  'log'?: (_thinline_v1_LogSettingsInput | null);
  'quality'?: (_thinline_v1_QualitySettingsInput | null);
}

/**
 * What the endpoint is told to be. The app layer reads it from Softphone.config and sends it after a handshake, unless
 * its revision is in force already. What is the same as before is left alone, whatever the revision.
 */
export interface Configuration {
  /**
   * Random, new at each reading of the file.
   */
  'revision': (string);
  'lines': (_thinline_v1_LineConfiguration)[];
  'sipPorts': (_thinline_v1_PortRange | null);
  /**
   * RTP takes even ports, RTCP the odd one above; both within the range.
   */
  'rtpPorts': (_thinline_v1_PortRange | null);
  'sip': (_thinline_v1_SipSettings | null);
  'calls': (_thinline_v1_CallPolicy | null);
  'media': (_thinline_v1_MediaSettings | null);
  'devices': (_thinline_v1_DeviceSettings | null);
  'alerting': (_thinline_v1_AlertingSettings | null);
  'log': (_thinline_v1_LogSettings | null);
  'quality': (_thinline_v1_QualitySettings | null);
}
