/** Our own native addon (native/): sound devices, and the filters of the 10 ms path. Built at install where there is a C compiler. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Device, DeviceKind } from '@thinline/shared/contract/types.ts';

/** What native/miniaudio.c exports. A device's handle stands for an open one. */
export interface Addon {
  /** Connects to the sound service of that name, or to the best one (''); returns its name. */
  start(backend: string): string;
  stop(): void;
  /** Rejects while the service is away; throws while a listing is under way. */
  devices(): Promise<Device[]>;
  /** Throws an Error whose message is one clause, also while a listing is under way. */
  open(kind: DeviceKind, id: string, header: Int32Array, samples: Int16Array, wake: () => void): unknown;
  close(handle: unknown): void;
  /** A handle for a filter with `phases` sets of taps, a multiple of 8 each, that goes on by `step` samples at a time. */
  makeResampler(step: number, phases: number, taps: Float32Array, frameSamples: number): unknown;
  /** Throws for frames of other lengths than the handle was made for. */
  resample(handle: unknown, frame: Int16Array, out: Int16Array): void;
  /** A handle for variable-rate.ts, whose kernels these are. */
  makeVariableRate(kernels: Float64Array): unknown;
  /** Returns how many samples are in `out`. Throws for frames that aren't of 10 ms. */
  changeRate(handle: unknown, ppm: number, frame: Int16Array, out: Int16Array): number;
}

const built = new URL(`../../native/build/${process.platform}-${process.arch}/thinline-audio.node`, import.meta.url);

/** Throws an Error whose message is one clause. */
export function loadAddon(): Addon {
  const given = process.env.THINLINE_AUDIO_ADDON;
  const path = given || fileURLToPath(built);
  if (!existsSync(path)) {
    if (given) throw new Error(`THINLINE_AUDIO_ADDON names ${given}, which does not exist`);
    throw new Error('it was not built (no C compiler at install?); run "npm run build:audio"');
  }
  try {
    return createRequire(import.meta.url)(path);
  } catch (error) {
    throw new Error(`its addon does not load here (${error instanceof Error ? error.message : String(error)})`);
  }
}

/** undefined: not looked for yet; null: none, or an older one. */
let addon: Addon | null | undefined;

/** The addon whose filters are used, if there is one. */
export function nativeFilters(): Addon | null {
  if (addon !== undefined) return addon;
  try {
    const loaded = loadAddon();
    addon = typeof loaded.changeRate === 'function' ? loaded : null;
  } catch {
    // A sound driver that needs it says so.
    addon = null;
  }
  return addon;
}
