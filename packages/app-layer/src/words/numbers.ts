/** Numbers, times and dates as the language in use writes them. */
import { language } from './say.ts';

export const numberText = (value: number, digits = 0): string =>
  new Intl.NumberFormat(language.get().tag, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    value,
  );

/** percent: 0 to 100. */
export const percentText = (percent: number, digits = 0): string =>
  new Intl.NumberFormat(language.get().tag, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(percent / 100);

/** "3:07", "1:00:07" */
export function durationText(ms: number): string {
  const { tag } = language.get();
  const one = new Intl.NumberFormat(tag, { useGrouping: false });
  const two = new Intl.NumberFormat(tag, { minimumIntegerDigits: 2 });
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const end = two.format(seconds % 60);
  return hours > 0 ? `${one.format(hours)}:${two.format(minutes)}:${end}` : `${one.format(minutes)}:${end}`;
}

/** The time of day; atMs: since 1970. */
export const timeText = (atMs: number): string =>
  new Intl.DateTimeFormat(language.get().tag, { timeStyle: 'short' }).format(atMs);

/** The day; atMs: since 1970. */
export const dateText = (atMs: number): string =>
  new Intl.DateTimeFormat(language.get().tag, { dateStyle: 'medium' }).format(atMs);

/** "Ada and Grace" */
export const listText = (items: readonly string[]): string => new Intl.ListFormat(language.get().tag).format(items);
