/** The file that says what the phone is. */
import type { Reading } from '@thinline/shared/config/configuration.ts';
import { readConfigurationFile } from '@thinline/shared/config/configuration-file.ts';
import { findingText } from '@thinline/shared/config/finding.ts';
import type { LogSettings } from '@thinline/shared/contract/types.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import { readConfigurationBytes } from './config/read-file.ts';

/**
 * null: nothing of the file can be used. What is to be said of the file is said in a log that follows it. Throws
 * FailureError noConfiguration or configurationPorts.
 */
export function loadConfiguration(
  file: string,
  log: Log,
  configureLog: (settings: LogSettings | null) => void = () => {},
): Pick<Reading, 'configuration' | 'link'> | null {
  const reading = readConfigurationFile(readConfigurationBytes(file));
  if ('unreadable' in reading) {
    log.error(`${file}, ${findingText(reading.unreadable)}`);
    return null;
  }
  const { configuration, link, mistakes, notes, unknown, idle, stop } = reading;
  configureLog(configuration.log);
  for (const mistake of mistakes) log.warning(`${file}, ${findingText(mistake)}`);
  if (stop) throw stop;
  for (const note of notes) log.info(`${file}, ${findingText(note)}`);
  if (unknown.length > 0) log.info(`${file}: unknown, and left alone: ${listed(unknown)}`);
  if (idle.length > 0) log.info(`${file}: no effect in this version: ${listed(idle.map(({ path }) => path))}`);
  if (configuration.lines.length === 0) log.warning(`${file}: no line is configured in the Basic container.`);
  return { configuration, link };
}

const mostNames = 100;

const listed = (paths: readonly string[]): string =>
  paths.slice(0, mostNames).join(', ') + (paths.length > mostNames ? `, and ${paths.length - mostNames} more` : '');
