/** One reading for all who ask before it begins, and never two at a time: many who ask at once cost no more than two. */
export function fresh<Result>(read: () => Promise<Result>): () => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  let next: Promise<Result> | null = null;
  return () => {
    // One that has begun may be past what is asked for now.
    next ??= last.then(() => {
      next = null;
      return read();
    });
    last = next.catch(() => {});
    return next;
  };
}
