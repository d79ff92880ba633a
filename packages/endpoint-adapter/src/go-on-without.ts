import { failureOf, sentence } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';

/** For the `catch` of a way in that the phone can do without: tells why it is not there. */
export const goOnWithout =
  (log: Log) =>
  (error: unknown): null => {
    log.warning(sentence(failureOf(error)));
    return null;
  };
