/** A value that can be watched. */
type Watcher = () => void;

export interface Source<Value> {
  get(): Value;
  set(next: Value): void;
  /** Calls back after each `set`; answers what ends that. */
  watch(watcher: Watcher): () => void;
}

export function makeSource<Value>(first: Value): Source<Value> {
  let value = first;
  const watchers = new Set<Watcher>();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const watcher of watchers) watcher();
    },
    watch(watcher) {
      watchers.add(watcher);
      return () => {
        watchers.delete(watcher);
      };
    },
  };
}
