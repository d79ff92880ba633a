/** What of a package may be missing: plugins whose clients' headers aren't there, codecs that weren't built. */

import { plugins } from '../build-plugins.mjs';
import { CannotBuild } from '../build-step.mjs';

/** iLBC and iSAC, which `npm run codecs` builds. */
export const codecs = 'codecs';
/** By their names, native parts of packages that the phone does without. */
export const natives: Readonly<Record<string, string>> = { webrtc: '@livekit/rtc-ffi-bindings' };
/** What may be left out by its name. */
export const names: readonly string[] = [...Object.keys(plugins), codecs, ...Object.keys(natives)];

export interface Omissions {
  /** Left out, also where it could be built. */
  without: ReadonlySet<string>;
  /** For tests: what can't be built is left out, with a line on standard error. */
  lenient: boolean;
}

export const forTests: Omissions = { without: new Set(), lenient: true };

export const leavesOutNative = (name: string, { without }: Omissions): boolean =>
  Object.entries(natives).some(([word, native]) => native === name && without.has(word));

/** What was made; null where it is left out. Throws an Error in a sentence where it may not be. */
export function madeOrLeftOut<Made>(name: string, { without, lenient }: Omissions, make: () => Made): Made | null {
  if (without.has(name)) return null;
  try {
    return make();
  } catch (error) {
    if (!(error instanceof CannotBuild)) throw error;
    if (!lenient) throw new Error(`${name}: ${error.message}. Or leave it out: --without ${name}.`);
    process.stderr.write(`${name} is left out: ${error.message}.\n`);
    return null;
  }
}
