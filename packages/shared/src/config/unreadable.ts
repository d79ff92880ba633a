/** A file of which nothing can be used. */

export class UnreadableError extends Error {
  /** 0: no line in particular. */
  readonly line: number;

  /** problem: a clause that quotes nothing of the file, which may hold passwords. */
  constructor(problem: string, line = 0) {
    super(problem);
    this.line = line;
  }
}
