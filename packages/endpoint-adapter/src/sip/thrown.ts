/** What was thrown, as words and as the system's code. */

export const wordsOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** EADDRINUSE, ENOTFOUND and the like; '' for what is no error of the system. */
export const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
