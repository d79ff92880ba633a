/** What a Softphone.config says about the log. */
import type { LogSettings } from '../contract/types.ts';
import { levels } from '../log/log.ts';
import { readModuleLevels } from '../log/module-levels.ts';
import { type Finding, quoted } from './finding.ts';
import type { OptionPath } from './options.ts';
import type { Reader } from './reader.ts';

export function logFrom(reader: Reader): LogSettings {
  return {
    enabled: reader.flag('system.diagnostics.enable_logging'),
    outputs: reader.text('system.diagnostics.log_file'),
    hideDtmf: reader.choice('system.diagnostics.log_filter') === 'dtmf',
    level: reader.integer('system.diagnostics.log_level'),
    endpointLevel: reader.integer('system.diagnostics.log_options_endpoint'),
    moduleLevels: reader.text('system.diagnostics.log_options_provider'),
    ...segmentFrom(reader.text('system.diagnostics.log_segment')),
    ...expiryFrom(reader.text('system.diagnostics.log_expire')),
    utc: reader.choice('system.diagnostics.log_time_convert') === 'utc',
    timeFormat: reader.choice('system.diagnostics.log_time_format'),
  };
}

/** What can be used, and does not do what its writer may think. */
export function logNotes(reader: Reader, { level, endpointLevel, moduleLevels }: LogSettings): Finding[] {
  const note = (path: OptionPath, problem: string, instead: string): Finding[] => {
    const line = reader.setting(path)?.line;
    return line === undefined ? [] : [{ line, path, problem, instead }];
  };
  const tooHigh = endpointLevel < levels.length && endpointLevel > level;
  const { unknown } = readModuleLevels(moduleLevels);
  return [
    ...(tooHigh
      ? note('system.diagnostics.log_options_endpoint', `${endpointLevel} is above log_level`, `${level} is used`)
      : []),
    ...unknown.flatMap((entry) =>
      note('system.diagnostics.log_options_provider', `${quoted(entry)} is of no part of Thinline`, 'it is left out'),
    ),
  ];
}

/** "false", "10", "10 KB", "10 MB" or "10 hr". */
function segmentFrom(text: string): Pick<LogSettings, 'segmentKb' | 'segmentHours'> {
  const { count, unit } = amount(text);
  if (unit === 'hr') return { segmentKb: 0, segmentHours: count };
  return { segmentKb: unit === 'mb' ? count * 1024 : count, segmentHours: 0 };
}

/** "false", "10", "10 file" or "10 day". */
function expiryFrom(text: string): Pick<LogSettings, 'expireFiles' | 'expireDays'> {
  const { count, unit } = amount(text);
  return unit === 'day' ? { expireFiles: 0, expireDays: count } : { expireFiles: count, expireDays: 0 };
}

function amount(text: string): { count: number; unit: string } {
  const [, count = '0', unit = ''] = /^(\d+)\s*([a-z]*)$/i.exec(text) ?? [];
  return { count: Number(count), unit: unit.toLowerCase() };
}
