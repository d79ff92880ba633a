/** A Softphone.config from its bytes to what it means. Nothing in it throws. */
import { configurationFrom, type Reading } from './configuration.ts';
import { decode } from './encoding.ts';
import type { Finding } from './finding.ts';
import { noPolicy, type Policy, underPolicy } from './policy.ts';
import { readSoftphoneConfig, type SoftphoneConfig } from './softphone-config.ts';
import { UnreadableError } from './unreadable.ts';

/** Larger files are not read. */
export const longestFile = 1 << 20;

const wholeFile = 'nothing of it is used';

export interface FileReading extends Reading {
  /** What it says, unjudged and without the policy. */
  file: SoftphoneConfig;
}

/** policy: laid over it. unreadable: why nothing of it can be used. */
export function readConfigurationFile(
  bytes: Uint8Array,
  policy: Policy = noPolicy,
): FileReading | { unreadable: Finding } {
  try {
    if (bytes.length > longestFile) throw new UnreadableError('the file is larger than 1 MiB');
    if (bytes.length === 0) throw new UnreadableError('the file is empty');
    const { text, encoding, untrue } = decode(bytes);
    const file = readSoftphoneConfig(text);
    const reading = configurationFrom(underPolicy(file, policy));
    const whole = { line: 0, path: '' };
    if (untrue) reading.mistakes.unshift({ ...whole, problem: untrue, instead: `it is read as ${encoding.name}` });
    if (file.connectivities.length === 0 && file.settings.size === 0)
      reading.mistakes.unshift({ ...whole, problem: 'there is no setting in it', instead: 'the defaults are used' });
    return { ...reading, file };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { unreadable: { line: error.line, path: '', problem: error.message, instead: wholeFile } };
  }
}
