/** What a Softphone.config says about the figures that are taken of calls. */
import type { QualitySettings } from '../contract/types.ts';
import type { Reader } from './reader.ts';

export function qualityFrom(reader: Reader): QualitySettings {
  return {
    publish: reader.flag('policy.endpoint.vq_report_publish'),
    collector: reader.text('policy.endpoint.vq_report_collector'),
    alarmThreshold: Number(reader.text('policy.endpoint.vq_alarm_threshold')),
  };
}
