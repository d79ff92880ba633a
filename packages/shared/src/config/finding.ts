/** What is to be said of a configuration file: where, what is wrong, what is used instead. */

/** In place of a line: the machine's policy says it. */
export const policyLine = -1;

export interface Finding {
  /** 1 is the first; 0: none in particular; policyLine. */
  line: number;
  /** The setting; empty: the file as a whole. */
  path: string;
  /** A clause. */
  problem: string;
  /** A clause: what is used. */
  instead: string;
}

const placeText = (line: number): string => {
  if (line === policyLine) return 'policy: ';
  return line > 0 ? `line ${line}: ` : '';
};

/** One sentence. */
export const findingText = ({ line, path, problem, instead }: Finding): string =>
  `${placeText(line)}${path ? `${path}: ` : ''}${problem}; ${instead}.`;

const longestQuote = 60;

/** A value, for a sentence. */
export const quoted = (value: string): string =>
  `"${value.length > longestQuote ? `${value.slice(0, longestQuote)}…` : value}"`;
