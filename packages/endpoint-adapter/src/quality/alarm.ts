/** When people are told that a call sounds bad: after two intervals of it, until two are clearly better. Pure. */

/** Intervals in a row that it takes, each way. */
const intervals = 2;
/** So much above the threshold it is over, so that it doesn't come and go. */
const clearAbove = 0.2;

export interface AlarmState {
  on: boolean;
  /** Intervals in a row that speak for the other state. */
  against: number;
}

export const noAlarm: AlarmState = { on: false, against: 0 };

/** After one interval with this MOS; null, where nothing was heard, says nothing. `threshold` 0: no alarm at all. */
export function alarm(state: AlarmState, mos: number | null, threshold: number): AlarmState {
  if (threshold === 0) return noAlarm;
  if (mos === null) return state;
  // The sum of two decimals may miss the figure that people see.
  const clear = threshold + clearAbove - 1e-6;
  const speaksAgainst = state.on ? mos >= clear : mos < threshold;
  if (!speaksAgainst) return { on: state.on, against: 0 };
  if (state.against + 1 < intervals) return { on: state.on, against: state.against + 1 };
  return { on: !state.on, against: 0 };
}
