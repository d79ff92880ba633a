/** What `thinline config` does and answers. */
import { writeFileSync } from 'node:fs';
import { readConfigurationFile } from '@thinline/shared/config/configuration-file.ts';
import { differencesIn } from '@thinline/shared/config/differences.ts';
import { decode } from '@thinline/shared/config/encoding.ts';
import { findingText } from '@thinline/shared/config/finding.ts';
import type { PolicyReading } from '@thinline/shared/config/policy.ts';
import { readSoftphoneConfig } from '@thinline/shared/config/softphone-config.ts';
import { template } from '@thinline/shared/config/template.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import { strike } from '@thinline/shared/log/log.ts';
import { visible } from '@thinline/shared/terminal.ts';
import { type Answer, checkAnswer } from './check.ts';
import { differencesText } from './diff.ts';
import { explanation } from './explain.ts';
import { help, readInstruction } from './instruction.ts';
import { policyAnswer } from './policy-answer.ts';
import { readConfigurationBytes } from './read-file.ts';

export interface Outcome {
  output: string;
  /** Of the process. */
  status: 0 | 1;
}

/** args: the words after "config". policy: of this machine. Throws FailureError. */
export function run(args: string[], policy: PolicyReading = { policy: new Map(), faults: [] }): Outcome {
  const given = readInstruction(args);
  if (!given) return { output: help, status: 0 };
  const { verb, word, json } = given;
  switch (verb) {
    case 'check':
      return outcomeOf(checkAnswer(word, readConfigurationFile(readConfigurationBytes(word)), json));
    case 'diff':
      return { output: outputOf(diff(word, json)), status: 0 };
    case 'explain':
      return { output: outputOf(explain(word)), status: 0 };
    case 'init':
      return { output: word ? outputOf([init(word)]) : template(), status: 0 };
    case 'policy':
      return outcomeOf(policyAnswer(policy, json));
  }
}

const outcomeOf = ({ lines, status }: Answer): Outcome => ({ output: outputOf(lines.map(strike)), status });

const outputOf = (lines: readonly string[]): string => `${lines.map(visible).join('\n')}\n`;

function diff(file: string, json: boolean): string[] {
  const bytes = readConfigurationBytes(file);
  const reading = readConfigurationFile(bytes);
  if ('unreadable' in reading)
    throw new FailureError('configurationUnreadable', { file, detail: findingText(reading.unreadable) });
  return differencesText(differencesIn(readSoftphoneConfig(decode(bytes).text)), json);
}

function explain(word: string): string[] {
  const lines = explanation(word);
  if (!lines) throw new FailureError('unknownSetting', { option: word });
  return lines;
}

/** Passwords will be written into it, so nobody else may read it. */
function init(file: string): string {
  try {
    writeFileSync(file, template(), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new FailureError('configurationThere', { file });
    }
    throw new FailureError('configurationNotWritten', { file, detail: String(error) });
  }
  return `${file} is written`;
}
