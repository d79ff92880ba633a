/** How soon NOTIFYs were answered. */
import type { ClientTransaction } from './transactions.ts';

export interface NotifyFigures {
  sent: number;
  /** With any final response. */
  answered: number;
  /** ms, from the first sending to the final response. */
  percentile95: number;
  max: number;
}

export function notifyFigures(notifies: readonly ClientTransaction[]): NotifyFigures {
  const delays = notifies
    .filter(({ final }) => final)
    .map(({ sentAt, finalAt }) => finalAt - sentAt)
    .sort((a, b) => a - b);
  const at = (share: number): number =>
    delays[Math.min(delays.length - 1, Math.floor(share * delays.length))] ?? Number.NaN;
  return { sent: notifies.length, answered: delays.length, percentile95: at(0.95), max: at(1) };
}

export const inWords = ({ sent, answered, percentile95, max }: NotifyFigures): string =>
  `${answered} of ${sent} NOTIFYs answered; 95 % within ${percentile95.toFixed(1)} ms, all within ${max.toFixed(1)} ms`;
