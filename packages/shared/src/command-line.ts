/** The words after a program's name, with mistakes told as failures. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { FailureError } from './failures.ts';
import { isLevel, type Level, levels } from './log/log.ts';

/** As parseArgs of node:util. Throws FailureError usage where that throws. */
export function readCommandLine<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new FailureError('usage', { detail: error instanceof Error ? error.message : String(error) });
  }
}

/** Throws FailureError usage for a word that is no log level. */
export function readLevel(word: string): Level {
  if (isLevel(word)) return word;
  throw new FailureError('usage', { detail: `"${word}" is not a log level; there are ${levels.join(', ')}.` });
}
