/** Failures in the language in use: its sentences with the facts of the case, or the failure's own English ones. */
import type { Failure } from '@thinline/shared/contract/types.ts';
import { sentence } from './punctuation.ts';
import { language, say } from './say.ts';

export function failureInWords(failure: Failure): Failure {
  const words = language.get().failures[failure.code];
  if (!words) return failure;
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => failure.facts[name] ?? say('failure.unknownFact'));
  return {
    ...failure,
    message: sentence(fill(words.message)),
    cause: sentence(fill(words.cause)),
    remedy: fill(words.remedy),
  };
}
