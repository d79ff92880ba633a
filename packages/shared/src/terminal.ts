/** Text that others have sent, on its way to a terminal: it steers nothing there, and makes no lines of its own. */

/** Control characters as JSON writes them. */
export const visible = (line: string): string =>
  line.replace(/\p{Cc}/gu, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`);
