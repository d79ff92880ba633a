/**
 * Codecs that `npm run codecs` builds as WebAssembly. Each session has an instance of its own, so that no packet of one call
 * can reach another; an instance ends with the last reference to it.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../../codecs-build');

/** What would go to standard output: nothing, as each failure comes as an exception. */
const silent = { print: () => {}, printErr: () => {} };

type Call = (...values: number[]) => number;

/** Its functions by their names in C, and its memory as bytes and as samples. Addresses are in bytes. */
export type Built<Name extends string> = Record<`_${Name}` | '_malloc', Call> & {
  HEAPU8: Uint8Array;
  HEAP16: Int16Array;
};

function isBuilt<Name extends string>(module: unknown, names: readonly Name[]): module is Built<Name> {
  if (typeof module !== 'object' || module === null) return false;
  const parts = new Map<string, unknown>(Object.entries(module));
  return (
    parts.get('HEAPU8') instanceof Uint8Array &&
    parts.get('HEAP16') instanceof Int16Array &&
    ['malloc', ...names].every((name) => typeof parts.get(`_${name}`) === 'function')
  );
}

/** A new instance; rejects with a sentence where it wasn't built or isn't what was asked for. */
export async function openBuilt<Name extends string>(codec: string, names: readonly Name[]): Promise<Built<Name>> {
  const file = join(folder, `${codec}.cjs`);
  if (!existsSync(file)) throw new Error('it was not built ("npm run codecs" does)');
  const make: unknown = createRequire(import.meta.url)(file);
  const module: unknown = typeof make === 'function' ? await make(silent) : undefined;
  if (!isBuilt(module, names)) throw new Error('another version was built ("npm run codecs" builds this one)');
  return module;
}

/** Room in an instance's memory for as long as it lives; throws when there is none. */
export function reserve(module: Built<never>, bytes: number): number {
  const address = module._malloc(bytes) ?? 0;
  if (address === 0) throw new Error('it has no memory left');
  return address;
}
