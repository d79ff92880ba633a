import { describe, expect, it } from 'vitest';
import { timeWriter, timeZone, wallClock } from './log-time.ts';

const at = new Date(Date.UTC(2001, 6, 24, 4, 58, 10, 123));
/** What the machine's time zone makes of it. */
const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, -1);

describe('a time in a file', () => {
  it.each([
    ['time', true, '04:58:10.123'],
    ['ISO8601', true, '2001-07-24T04:58:10.123'],
    ['time', false, local.slice(11)],
    ['ISO8601', false, local],
  ])('in the format %s, UTC: %s', (format, utc, text) => {
    expect(timeWriter(format, utc)(at)).toBe(text);
  });

  it('in the way of the language has its day and its minutes', () => {
    const text = timeWriter('locale', true)(at);
    expect(text).toBe(
      new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'medium', timeZone: 'UTC' }).format(at),
    );
    expect(text).toContain('58');
    const here = { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
    expect(timeWriter('locale', false)(at)).toBe(
      new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'medium', ...here }).format(at),
    );
  });
});

/** A day on which a zone is that far from UTC. */
class In extends Date {
  readonly #minutes: number;
  constructor(minutes: number) {
    super(at);
    this.#minutes = minutes;
  }
  override getTimezoneOffset(): number {
    return -this.#minutes;
  }
}

describe('a time zone', () => {
  it.each([
    [0, 'UTC+00:00', '2001-07-24T04:58:10.123'],
    [120, 'UTC+02:00', '2001-07-24T06:58:10.123'],
    [-210, 'UTC-03:30', '2001-07-24T01:28:10.123'],
    [-300, 'UTC-05:00', '2001-07-23T23:58:10.123'],
  ])('of %d minutes', (minutes, text, clock) => {
    expect(timeZone(new In(minutes))).toMatch(new RegExp(`^\\S+, ${text.replace('+', '\\+')}$`));
    expect(wallClock(new In(minutes), false)).toBe(clock);
    expect(wallClock(new In(minutes), true)).toBe('2001-07-24T04:58:10.123');
  });
});
