/** The file that says what the phone is, under the policy of the machine. */
import { configurationFrom } from '@thinline/shared/config/configuration.ts';
import { type FileReading, readConfigurationFile } from '@thinline/shared/config/configuration-file.ts';
import { type Finding, findingText, policyLine } from '@thinline/shared/config/finding.ts';
import { faultText, type Policy, type PolicyReading, underPolicy } from '@thinline/shared/config/policy.ts';
import { emptyConfig } from '@thinline/shared/config/softphone-config.ts';
import type { LogSettings } from '@thinline/shared/contract/types.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import { readConfigurationBytes } from './config/read-file.ts';

export interface LoadOptions {
  policy: PolicyReading;
  log: Log;
  configureLog?(settings: LogSettings | null): void;
}

/**
 * file: null where there is none. Answers null: nothing of it can be used, and no policy says anything either. What is to
 * be said of both is said in a log that follows them. Throws FailureError noConfiguration or configurationPorts.
 */
export function loadConfiguration(
  file: string | null,
  { policy: { policy, faults }, log, configureLog = () => {} }: LoadOptions,
): FileReading | null {
  const read = file === null ? null : readConfigurationFile(readConfigurationBytes(file), policy);
  const reading = read && !('unreadable' in read) ? read : policyAlone(policy);
  if (reading) configureLog(reading.configuration.log);
  if (read && 'unreadable' in read) log.error(`${file}, ${findingText(read.unreadable)}`);
  for (const fault of faults) log.warning(`policy, ${faultText(fault)}`);
  if (policy.size > 0) log.info(`the policy of this machine sets ${listed([...policy.keys()])}`);
  if (!reading) return null;
  const { configuration, connector, mistakes, notes, unknown, idle, stop } = reading;
  const said = (finding: Finding): string =>
    finding.line === policyLine || file === null ? findingText(finding) : `${file}, ${findingText(finding)}`;
  for (const mistake of mistakes) log.warning(said(mistake));
  if (stop) throw stop;
  for (const note of notes) log.info(said(note));
  const own = idle.map(({ path }) => path).filter((path) => !policy.has(path));
  const ruled = idle.map(({ path }) => path).filter((path) => policy.has(path));
  if (unknown.length > 0) log.info(`${file}: unknown, and left alone: ${listed(unknown)}`);
  if (own.length > 0) log.info(`${file}: no effect in this version: ${listed(own)}`);
  if (ruled.length > 0) log.info(`policy: no effect in this version: ${listed(ruled)}`);
  if (file === null) return reading;
  const hasConnector = connector.port !== null;
  if (hasConnector && configuration.lines.length > 0) log.info(`${file}: ${linesAreTheDesktops}`);
  if (!hasConnector && configuration.lines.length === 0) {
    log.info(`${file}: no line is configured in the Basic container; agents sign in at the panel.`);
  }
  return reading;
}

/** As with a file that says nothing. */
const policyAlone = (policy: Policy): FileReading | null =>
  policy.size === 0 ? null : { ...configurationFrom(underPolicy(emptyConfig, policy)), file: emptyConfig };

const linesAreTheDesktops =
  'the agent desktop says what lines there are, as there is a connector; those of the Basic container are not used.';

const mostNames = 100;

const listed = (paths: readonly string[]): string =>
  paths.slice(0, mostNames).join(', ') + (paths.length > mostNames ? `, and ${paths.length - mostNames} more` : '');
