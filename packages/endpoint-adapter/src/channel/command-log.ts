/** Does each command once: a repeated id gets the answer of the first, whether that has come already or not. */
import type { CommandResult } from '@thinline/shared/contract/types.ts';

const remembered = 512;

export class CommandLog {
  #results = new Map<string, Promise<CommandResult>>();

  once(id: string, run: () => Promise<CommandResult>): Promise<CommandResult> {
    // An app layer that gives its commands no ids means each of them.
    if (id === '') return run();
    const known = this.#results.get(id);
    if (known) return known;
    const result = run();
    this.#results.set(id, result);
    const oldest = this.#results.keys().next();
    if (this.#results.size > remembered && !oldest.done) this.#results.delete(oldest.value);
    return result;
  }
}
