/** What is to be said of a configuration file: where, what is wrong, what is used instead. */

export interface Finding {
  /** 1 is the first; 0: none in particular. */
  line: number;
  /** The setting; empty: the file as a whole. */
  path: string;
  /** A clause. */
  problem: string;
  /** A clause: what is used. */
  instead: string;
}

/** One sentence. */
export const findingText = ({ line, path, problem, instead }: Finding): string =>
  `${line > 0 ? `line ${line}: ` : ''}${path ? `${path}: ` : ''}${problem}; ${instead}.`;

const longestQuote = 60;

/** A value, for a sentence. */
export const quoted = (value: string): string =>
  `"${value.length > longestQuote ? `${value.slice(0, longestQuote)}…` : value}"`;
