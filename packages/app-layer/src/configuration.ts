/** The file that says what the phone is. */
import { readFileSync } from 'node:fs';
import { configurationFrom, type Reading } from '@thinline/shared/config/configuration.ts';
import { readSoftphoneConfig } from '@thinline/shared/config/softphone-config.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';

/** Throws FailureError noConfiguration, configurationUnreadable or configurationPorts. */
export function loadConfiguration(file: string, log: Log): Reading['configuration'] {
  const { configuration, mistakes, unused } = configurationFrom(parse(file));
  for (const mistake of mistakes) log.warning(`${file}, ${mistake}`);
  if (unused.length > 0) log.info(`${file}: not used yet by this version: ${unused.join(', ')}`);
  if (configuration.lines.length === 0) log.warning(`${file}: no line is configured in the Basic container.`);
  return configuration;
}

function parse(file: string) {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new FailureError('noConfiguration', { file });
  }
  try {
    return readSoftphoneConfig(text);
  } catch (error) {
    throw new FailureError('configurationUnreadable', { file, detail: `${(error as Error).message}.` });
  }
}
