/** When what ends is refreshed, and when what has failed is tried again. */
import { timerMs } from './timers.ts';

const MAX_RETRY_S = 300;

/** ms until the refresh: at two thirds, but 10 s before the end at the latest where there is that much; ±5 %. */
export function refreshDelay(expiresS: number, random: number): number {
  const latest = expiresS > 20 ? expiresS - 10 : expiresS / 2;
  return Math.min((expiresS * 2) / 3, latest) * 1_000 * (0.95 + random * 0.1);
}

/** ms until try number n (from 0): the interval, doubling up to 5 minutes; ±10 %. */
export function retryDelay(intervalS: number, n: number, random: number): number {
  const waitS = Math.min(intervalS * 2 ** Math.min(n, 16), Math.max(MAX_RETRY_S, intervalS));
  return timerMs(waitS * 1_000 * (0.9 + random * 0.2));
}
