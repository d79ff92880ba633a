/** Notices that an open device is gone: some platforms just stop calling, and say nothing. */
import type { OpenOptions } from './driver.ts';
import { type Ring, slot } from './ring.ts';

const intervalMs = 100;
/** Looks, not milliseconds: a process that was itself held up has looked once, however long it was. */
const looksBound = 5;
/** Before it is lost, somebody may find out more. */
const quietLooks = 2;
/** PulseAudio fills its buffer with the first few calls, and may then keep an idle sink waiting for 2 s. */
const firstCallbacks = 10;
const firstLooksBound = 30;

export interface DeviceWatch {
  /** Looks now. */
  check(): void;
  stop(): void;
}

/** Calls `onLost` once, when a ring's device said that it stopped, or hasn't called for half a second; `onQuiet` before that. */
export function watchDevices(
  rings: readonly Ring[],
  { onLost, onQuiet }: Pick<OpenOptions, 'onLost' | 'onQuiet'>,
): DeviceWatch {
  const seen = new Map<Ring, { callbacks: number; looks: number }>();
  let lost = false;

  const standsStill = (ring: Ring): boolean => {
    const callbacks = ring.counted(slot.callbacks);
    const before = seen.get(ring);
    const looks = before?.callbacks === callbacks ? before.looks + 1 : 0;
    seen.set(ring, { callbacks, looks });
    if (callbacks <= firstCallbacks) return looks >= firstLooksBound;
    if (looks === quietLooks) onQuiet?.();
    return looks >= looksBound;
  };
  const lose = (detail: string, isStuck: boolean) => {
    if (lost) return;
    lost = true;
    clearInterval(timer);
    onLost(detail, isStuck);
  };
  const check = () => {
    if (rings.some((ring) => ring.counted(slot.stopped) !== 0)) lose('the device stopped', false);
  };
  const timer = setInterval(() => {
    check();
    if (!lost && rings.map(standsStill).includes(true)) lose('the device gives no sign of life', true);
  }, intervalMs);
  timer.unref();

  return {
    check,
    stop: () => {
      lost = true;
      clearInterval(timer);
    },
  };
}
