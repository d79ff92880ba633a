/** Which devices an incoming call rings on, by mode, and what ends it: a truth table. */
import type { AlertRole } from '../media/alert.ts';

export interface RingingMode {
  roles: readonly AlertRole[];
  /** Its whole length once, whatever becomes of the call but its end; otherwise over and over. */
  once: boolean;
}

const modes: readonly RingingMode[] = [
  { roles: [], once: false },
  { roles: ['system'], once: false },
  { roles: ['headset'], once: false },
  { roles: ['system', 'headset'], once: false },
  { roles: ['ringer'], once: false },
  { roles: ['system', 'ringer'], once: false },
  { roles: ['headset'], once: true },
  { roles: ['system', 'headset'], once: true },
];

const usual: RingingMode = { roles: ['system'], once: false };

/** mode: 0 to 7; any other is as 1. */
export const ringingMode = (mode: number): RingingMode => modes[mode] ?? usual;

export type RingingEvent = 'answer' | 'end' | 'timeout';

/** end: it was cancelled, rejected or sent on. */
export const stopsRinging = ({ once }: RingingMode, event: RingingEvent): boolean => event === 'end' || !once;
